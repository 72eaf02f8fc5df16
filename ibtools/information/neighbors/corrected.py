"""KSG with its own bias measured and taken away.

The idea is a parametric bootstrap: ask how wrong the estimator is on data like these for which the
answer is known. It is this course's own combination, not from a paper.
"""

import numpy as np

from ibtools.information.gaussian import mutual_information_gaussian, normal_scores
from ibtools.information.neighbors.ksg import ksg_nats
from ibtools.information.neighbors.preparation import is_constant, prepared
from ibtools.information.validation import generator, validated_base, whole_number


def _gaussian_like(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """As many Gaussian samples, with the mean 0 and exactly the covariance of samples (n, d).

    The covariance is that of these numbers, not only of their law, since much of KSG's spread is
    that of the sample's correlations and would be added a second time.
    """
    n, d = samples.shape
    noise = rng.normal(size=(n, d))
    white = np.linalg.qr(noise - noise.mean(axis=0))[0]
    root = np.linalg.qr(samples)[1]
    # QR leaves the signs open, and takes them from the order of the samples.
    return white @ (np.where(np.diag(root) < 0, -1, 1)[:, None] * root)


def mutual_information_ksg_corrected(
    x: np.ndarray,
    y: np.ndarray,
    *,
    k: int = 3,
    n_surrogates: int = 5,
    seed: int = 0,
    base: float = 2,
) -> float:
    """I[X;Y] of continuous samples x and y, (n,) or (n, d): KSG minus its bias on Gaussians.

    1. Values become normal scores, which leaves I[X;Y] alone and every column standard normal.
    2. Gaussian surrogates of the same n and columns are drawn, with exactly their covariance R.
    3. I = KSG(scores) - ⟨KSG(surrogates)⟩ + I_Gauss(R).

    I_Gauss is the closed form -½ log det R / (det R_x det R_y), corrected for the excess that R
    has from being estimated. If the dependence is Gaussian after a monotone map of each column,
    KSG cancels and what remains is exact in any dimension; if not, KSG adds what R does not see,
    as far as neighbours can see it, and the bias that both share goes.

    n_surrogates: the correction's own spread is KSG's divided by √n_surrogates, the cost is that
    of 1 + n_surrogates KSGs. Within 10 % on 31 of the 40 tasks of Czyż et al. (2023) at n = 10,000,
    where KSG on the scores alone reaches 21.

    Too low for dependence without correlation in many columns (Student-t 5 × 5: by a half), since
    surrogates without dependence show no bias to correct. Not for values that repeat often, whose
    scores are not normal. +∞ if R is singular between x and y, as when y increases with x always.

    Raises ValueError when the numbers of samples differ, n ≤ k or n ≤ columns, and for NaN.
    """
    unit = np.log(validated_base(base))
    n_surrogates = whole_number(n_surrogates, "n_surrogates")
    k, (x, y) = prepared(k, x=normal_scores(x), y=normal_scores(y))
    if is_constant(x) or is_constant(y):
        return 0.0
    gaussian = mutual_information_gaussian(x, y, base=np.e)
    rng = generator(seed)
    surrogates = (_gaussian_like(np.hstack([x, y]), rng) for _ in range(n_surrogates))
    biased = [ksg_nats(np.hsplit(each, [x.shape[1]]), k) for each in surrogates]
    return float((ksg_nats([x, y], k) - np.mean(biased) + gaussian) / unit)
