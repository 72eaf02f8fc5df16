"""Exercise: the entropy of a distribution, and of nothing that is none."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import IN_NATS, known_mistake
from ibtools.check.refusals import BY_ASSERT, refusal, value_unless_refused
from ibtools.check.verdict import Verdict, checker, not_yet
from ibtools.information import entropy_from_table


@checker
def entropy(answer: Callable) -> Verdict:
    """answer(p) -> H in bits; ValueError where p (k,) is no distribution."""
    return (
        _of_distributions(answer)
        or _of_others(answer)
        or Verdict(True, "the mean surprise, with 0·log 0 = 0, and only of distributions.")
    )


def _of_distributions(answer: Callable) -> Verdict | None:
    p, halves = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.5, 0.5])
    if refusal(answer, p) and not refusal(answer, halves):
        return not_yet(
            f"{p} is refused: added in binary fractions it gives {p.sum()}, not 1. Compare with "
            "1 up to rounding, np.isclose(p.sum(), 1)."
        )
    result = answer(p)
    if np.size(result) == len(p):
        return not_yet(
            "an array comes back, a number for each value. H is one number: is the sum missing?"
        )
    got, right = float(result), entropy_from_table(p)
    hints = [
        (right * np.log(2), IN_NATS),
        (-right, "the sign is lost: log p is negative, so the sum needs a minus in front."),
        (
            2,
            "this is log₂ k, the entropy if all k values were equally likely. The p(x) must "
            "come in.",
        ),
        (-np.log2(p).sum(), "the surprises are added, not averaged: weight each by its p(x)."),
        (
            -np.log2(p).mean(),
            "every surprise counts the same here. H is the mean over what happens, so each counts "
            "as often as it happens: weight by p(x).",
        ),
    ]
    if found := known_mistake(got, hints):
        return found
    if not np.isclose(got, right):
        return not_yet(f"for {p} the entropy is {right:.3f} bits, your function: {got:.3f}.")

    with np.errstate(all="ignore"):
        certain = value_unless_refused(answer, np.array([0.5, 0.0, 0.5]))
    if certain is None or not np.isfinite(certain):
        return not_yet(
            "a value that never occurs breaks the sum: 0·log 0 is to count as 0, its limit. "
            "Leave out the terms with p(x) = 0."
        )
    if not np.isclose(certain, 1):
        return not_yet(f"for [0.5, 0, 0.5] the entropy is 1 bit, your function: {certain:.3f}.")
    return None


def _of_others(answer: Callable) -> Verdict | None:
    no_distributions = [np.array(p) for p in ([3.0, 1.0], [0.5, 0.25], [1.5, -0.5])]
    with np.errstate(all="ignore"):
        for no_distribution in no_distributions:
            if refusal(answer, no_distribution) is AssertionError:
                return not_yet(BY_ASSERT.format(no_distribution.tolist()))
        counts, short, negative = (value_unless_refused(answer, p) for p in no_distributions)
    if counts is not None and np.isclose(counts, entropy_from_table(np.array([0.75, 0.25]))):
        return not_yet(
            "[3, 1] is turned into probabilities in silence. If these were counts, H of 4 samples "
            "is an estimate, and too low on average; raise a ValueError and let the caller decide."
        )
    if counts is not None:
        return not_yet(
            f"[3, 1] is no distribution, yet you answer {counts:.3f}. Raise a ValueError unless "
            "the entries sum to 1, up to rounding."
        )
    if short is not None:
        return not_yet(
            f"[0.5, 0.25] is no distribution, yet you answer {short:.3f}. A sum below 1 is as "
            "wrong as one above."
        )
    if negative is not None:
        return not_yet(
            "[1.5, -0.5] sums to 1 and is no distribution all the same: look for negative entries."
        )
    return None
