import numpy as np
import pytest

from ibtools.check.hypotheses_from_physics import decimate
from ibtools.questions.renormalization import (
    couplings,
    log_weights,
    ring_bonds,
    spin_states,
    sum_out,
)


def by_listing(J, b):
    """Right, by summing out a ring of 4 b spins, or of 3 b for large b."""
    n = 4 * b if b < 4 else 3 * b
    ring = log_weights(spin_states(n), ring_bonds(n), J)
    left = couplings(sum_out(ring, [i for i in range(n) if i % b]))
    return left[(0, 1)]


ANSWERS = [
    (by_listing, "Right"),
    (lambda J, b: np.tanh(J) ** b, "this is tanh J'"),
    (lambda J, b: np.arctanh(np.tanh(J) ** (b + 1)), "one step too many"),
    (lambda J, b: np.arctanh(np.tanh(J) ** (b - 1)) if b > 1 else np.inf, "b − 1 spins"),
    (lambda J, b: np.arctanh(np.tanh(J) ** 2), "b is not used"),
    (lambda J, b: np.arctanh(abs(np.tanh(J)) ** b), "the sign is lost"),
    (lambda J, b: np.sign(J) * np.arctanh(abs(np.tanh(J)) ** b), "the sign is kept"),
    (lambda J, b: J**b, "not J. For small J"),
    (
        lambda J, b: np.tanh(np.arctanh(np.clip(J, -0.99, 0.99)) ** b),
        "have changed places",
    ),
    (lambda J, b: J / b - 0.1, "J stays 0.5; got 0.4"),
    (lambda J, b: J / b, "for J = 0.8 and b = 2 you give 0.4"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(decimate(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(decimate, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("hypotheses_from_physics")["decimate"]
    assert_says(decimate(answer), "Right")
