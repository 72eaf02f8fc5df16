"""Differential entropy from nearest neighbours.

Source: Kozachenko & Leonenko (1987), Problems of Information Transmission 23(2), 95-101; in the
form of Kraskov et al. (2004), equation 20, for the maximum norm.
"""

import numpy as np
from scipy.special import digamma

from ibtools.information.covariances import log_determinant
from ibtools.information.neighbors import search
from ibtools.information.neighbors.preparation import validated_k
from ibtools.information.validation import columns, log_deviations, standardised, validated_base


def entropy_neighbors(x: np.ndarray, *, k: int = 3, base: float = 2) -> float:
    """h[X] of continuous samples x, (n,) or (n, d), from the distances r to the k-th neighbours.

        h = ψ(n) - ψ(k) + d ⟨log 2r⟩

    as if the density were even within the cube of side 2r around each sample. Columns are
    standardised for the search, and log of their standard deviations is added back, so that
    h[a X + b] = h[X] + log |a| exactly.

    Differential entropy depends on the units of x, may be negative, and is not the entropy of
    anything discrete: -∞ is returned when a sample coincides with k others (r = 0), a column never
    changes or is a linear combination of others. The samples of any other curve or surface have no
    density either, and get a number that tells n. Too high in many columns, where cubes are large,
    and at sharp edges. Do not subtract three of these to get a mutual information; their biases do
    not cancel.

    Raises ValueError for n ≤ k and for NaN.
    """
    unit = np.log(validated_base(base))
    x = columns(x)
    n, d = x.shape
    k = validated_k(k, n)
    space = standardised(x)
    coincide = np.unique(space, axis=0, return_counts=True)[1].max()
    flat = n > d and log_determinant(space.T @ space / n)[1] < d
    if coincide > k or flat or not space.any(axis=0).all():
        return -np.inf
    radius = search.kth_distances(space, k)
    scales = log_deviations(x)
    return float((digamma(n) - digamma(k) + d * np.log(2 * radius).mean() + scales.sum()) / unit)
