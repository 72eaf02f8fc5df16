"""Clusters that say the same about Y are one cluster."""

from numbers import Real

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.solution import decoder, validated_encoder


def merge_equal_clusters(
    p_xy: np.ndarray | Problem, q_t_given_x: np.ndarray, *, tolerance: float = 1e-6
) -> np.ndarray:
    """The encoder (n_x, n_t) with clusters of equal q(y|t) put together, empty ones left out.

    tolerance: two clusters are equal when no probability of y differs by more than this. Clusters
    keep their order; one that others are merged into stands where the first of them stood.

    Clusters that say the same about Y can be told apart only by what does not matter, so that
    merging keeps I(T;Y) and never raises I(X;T) or H(T). The Lagrangian is indifferent between a
    cluster and two halves of it with q(t|x) in one ratio; a solver that starts with many clusters
    ends with such halves, and merging them gives the number of clusters a meaning.

    Raises ValueError for a negative or NaN tolerance, and the errors of Problem and of
    `encoder_solution`.
    """
    if not isinstance(tolerance, Real) or not tolerance >= 0:
        raise ValueError(f"tolerance must be 0 or more, got {tolerance!r}")
    problem = Problem.of(p_xy)
    return merged_where_equal(problem, validated_encoder(q_t_given_x, problem), tolerance)


def merged_where_equal(problem: Problem, encoder: np.ndarray, tolerance: float) -> np.ndarray:
    """`merge_equal_clusters` of an encoder that is known to be one."""
    encoder = encoder[:, problem.p_x @ encoder > 0]
    if encoder.shape[1] == 1:
        return encoder
    # linkage alone would warn of a square table that looks like distances, as of T = Y.
    apart = pdist(decoder(problem, encoder), "chebyshev")
    if apart.min() > tolerance:
        return encoder
    groups = fcluster(linkage(apart, "complete"), tolerance, "distance") - 1
    first = np.unique(groups, return_index=True)[1]
    merged = np.zeros((problem.n_x, len(first)))
    np.add.at(merged.T, first.argsort().argsort()[groups], encoder.T)
    return merged
