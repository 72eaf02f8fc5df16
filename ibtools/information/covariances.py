"""Entropy and information of jointly Gaussian variables, exactly, from their covariances.

    H[X]     = ½ log det(2πe Σ_x)
    I[X;Y]   = ½ log det Σ_x det Σ_y / det Σ_xy
    I[X;Y|Z] = the same with the covariances of X and Y that are left when Z is known

Singular covariances have answers too. Constant columns, duplicates and combinations of other
columns of the same variable add no information. If a part of Y is a linear function of X (given
Z), I is infinite; H of a variable confined to a subspace is minus infinity. Eigenvalues of the
correlations below d · 10⁻¹⁴ count as 0, so that information above some 15 nats in one direction
comes out infinite.

Source: Cover & Thomas (2006), Elements of Information Theory, section 8.4.
"""

import numpy as np

from ibtools.information.validation import real_numbers, validated_base, whole_number


def correlations_and_deviations(cov: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Correlations and standard deviations of a covariance; a variance of 0 stays 0 in both."""
    cov = real_numbers(cov, "cov").astype(np.float64)
    if cov.ndim != 2 or cov.shape[0] != cov.shape[1] or cov.size == 0:
        raise ValueError(f"cov must have shape (d, d), not empty, got {cov.shape}")
    variance = np.diag(cov)
    if not np.isfinite(cov).all() or (variance < 0).any():
        raise ValueError("cov must be finite, with no negative variance")
    deviation = np.sqrt(variance)
    scale = np.where(deviation > 0, deviation, 1)
    correlation = cov / scale / scale[:, None]
    if not np.allclose(correlation, correlation.T, rtol=0, atol=1e-8):
        raise ValueError("cov must be symmetric")
    if np.linalg.eigvalsh(correlation).min() < -1e-8:
        raise ValueError("cov must be positive semi-definite, got a negative eigenvalue")
    return correlation, deviation


def log_determinant(matrix: np.ndarray) -> tuple[float, int]:
    """Sum of the logarithms of the eigenvalues that are not 0, and their number, the rank."""
    eigenvalues = np.linalg.eigvalsh(matrix)
    eigenvalues = eigenvalues[eigenvalues > len(matrix) * 1e-14]
    return float(np.log(eigenvalues).sum()), len(eigenvalues)


def information_and_ranks(matrix: np.ndarray, n_x: int) -> tuple[float, int, int]:
    """I[X;Y] in nats of a covariance with unit-sized entries, and the ranks of X and of Y."""
    (x, rank_x), (y, rank_y), (xy, rank) = map(
        log_determinant, (matrix[:n_x, :n_x], matrix[n_x:, n_x:], matrix)
    )
    nats = np.inf if rank < rank_x + rank_y else (x + y - xy) / 2
    return nats, rank_x, rank_y


def left_when_known(matrix: np.ndarray, n_given: int) -> np.ndarray:
    """Σ - Σ_z Σ_zz⁺ Σ_zᵀ of the first variables, with the last n_given known."""
    known = matrix[-n_given:, -n_given:]
    cross = matrix[:-n_given, -n_given:]
    inverse = np.linalg.pinv(known, rcond=1e-14 * n_given, hermitian=True)
    return matrix[:-n_given, :-n_given] - cross @ inverse @ cross.T


def entropy_gaussian_from_covariance(cov: np.ndarray, *, base: float = 2) -> float:
    """H[X] = ½ log det(2πe cov), differential: it moves with the unit of X and may be negative.

    Raises ValueError when cov (d, d) is not symmetric, finite and positive semi-definite.
    """
    correlation, deviation = correlations_and_deviations(cov)
    log_det, rank = log_determinant(correlation)
    if rank < len(correlation):
        return -np.inf
    nats = (rank * np.log(2 * np.pi * np.e) + log_det) / 2 + np.log(deviation).sum()
    return float(nats / np.log(validated_base(base)))


def mutual_information_gaussian_from_covariance(
    cov: np.ndarray, n_x: int, *, base: float = 2
) -> float:
    """I[X;Y]: the first n_x variables of cov are X, the rest Y. -½ log(1-ρ²) for one of each.

    Raises ValueError as above, and when n_x leaves nothing for Y.
    """
    correlation, _ = correlations_and_deviations(cov)
    if whole_number(n_x, "n_x") >= len(correlation):
        raise ValueError(f"n_x must be less than the {len(correlation)} variables, got {n_x}")
    return float(information_and_ranks(correlation, n_x)[0] / np.log(validated_base(base)))


def conditional_mutual_information_gaussian_from_covariance(
    cov: np.ndarray, n_x: int, n_y: int, *, base: float = 2
) -> float:
    """I[X;Y|Z]: the first n_x variables of cov are X, the next n_y are Y, the rest Z.

    Raises ValueError as above, and when n_x and n_y leave nothing for Z.
    """
    correlation, _ = correlations_and_deviations(cov)
    n_given = len(correlation) - whole_number(n_x, "n_x") - whole_number(n_y, "n_y")
    if n_given < 1:
        raise ValueError(
            f"n_x and n_y must sum to less than the {len(correlation)} variables, "
            f"got {n_x} and {n_y}"
        )
    left = left_when_known(correlation, n_given)
    return float(information_and_ranks(left, n_x)[0] / np.log(validated_base(base)))
