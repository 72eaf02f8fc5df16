import pytest
import torch

from ibtools.check.learning import gradient_of_loop


def loop(theta, steps):
    s, d = 0.1, 0.0
    for _ in range(steps):
        d = d + s * (1 - s) + theta * (1 - 2 * s) * d
        s = s + theta * s * (1 - s)
    return d


def loop_with_torch(theta, steps):
    theta = torch.tensor(theta, dtype=torch.float64, requires_grad=True)
    s = 0.1 + 0 * theta
    for _ in range(steps):
        s = s + theta * s * (1 - s)
    return torch.autograd.grad(s, theta)[0]


def value(theta, steps):
    s = 0.1
    for _ in range(steps):
        s = s + theta * s * (1 - s)
    return s


def last_step_only(theta, steps):
    before = value(theta, steps - 1)
    return before * (1 - before) if steps else 0.0


def sum_of_steps(theta, steps):
    states = [value(theta, k) for k in range(steps)]
    return sum(s * (1 - s) for s in states)


def overwritten_first(theta, steps):
    s, d = 0.1, 0.0
    for _ in range(steps):
        direct, s = s * (1 - s), s + theta * s * (1 - s)
        d = direct + (1 + theta * (1 - 2 * s)) * d
    return d


def without_the_one(theta, steps):
    s, d = 0.1, 0.0
    for _ in range(steps):
        s, d = s + theta * s * (1 - s), s * (1 - s) + theta * (1 - 2 * s) * d
    return d


def updated_first(theta, steps):
    s, d = 0.1, 0.0
    for _ in range(steps):
        s = s + theta * s * (1 - s)
        d = s * (1 - s) + (1 + theta * (1 - 2 * s)) * d
    return d


def logistic_map(theta, steps):
    s, d = 0.1, 0.0
    for _ in range(steps):
        s, d = theta * s * (1 - s), s * (1 - s) + theta * (1 - 2 * s) * d
    return d


def without_direct(theta, steps, d=0.0):
    s = 0.1
    for _ in range(steps):
        s, d = s + theta * s * (1 - s), (1 + theta * (1 - 2 * s)) * d
    return d


def quotient(h):
    return lambda theta, steps: (value(theta + h, steps) - value(theta, steps)) / h


def central(h):
    return lambda theta, steps: (value(theta + h, steps) - value(theta - h, steps)) / (2 * h)


ANSWERS = [
    (loop, "Right"),
    (loop_with_torch, "Right"),
    (last_step_only, "only what θ does in the last step"),
    (sum_of_steps, "not how it goes on"),
    (overwritten_first, "the one before it belongs"),
    (updated_first, "the one before it belongs"),
    (logistic_map, "for the rule s ← θ s"),
    (without_direct, "nothing is ever added"),
    (lambda t, n: without_direct(t, n, d=1.0), "derivative by the start"),
    (lambda t, n: loop(t, n + 1), "one step more than asked"),
    (lambda t, n: loop(t, max(n - 1, 0)), "one step fewer"),
    (without_the_one, "your 1 is missing"),
    (value, "s itself"),
    *((quotient(10.0**-k), "difference quotient") for k in range(3, 9)),
    *((central(10.0**-k), "difference quotient") for k in range(3, 9)),
    (central(1e-6), "off by up to .*e-1[01], as a difference quotient"),
    (lambda theta, steps: 1.0, "does not depend on θ"),
    (lambda theta, steps: loop(theta, min(steps, 2)), r"6 steps"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(gradient_of_loop(answer), message)
