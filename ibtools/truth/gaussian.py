"""Gaussian pairs: the information follows from determinants.

I[X;Y] = ½ log2 ( det Σ_xx · det Σ_yy / det Σ )
"""

import numpy as np

from ibtools.information import mutual_information_gaussian_from_covariance
from ibtools.information.validation import whole_number
from ibtools.truth.law import Law


def standard_density(z: np.ndarray) -> np.ndarray:
    """φ(z) of the standard normal."""
    return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


def gaussian_law(covariance: np.ndarray, d_x: int, *, name: str, source: str = "") -> Law:
    """X, Y jointly Gaussian with mean 0; the first d_x rows of the covariance are X.

    Raises LinAlgError when the covariance is not positive definite.
    """
    root = np.linalg.cholesky(covariance)

    def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        joint = rng.standard_normal((n, len(root))) @ root.T
        return joint[:, :d_x], joint[:, d_x:]

    # Rounding can leave a difference of -1e-17 where X and Y are independent.
    information = max(0.0, mutual_information_gaussian_from_covariance(covariance, d_x))
    return Law(name, information, draw, d_x=d_x, d_y=len(root) - d_x, source=source)


def paired_covariance(correlations: np.ndarray) -> np.ndarray:
    """Unit variances; X_i and Y_i correlated by correlations[i], everything else independent."""
    cross, one = np.diag(correlations), np.eye(len(correlations))
    return np.block([[one, cross], [cross, one]])


def correlated_gaussians(d: int, rho: float) -> Law:
    """d independent pairs (X_i, Y_i), each of correlation ρ: I = -(d/2) log2(1 - ρ²).

    Raises ValueError when ρ is not between -1 and 1, both excluded: there I is infinite.
    """
    if not -1 < rho < 1:
        raise ValueError(f"rho must lie between -1 and 1, both excluded, got {rho}")
    covariance = paired_covariance(np.full(whole_number(d, "d"), rho))
    return gaussian_law(covariance, d, name=f"Gaussian {d} × {d} (ρ = {rho:g})")


def dense_gaussians(d: int, *, correlation: float = 0.5, source: str = "") -> Law:
    """d × d; any two of the 2d coordinates have the same correlation."""
    covariance = np.full((2 * d, 2 * d), correlation) + (1 - correlation) * np.eye(2 * d)
    return gaussian_law(covariance, d, name=f"Multinormal {d} × {d} (dense)", source=source)


def two_gaussian_pairs(d: int, *, correlation: float = 0.8, source: str = "") -> Law:
    """d × d; only (X_1, Y_1) and (X_2, Y_2) are correlated, all other coordinates are noise."""
    correlations = np.where(np.arange(d) < 2, correlation, 0)
    covariance = paired_covariance(correlations)
    return gaussian_law(covariance, d, name=f"Multinormal {d} × {d} (2-pair)", source=source)
