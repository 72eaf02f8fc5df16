import numpy as np
import pytest

from ibtools.check.hypotheses_from_physics import pass_height


def by_interpolation(t, loss):
    """Right, with the line drawn by NumPy, and never below 0."""
    return max(0.0, *(loss - np.interp(t, [0, 1], [loss[0], loss[-1]])))


def line(t, loss):
    return (1 - t) * loss[0] + t * loss[-1]


ANSWERS = [
    (by_interpolation, "Right"),
    (lambda t, loss: loss.max() - loss[[0, -1]].min(), "above the lower end"),
    (lambda t, loss: loss.max() - loss[[0, -1]].max(), "above the higher end"),
    (lambda t, loss: loss.max() - loss[[0, -1]].mean(), "the mean of the two ends"),
    (lambda t, loss: loss.max() - loss[0], "the first end only"),
    (lambda t, loss: loss.max(), "the highest loss"),
    (lambda t, loss: (loss - np.linspace(loss[0], loss[-1], 4)).max(), "evenly spaced"),
    (lambda t, loss: (loss - line(1 - t, loss)).max(), "backwards"),
    (lambda t, loss: abs(loss - line(t, loss)).max(), "a trough"),
    (lambda t, loss: (loss - line(t, loss))[loss.argmax()], "may be larger elsewhere"),
    (lambda t, loss: (loss - line(t, loss)).mean(), "the mean excess"),
    (lambda t, loss: 0.5, "The line there is at"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(pass_height(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(pass_height, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("hypotheses_from_physics")["pass_height"]
    assert_says(pass_height(answer), "Right")
