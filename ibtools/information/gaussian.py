"""Entropy and mutual information of Gaussian variables."""

import numpy as np
from scipy.special import ndtri

from ibtools.information.validation import columns


def normal_scores(x: np.ndarray) -> np.ndarray:
    """Each column of x (n, d) or (n,) by its ranks, as quantiles of the standard normal; same shape.

    score = Φ⁻¹(rank / (n+1)), ranks from 1 to n, tied values at their average rank, so that equal
    values keep equal scores and a constant column becomes 0. Any increasing map of a column leaves
    the scores alone: heavy tails, units and skew go, what the columns tell about each other stays.
    With many ties the scores are no sample of a normal variable.

    Source: van der Waerden (1952), Indagationes Mathematicae 14, 453-458.
    """
    samples = columns(x)
    scores = np.empty_like(samples)
    for j, column in enumerate(samples.T):
        _, value, count = np.unique(column, return_inverse=True, return_counts=True)
        average_rank = count.cumsum() - (count - 1) / 2
        scores[:, j] = ndtri(average_rank[value] / (len(samples) + 1))
    return scores.reshape(np.shape(x))
