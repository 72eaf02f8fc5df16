"""Exercise: how far a loss rises above the line between the two ends of a way."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet

# Ends that differ, places that are not even; straight down; a hump on the way down; a trough.
CASES = (
    (np.array([0.0, 0.1, 0.7, 1.0]), np.array([1.0, 1.5, 2.6, 2.0])),
    (np.array([0.0, 0.2, 0.6, 1.0]), np.array([3.0, 2.6, 1.8, 1.0])),
    (np.array([0.0, 0.5, 0.75, 1.0]), np.array([2.0, 1.8, 1.2, 1.0])),
    (np.array([0.0, 0.25, 0.5, 1.0]), np.array([1.0, 0.2, 0.1, 1.0])),
    (np.array([0.0, 0.3, 0.8, 1.0]), np.array([2.0, 0.6, 0.9, 0.0])),
)


def _line(t: np.ndarray, loss: np.ndarray) -> np.ndarray:
    return (1 - t) * loss[0] + t * loss[-1]


def _right(t: np.ndarray, loss: np.ndarray) -> float:
    return float((loss - _line(t, loss)).max())


HINTS: tuple[tuple[Callable[[np.ndarray, np.ndarray], float], str], ...] = (
    (
        lambda t, loss: loss.max() - min(loss[0], loss[-1]),
        "this is the rise above the lower end. A way that goes straight down would have a pass.",
    ),
    (
        lambda t, loss: loss.max() - max(loss[0], loss[-1]),
        "this is the rise above the higher end, in which a hump on the way down does not count.",
    ),
    (
        lambda t, loss: loss.max() - (loss[0] + loss[-1]) / 2,
        "the mean of the two ends is where the line is at t = 1/2. Compare each place with the "
        "line at that place.",
    ),
    (lambda t, loss: loss.max() - loss[0], "this is the rise above the first end only."),
    (lambda t, loss: loss.max(), "this is the highest loss, not yet compared with the line."),
    (
        lambda t, loss: (loss - np.linspace(loss[0], loss[-1], len(loss))).max(),
        "the line is taken at evenly spaced places. Use the places t that are given.",
    ),
    (
        lambda t, loss: (loss - _line(1 - t, loss)).max(),
        "the line runs backwards: at t = 0 it is at the first loss.",
    ),
    (
        lambda t, loss: np.abs(loss - _line(t, loss)).max(),
        "a trough counts as a pass here. Only what lies above the line rises.",
    ),
    (
        lambda t, loss: (loss - _line(t, loss))[np.argmax(loss)],
        "the excess is taken where the loss is highest; it may be larger elsewhere.",
    ),
    (
        lambda t, loss: (loss - _line(t, loss)).mean(),
        "this is the mean excess; asked for is the largest.",
    ),
)


@checker
def pass_height(answer: Callable) -> Verdict:
    """answer(t, loss): the largest excess of the loss over the line between its ends."""
    got = values_at(answer, CASES)
    wanted = values_at(_right, CASES)
    if np.allclose(got, wanted, atol=1e-9):
        return Verdict(True, "each place is compared with the line at that place.")
    if found := known_mistake(got, ((values_at(rule, CASES), hint) for rule, hint in HINTS)):
        return found
    i = int(np.argmax(~np.isclose(got, wanted, atol=1e-9)))
    t, loss = CASES[i]
    return not_yet(
        f"for t = {t.tolist()} and loss = {loss.tolist()} you give {got[i]:.4g}. The line there "
        f"is at {_line(t, loss).round(3).tolist()}."
    )
