"""Exercise: the log odds of a node from those of its two children."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet

# Two that agree, two that do not, one without an opinion, one that is known.
CASES = (
    (1.2, 0.7, 0.1),
    (2.0, -0.5, 0.2),
    (0.0, -3.0, 0.05),
    (np.inf, 0.4, 0.1),
)


def _through(odds: float, pull: float) -> float:
    return float(2 * np.arctanh(pull * np.tanh(odds / 2)))


def _right(left: float, right: float, flip: float) -> float:
    return _through(left, 1 - 2 * flip) + _through(right, 1 - 2 * flip)


HINTS: tuple[tuple[Callable[[float, float, float], float], str], ...] = (
    (
        lambda left, right, flip: left + right,
        "this would be right without flips. What a child knows of itself says less of its parent.",
    ),
    (
        lambda left, right, flip: (1 - 2 * flip) * (left + right),
        "odds do not shrink in proportion: a child that is sure still leaves its parent in doubt, "
        "with odds of (1 − flip) / flip at most.",
    ),
    (
        lambda left, right, flip: _right(left, right, flip) / 2,
        "half of what it should be. L = 2 artanh(P(+1) − P(−1)), and what both say adds up.",
    ),
    (
        lambda left, right, flip: sum(
            2 * np.arctanh((1 - 2 * flip) * np.tanh(each)) for each in (left, right)
        ),
        "P(+1) − P(−1) is tanh(L / 2), not tanh L.",
    ),
    (
        lambda left, right, flip: _through(left, 1 - flip) + _through(right, 1 - flip),
        "1 − flip is the probability of no flip; what is left of P(+1) − P(−1) is 1 − 2 flip of "
        "it, for a flip turns the sign.",
    ),
    (
        lambda left, right, flip: _through(left + right, 1 - 2 * flip),
        "the children are added before they are passed through. Each has its own flip.",
    ),
    (
        lambda left, right, flip: _right(left, right, flip) / np.log(2),
        "this is in bits; odds come in as natural logarithms, and so they go out.",
    ),
)


@checker
def parent_odds(answer: Callable) -> Verdict:
    """answer(left, right, flip): ln P(+1)/P(−1) of a node given what its children know."""
    got, wanted = values_at(answer, CASES), values_at(_right, CASES)
    if np.allclose(got, wanted, atol=1e-9):
        return Verdict(True, "two children pass on what they know, each through its own flip.")
    if np.isnan(got[3]) and np.allclose(got[:3], wanted[:3], atol=1e-9):
        return not_yet(
            "a child that is known has infinite odds, and yours become NaN. Through the flip they "
            "are ln((1 − flip) / flip); tanh does not mind infinity."
        )
    if found := known_mistake(got, ((values_at(rule, CASES), hint) for rule, hint in HINTS)):
        return found
    i = int(np.argmax(~np.isclose(got, wanted, atol=1e-9)))
    left, right, flip = CASES[i]
    return not_yet(
        f"for children {left:g} and {right:g} and flip {flip:g} you give {got[i]:.4g}. The left "
        f"one alone would make it {_through(left, 1 - 2 * flip):.4f}."
    )
