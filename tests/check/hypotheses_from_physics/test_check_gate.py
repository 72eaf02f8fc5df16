import numpy as np
import pytest

from ibtools.check.hypotheses_from_physics import gate


def written_out(u, v, g, curvature, bias, scale):
    """Right, as a layer and a sum."""
    first = scale * np.array([[1, 1], [-1, -1], [1, -1], [-1, 1]]) @ [u, v] + bias
    return sum(w * g(a) for w, a in zip((1, 1, -1, -1), first, strict=True)) / (
        4 * curvature * scale**2
    )


def with_factor(factor, power=0):
    return lambda *case: written_out(*case) * factor * case[-1] ** power


def with_signs(*signs):
    def answer(u, v, g, curvature, bias, scale):
        inputs = bias + scale * np.array([u + v, -u - v, u - v, v - u])
        return sum(s * g(a) for s, a in zip(signs, inputs, strict=True)) / 4 / curvature / scale**2

    return answer


def bias_turned(u, v, g, curvature, bias, scale):
    s, d = scale * (u + v), scale * (u - v)
    return (g(bias + s) + g(-bias - s) - g(bias + d) - g(-bias - d)) / (4 * curvature * scale**2)


ANSWERS = [
    (written_out, "Right"),
    (with_factor(1, 1), "divide by λ twice"),
    (with_factor(1, 2), "not scaled back"),
    (with_factor(2), "twice too large"),
    (with_factor(0.5), "half of what it should be"),
    (with_factor(4), "the 4 of 4uv"),
    (with_signs(1, -1, -1, 1), "the even powers cancel"),
    (with_signs(1, 1, 1, 1), "all four units are added"),
    (with_signs(-1, -1, 1, 1), "the sign is turned round"),
    (bias_turned, "c − s, not"),
    (
        lambda u, v, g, curvature, bias, scale: written_out(u, v, g, curvature, 0, scale),
        "the bias is not used",
    ),
    (
        lambda u, v, g, curvature, bias, scale: written_out(u, v, g, 1, bias, scale),
        "the curvature is not used",
    ),
    (lambda u, v, *_: u * v, "the product itself"),
    (lambda u, v, *_: u + v, "product 0.91, you give 2"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(gate(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(gate, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("hypotheses_from_physics")["gate"]
    assert_says(gate(answer), "Right")
