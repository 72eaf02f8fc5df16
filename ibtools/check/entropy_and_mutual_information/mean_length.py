"""Exercise: the mean length of a code's words, where there is such a code."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake
from ibtools.check.refusals import BY_ASSERT, refusal, value_unless_refused
from ibtools.check.verdict import Verdict, checker, not_yet
from ibtools.information import entropy_from_table


@checker
def mean_length(answer: Callable) -> Verdict:
    """answer(p, lengths) -> mean bits a symbol; ValueError where no prefix code is so short."""
    return (
        _of_codes(answer)
        or _of_too_short_lengths(answer)
        or Verdict(True, "the mean over the law, for lengths that a prefix code can have.")
    )


def _of_codes(answer: Callable) -> Verdict | None:
    p, lengths = np.array([0.4, 0.3, 0.2, 0.1]), np.array([1, 2, 3, 3])
    thirds, twos = np.full(3, 1 / 3), np.array([2, 2, 2])
    if refusal(answer, p, lengths) and not refusal(answer, thirds, twos):
        return not_yet(
            "lengths 1, 2, 3, 3 are refused. There Σ 2^-length is just 1: the words 0, 10, 110, "
            "111 leave no room, and exist. Only more than 1 is too much."
        )
    got, right = float(answer(p, lengths)), float(p @ lengths)
    hints = [
        (lengths.mean(), "every word counts the same here; weight each by how often it is sent."),
        (lengths.sum(), "these are all words, once each; weight each by how often it is sent."),
        (
            entropy_from_table(p),
            "this is the entropy, what a symbol should cost. The question is what it does cost "
            "with these words.",
        ),
        (
            2.0**-lengths @ lengths,
            "the words are weighted by 2^-length, the law for which this code would be perfect. "
            "Symbols come with the law p.",
        ),
        (right / 4, "the mean over p is Σ p·length; do not divide by k again."),
    ]
    if found := known_mistake(got, hints):
        return found
    if not np.isclose(got, right):
        return not_yet(f"for p = {p} the mean is {right:.3f} bits, not {got:.3f}.")
    if refusal(answer, thirds, twos):
        return not_yet(
            "three words of 2 bits are refused. A code that leaves room is wasteful but possible: "
            "Σ 2^-length must not exceed 1, it may be less."
        )
    return None


def _of_too_short_lengths(answer: Callable) -> Verdict | None:
    case = np.full(3, 1 / 3), np.array([1, 1, 2])
    if refusal(answer, *case) is AssertionError:
        return not_yet(BY_ASSERT.format("the lengths 1, 1, 2"))
    impossible = value_unless_refused(answer, *case)
    if impossible is not None:
        return not_yet(
            f"lengths 1, 1, 2 are accepted, with {impossible:.2f} bits, less than the entropy "
            "log₂ 3. After the words 0 and 1 no third is left: raise a ValueError where "
            "Σ 2^-length is more than 1."
        )
    # Too short as words, though not on average: the mean is above the entropy.
    p, lengths = np.array([0.9, 0.05, 0.03, 0.02]), np.array([1, 2, 2, 2])
    impossible = value_unless_refused(answer, p, lengths)
    if impossible is not None:
        return not_yet(
            f"lengths 1, 2, 2, 2 are accepted for p = {p}. Their mean, {impossible:.2f}, is above "
            f"H = {entropy_from_table(p):.2f}, yet no four words have them: Σ 2^-length is 1.25. "
            "Whether there are such words does not depend on p."
        )
    return None
