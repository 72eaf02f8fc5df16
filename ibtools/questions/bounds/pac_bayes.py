"""A bound for networks drawn around the trained one: PAC-Bayes, and the search for its posterior.

A prior P over weights is fixed before the data are seen. With probability 1 − δ over n samples, at
once for all posteriors Q,

    kl(ê(Q) ‖ e(Q)) ≤ (KL(Q‖P) + ln(2√n/δ)) / n ,

where ê and e are training and true error of a network whose weights are drawn from Q for each
sample (Maurer 2004).  P is normal around the first weights with a variance λ = c e^(−j/b), Q normal
around learnt weights with a variance for each; choosing j = 1, 2, … costs ln(π² j²/6) more.
Source: Dziugaite and Roy (2017), sections 3 to 5.
"""

import numpy as np

from ibtools.information.validation import positive, whole_number
from ibtools.questions.bounds.held_out import checked_delta
from ibtools.questions.bounds.kl_inverse import kl_inverse

# Prior variances are .1 e^(−j/100), 1 % apart.
LARGEST_VARIANCE, PER_E = 0.1, 100


def normal_kl(
    mean: np.ndarray, variance: np.ndarray, prior_mean: np.ndarray, prior_variance: float
) -> float:
    """KL(N(mean, diag variance) ‖ N(prior_mean, prior_variance · 1)) in nats.

    ½ Σ_i (s_i/λ + (m_i − m⁰_i)²/λ − 1 − ln(s_i/λ)).
    Raises ValueError for variances that are not positive.
    """
    positive(prior_variance, "prior_variance")
    ratio = np.asarray(variance, dtype=float) / prior_variance
    if not (ratio > 0).all():
        raise ValueError("variance must hold positive numbers only")
    moved = (np.asarray(mean, dtype=float) - prior_mean) ** 2 / prior_variance
    return float(0.5 * (ratio + moved - 1 - np.log(ratio)).sum())


def allowed_variance(variance: float) -> tuple[float, int]:
    """The nearest λ_j = .1 e^(−j/100), j ≥ 1, to a wanted prior variance, and its j."""
    positive(variance, "variance")
    j = max(1, round(PER_E * np.log(LARGEST_VARIANCE / variance)))
    return LARGEST_VARIANCE * float(np.exp(-j / PER_E)), j


def pac_bayes_bound(
    sampled_error: float,
    divergence: float,
    *,
    n: int,
    draws: int,
    j: int,
    delta: float = 0.025,
    delta_draws: float = 0.01,
) -> float:
    """Bound on the true error e(Q) that holds with probability 1 − delta − delta_draws.

    sampled_error: training error, the mean of independent draws of a network and of samples to try
    it on.  divergence: KL(Q‖P) in nats.  n: training samples.  j: the step of the prior variance.
    First ê(Q) is bounded by the draws, kl ≤ ln(2/δ')/draws, and then e(Q) by ê(Q).
    Raises ValueError for numbers out of range.
    """
    n, draws, j = (
        whole_number(value, name) for value, name in ((n, "n"), (draws, "draws"), (j, "j"))
    )
    checked_delta(delta), checked_delta(delta_draws)
    empirical = kl_inverse(sampled_error, np.log(2 / delta_draws) / draws)
    union = np.log(np.pi**2 * j**2 / (6 * delta))
    return kl_inverse(empirical, (divergence + union + np.log(2 * np.sqrt(n))) / n)
