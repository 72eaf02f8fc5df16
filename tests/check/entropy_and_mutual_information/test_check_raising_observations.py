import numpy as np
import pytest
from scipy.special import entr

from ibtools.check.entropy_and_mutual_information import raising_observations


def bits(p):
    return entr(p).sum() / np.log(2)


def columns(p_xy, *, above, among=None):
    among = p_xy if among is None else among
    return [y for y, p in enumerate(p_xy.T) if p.any() and bits(p / p.sum()) > above(among)]


def open_before(p_xy):
    return bits(p_xy.sum(axis=1))


def mean_after(p_xy):
    return bits(p_xy) - bits(p_xy.sum(axis=0))


def by_nan(p_xy):
    after = entr(p_xy / p_xy.sum(axis=0)).sum(axis=0) / np.log(2)
    return np.flatnonzero(after > open_before(p_xy) + 1e-12)


def lowering(p_xy):
    raising = columns(p_xy, above=open_before)
    return [y for y in range(5) if y not in raising]


def impossible_too(p_xy):
    return np.flatnonzero(~(entr(p_xy / p_xy.sum(0)).sum(0) / np.log(2) <= open_before(p_xy)))


def not_divided(p_xy):
    return np.flatnonzero(entr(p_xy).sum(axis=0) > open_before(p_xy) * np.log(2))


def entropies_of_columns(p_xy):
    return [bits(p / p.sum()) for p in p_xy.T if p.any()]


def not_lower(p_xy):
    return columns(p_xy, above=lambda p: open_before(p) - 1e-12)


ANSWERS = [
    (lambda p: columns(p, above=open_before), "Right"),
    (by_nan, "Right"),
    (lambda p: np.arange(6) < 2, "np.flatnonzero"),
    (not_divided, "divided by its sum"),
    (lowering, "which ones raise it"),
    (lambda p: columns(p.T, above=open_before), "rows and columns are exchanged"),
    (lambda p: columns(p, above=mean_after), r"mean H\(X\|Y\)"),
    (lambda p: [1], "more than one"),
    (impossible_too, "never occurs"),
    (lambda p: columns(p, above=lambda _: 0), "leave anything open"),
    (lambda p: [1, 3], r"raise it: \[1, 2\]; your function: \[1, 3\]"),
    (lambda p: [1, 2], "Y a copy of X"),
    (lambda p: np.where(np.isin(range(p.shape[1]), columns(p, above=open_before))), "Right"),
    (entropies_of_columns, "Are they entropies"),
    (lambda p: [y + 1 for y in columns(p, above=open_before)], "counted from 0"),
    (not_lower, "X and Y independent"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(raising_observations(answer), message)


def test_no_two_mistakes_share_a_hint(assert_told_apart):
    assert_told_apart(raising_observations, ANSWERS)
