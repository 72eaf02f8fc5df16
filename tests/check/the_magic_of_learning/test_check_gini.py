import numpy as np
import pytest

from ibtools.check.the_magic_of_learning import gini


def pairs(v):
    return np.abs(v[:, None] - v).sum() / (2 * len(v) * v.sum())


def ranked(v, offset=-1, first=1):
    i = np.arange(first, len(v) + first)
    return ((2 * i - len(v) + offset) * v).sum() / (len(v) * v.sum())


ANSWERS = [
    (pairs, "Right"),
    (lambda v: ranked(np.sort(v)), "Right"),
    (ranked, "sort them first"),
    (lambda v: ranked(np.sort(v)[::-1]), "the sign"),
    (lambda v: 2 * pairs(v), "twice too much"),
    (lambda v: pairs(v) * len(v) / (len(v) - 1), "different examples only"),
    (lambda v: ranked(np.sort(v), offset=0, first=0), "1/n too little"),
    (lambda v: ranked(np.sort(v), offset=0), "1/n too much"),
    (lambda v: pairs(v) * v.mean(), "not yet divided by the mean"),
    (lambda v: np.ptp(v) / v.sum(), "two examples only"),
    (lambda v: v.std() / v.mean(), "coefficient of variation"),
    (lambda v: 0.1, r"you give 0.1000.* is 0\.5000"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(gini(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(gini, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    assert_says(gini(printed_solutions("the_magic_of_learning")["gini"]), "Right")
