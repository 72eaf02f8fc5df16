"""The bottleneck of a fair coin seen through noise, in closed form.

X is a fair coin, Y is X flipped with probability ε: the doubly symmetric binary source. The best T
is X flipped with another probability δ. With s = 1 - 2δ and c = |1 - 2ε|, the correlations of T
with X and of X with Y, and with

    D(s) = ½ ((1+s) log(1+s) + (1-s) log(1-s)),   the capacity of a channel with correlation s,

    I(X;T) = D(s),   I(T;Y) = D(c s),   β = atanh(s) / (c atanh(c s)).

So the information curve is I_Y = 1 - h(ε ⋆ h⁻¹(1 - I_X)) bits, with the binary entropy h and
ε ⋆ δ = ε(1-δ) + (1-ε)δ. That no T, with however many values, does better is Mrs Gerber's lemma.

Source: Wyner & Ziv (1973), IEEE Transactions on Information Theory 19, 769-772.
"""

from numbers import Real

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, xlog1py

from ibtools.bottleneck.curve import validated_costs
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.solution import Solution, encoder_solution
from ibtools.information.validation import positive, validated_base


def binary_symmetric_source(flip_probability: float) -> Problem:
    """p(x, y) = ½ (1-ε) where x = y, ½ ε elsewhere.

    Raises ValueError for a probability below 0 or above 1.
    """
    _correlation(flip_probability)
    flips = [1 - float(flip_probability), float(flip_probability)]
    return Problem(np.array([flips, flips[::-1]]) / 2)


def binary_symmetric_bottleneck(
    flip_probability: float, beta: float, *, base: float = 2
) -> Solution:
    """The T with the smallest I(X;T) - β I(T;Y): one cluster up to β = 1/(1-2ε)², then two.

    Without noise (ε = 0 or 1) T = X for every β > 1.

    Raises ValueError for β not positive and finite and a probability below 0 or above 1.
    """
    source, beta = binary_symmetric_source(flip_probability), positive(beta, "beta")
    field = _field(beta, _correlation(flip_probability))
    encoder = expit(2 * np.array([[field, -field], [-field, field]]))
    return encoder_solution(source, encoder if field else np.ones((2, 1)), beta=beta, base=base)


def binary_symmetric_relevance_at(
    flip_probability: float, cost_value: np.ndarray | float, *, base: float = 2
) -> np.ndarray:
    """The largest I(T;Y) for I(X;T) = cost_value: the information curve itself, exactly.

    From a cost of H(X) = 1 bit on it is I(X;Y).

    Raises ValueError for a negative or NaN cost_value, or a probability below 0 or above 1.
    """
    c, unit = _correlation(flip_probability), np.log(validated_base(base))
    return _capacity(c * _correlation_for(cost_value, unit)) / unit


def binary_symmetric_beta_at(
    flip_probability: float, cost_value: np.ndarray | float, *, base: float = 2
) -> np.ndarray:
    """The β that leads to I(X;T) = cost_value: 1 over the slope of the information curve.

    1/(1-2ε)² at cost 0, infinite from 1 bit on. base is the unit of the cost; β has none.

    Raises ValueError for a negative or NaN cost_value, or a probability below 0 or above 1.
    """
    c = _correlation(flip_probability)
    s = _correlation_for(cost_value, np.log(validated_base(base)))
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(s > 0, np.arctanh(s) / (c * np.arctanh(c * s)), 1 / np.square(c))
    return np.where(s < 1, inside, np.inf)


def _correlation(flip_probability: float) -> float:
    """c = |1 - 2ε|."""
    if not isinstance(flip_probability, Real) or not 0 <= flip_probability <= 1:
        raise ValueError(f"flip_probability must be between 0 and 1, got {flip_probability!r}")
    return abs(1 - 2 * float(flip_probability))


def _capacity(s: np.ndarray | float) -> np.ndarray | float:
    """D(s) in nats."""
    return (xlog1py(1 + s, s) + xlog1py(1 - s, -s)) / 2


def _correlation_for(cost_value: np.ndarray | float, unit: float) -> np.ndarray:
    """s with D(s) = cost_value · unit, 1 where no s costs so much."""
    paid = np.minimum(validated_costs(cost_value) * unit, np.log(2))
    roots = [brentq(lambda s, r=r: _capacity(s) - r, 0, 1, xtol=1e-15) for r in paid.ravel()]
    return np.reshape(roots, paid.shape)


def _field(beta: float, c: float) -> float:
    """atanh(s) of the best T at β, 0 up to the critical β; infinite where T is a copy of X."""
    if c == 1:
        return np.inf if beta > 1 else 0.0

    def excess(u: float) -> float:
        return u - beta * c * np.arctanh(c * np.tanh(u))

    smallest, largest = 1e-8, beta * c * np.arctanh(c)
    if excess(smallest) >= 0:
        return 0.0
    return brentq(excess, smallest, largest, xtol=1e-14)
