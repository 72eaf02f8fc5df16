"""Two numbers multiplied by four hidden units: the gate of Lin, Tegmark and Rolnick."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import Polynomial
from scipy.special import expit

from ibtools.information.validation import one_of, positive


@dataclass(frozen=True)
class Activation:
    """A nonlinearity whose first derivative is a polynomial in a function with such a derivative.

    value: σ.  inner: a function g with g' = slope(g).  first: σ' = first(g).
    """

    value: Callable[[np.ndarray], np.ndarray]
    inner: Callable[[np.ndarray], np.ndarray]
    slope: Polynomial
    first: Polynomial

    def derivative(self, order: int, at: float) -> float:
        """σ^(order) at a point, exactly, for order 1 and more."""
        polynomial = self.first
        for _ in range(order - 1):
            polynomial = polynomial.deriv() * self.slope
        return float(polynomial(self.inner(at)))


_LOGISTIC = {"inner": expit, "slope": Polynomial([0, 1, -1])}
# The polynomials: s' = s − s² for the logistic s, t' = 1 − t² for t = tanh; softplus' = s.
CURVED = {
    "softplus": Activation(lambda x: np.logaddexp(0, x), first=Polynomial([0, 1]), **_LOGISTIC),
    "sigmoid": Activation(expit, first=Polynomial([0, 1, -1]), **_LOGISTIC),
    "tanh": Activation(np.tanh, np.tanh, Polynomial([1, 0, -1]), Polynomial([1, 0, -1])),
}


def multiplication_gate(
    u: np.ndarray,
    v: np.ndarray,
    *,
    activation: str = "softplus",
    bias: float = 0.0,
    scale: float = 1.0,
) -> np.ndarray:
    """u·v, nearly, by four units and one sum (Lin, Tegmark and Rolnick 2017).

    m = [σ(c + λ(u + v)) + σ(c − λ(u + v)) − σ(c + λ(u − v)) − σ(c − λ(u − v))] / (4 σ''(c) λ²)

    bias c: of all four units; σ''(c) must not be 0, so that tanh and sigmoid need one.
    scale λ: of the inputs; the smaller, the closer, up to rounding, see `gate_error`.

    Raises ValueError for an unknown activation, a scale that is not positive, and a bias where the
    activation has no curvature.
    """
    curved = CURVED[one_of(activation, "activation", CURVED)]
    curvature = _curvature(activation, bias)
    plus, minus = (positive(scale, "scale") * np.asarray(each) for each in (u + v, u - v))
    pairs = [curved.value(bias + each) + curved.value(bias - each) for each in (plus, minus)]
    return (pairs[0] - pairs[1]) / (4 * curvature * scale**2)


def gate_error(
    u: np.ndarray,
    v: np.ndarray,
    *,
    activation: str = "softplus",
    bias: float = 0.0,
    scale: float = 1.0,
) -> np.ndarray:
    """What the gate's answer over u·v differs from 1, to leading order in the scale.

    m / (u v) − 1 = λ² (u² + v²) σ''''(c) / (6 σ''(c)) + O(λ⁴), from the expansion of σ around c.
    """
    fourth = CURVED[one_of(activation, "activation", CURVED)].derivative(4, bias)
    squares = np.square(u) + np.square(v)
    return positive(scale, "scale") ** 2 * squares * fourth / (6 * _curvature(activation, bias))


def _curvature(activation: str, bias: float) -> float:
    curvature = CURVED[activation].derivative(2, bias)
    if curvature == 0:
        raise ValueError(f"bias: {activation} has no curvature at {bias:g}; try another")
    return curvature
