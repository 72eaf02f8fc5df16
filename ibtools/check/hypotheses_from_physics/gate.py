"""Exercise: a product of two numbers by four units."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet


def _softplus(x: float) -> float:
    return float(np.logaddexp(0, x))


# Where each bends, its curvature there; the last pair has a bias.
CASES = (
    (1.3, 0.7, _softplus, 0.25, 0.0, 0.01),
    (-2.0, 0.5, _softplus, 0.25, 0.0, 0.02),
    (0.4, 3.0, np.exp, float(np.exp(0.3)), 0.3, 0.01),
)


def _units(
    u: float, v: float, g: Callable[[float], float], c: float, scale: float, cs: float
) -> tuple[float, float, float, float]:
    """g at c + and − the scaled sum, and the scaled difference; cs: what stands for c there."""
    plus, minus = scale * (u + v), scale * (u - v)
    return g(c + plus), g(cs - plus), g(c + minus), g(cs - minus)


def _gate(u, v, g, curvature, bias, scale, *, by=4.0, power=2, signs=(1, 1, -1, -1)) -> float:
    units = _units(u, v, g, bias, scale, bias)
    return float(np.dot(signs, units) / (by * curvature * scale**power))


HINTS: tuple[tuple[Callable[..., float], str], ...] = (
    (
        lambda *case: _gate(*case, power=1),
        "inputs are scaled by λ, so that uv comes out scaled by λ²: divide by λ twice.",
    ),
    (
        lambda *case: _gate(*case, power=0),
        "inputs are scaled by λ, but the answer is not scaled back.",
    ),
    (
        lambda *case: _gate(*case, by=2.0),
        "twice too large. (u + v)² − (u − v)² is 4uv, and g bends like g''/2 times a square, "
        "twice for the two signs.",
    ),
    (
        lambda *case: _gate(*case, by=8.0),
        "half of what it should be: for each square there are two units, c + and c −.",
    ),
    (lambda *case: _gate(*case, by=1.0), "the 4 of 4uv is missing."),
    (
        lambda *case: _gate(*case, signs=(1, -1, -1, 1)),
        "with + for c + s and − for c − s the even powers cancel, and those you want: the two "
        "signs of the same sum have the same weight.",
    ),
    (
        lambda *case: _gate(*case, signs=(1, 1, 1, 1)),
        "all four units are added; those with u − v are subtracted.",
    ),
    (
        lambda *case: _gate(*case, signs=(-1, -1, 1, 1)),
        "the sign is turned round: the units with u + v count positive.",
    ),
    (
        lambda u, v, g, curvature, bias, scale: (
            np.dot((1, 1, -1, -1), _units(u, v, g, bias, scale, -bias))
            / (4 * curvature * scale**2)
        ),
        "the bias is turned round with the input: c − s, not −(c + s).",
    ),
    (
        lambda u, v, g, curvature, bias, scale: _gate(u, v, g, curvature, 0.0, scale),
        "the bias is not used; only the last case, g = exp around 0.3, has one.",
    ),
    (
        lambda u, v, g, curvature, bias, scale: _gate(u, v, g, 1.0, bias, scale),
        "the curvature is not used.",
    ),
    (
        lambda u, v, *_: u * v,
        "this is exact: the product itself. Only g, sums and numbers may be used.",
    ),
)  # fmt: skip


@checker
def gate(answer: Callable) -> Verdict:
    """answer(u, v, g, curvature, bias, scale): nearly u·v, by four values of g."""
    got, wanted = values_at(answer, CASES), values_at(_gate, CASES)
    # Four digits of the gate's own error tell it from the product that it stands for.
    off, own = got - [u * v for u, v, *_ in CASES], wanted - [u * v for u, v, *_ in CASES]
    if np.allclose(off, own, rtol=1e-3):
        return Verdict(True, "four units multiply.")
    if found := known_mistake(
        got,
        ((values_at(rule, CASES), hint) for rule, hint in HINTS),
        same=lambda one, other: np.allclose(one, other, rtol=1e-6),
    ):
        return found
    i = int(np.argmax(~np.isclose(got, wanted, rtol=1e-6)))
    u, v, *_ = CASES[i]
    return not_yet(f"for u = {u:g} and v = {v:g}, product {u * v:g}, you give {got[i]:.6g}.")
