"""Exercise: the pieces that the switches of one layer cut an interval into."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet

# Plain; outside, on an end, twice at one place; a unit that never switches; none at all.
CASES = (
    (np.array([1.0, -2.0, 1.0]), np.array([-0.2, 1.0, -0.7]), 0.0, 1.0),
    (np.array([1.0, 2.0, -1.0, 1.0]), np.array([-0.5, -1.0, 2.0, 0.0]), 0.0, 1.0),
    (np.array([0.0, 3.0, 1.0]), np.array([0.4, 1.5, 2.5]), -2.0, 0.0),
    (np.array([1.0]), np.array([5.0]), 0.0, 1.0),
)


def _switches(w: np.ndarray, b: np.ndarray) -> np.ndarray:
    return -b[w != 0] / w[w != 0]


def _inside(places: np.ndarray, low: float, high: float) -> np.ndarray:
    return places[(places > low) & (places < high)]


def _right(w: np.ndarray, b: np.ndarray, low: float, high: float) -> int:
    return len(np.unique(_inside(_switches(w, b), low, high))) + 1


HINTS: tuple[tuple[Callable[..., float], str], ...] = (
    (
        lambda w, b, low, high: _right(w, b, low, high) - 1,
        "these are the switches. One switch makes two pieces: there is always one piece more.",
    ),
    (
        lambda w, b, low, high: len(w) + 1,
        "every unit is counted as a switch inside. Some switch outside the interval, some at the "
        "same place as another, and one with w = 0 never.",
    ),
    (
        lambda w, b, low, high: len(np.unique(_switches(w, b))) + 1,
        "switches outside the interval, or on its ends, do not cut it.",
    ),
    (
        lambda w, b, low, high: len(_inside(_switches(w, b), low, high)) + 1,
        "two units that switch at the same place make one cut, not two.",
    ),
    (
        lambda w, b, low, high: len(np.unique(_inside(-_switches(w, b), low, high))) + 1,
        "the sign: w x + b is 0 at x = −b/w.",
    ),
    (
        lambda w, b, low, high: len(
            np.unique(_inside(-w[b != 0] / b[b != 0], low, high))
        ) + 1,
        "upside down: w x + b is 0 at x = −b/w, not at −w/b.",
    ),
)  # fmt: skip


@checker
def count_pieces(answer: Callable) -> Verdict:
    """answer(w, b, low, high): the number of pieces of the open interval."""
    got = values_at(lambda w, b, low, high: answer(w.copy(), b.copy(), low, high), CASES)
    wanted = values_at(_right, CASES)
    if np.array_equal(got, wanted):
        return Verdict(True, "as many pieces as different switches inside, and one more.")
    if not np.isfinite(got).all():
        return not_yet("a unit with w = 0 never switches: leave it out before you divide by w.")
    if found := known_mistake(got, ((values_at(rule, CASES), hint) for rule, hint in HINTS)):
        return found
    i = int(np.argmax(got != wanted))
    w, b, low, high = CASES[i]
    places = ", ".join(f"{each:g}" for each in _switches(w, b))
    return not_yet(
        f"for w = {w.tolist()}, b = {b.tolist()} between {low:g} and {high:g} you give {got[i]:g}. "
        f"The units switch at {places}; which of these lie inside, and which are the same?"
    )
