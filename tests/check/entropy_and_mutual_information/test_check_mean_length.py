import numpy as np
import pytest
from scipy.special import entr

from ibtools.check.entropy_and_mutual_information import mean_length


def bits(p):
    return entr(p).sum() / np.log(2)


def refusing(*_):
    raise ValueError("not for me")


def honest_length(p, lengths):
    if (2.0**-lengths).sum() > 1:
        raise ValueError("no prefix code has these lengths")
    return p @ lengths


def only_full_codes(p, lengths):
    if (2.0**-lengths).sum() != 1:
        raise ValueError("no prefix code has these lengths")
    return p @ lengths


def only_with_room(p, lengths):
    if (2.0**-lengths).sum() >= 1:
        raise ValueError("no prefix code has these lengths")
    return p @ lengths


def above_entropy(p, lengths):
    if p @ lengths < bits(p):
        raise ValueError("shorter than the entropy")
    return p @ lengths


def asserted_length(p, lengths):
    assert (2.0**-lengths).sum() <= 1
    return p @ lengths


ANSWERS = [
    (honest_length, "Right"),
    (lambda p, lengths: lengths.mean(), "counts the same"),
    (lambda p, lengths: lengths.sum(), "once each"),
    (lambda p, lengths: bits(p), "what a symbol should cost"),
    (lambda p, lengths: 2.0**-lengths @ lengths, "weighted by 2"),
    (lambda p, lengths: (p * lengths).mean(), "divide by k"),
    (lambda p, lengths: 7, "the mean is 1.900 bits, not 7.000"),
    (only_full_codes, "are refused"),
    (lambda p, lengths: p @ lengths, "no third is left"),
    (only_with_room, "is just 1"),
    (above_entropy, "Their mean, 1.10, is above H = 0.62, .* is 1.25"),
    (asserted_length, "an assert refuses the lengths 1, 1, 2"),
    (refusing, "stops with ValueError: not for me"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(mean_length(answer), message)


def test_no_two_mistakes_share_a_hint(assert_told_apart):
    assert_told_apart(mean_length, ANSWERS)
