"""The directions in which jointly Gaussian X and Y are correlated, strongest first."""

import numpy as np

from ibtools.information.covariances import correlations_and_deviations
from ibtools.information.validation import whole_number


def canonical_directions(cov: np.ndarray, n_x: int) -> tuple[np.ndarray, np.ndarray]:
    """Canonical correlations ρ (n_x,), falling, and directions (n_x, n_x) of X, one in each row.

    cov: (d, d) covariance of the n_x variables of X, followed by those of Y.

    The coordinate v_i·X has variance 1, is not correlated with the others, and ρ_i is the
    correlation with the coordinate of Y that it tells most about: ρ and v are singular values and
    vectors of Σ_x^-½ Σ_xy Σ_y^-½. Then 1 - ρ_i² are the eigenvalues of Σ_x|y Σ_x⁻¹ and v_i its
    left eigenvectors, without the loss of digits that inverting covariances brings.

    Where X is confined to a subspace (constant columns, duplicates, combinations of others) the
    last rows are 0, with ρ = 0. ρ within d·10⁻¹⁴ of 0 or 1 counts as 0 or 1, as the eigenvalues in
    `information.covariances` do. The largest weight in a row, for X of unit variances, is positive.
    Directions with equal ρ may be turned among each other.

    Raises ValueError when cov is not symmetric, finite and positive semi-definite, and when n_x
    leaves nothing for Y. Source: Hotelling (1936), Biometrika 28, 321-377.
    """
    correlation, deviation = correlations_and_deviations(cov)
    n_x = whole_number(n_x, "n_x")
    if n_x >= len(correlation):
        raise ValueError(f"n_x must be less than the {len(correlation)} variables, got {n_x}")
    white_x = _whitening(correlation[:n_x, :n_x])
    white_y = _whitening(correlation[n_x:, n_x:])
    left, singular_values, _ = np.linalg.svd(white_x @ correlation[:n_x, n_x:] @ white_y.T)
    unit = np.where(deviation > 0, deviation, np.inf)[:n_x]
    directions = np.zeros((n_x, n_x))
    directions[: len(left)] = left.T @ white_x
    largest = np.abs(directions).argmax(axis=1)[:, None]
    directions *= np.where(np.take_along_axis(directions, largest, axis=1) < 0, -1, 1)
    rho = np.zeros(n_x)
    rho[: len(singular_values)] = singular_values
    rounding = len(correlation) * 1e-14
    rho[rho < rounding] = 0
    rho[rho > 1 - rounding] = 1
    return rho, directions / unit


def _whitening(correlation: np.ndarray) -> np.ndarray:
    """W (rank, d) with W C Wᵀ = 1."""
    eigenvalues, vectors = np.linalg.eigh(correlation)
    used = eigenvalues > len(correlation) * 1e-14
    return (vectors[:, used] / np.sqrt(eigenvalues[used])).T
