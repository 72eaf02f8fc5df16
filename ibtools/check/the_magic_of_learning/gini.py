"""Exercise: the Gini coefficient."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet
from ibtools.questions import memorization

CASES = (
    (np.array([3.0, 1.0, 0.0, 6.0]),),
    (np.array([0.2, 0.1, 0.1, 0.5, 0.7]),),
    (np.array([0.0, 0.0, 5.0]),),
)


def _ranked(values: np.ndarray) -> float:
    n = len(values)
    return ((2 * np.arange(1, n + 1) - n - 1) * values).sum() / (n * values.sum())


def _pairs(values: np.ndarray) -> float:
    return np.abs(values[:, None] - values).sum()


HINTS: tuple[tuple[Callable[[np.ndarray], float], str], ...] = (
    (
        _ranked,
        "the formula with ranks needs the values in increasing order: sort them first.",
    ),
    (
        lambda v: -memorization.gini(v),
        "the sign: the largest values must get the largest ranks. Sort in increasing order.",
    ),
    (
        lambda v: 2 * memorization.gini(v),
        "twice too much. Each pair is counted twice in the double sum: divide by 2n Σv, not n Σv.",
    ),
    (
        lambda v: memorization.gini(v) * len(v) / (len(v) - 1),
        "n/(n − 1) times too much. Some authors take pairs of different examples only; here one "
        "that holds all gives 1 − 1/n.",
    ),
    (
        lambda v: memorization.gini(v) - 1 / len(v),
        "1/n too little: with ranks from 0 the weights are 2i − n + 1, with ranks from 1 they are "
        "2i − n − 1.",
    ),
    (
        lambda v: memorization.gini(v) + 1 / len(v),
        "1/n too much: with ranks from 0 the weights are 2i − n + 1, with ranks from 1 they are "
        "2i − n − 1.",
    ),
    (
        lambda v: _pairs(v) / (2 * len(v) ** 2),
        "half the mean difference, not yet divided by the mean: twice the values must give the "
        "same coefficient.",
    ),
    (
        lambda v: (v.max() - v.min()) / v.sum(),
        "the range over the sum looks at two examples only. Take all pairs.",
    ),
    (
        lambda v: v.std() / v.mean(),
        "this is the coefficient of variation: squares in the place of differences of pairs.",
    ),
)


@checker
def gini(answer: Callable) -> Verdict:
    """answer(values): the Gini coefficient of numbers that are 0 or more."""
    got = values_at(lambda v: answer(v.copy()), CASES)
    wanted = values_at(memorization.gini, CASES)
    if np.allclose(got, wanted):
        return Verdict(True, "0 if all are equal, 1 − 1/n if one holds everything.")
    if found := known_mistake(got, ((values_at(rule, CASES), hint) for rule, hint in HINTS)):
        return found
    i = int(np.argmax(~np.isclose(got, wanted)))
    pairs = _pairs(CASES[i][0])
    return not_yet(
        f"for {CASES[i][0].tolist()} you give {got[i]:.4f}. The differences of all pairs, counted "
        f"both ways, add up to {pairs:g}; that over 2n times the sum is {wanted[i]:.4f}."
    )
