import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import entr

from ibtools.check.entropy_and_mutual_information import table_with_interaction


def bits(p):
    return entr(p).sum() / np.log(2)


def biased(h):
    """Probability of a coin with entropy h."""
    return brentq(lambda p: bits(np.array([p, 1 - p])) - h, 0, 0.5) if h < 1 else 0.5


def copies(c):
    table = np.zeros((2, 2, 2))
    table[0, 0, 0], table[1, 1, 1] = biased(c), 1 - biased(c)
    return table


def noisy_parity(c):
    table = np.full((2, 2, 2), biased(1 - c) / 4)
    for x, y in np.ndindex(2, 2):
        table[x, y, x ^ y] = (1 - biased(1 - c)) / 4
    return table


def interaction(c):
    return copies(c) if c > 0 else noisy_parity(-c)


def mixed(c):
    return abs(c) * (copies(1) if c > 0 else noisy_parity(1)) + (1 - abs(c)) / 8


def total_correlation_only(c):
    pair = copies(abs(c)).sum(axis=2)
    return pair[:, :, None] * np.array([1, 0])


ANSWERS = [
    (interaction, "Right"),
    (lambda c: interaction(-c), "sign is reversed"),
    (lambda c: interaction(abs(c)), "right from 0 to 1"),
    (lambda c: interaction(-abs(c)), "right from -1 to 0"),
    (mixed, "not linear"),
    (total_correlation_only, "total correlation"),
    (lambda c: np.ones((4, 2)) / 8, r"shape is \(4, 2\)"),
    (lambda c: np.ones((2, 2, 2)), "no distribution: smallest entry 1.000, sum 8.000"),
    (lambda c: interaction(0.7), r"whatever c, your table has 0.700"),
    (lambda c: interaction(c / 2), r"for c = -1 your table has I\(X;Y\) = 0.000"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(table_with_interaction(answer), message)


def test_no_two_mistakes_share_a_hint(assert_told_apart):
    assert_told_apart(table_with_interaction, ANSWERS)
