"""One-to-one maps that hide a dependence without changing how much of it there is.

Each works row by row on x (n, d). Φ, half-cube, wiggly and asinh act on every coordinate alone;
a spiral mixes two coordinates; the Swiss roll bends a line into a plane.

Source: Czyż, Grabowski, Vogt, Beerenwinkel & Marx (2023), arXiv:2306.15447.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr

from ibtools.information.validation import whole_number


def half_cube(x: np.ndarray) -> np.ndarray:
    """x |x|^½: longer tails than the Gaussian's."""
    return x * np.sqrt(np.abs(x))


def wiggly_x(x: np.ndarray) -> np.ndarray:
    """x plus waves too small to turn it back: the slope stays above 0."""
    return x + 0.4 * np.sin(x) + 0.2 * np.sin(1.7 * x + 1) + 0.03 * np.sin(3.3 * x - 2.5)


def wiggly_y(x: np.ndarray) -> np.ndarray:
    """As wiggly_x, with other waves."""
    return x - 0.4 * np.sin(0.4 * x) + 0.17 * np.sin(1.3 * x + 3.5) + 0.02 * np.sin(4.3 * x - 2.5)


def swiss_roll(u: np.ndarray) -> np.ndarray:
    """u (n, 1) in [0, 1] on a spiral in the plane (n, 2): angle t from 1.5π to 4.5π, radius t."""
    t = 1.5 * np.pi * (1 + 2 * u)
    # 21 brings the roll to about the size of the interval it came from.
    return np.hstack([t * np.cos(t), t * np.sin(t)]) / 21


def spiral(d: int, first: int, second: int) -> Callable[[np.ndarray], np.ndarray]:
    """x (n, d) with two of its coordinates rotated by the angle ‖x‖²/d.

    A rotation keeps ‖x‖, so the angle can be read off the result and undone. A cloud becomes a
    galaxy: points at nearly the same radius stay together, those further out are swept around.
    """
    i, j = whole_number(first, "first", at_least=0), whole_number(second, "second", at_least=0)
    if not i < j < d:
        raise ValueError(f"first and second must be two coordinates below {d}, got {i} and {j}")

    def wound(x: np.ndarray) -> np.ndarray:
        angle = (x**2).sum(axis=1) / d
        cos, sin = np.cos(angle), np.sin(angle)
        result = x.copy()
        result[:, i] = cos * x[:, i] - sin * x[:, j]
        result[:, j] = sin * x[:, i] + cos * x[:, j]
        return result

    return wound


def bimodal(weight: float, first: float, second: float) -> Callable[[np.ndarray], np.ndarray]:
    """Uniform u in (0, 1) to the u-quantile of weight · N(first, 1) + (1 - weight) · N(second, 1).

    The mixture has no quantile formula, so its distribution function is halved down to it.
    """

    def quantile(u: np.ndarray) -> np.ndarray:
        low = np.full_like(u, min(first, second) - 10)
        high = np.full_like(u, max(first, second) + 10)
        # 60 halvings of an interval of about 25 leave less than one rounding error.
        for _ in range(60):
            middle = (low + high) / 2
            below = weight * ndtr(middle - first) + (1 - weight) * ndtr(middle - second) < u
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return (low + high) / 2

    return quantile
