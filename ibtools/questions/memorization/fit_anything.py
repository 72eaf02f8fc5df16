"""2n + d weights fit any labels of n points: the construction of Zhang et al. (2017), theorem 1.

A network of two layers and n hidden ReLU units that all look in one direction a,

    c(x) = Σ_j w_j max(0, a·x − b_j) ,    a (d,), b (n,), w (n,),

sees only the numbers z_i = a·x_i.  Sorted, with a threshold before each point,
b_1 < z_1 ≤ b_2 < z_2 ≤ … ≤ b_n < z_n, unit j is silent on all points before the j-th.  The matrix
A_ij = max(0, z_i − b_j) is therefore triangular with z_i − b_i > 0 on its diagonal, and
A w = y has exactly one solution, whatever y is.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from ibtools.information.validation import columns, generator, row, same_length

# What may be left of the labels' size when the equations have been solved.
TOLERANCE = 1e-5


@dataclass(frozen=True)
class TwoLayers:
    """c(x) = Σ_j w_j max(0, a·x − b_j).  a: (d,), b: (n,), w: (n,)."""

    a: np.ndarray
    b: np.ndarray
    w: np.ndarray

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """c at the rows of x (m, d), or (m,) where d = 1."""
        x = columns(x)
        return np.maximum(0, (x @ self.a)[:, None] - self.b) @ self.w

    @property
    def n_weights(self) -> int:
        return len(self.a) + len(self.b) + len(self.w)


def thresholds(z: np.ndarray, *, share: float = 0.5) -> np.ndarray:
    """b (n,), each before its point of z (n,) by this share of the gap to the point before.

    share: 0.5 puts them halfway, 1 on the point before. The first point, before which there is
    none, counts as having the mean gap, a single point the gap 1.
    Raises ValueError unless z increases, and for a share that is not in (0, 1].
    """
    z = row(z, "z")
    if not 0 < share <= 1:
        raise ValueError(f"share must lie in (0, 1], got {share}")
    gaps = np.diff(z)
    if len(z) > 1 and gaps.min() <= 0:
        raise ValueError(
            f"z must increase from point to point, got {z[gaps.argmin()]:.6g} and then "
            f"{z[gaps.argmin() + 1]:.6g}: points that fall together cannot be told apart"
        )
    first = gaps.mean() if len(gaps) else 1.0
    b = z - share * np.concatenate([[first], gaps])
    # z − (z − z') may be beyond z' by a rounding error.
    b[1:] = np.maximum(b[1:], z[:-1])
    return b


def interpolating_weights(z: np.ndarray, b: np.ndarray, y: np.ndarray) -> np.ndarray:
    """w (n,) with Σ_j w_j max(0, z_i − b_j) = y_i for all i.

    z: (n,) increasing, with b_1 < z_1 ≤ b_2 < z_2 ≤ …  y: (n,) any numbers.
    Raises ValueError when z and b do not take turns, and when the points lie so close together
    that rounding spoils the solution.
    """
    z, b, y = row(z, "z"), row(b, "b"), row(y, "y")
    same_length(z=z, b=b, y=y)
    if (b >= z).any() or (z[:-1] > b[1:]).any():
        raise ValueError("b must take turns with z, b_1 < z_1 ≤ b_2 < z_2 ≤ …; sort the points")
    matrix = np.maximum(0, z[:, None] - b)
    w = solve_triangular(matrix, y, lower=True)
    left = np.abs(matrix @ w - y).max()
    if not left <= TOLERANCE * np.abs(y).max():
        raise ValueError(
            f"z must lie far enough apart to be solved in floating point; the labels are missed "
            f"by {left:.1e}, the closest points are {np.diff(z).min():.1e} apart"
        )
    return w


def fit_anything(x: np.ndarray, y: np.ndarray, *, share: float = 0.5, seed: int = 0) -> TwoLayers:
    """The network of 2n + d weights that takes the values y (n,) at the points x (n, d) or (n,).

    share: of the gap between two points, from the threshold to the later one; see `thresholds`.
    seed: of the direction a, of length 1 and drawn evenly from all.  On almost every direction
    different points have different shadows, but they may come close: the weights are of the order
    of the labels over the gaps.

    Raises ValueError for equal points and for shadows too close for rounding (try another seed).
    """
    x, y = columns(x), row(y, "y")
    same_length(x=x, y=y)
    a = generator(seed).standard_normal(x.shape[1])
    a /= np.linalg.norm(a)
    z = x @ a
    order = np.argsort(z)
    b = thresholds(z[order], share=share)
    return TwoLayers(a, b, interpolating_weights(z[order], b, y[order]))
