"""Entropy from few samples of a known number of symbols: Nemenman, Shafee and Bialek.

Given counts c_i of K symbols, a symmetric Dirichlet prior with parameter β answers any question
about the law behind them. But when K is large β alone all but fixes the entropy, at

    ξ(β) = ψ(Kβ+1) - ψ(β+1)

nats before any sample is seen. NSB is undecided about the entropy instead of about the law: it
mixes all β so that ξ is uniform on [0, log K], and lets the counts weigh them, by

    ρ(β) ∝ Γ(Kβ)/Γ(n+Kβ) Π_i Γ(c_i+β)/Γ(β) · dξ/dβ.

Good as soon as some samples coincide, for laws that look like a Dirichlet draw; too low for long
tails, such as Zipf's, which such draws lack. K must be known: too large a K makes it too high.

Source: Nemenman, Shafee & Bialek (2002), Entropy and inference, revisited, NIPS 14; the moments of
H under a Dirichlet law, Wolpert & Wolf (1995), Physical Review E 52, 6841-6854.
"""

import numpy as np
from scipy.special import digamma, gammaln, polygamma

from ibtools.information.validation import alphabet_size, validated_base, validated_counts

GRID = 400
NEGLIGIBLE = 40  # nats below the largest weight


def _log_rising(x: np.ndarray, m: np.ndarray) -> np.ndarray:
    """log Γ(x+m) - log Γ(x); by Stirling's series where x is large and they would cancel."""
    large = np.maximum(x, 1e4)
    series = (large - 0.5) * np.log1p(m / large) + m * np.log(large + m) - m
    series += (1 / (large + m) - 1 / large) / 12
    return np.where(x < 1e4, gammaln(x + m) - gammaln(x), series)


def _prior_density(beta: np.ndarray, k: int) -> np.ndarray:
    """dξ/dβ = K ψ₁(Kβ+1) - ψ₁(β+1); its first term where β is large and they would cancel."""
    density = k * polygamma(1, k * beta + 1) - polygamma(1, beta + 1)
    return np.where(beta < 1e5, density, (1 - 1 / k) / (2 * beta**2))


def _grid_and_weights(values: np.ndarray, times: np.ndarray, k: int):
    """β on a logarithmic grid that resolves the posterior, and the posterior weights, summing to 1.

    The likelihood has a single peak in β (Levin & Reeds 1977, Annals of Statistics 5, 79-87), and
    it gets narrow as symbols are added. So look at a wide grid and close in on what matters.
    """
    n = (values * times).sum()
    low, high = np.log(1e-9 / k), np.log(1e9 * n)
    resolved = False
    while not resolved:
        log_beta = np.linspace(low, high, GRID)
        beta = np.exp(log_beta)
        log_weight = np.log(_prior_density(beta, k)) + log_beta - _log_rising(k * beta, n)
        for value, multiplicity in zip(values, times, strict=True):
            log_weight += multiplicity * _log_rising(beta, value)
        log_weight -= log_weight.max()
        matters = np.flatnonzero(log_weight > -NEGLIGIBLE)
        resolved = len(matters) > GRID / 4
        low, high = log_beta[max(matters[0] - 1, 0)], log_beta[min(matters[-1] + 1, GRID - 1)]
    weight = np.exp(log_weight)
    return beta, weight / weight.sum()


def nsb_posterior(
    counts: np.ndarray, n_symbols: int | None = None, *, base: float = 2
) -> tuple[float, float]:
    """Posterior mean and standard deviation of H given counts of n_symbols possible symbols.

    n_symbols: K; without it the symbols seen, which is too few unless all are known to be there.
    The standard deviation is belief under the prior above, not the spread of repeated estimates.

    Raises ValueError for counts that are none and for fewer n_symbols than were seen.
    """
    counts = validated_counts(counts)
    unit = np.log(validated_base(base))
    k = alphabet_size(n_symbols, len(counts))
    if k == 1:
        return 0.0, 0.0
    values, times = np.unique(counts, return_counts=True)
    beta, weight = _grid_and_weights(values, times, k)

    # Given β the law is Dirichlet with parameters a = c + β. Moments of its entropy:
    #   E[H]   = ψ(A+1) - Σ (a/A) ψ(a+1),   A = Σ a
    #   Var[H] = Var_{a/A}[ψ(a+1)] / (A+1) + Σ (a/A) (a+1)/(A+1) ψ₁(a+1) - ψ₁(A+1)
    values, times = np.append(values, 0), np.append(times, k - len(counts))
    a = values[:, None] + beta
    total = (values * times).sum() + k * beta
    share, psi = times[:, None] * a / total, digamma(a + 1)
    mean_psi = (share * psi).sum(axis=0)
    mean = digamma(total + 1) - mean_psi
    variance = (share * (psi - mean_psi) ** 2).sum(axis=0) / (total + 1)
    variance += (share * (a + 1) * polygamma(1, a + 1)).sum(axis=0) / (total + 1)
    variance -= polygamma(1, total + 1)

    posterior_mean = weight @ mean
    spread = np.sqrt(max(0.0, weight @ (variance + (mean - posterior_mean) ** 2)))
    return float(posterior_mean / unit), float(spread / unit)


def entropy_nsb(counts: np.ndarray, n_symbols: int | None = None, *, base: float = 2) -> float:
    """Posterior mean of H, as `nsb_posterior`; 0 for one symbol, the plug-in value for n → ∞."""
    return nsb_posterior(counts, n_symbols, base=base)[0]
