import numpy as np
import pytest

from ibtools.check.learning import largest_step


def sums(c):
    total = 0.0
    for one in c:
        total += one
    return total


ANSWERS = [
    (lambda c: 2 / max(c), "Right"),
    (lambda c: 1 / max(c), "lands in the minimum"),
    (lambda c: 2 / min(c), "the flattest direction is safe"),
    (lambda c: 2 / np.mean(c), "do not share an average"),
    (lambda c: 2 / sum(c), "smaller than needed"),
    (lambda c: 1 / min(c), "flattest direction alone"),
    (lambda c: max(c) / 2, "upside down"),
    (lambda c: 2 / c.max(), "Right"),
    (lambda c: 1 / sums(c), "safe twice over"),
    (lambda c: 1 / np.mean(c), "best step for a direction of average"),
    (lambda c: 4 / max(c), "twice too long"),
    (lambda c: 0.6, r"\[4.0\] you give 0.600.* at most 1.40"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(largest_step(answer), message)
