import numpy as np
import pytest

from ibtools.check.the_magic_of_learning import interpolating_weights


def before(z, share=0.5):
    gaps = np.diff(z, prepend=z[0] - 1)
    return z - share * gaps


def solved(z, b, y):
    return b, np.linalg.lstsq(np.maximum(0, z[:, None] - b), y, rcond=None)[0]


def alone(z, y):
    return before(z), y / (z - before(z))


ANSWERS = [
    (lambda z, y: solved(z, before(z), y), "Right"),
    (lambda z, y: list(solved(z, before(z, share=1), y)), "Right"),
    (lambda z, y: (before(z), y), "labels themselves"),
    (lambda z, y: solved(z, z, y), "on their own points"),
    (alone, "as if it were alone"),
    (lambda z, y: solved(z, before(z, share=-0.2), y), "gives 0 at its own point"),
    (lambda z, y: (before(z), np.full(len(z), np.nan)), "not finite"),
    (lambda z, y: (before(z), np.ones(len(z))), r"point 1 gets 0\.5 and should get 5"),
    (lambda z, y: y, "two arrays"),
    (lambda z, y: (before(z)[1:], y), r"shape \(3,\); got \(2,\)"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(interpolating_weights(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(interpolating_weights, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("the_magic_of_learning")["interpolating_weights"]
    assert_says(interpolating_weights(answer), "Right")
