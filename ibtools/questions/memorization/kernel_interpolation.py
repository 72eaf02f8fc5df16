"""A Gaussian kernel through all data: the interpolating function of smallest norm.

f(x) = Σ_i a_i k(x, x_i) with k(x, x') = exp(−γ ‖x − x'‖²) and K a = y, K_ij = k(x_i, x_j).
K is positive definite for different points, so that every y can be interpolated, and among all
functions of the kernel's space that do so f has the smallest norm: minimum-norm least squares with
infinitely many features.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from ibtools.information.validation import columns, positive, real_numbers, same_length


@dataclass(frozen=True)
class KernelInterpolation:
    """f(x) = Σ_i a_i k(x, x_i).  points: (n, d).  weights: (n,) or (n, k).  gamma: γ."""

    points: np.ndarray
    weights: np.ndarray
    gamma: float

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """f at the rows of x (m, d): (m,) or (m, k)."""
        return gaussian_kernel(columns(x), self.points, self.gamma) @ self.weights


def gaussian_kernel(x: np.ndarray, z: np.ndarray, gamma: float) -> np.ndarray:
    """k (n, m), exp(−γ ‖x_i − z_j‖²) for the rows of x (n, d) and z (m, d)."""
    x, z = np.asarray(x, dtype=float), np.asarray(z, dtype=float)
    # In place: with thousands of points each copy of the matrix is a hundred megabytes.
    kernel = x @ z.T
    kernel *= -2
    kernel += (x**2).sum(axis=1)[:, None]
    kernel += (z**2).sum(axis=1)
    np.maximum(kernel, 0, out=kernel)
    kernel *= -gamma
    return np.exp(kernel, out=kernel)


def interpolate(x: np.ndarray, y: np.ndarray, *, gamma: float) -> KernelInterpolation:
    """The kernel interpolation of y (n,) or (n, k) at the points x (n, d).

    gamma: 1 over a squared length; two points much closer than γ^(−1/2) count as near.
    Raises ValueError for equal points, or points so near for this gamma that rounding spoils it.
    """
    x, y = columns(x), real_numbers(y, "y")
    positive(gamma, "gamma")
    same_length(x=x, y=y)
    kernel = gaussian_kernel(x, x, gamma)
    try:
        weights = cho_solve(cho_factor(kernel), y)
    except LinAlgError:
        weights = np.full_like(y, np.nan, dtype=float)
    if not np.allclose(kernel @ weights, y, atol=1e-6):
        raise ValueError(
            f"x must hold points that a kernel of gamma = {gamma:g} tells apart; some are equal or "
            "nearly so: remove them, or try a larger gamma"
        )
    return KernelInterpolation(x, weights, gamma)
