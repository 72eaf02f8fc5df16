"""The product of many numbers: gates in layers, or all signs in one layer."""

import math
from itertools import product

import numpy as np

from ibtools.information.validation import columns, one_of, positive, whole_number
from ibtools.questions.distillation.multiplication import CURVED, multiplication_gate


def layered_units(n: int) -> int:
    """Hidden units of a tree of n − 1 gates, four each: 4 (n − 1)."""
    return 4 * (whole_number(n, "n") - 1)


def flat_units(n: int) -> int:
    """Hidden units that one layer needs for any accuracy, 2ⁿ (Lin, Tegmark and Rolnick 2017).

    That is for a σ whose derivatives do not vanish: if it is odd or even as the product is, units
    of opposite signs say the same, and half of them will do.
    """
    return 2 ** whole_number(n, "n")


def layered_product(
    x: np.ndarray, *, activation: str = "softplus", bias: float = 0.0, scale: float = 1.0
) -> np.ndarray:
    """The product of each row of x (samples, n), nearly, by gates on pairs of pairs, (samples,).

    One without a partner waits for the next layer.
    """
    left = list(columns(x).T)
    settings = {"activation": activation, "bias": bias, "scale": scale}
    while len(left) > 1:
        pairs = zip(left[::2], left[1::2], strict=False)
        waiting = left[-1:] if len(left) % 2 else []
        left = [multiplication_gate(u, v, **settings) for u, v in pairs] + waiting
    return left[0]


def flat_product(
    x: np.ndarray, *, activation: str = "softplus", bias: float = 1.0, scale: float = 1.0
) -> np.ndarray:
    """The product of each row of x (samples, n), nearly, by one layer of 2ⁿ units, (samples,).

    Σ_s (Π s_i) σ(c + λ s·x) / (2ⁿ λⁿ σ⁽ⁿ⁾(c)), over all signs s: of the powers of s·x, those below
    n cancel, and the n-th leaves 2ⁿ n! Π x_i. The n-th derivative at c must not be 0.

    Raises ValueError for more than 16 factors, which would be more than 65,536 units, an unknown
    activation, and a bias where the derivative that is needed is 0.
    """
    x = columns(x)
    n = x.shape[1]
    if n > 16:
        raise ValueError(f"x must have 16 columns at most, got {n}")
    curved = CURVED[one_of(activation, "activation", CURVED)]
    derivative = curved.derivative(n, bias)
    if derivative == 0:
        raise ValueError(f"bias: derivative {n} of {activation} is 0 at {bias:g}")
    signs = np.array(list(product((1, -1), repeat=n)))
    units = curved.value(bias + positive(scale, "scale") * x @ signs.T)
    # fsum would be exact; what rounding does to sums of large terms is what there is to see.
    return units @ signs.prod(axis=1) / (2**n * scale**n * derivative)


def relative_error(answer: np.ndarray, x: np.ndarray) -> float:
    """Root mean square of answer − Π x over that of Π x, rows (samples, n)."""
    right = columns(x).prod(axis=1)
    return math.sqrt(np.mean((answer - right) ** 2) / np.mean(right**2))
