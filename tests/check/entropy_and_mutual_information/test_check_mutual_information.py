import numpy as np
import pytest
from scipy.special import entr, xlogy

from ibtools.check.entropy_and_mutual_information import mutual_information


def bits(p):
    return entr(p).sum() / np.log(2)


def terms(p_xy, *, other=None):
    independent = np.outer(p_xy.sum(axis=1), p_xy.sum(axis=0)) if other is None else other
    return xlogy(p_xy, p_xy / independent) / np.log(2)


def by_entropies(p_xy):
    return bits(p_xy.sum(axis=0)) + bits(p_xy.sum(axis=1)) - bits(p_xy)


def reversed_divergence(p_xy):
    q = np.outer(p_xy.sum(axis=1), p_xy.sum(axis=0))
    return xlogy(q, q / p_xy).sum() / np.log(2)


def exchanged(p_xy):
    return terms(p_xy, other=np.outer(p_xy.sum(axis=0), p_xy.sum(axis=1))).sum()


def without_care(p_xy):
    return (p_xy * np.log2(p_xy / np.outer(p_xy.sum(axis=1), p_xy.sum(axis=0)))).sum()


def unweighted(p_xy):
    return np.log2(p_xy / np.outer(p_xy.sum(axis=1), p_xy.sum(axis=0))).sum()


ANSWERS = [
    (by_entropies, "Right"),
    (lambda p: terms(p).sum(), "Right"),
    (lambda p: by_entropies(p) * np.log(2), "nats"),
    (lambda p: -by_entropies(p), r"p\(x,y\) over p\(x\)p\(y\)"),
    (lambda p: bits(p) - bits(p.sum(axis=0)), r"this is H\(X\|Y\)"),
    (lambda p: bits(p) - bits(p.sum(axis=1)), r"this is H\(Y\|X\)"),
    (bits, "joint entropy"),
    (lambda p: bits(p.sum(axis=0)) + bits(p.sum(axis=1)), "counts what they share twice"),
    (reversed_divergence, "wrong way round"),
    (exchanged, "marginals are exchanged"),
    (unweighted, "without weights"),
    (lambda p: 0.5, r"I\(X;Y\) is 0.\d+ bits, your function: 0.500"),
    (without_care, "until a cell is 0"),
    (lambda p: by_entropies(p) if p.shape == (3, 3) else 0, "right for 3 × 3"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(mutual_information(answer), message)


def test_no_two_mistakes_share_a_hint(assert_told_apart):
    assert_told_apart(mutual_information, ANSWERS)
