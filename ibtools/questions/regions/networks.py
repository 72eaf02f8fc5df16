"""ReLU networks as lists of weights, and those that fold."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ibtools.information.validation import whole_number

Layers = Sequence[tuple[np.ndarray, np.ndarray]]


def random_layers(
    widths: Sequence[int], *, bias_spread: float = 0.5, seed: int = 0
) -> list[tuple[np.ndarray, np.ndarray]]:
    """[(W, b), …] of normal weights with variance 2 over fan-in, and normal biases.

    widths: of inputs and hidden layers.
    """
    rng = np.random.default_rng(seed)
    return [
        (rng.normal(0, np.sqrt(2 / m), size=(k, m)), rng.normal(0, bias_spread, size=k))
        for m, k in pairwise(widths)
    ]


def folding_layers(
    n_inputs: int, folds: int, n_layers: int, last: tuple[np.ndarray, np.ndarray]
) -> list[tuple[np.ndarray, np.ndarray]]:
    """[(W, b), …] of layers that fold [0, 1]^{n₀} onto itself, and a last one that cuts it.

    Each folding layer has `folds` units for each coordinate, max(0, x − j/p), whose sum with the
    weights p, −2p, 2p, … is a zigzag from 0 to 1 and back, p pieces. That sum is linear and taken
    into the next layer's weights.
    last: (W, b) of the last layer, W (n_L, n₀).
    Source: Montúfar et al. (2014), section 3.1; here on [0, 1], with p slopes of ±p.
    """
    n_inputs, folds = whole_number(n_inputs, "n_inputs"), whole_number(folds, "folds")
    whole_number(n_layers, "n_layers", at_least=0)
    spread = np.kron(np.eye(n_inputs), np.ones((folds, 1)))
    biases = np.tile(-np.arange(folds) / folds, n_inputs)
    slopes = np.array([1, *(2 * (-1) ** j for j in range(1, folds))]) * folds
    zigzag = np.kron(np.eye(n_inputs), slopes)
    layers, before = [], np.eye(n_inputs)
    for _ in range(n_layers):
        layers.append((spread @ before, biases))
        before = zigzag
    return [*layers, (np.asarray(last[0]) @ before, np.asarray(last[1]))]
