"""Pairs with a heap of exact zeros, as the units of a ReLU network have."""

import numpy as np
from scipy.integrate import quad
from scipy.special import entr, log_ndtr, ndtr

from ibtools.truth.gaussian import correlated_gaussians, standard_density
from ibtools.truth.law import Law


def zero_inflated_gaussians(p: float, rho: float) -> Law:
    """X = Y = 0 with probability p, else a Gaussian pair: I = H(p) + (1-p) I(Gaussian).

    Either variable tells whether both are zero.
    """
    if not 0 <= p < 1:
        raise ValueError(f"p must be at least 0 and less than 1, got {p}")
    gaussian = correlated_gaussians(1, rho)
    switch = (entr(p) + entr(1 - p)) / np.log(2)

    def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        x, y = gaussian.draw(n, rng)
        zero = rng.random((n, 1)) < p
        return np.where(zero, 0, x), np.where(zero, 0, y)

    name = f"Zero-inflated Gaussians (p = {p:g}, ρ = {rho:g})"
    return Law(name, float(switch + (1 - p) * gaussian.information), draw, kind="mixed")


def rectified_information(rho: float) -> float:
    """I[max(U, 0); max(V, 0)] in bits of a Gaussian pair of correlation ρ, by one quadrature.

    Given U = u, V is N(ρu, s²), s² = 1-ρ², and it is cut off with probability Φ(-ρu/s). The four
    quarters contribute: both zero, a term from P = ¼ + arcsin(ρ)/2π; one of them zero, twice, the
    integral over u > 0 of φ(u) Φ(-ρu/s) ln 2Φ(-ρu/s); none, the mean of the Gaussian's own

        -½ ln s² - ρ (ρu² - 2uv + ρv²) / 2s²

    over v > 0, which the moments of a truncated Gaussian give in closed form.
    """
    s = np.sqrt(1 - rho**2)

    def over_v(u: float) -> float:
        mean = rho * u
        survives, edge = ndtr(mean / s), s * standard_density(mean / s)
        v = mean * survives + edge
        v_squared = (mean**2 + s**2) * survives + mean * edge
        none = -np.log(s) * survives
        none -= rho * (rho * u**2 * survives - 2 * u * v + rho * v_squared) / (2 * s**2)
        one = ndtr(-mean / s) * (np.log(2) + log_ndtr(-mean / s))
        return standard_density(u) * (none + 2 * one)

    both = 1 / 4 + np.arcsin(rho) / (2 * np.pi)
    nats = both * np.log(4 * both) + quad(over_v, 0, np.inf, epsabs=1e-12)[0]
    return max(0.0, float(nats / np.log(2)))


def rectified_gaussians(rho: float) -> Law:
    """X = max(U, 0), Y = max(V, 0) of a Gaussian pair of correlation ρ: a quarter to a half of the
    pairs lie exactly at (0, 0), others on the axes.
    """
    law = correlated_gaussians(1, rho)

    def rectified(x: np.ndarray) -> np.ndarray:
        return np.maximum(x, 0)

    # Not one-to-one, so the information is not the Gaussian's.
    return law.mapped(
        f"Rectified Gaussians (ρ = {rho:g})",
        rectified,
        rectified,
        information=rectified_information(rho),
        kind="mixed",
    )
