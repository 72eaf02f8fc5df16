import numpy as np
import pytest

from ibtools.check.hypotheses_from_physics import parent_odds


def by_probabilities(left, right, flip):
    """Right, by Bayes' rule on probabilities."""
    odds = 0.0
    for each in (left, right):
        plus = 1 / (1 + np.exp(-each))
        given_plus = (1 - flip) * plus + flip * (1 - plus)
        odds += np.log(given_plus / (1 - given_plus))
    return odds


def through(odds, pull, inside=0.5, outside=2.0):
    return outside * np.arctanh(pull * np.tanh(inside * odds))


def without_infinity(left, right, flip):
    with np.errstate(invalid="ignore"):
        ratios = np.exp([left, right])
        return np.log(((1 - flip) * ratios + flip) / (flip * ratios + 1 - flip)).sum()


ANSWERS = [
    (by_probabilities, "Right"),
    (lambda a, b, flip: a + b, "without flips"),
    (lambda a, b, flip: (1 - 2 * flip) * (a + b), "in proportion"),
    (lambda a, b, flip: by_probabilities(a, b, flip) / 2, "half of what it should be"),
    (
        lambda a, b, flip: through(a, 1 - 2 * flip, 1) + through(b, 1 - 2 * flip, 1),
        "not tanh L",
    ),
    (lambda a, b, flip: through(a, 1 - flip) + through(b, 1 - flip), "the probability of no flip"),
    (lambda a, b, flip: through(a + b, 1 - 2 * flip), "before they are passed through"),
    (lambda a, b, flip: by_probabilities(a, b, flip) / np.log(2), "in bits"),
    (without_infinity, "yours become NaN"),
    (lambda a, b, flip: 0.1, "you give 0.1. The left one alone"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(parent_odds(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(parent_odds, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("hypotheses_from_physics")["parent_odds"]
    assert_says(parent_odds(answer), "Right")
