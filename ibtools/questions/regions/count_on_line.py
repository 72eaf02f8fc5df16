"""The pieces of a ReLU network on a line, exactly."""

import numpy as np

from ibtools.questions.regions.networks import Layers


def kinks_on_line(
    layers: Layers, start: np.ndarray, end: np.ndarray, *, tolerance: float = 1e-12
) -> np.ndarray:
    """Where, from 0 to 1, units switch on or off on the way from start to end; sorted.

    layers: [(W, b), …] of hidden layers; all that enters a ReLU is linear between two kinks, so
    that new ones are where it is 0.  start, end: (n₀,).
    Places closer than the tolerance count once. A kink need not be seen in the output: the switches
    of two units may cancel.
    """
    start, end = np.atleast_1d(start).astype(float), np.atleast_1d(end).astype(float)
    places = np.array([0.0, 1.0])
    values = start + np.outer(places, end - start)
    for weights, biases in layers:
        before = values @ np.asarray(weights, dtype=float).T + biases
        left, right = before[:-1], before[1:]
        piece, unit = np.nonzero((left * right < 0) | ((left == 0) & (right != 0)))
        share = left[piece, unit] / (left[piece, unit] - right[piece, unit])
        new = places[piece] + share * (places[piece + 1] - places[piece])
        new = new[(new > tolerance) & (new < 1 - tolerance)]
        merged = np.sort(np.concatenate([places, new]))
        merged = merged[np.concatenate([[True], np.diff(merged) > tolerance])]
        merged[-1] = 1.0
        before = np.stack([np.interp(merged, places, each) for each in before.T], axis=1)
        places, values = merged, np.maximum(0, before)
    return places[1:-1]


def count_on_line(layers: Layers, start: np.ndarray, end: np.ndarray) -> int:
    """Pieces between two points within which no unit of the network switches."""
    return len(kinks_on_line(layers, start, end)) + 1
