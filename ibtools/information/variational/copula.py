"""The Student copula: a closed form to start from.

Ranks decide a copula, the part of a law that holds all of its I[X;Y]. The copula of a Student-t
law with correlations R and ν degrees of freedom has a density ratio in closed form,

    log p(x,y)/p(x)p(y) = -½ Σ_k log(1-ρ_k²) + s(d_x + d_y, Q_xy) - s(d_x, Q_x) - s(d_y, Q_y)
    s(d, Q) = log Γ((ν+d)/2) - ½ (ν+d) log(1 + Q/ν)

with ρ_k the canonical correlations and Q = zᵀ R⁻¹ z for z the columns' Student quantiles. ν = ∞ is
the Gaussian copula, s(d, Q) = -Q/2. For small ν, extremes of X and Y come together even where
nothing is correlated. NumPy and SciPy only.

Source: Demarta & McNeil (2005), International Statistical Review 73, 111, section 2.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import gammaln, logsumexp, ndtr, stdtrit

LARGEST_CORRELATION = 1 - 1e-9
N_SHIFTS = 4


@dataclass(frozen=True, eq=False)
class StudentCopula:
    """correlations: canonical, (k,).  to_x (d_x, r_x), to_y (d_y, r_y): from a variable's columns
    to its canonical coordinates, uncorrelated, of variance 1; pair k of them correlates by ρ_k.
    """

    dof: float
    correlations: np.ndarray
    to_x: np.ndarray
    to_y: np.ndarray

    def coordinates(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Canonical coordinates of normal scores x (n, d_x) and y (n, d_y)."""
        if np.isfinite(self.dof):
            x, y = (stdtrit(self.dof, ndtr(scores)) for scores in (x, y))
        return x @ self.to_x, y @ self.to_y

    def log_ratio(self, u: np.ndarray, v: np.ndarray, *, table: bool = False) -> np.ndarray:
        """Log density ratio in nats of paired coordinates u (n, r_x) and v (n, r_y): (n,).

        table: of every u with every v instead, (len(u), len(v)).
        """
        rho = self.correlations
        k = len(rho)
        weighted = u[:, :k] * (rho / (1 - rho**2))
        q_x, q_y = np.square(u).sum(1), np.square(v).sum(1)
        more_x = weighted * u[:, :k] @ rho
        more_y = np.square(v[:, :k]) @ (rho**2 / (1 - rho**2))
        if table:
            q_x, more_x = q_x[:, None], more_x[:, None]
            cross = weighted @ v[:, :k].T
        else:
            cross = (weighted * v[:, :k]).sum(1)
        q_xy = q_x + q_y + more_x + more_y - 2 * cross
        d_x, d_y = self.to_x.shape[1], self.to_y.shape[1]
        ratio = (
            _log_shape(self.dof, d_x + d_y, q_xy)
            - _log_shape(self.dof, d_x, q_x)
            - _log_shape(self.dof, d_y, q_y)
        )
        return ratio + _log_shape(self.dof, 0, 0.0) - np.log1p(-(rho**2)).sum() / 2


def _log_shape(dof: float, d: int, q: np.ndarray | float) -> np.ndarray | float:
    if np.isinf(dof):
        return -q / 2
    return gammaln((dof + d) / 2) - (dof + d) / 2 * np.log1p(q / dof)


def _whitening(correlation: np.ndarray) -> np.ndarray:
    """(d, rank) to coordinates without correlation; constants and copies of columns add none."""
    values, vectors = np.linalg.eigh(correlation)
    kept = values > len(values) * 1e-10
    return vectors[:, kept] / np.sqrt(values[kept])


def _fitted_dof(gaussian: StudentCopula, x: np.ndarray, y: np.ndarray) -> float:
    """The ν that makes the Donsker-Varadhan value of the ratio largest; ∞ if none is better."""
    # The order of samples means nothing; rows that are shifted against each other do not belong
    # together, and are as good as draws from p(x)p(y).
    shifts = [len(x) * i // (N_SHIFTS + 1) for i in range(1, N_SHIFTS + 1)]

    def value(dof: float) -> float:
        copula = replace(gaussian, dof=dof)
        u, v = copula.coordinates(x, y)
        apart = [copula.log_ratio(u, np.roll(v, shift, axis=0)) for shift in shifts]
        return copula.log_ratio(u, v).mean() - logsumexp(apart) + np.log(len(x) * N_SHIFTS)

    low, high = np.log([0.5, 100])
    best = minimize_scalar(
        lambda log_dof: -value(np.exp(log_dof)), bounds=(low, high), options={"xatol": 0.02}
    )
    return float(np.exp(best.x)) if -best.fun > value(np.inf) else np.inf


def fit_student_copula(x: np.ndarray, y: np.ndarray) -> StudentCopula:
    """The copula of normal scores x (n, d_x) and y (n, d_y): correlations, then ν.

    Expects samples in random order.
    """
    n, d_x = x.shape
    joint = np.hstack([x, y])
    deviation = joint.std(axis=0)
    joint = (joint - joint.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    correlation = joint.T @ joint / n
    to_x, to_y = _whitening(correlation[:d_x, :d_x]), _whitening(correlation[d_x:, d_x:])
    left, rho, right = np.linalg.svd(to_x.T @ correlation[:d_x, d_x:] @ to_y)
    gaussian = StudentCopula(np.inf, rho.clip(0, LARGEST_CORRELATION), to_x @ left, to_y @ right.T)
    return replace(gaussian, dof=_fitted_dof(gaussian, x, y))
