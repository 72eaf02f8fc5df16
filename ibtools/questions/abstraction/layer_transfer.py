"""Layers learnt on one task, handed on to another."""

import numpy as np
from torch import nn

from ibtools.datasets import mnist_5000
from ibtools.questions.abstraction.convolutional import convolutional, trained_convolutional
from ibtools.questions.fitting import error_rate, fit

# How many convolutions are handed on and kept as they are, and where they come from.
WAYS = {
    "nothing": (0, None),
    "first, learnt": (1, "learnt"),
    "both, learnt": (2, "learnt"),
    "first, random": (1, "random"),
    "both, random": (2, "random"),
}


def layer_transfer(
    *,
    seeds: tuple[int, ...],
    sizes: tuple[int, ...],
    n_test: int,
    epochs: int,
    steps: int,
    learning_rate: float,
    batch_size: int,
) -> dict[str, np.ndarray]:
    """Test error on the digits 5–9 from few images, with convolutions learnt on 0–4 or random.

    A `convolutional` network learns all 2,500 images of 0–4. Its first convolutions are copied and
    frozen, and the rest learns sizes images of 5–9 for some steps.

    test_error: (WAYS, sizes, seeds).
    """
    data = mnist_5000()
    errors = np.zeros((len(WAYS), len(sizes), len(seeds)), dtype=np.float32)
    low = data.y < 5
    for k, seed in enumerate(seeds):
        source = trained_convolutional(
            data.x[low], data.y[low], epochs=epochs, n_classes=5, seed=seed
        )
        order = np.random.default_rng(seed).permutation(np.flatnonzero(~low))
        x, y = data.x[order], data.y[order] - 5
        for i, (n_kept, origin) in enumerate(WAYS.values()):
            for j, n in enumerate(sizes):
                model = convolutional(n_classes=5, seed=1000 + seed)
                if origin == "learnt":
                    _hand_on(source, model, n_kept)
                _freeze(model, n_kept)
                fit(
                    model,
                    x[n_test : n_test + n],
                    y[n_test : n_test + n],
                    epochs=-(-steps // -(-n // batch_size)),
                    learning_rate=learning_rate,
                    batch_size=batch_size,
                    seed=seed,
                )
                errors[i, j, k] = error_rate(model, x[:n_test], y[:n_test])
    return {"test_error": errors}


def _hand_on(source: nn.Sequential, model: nn.Sequential, n_kept: int) -> None:
    for place in (1, 4)[:n_kept]:
        model[place].load_state_dict(source[place].state_dict())


def _freeze(model: nn.Sequential, n_kept: int) -> None:
    for place in (1, 4)[:n_kept]:
        model[place].requires_grad_(False)
