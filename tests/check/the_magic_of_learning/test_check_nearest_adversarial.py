import numpy as np
import pytest

from ibtools.check.the_magic_of_learning import nearest_adversarial


def l2(w, b, x):
    return x - (w @ x + b) * w / (w @ w)


def linf(w, b, x):
    return x - (w @ x + b) * np.sign(w) / np.abs(w).sum()


def with_l2(rule):
    return lambda w, b, x, norm: (rule if norm == "l2" else linf)(w, b, x)


def with_linf(rule):
    return lambda w, b, x, norm: (l2 if norm == "l2" else rule)(w, b, x)


def one_coordinate(w, b, x):
    moved = x.copy()
    moved[0] -= (w @ x + b) / w[0]
    return moved


ANSWERS = [
    (with_l2(l2), "Right"),
    (with_l2(lambda w, b, x: x - (w @ x + b) * w / np.linalg.norm(w)), "once"),
    (with_l2(lambda w, b, x: 2 * x - l2(w, b, x)), "l2: the wrong way"),
    (with_l2(lambda w, b, x: l2(w, 0, x)), "b is missing"),
    (with_l2(linf), "changed places"),
    (with_l2(lambda w, b, x: x - (w @ x + b) * w), r"f\(1"),
    (with_l2(one_coordinate), "on the boundary, .* away"),
    (with_l2(lambda w, b, x: x), "l2: at your point f = -4"),
    (with_l2(lambda w, b, x: 0.0), r"shape \(2,\), like x; got \(\)"),
    (with_linf(l2), "usual length"),
    (with_linf(lambda w, b, x: x - (w @ x + b) * np.sign(w) / np.linalg.norm(w)), "divide by Σ"),
    (with_linf(lambda w, b, x: x - (w @ x + b) * np.sign(w) / (w @ w)), "not by w·w"),
    (with_linf(lambda w, b, x: x - (w @ x + b) * np.sign(w) / abs(w.sum())), "absolute value of"),
    (with_linf(lambda w, b, x: 2 * x - linf(w, b, x)), "linf: the wrong way"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(nearest_adversarial(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(nearest_adversarial, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("the_magic_of_learning")["nearest_adversarial"]
    assert_says(nearest_adversarial(answer), "Right")
