"""The bottleneck of jointly Gaussian X and Y in closed form: noisy projections, one at a time.

The best T is a projection with noise, T = A X + ξ with ξ ~ N(0, 1). The rows of A are the canonical
directions v_i of X (see `canonical`), and with λ_i = 1 - ρ_i², the share of the variance of v_i·X
that Y leaves open, row i has the length

    α_i² = (β ρ_i² - 1) / λ_i  where β > β_i = 1/ρ_i²,  else 0,

so that with growing β one direction after the other opens, each at its critical β_i, and

    I(X;T) = ½ Σ_i log(1 + α_i²),   I(T;Y) = I(X;T) - ½ Σ_i log(1 + λ_i α_i²).

Exact for Gaussians, and there no other T does better, linear or not. Of other laws only the
covariances are seen: I(X;T) and I(T;Y) are then those of the Gaussians with these covariances.

Source: Chechik, Globerson, Tishby & Weiss (2005), Information bottleneck for Gaussian variables,
Journal of Machine Learning Research 6, 165-188.
"""

from dataclasses import dataclass, replace

import numpy as np

from ibtools.bottleneck.gaussian.canonical import canonical_directions
from ibtools.information.estimate import unit_name
from ibtools.information.gaussian import sample_covariance
from ibtools.information.validation import columns, positive, validated_base


@dataclass(frozen=True, eq=False)
class GaussianSolution:
    """T = projection · X + ξ, ξ ~ N(0, 1): as many coordinates as X has, the idle ones mere noise.

    projection: (n_x, n_x), rows by falling correlation with Y, rows of 0 while β is below critical.
    eigenvalues: (n_x,) λ_i = 1 - ρ_i² of Σ_x|y Σ_x⁻¹, rising.
    critical_betas: (n_x,) 1/ρ_i², rising; infinite for a direction that says nothing about Y.
    I_XT, I_TY: I(X;T) and I(T;Y) in units of log `base`; beta has no unit.
    """

    projection: np.ndarray
    eigenvalues: np.ndarray
    critical_betas: np.ndarray
    I_XT: float
    I_TY: float
    beta: float
    base: float = 2

    @property
    def noise_covariance(self) -> np.ndarray:
        """(n_x, n_x) of ξ: the identity. Another invertible choice of T's units tells the same."""
        return np.eye(len(self.projection))

    @property
    def n_active(self) -> int:
        """Number of directions that T sees."""
        return int((self.projection != 0).any(axis=1).sum())

    @property
    def functional(self) -> float:
        """I(X;T) - β I(T;Y), of which there is none smaller."""
        return self.I_XT - self.beta * self.I_TY

    def __repr__(self) -> str:
        return (
            f"GaussianSolution(beta={self.beta:g}, I_XT={self.I_XT:.4f}, I_TY={self.I_TY:.4f} "
            f"{unit_name(self.base)}, n_active={self.n_active} of {len(self.projection)})"
        )


def gaussian_critical_betas(cov: np.ndarray, n_x: int) -> np.ndarray:
    """β (n_x,) at which the directions of X open, rising: 1/ρ_i², infinite where ρ_i = 0.

    Up to the first of them nothing is worth its cost. The slope of the information curve in (0, 0)
    is 1 over the first, the squared maximal correlation of X and Y.

    Raises the errors of `gaussian_bottleneck`.
    """
    return critical_betas(canonical_directions(cov, n_x)[0])


def gaussian_bottleneck(
    cov: np.ndarray, n_x: int, beta: float, *, base: float = 2
) -> GaussianSolution:
    """The T with the smallest I(X;T) - β I(T;Y): the first n_x variables of cov are X, the rest Y.

    Units do not matter, nor do duplicates and constant columns, which get a column of 0 or share
    the weight. β up to 1 always gives the trivial T, since I(T;Y) ≤ I(X;T).

    Raises ValueError for β not positive and finite, when cov (d, d) is not symmetric, finite and
    positive semi-definite, when n_x leaves nothing for Y, and when X determines a part of Y
    exactly and β > 1: then there is no smallest value, every noise is worth lowering.
    """
    return solution_along(*canonical_directions(cov, n_x), beta, base=base)


def gaussian_bottleneck_from_samples(
    x: np.ndarray, y: np.ndarray, beta: float, *, base: float = 2
) -> GaussianSolution:
    """The same for the covariance of samples x (n,) or (n, d_x) and y (n,) or (n, d_y).

    The informations are those of the Gaussian with this covariance: with few samples chance
    correlations count as real ones, I(T;Y) comes out too high (I(X;Y) by about d_x d_y/(2n) nats),
    and directions open too early. Choose β or the number of directions on held-out samples.

    Raises ValueError for different lengths, no more samples than columns, NaN or infinite values,
    and the errors of `gaussian_bottleneck`.
    """
    cov = sample_covariance(x=x, y=y)
    x = columns(x)
    size = np.where(x.any(axis=0), np.abs(x).max(axis=0), 1)
    deviation = size * (x / size).std(axis=0)
    solution = gaussian_bottleneck(cov, x.shape[1], beta, base=base)
    unit = np.where(deviation > 0, deviation, 1)
    return replace(solution, projection=solution.projection / unit)


def critical_betas(rho: np.ndarray) -> np.ndarray:
    """1/ρ², infinite where ρ = 0."""
    return np.divide(1, rho**2, out=np.full(len(rho), np.inf), where=rho > 0)


def solution_along(
    rho: np.ndarray, directions: np.ndarray, beta: float, *, base: float = 2
) -> GaussianSolution:
    """The solution for canonical correlations (n_x,) and directions (n_x, n_x) at one β."""
    beta, base = positive(beta, "beta"), validated_base(base)
    if beta > 1 and rho[0] == 1:
        raise ValueError(
            "beta must be at most 1 for this cov, where X determines a part of Y exactly, "
            f"I(X;Y) is infinite and no solution the best, got {beta:g}: add noise to Y"
        )
    eigenvalues, critical = (1 - rho) * (1 + rho), critical_betas(rho)
    squares, projection = np.zeros(len(rho)), np.zeros(directions.shape)
    active = beta > critical
    squares[active] = (beta * rho[active] ** 2 - 1).clip(0) / eigenvalues[active]
    projection[active] = np.sqrt(squares[active])[:, None] * directions[active]
    cost = np.log1p(squares).sum() / 2
    return GaussianSolution(
        projection=projection,
        eigenvalues=eigenvalues,
        critical_betas=critical,
        I_XT=float(cost / np.log(base)),
        I_TY=float((cost - np.log1p(eigenvalues * squares).sum() / 2) / np.log(base)),
        beta=beta,
        base=base,
    )
