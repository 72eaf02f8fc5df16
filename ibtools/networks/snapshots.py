"""When to look at a training, and what is seen."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the networks of an ensemble are.

    train_loss, test_loss: cross-entropy in nats, (networks,).  train_accuracy, test_accuracy alike.
    gradient_mean: (networks, layers), norm of the mean gradient of a layer's weights over the
    training samples.  gradient_std: (networks, layers), root of the summed variances of the single
    samples' gradients; a mean over B samples has the spread gradient_std/√B.
    weight_norm: (networks, layers), Frobenius norm of each weight matrix.
    """

    epoch: int
    train_loss: np.ndarray
    test_loss: np.ndarray
    train_accuracy: np.ndarray
    test_accuracy: np.ndarray
    gradient_mean: np.ndarray
    gradient_std: np.ndarray
    weight_norm: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Snapshot(Progress):
    """An ensemble at one epoch.

    activations: one array (networks, samples, units) per layer, hidden layers first, output
    (class probabilities) last; over all inputs, trained on or not. Of a noisy network they are
    what it would do with its noise off, and so are gradient_mean and gradient_std; losses and
    accuracies are those with the noise.
    parameters: per layer, weights (networks, out, in) and biases (networks, out, 1).
    activation, noise: those of the training settings.
    """

    activations: list[np.ndarray]
    parameters: list[tuple[np.ndarray, np.ndarray]]
    activation: str
    noise: float


def snapshot_epochs(epochs: int, n: int) -> list[int]:
    """About n epochs, evenly spaced on a log scale, from 0 to `epochs`, both included.

    Early epochs would repeat on a log scale; they are listed once, so fewer than n may come back.
    """
    if epochs < 0:
        raise ValueError(f"epochs must not be negative, got {epochs}")
    if n < 2:
        raise ValueError(f"n must be at least 2, the first and the last epoch, got {n}")
    if n == 2:
        return sorted({0, epochs})
    return sorted({0} | {round(e) for e in np.geomspace(1, max(epochs, 1), n - 1) if e <= epochs})


def validated_epochs(epochs_to_record: Sequence[int], epochs: int) -> list[int]:
    """Raises ValueError unless they rise from 0 or later to at most `epochs`."""
    recorded = list(epochs_to_record)
    rising = all(a < b for a, b in itertools.pairwise(recorded))
    if not recorded or not rising or recorded[0] < 0 or recorded[-1] > epochs:
        raise ValueError(
            f"epochs_to_record must rise from 0 or later to at most epochs={epochs}, got {recorded}"
        )
    return recorded
