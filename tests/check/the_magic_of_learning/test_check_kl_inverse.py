import numpy as np
import pytest

from ibtools.check.the_magic_of_learning import kl_inverse


def kl(q, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.where(q == 0, 0, q * np.log(q / p))
        return one + np.where(q == 1, 0, (1 - q) * np.log((1 - q) / (1 - p)))


def on_a_grid(q, c, *, above=True, divergence=kl):
    grid = np.linspace(1e-6, 1 - 1e-6, 100_001)
    allowed = grid[divergence(q, grid) <= c]
    return allowed.max() if above else allowed.min()


ANSWERS = [
    (on_a_grid, "Right"),
    (lambda q, c: min(1, q + (c / 2) ** 0.5), "Pinsker"),
    (lambda q, c: on_a_grid(q, c, above=False), "smallest p"),
    (lambda q, c: on_a_grid(q, c * np.log(2)), "in nats"),
    (
        lambda q, c: 0 if q == 0 else on_a_grid(q, c, divergence=lambda q, p: kl(p, q)),
        "changed places",
    ),
    (lambda q, c: q, "q itself"),
    (lambda q, c: np.nan if q == 0 else on_a_grid(q, c), "not a number"),
    (lambda q, c: on_a_grid(q, 2 * c), "kl.*= 0.2000 there. It must be 0.1"),
    (lambda q, c: 2.0, "not between q and 1"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(kl_inverse(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(kl_inverse, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("the_magic_of_learning")["kl_inverse"]
    assert_says(kl_inverse(answer), "Right")
