"""What the hidden units of a machine trained on magnets look at, and what makes it local."""

import numpy as np

from ibtools.information.validation import generator
from ibtools.questions.renormalization.contrastive_divergence import draw, train_machine
from ibtools.questions.renormalization.ising import ising_samples
from ibtools.questions.renormalization.restricted_boltzmann_machine import (
    BoltzmannMachine,
    random_machine,
)
from ibtools.questions.renormalization.spread import field_spread

DATA = ("near critical", "hot", "shuffled")


def receptive_fields(
    *,
    seeds: tuple[int, ...],
    penalties: tuple[float, ...],
    coupling: float,
    hot_coupling: float,
    side: int,
    n_samples: int,
    sweeps: int,
    widths: tuple[int, int],
    epochs: int,
    learning_rate: float,
    n_shown: int,
) -> dict[str, np.ndarray]:
    """Stacks of two machines on samples of the square Ising model, by kind of data and penalty.

    Data: near critical, hot (the smaller coupling), and near critical with the sites of all samples
    in one other order. The second machine learns from units drawn from the first. A unit of the
    second looks at the lattice through W₁W₂.
    seeds: each draws samples, order of the sites, first weights and training.
    n_shown: units of the first seed whose weights are kept.

    spread, spread_second: (data, penalties, seeds, units), `field_spread`, in sites.
    spread_unshuffled: (penalties, seeds, units), of the shuffled data with its order undone.
    spread_mixed: as spread_second, but the partners of W₂'s weights in the first layer permuted.
    spread_untrained: (seeds, units).
    fields, fields_second: (data, penalties, n_shown, side²), each scaled to ±127 (int8);
    fields_unshuffled: (penalties, n_shown, side²).
    """
    found: dict[str, list] = {"spread": [], "spread_second": [], "spread_mixed": []}
    undone, untrained, fields, fields_second = [], [], [], []
    training = {"epochs": epochs, "learning_rate": learning_rate}
    for seed in seeds:
        near = ising_samples(n_samples, side, coupling, sweeps=sweeps, seed=2 * seed)
        hot = ising_samples(n_samples, side, hot_coupling, sweeps=sweeps, seed=2 * seed + 1)
        order = generator(seed).permutation(side**2)
        near, hot = near.reshape(n_samples, -1), hot.reshape(n_samples, -1)
        blank = random_machine(side**2, widths[0], seed=seed).weights
        untrained.append(field_spread(blank, side))
        for data in (near, hot, near[:, order]):
            for penalty in penalties:
                first = train_machine(data, widths[0], decay=penalty, seed=seed, **training)
                above = _drawn(first, data, seed=seed)
                second = train_machine(above, widths[1], decay=penalty, seed=seed, **training)
                through = first.weights @ second.weights
                mixed = first.weights @ generator(seed).permutation(second.weights)
                for name, weights in zip(found, (first.weights, through, mixed), strict=True):
                    found[name].append(field_spread(weights, side))
                if data is not near and data is not hot:
                    undone.append(field_spread(first.weights[np.argsort(order)], side))
                if seed == seeds[0]:
                    fields.append(_scaled(first.weights, n_shown))
                    fields_second.append(_scaled(through, n_shown))
                    back = np.argsort(order)
    by_seed = len(seeds), len(DATA), len(penalties)
    arrays = {
        name: np.array(values).reshape(*by_seed, -1).transpose(1, 2, 0, 3)
        for name, values in found.items()
    }
    shown = len(DATA), len(penalties), n_shown, side**2
    fields = np.array(fields).reshape(shown)
    return arrays | {
        "spread_unshuffled": np.array(undone).reshape(*by_seed[::2], -1).transpose(1, 0, 2),
        "spread_untrained": np.array(untrained),
        "fields": fields,
        "fields_unshuffled": fields[2][..., back],
        "fields_second": np.array(fields_second).reshape(shown),
    }


def _drawn(machine: BoltzmannMachine, v: np.ndarray, *, seed: int) -> np.ndarray:
    return draw(machine.to_hidden(v.astype(np.float32)), generator(seed))


def _scaled(weights: np.ndarray, n_shown: int) -> np.ndarray:
    """The first units, (n_shown, sites), each in whole numbers with ±127 for its largest."""
    kept = weights.T[:n_shown]
    largest = np.abs(kept).max(axis=1, keepdims=True)
    return np.round(127 * kept / np.where(largest > 0, largest, 1)).astype(np.int8)
