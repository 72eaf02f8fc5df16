import math

import numpy as np
import pytest

from ibtools.check.entropy_and_mutual_information import scaled_entropy

ANSWERS = [
    (lambda h, a, d: h + d * np.log2(abs(a)), "Right"),
    (lambda h, a, d: h, "unchanged"),
    (lambda h, a, d: h * a, "multiplied by a"),
    (lambda h, a, d: h + a, "added as it is"),
    (lambda h, a, d: h + math.log2(a), "right for d = 1"),
    (lambda h, a, d: h - d * math.log2(a), "sign is wrong"),
    (lambda h, a, d: h + d * math.log(a), "nats"),
    (lambda h, a, d: h + math.log2(d * a), "not by d·a"),
    (lambda h, a, d: 1.0, r"it is 11.966 bits, your function: 1.000"),
    (lambda h, a, d: h + d * math.log2(a), "absolute value"),
    (lambda h, a, d: h + d * np.log2(a), "absolute value"),
    (lambda h, a, d: h + np.log2(a**d), "absolute value"),
    (lambda h, a, d: h + d * np.log2(max(a, 1e-3)), "absolute value"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(scaled_entropy(answer), message)


def test_no_two_mistakes_share_a_hint(assert_told_apart):
    assert_told_apart(scaled_entropy, ANSWERS)
