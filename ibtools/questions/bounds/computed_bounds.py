"""Bounds on the error of trained networks, beside the error itself."""

import numpy as np
import torch
from torch import nn
from torch.nn.functional import softplus

from ibtools.datasets import Dataset, mnist_5000
from ibtools.questions.bounds.held_out import held_out_bound
from ibtools.questions.bounds.margins import (
    capacity_by_weights,
    margin_bound,
    rademacher_of_norms,
    spectral_complexity,
)
from ibtools.questions.bounds.pac_bayes import pac_bayes_bound
from ibtools.questions.bounds.stochastic_network import train_stochastic_network
from ibtools.questions.fitting import fit
from ibtools.questions.parts import two_parts


def computed_bounds(
    *,
    seeds: tuple[int, ...],
    widths: tuple[int, ...],
    random_labels: tuple[bool, ...],
    n_train: int,
    n_test: int,
    epochs: int,
    learning_rate: float,
    posterior_epochs: int,
    draws: int,
) -> dict[str, np.ndarray]:
    """Bounds for networks that tell the digits 0–4 from 5–9, with true labels or random ones.

    f(x) = w₂ᵀ max(0, W₁ x), no biases, pixels in [0, 1], logistic loss, descent with momentum.
    widths, random_labels: an entry each for a case.  draws: of networks, for PAC-Bayes. Each bound
    holds with probability .95 or more, but for the constants that the functions say they leave out.

    All (cases, seeds): parameters; train_error, test_error; by_weights, √(W L log₂ W / n);
    by_norms; by_spectra; pac_bayes; by_test_set; stochastic_train_error and stochastic_test_error,
    of the networks that PAC-Bayes bounds; divergence, in nats.
    """
    cases = list(zip(widths, random_labels, strict=True))
    measured = []
    for width, noise in cases:
        for seed in seeds:
            train, test = two_parts(mnist_5000(), n_train, n_test, seed=seed)
            parts = [
                (part.x, _signs(part, noise, seed + k)) for k, part in enumerate((train, test))
            ]
            first, learnt = _trained(*parts[0], width, epochs, learning_rate, seed)
            uniform = _for_all_networks(*parts, first, learnt)
            drawn = _for_drawn_networks(*parts, first, learnt, posterior_epochs, draws, seed)
            measured.append(uniform | drawn)
    shape = (len(cases), len(seeds))
    return {key: np.array([each[key] for each in measured]).reshape(shape) for key in measured[0]}


def _signs(part: Dataset, noise: bool, seed: int) -> np.ndarray:
    if noise:
        return np.random.default_rng(seed).choice([-1, 1], size=len(part.y))
    return np.where(part.y < 5, -1, 1)


def _trained(
    x: np.ndarray, y: np.ndarray, width: int, epochs: int, learning_rate: float, seed: int
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The weights [W₁, w₂] before training, and after it."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = nn.Sequential(
            nn.Linear(x.shape[1], width, bias=False), nn.ReLU(), nn.Linear(width, 1, bias=False)
        )
    first = [each.detach().numpy().copy() for each in model.parameters()]
    fit(
        model,
        x,
        y.astype(np.float32),
        epochs=epochs,
        learning_rate=learning_rate,
        batch_size=100,
        seed=seed,
        loss=lambda output, sign: softplus(-sign * output[:, 0]).mean(),
    )
    return first, [each.detach().numpy().copy() for each in model.parameters()]


def _for_all_networks(train, test, first, learnt) -> dict[str, float]:
    (x, _), (_, y_test) = train, test
    margins, tested = (sign * _output(learnt, seen) for seen, sign in (train, test))
    n, n_weights = len(x), sum(each.size for each in learnt)
    wrong = int((tested <= 0).sum())
    pairs = zip(learnt, first, strict=True)
    return {
        "parameters": n_weights,
        "train_error": float((margins <= 0).mean()),
        "test_error": wrong / len(y_test),
        "by_weights": float(np.sqrt(capacity_by_weights(n_weights, len(learnt)) / n)),
        "by_norms": margin_bound(margins, rademacher_of_norms(x, *learnt)),
        "by_spectra": margin_bound(margins, spectral_complexity(x, *pairs), factor=1.0),
        "by_test_set": held_out_bound(wrong, len(y_test)),
    }


def _for_drawn_networks(train, test, first, learnt, epochs, draws, seed) -> dict[str, float]:
    (x, y), (x_test, y_test) = train, test
    found = train_stochastic_network(x, y, first=first, learnt=learnt, epochs=epochs, seed=seed)
    error = found.error(x, y, draws=draws, seed=seed)
    return {
        "stochastic_train_error": error,
        "stochastic_test_error": found.error(x_test, y_test, draws=draws, seed=seed + 1),
        "divergence": found.divergence,
        "pac_bayes": pac_bayes_bound(error, found.divergence, n=len(x), draws=draws, j=found.j),
    }


def _output(weights: list[np.ndarray], x: np.ndarray) -> np.ndarray:
    return np.maximum(0, x @ weights[0].T) @ weights[1][0]
