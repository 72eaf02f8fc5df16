"""A table that stands for two Gaussian variables, for solvers that know tables only."""

import numpy as np

from ibtools.bottleneck.problem import Problem
from ibtools.information.validation import positive, whole_number


def discretised_gaussian(correlation: float, n_points: int, *, reach: float = 6.0) -> Problem:
    """p(x, y) in proportion to the density of two standard normals, on n_points × n_points.

    correlation: ρ, between -1 and 1.  reach: the grid goes from -reach to reach.

    The density is read off at the points, not summed over cells. Cells would hide where in a cell
    X is, and cost information in proportion to the square of their width; of a function as smooth
    as a Gaussian, sums over a grid are exact up to exp(-2π² σ²/h²), where h is the distance of
    points and σ² = 1 - ρ² the variance of Y given X. With h ≤ σ, which is asked for, that is 1e-8,
    and what lies beyond the reach of 6 is 2e-9: I(X;Y) of the table is -½ log(1 - ρ²) to 1e-7.
    The information curve is that of the Gaussian (see `gaussian_relevance_at`) as well, up to
    I(X;T) = log 1/h. Beyond, T tells single points from each other, and the table has more I(T;Y)
    than the Gaussian at the same cost: by 5e-5 bits half a bit further on.

    Raises ValueError for |ρ| ≥ 1, a reach not positive or so far that densities become 0 there in
    float64 (38 or more), and fewer points than h ≤ σ needs.
    """
    if not -1 < correlation < 1:
        raise ValueError(f"correlation must be between -1 and 1, got {correlation!r}")
    deviation = np.sqrt((1 - correlation) * (1 + correlation))
    needed = int(np.ceil(2 * positive(reach, "reach") / deviation)) + 1
    points = np.linspace(-reach, reach, whole_number(n_points, "n_points", at_least=needed))
    x, y = points[:, None], points[None, :]
    density = np.exp(-(x**2) / 2 - (y - correlation * x) ** 2 / (2 * deviation**2))
    if not density.any(axis=1).all():
        raise ValueError(f"reach must be at most 38, where densities become 0, got {reach!r}")
    return Problem(density / density.sum())
