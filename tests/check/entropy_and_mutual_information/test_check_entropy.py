import math

import numpy as np
import pytest
from scipy.special import entr

from ibtools.check.entropy_and_mutual_information import entropy


def bits(p):
    return entr(p).sum() / np.log(2)


def distribution(p):
    p = np.asarray(p, dtype=float)
    if (p < 0).any() or not np.isclose(p.sum(), 1):
        raise ValueError("p must be a distribution")
    return p


def by_log2(p):
    return -sum(value * math.log2(value) for value in p)


def normalising(p):
    return bits(p / p.sum())


def only_the_sum(p):
    if not np.isclose(p.sum(), 1):
        raise ValueError("p must sum to 1")
    return bits(np.maximum(p, 0))


def strictly_one(p):
    if p.sum() != 1:
        raise ValueError("p must sum to 1")
    return bits(distribution(p))


def asserting(p):
    assert np.isclose(p.sum(), 1)
    return bits(distribution(p))


def at_most_one(p):
    if (p < 0).any() or p.sum() > 1.001:
        raise ValueError("p must be a distribution")
    return bits(p)


def refusing(*_):
    raise ValueError("not for me")


ANSWERS = [
    (lambda p: bits(distribution(p)), "Right"),
    (lambda p: entr(p).sum(), "nats"),
    (lambda p: (p * np.log2(p)).sum(), "sign is lost"),
    (lambda p: np.log2(len(p)), "if all k values were equally likely"),
    (lambda p: -np.log2(p).sum(), "added, not averaged"),
    (lambda p: -np.log2(p).mean(), "counts the same"),
    (lambda p: 1.2, "is 1.846 bits, your function: 1.200"),
    (lambda p: -(p * np.log2(p)).sum(), "to count as 0"),
    (by_log2, "to count as 0"),
    (lambda p: bits(p) if p.all() else 0.5, "is 1 bit, your function: 0.500"),
    (normalising, "in silence"),
    (bits, "is no distribution, yet you answer -inf|is no distribution, yet"),
    (only_the_sum, "negative entries"),
    (lambda p: entr(distribution(p)) / np.log(2), "is the sum missing"),
    (strictly_one, "up to rounding, np.isclose"),
    (asserting, r"an assert refuses \[3.0, 1.0\]. Raise a ValueError"),
    (at_most_one, r"\[0.5, 0.25\] is no distribution"),
    (refusing, "stops with ValueError: not for me"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(entropy(answer), message)


def test_no_two_mistakes_share_a_hint(assert_told_apart):
    assert_told_apart(entropy, ANSWERS)
