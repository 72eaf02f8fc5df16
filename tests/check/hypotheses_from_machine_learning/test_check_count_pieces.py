import numpy as np
import pytest

from ibtools.check.hypotheses_from_machine_learning import count_pieces


def by_slopes(w, b, low, high):
    """Right, by counting changes of the pattern of switched-on units on a fine grid."""
    x = np.linspace(low, high, 100_003)[1:-1]
    on = np.multiply.outer(x, w) + b > 0
    return 1 + (on[1:] != on[:-1]).any(axis=1).sum()


def switches(w, b):
    return -b[w != 0] / w[w != 0]


def inside(places, low, high):
    return places[(places > low) & (places < high)]


def divided(w, b, low, high):
    with np.errstate(divide="ignore"):
        places = -b / w
    return np.nan if np.isinf(places).any() else len(np.unique(inside(places, low, high))) + 1


ANSWERS = [
    (by_slopes, "Right"),
    (lambda w, b, low, high: by_slopes(w, b, low, high) - 1, "one piece more"),
    (lambda w, b, low, high: len(w) + 1, "every unit is counted"),
    (lambda w, b, low, high: len(np.unique(switches(w, b))) + 1, "outside the interval, or"),
    (lambda w, b, low, high: len(inside(switches(w, b), low, high)) + 1, "one cut, not two"),
    (lambda w, b, low, high: len(np.unique(inside(-switches(w, b), low, high))) + 1, "the sign"),
    (lambda w, b, low, high: len(set(inside(-w[b != 0] / b[b != 0], low, high))) + 1, "upside"),
    (divided, "before you divide"),
    (lambda w, b, low, high: 7, "you give 7. The units switch at 0.2, 0.5, 0.7"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(count_pieces(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(count_pieces, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("hypotheses_from_machine_learning")["count_pieces"]
    assert_says(count_pieces(answer), "Right")
