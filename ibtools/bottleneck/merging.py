"""Clusters that say the same about Y are one cluster."""

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.solution import validated_encoder


def merge_equal_clusters(
    p_xy: np.ndarray | Problem, q_t_given_x: np.ndarray, *, tolerance: float = 1e-6
) -> np.ndarray:
    """The encoder (n_x, n_t) with clusters of equal q(y|t) put together, empty ones left out.

    tolerance: two clusters are equal when no probability of y differs by more than this.

    Clusters that say the same about Y can be told apart only by what does not matter, so that
    merging keeps I(T;Y) and never raises I(X;T) or H(T). The Lagrangian is indifferent between a
    cluster and two halves of it with q(t|x) in one ratio; a solver that starts with many clusters
    ends with such halves, and merging them gives the number of clusters a meaning.

    Raises the errors of Problem and of `encoder_solution`.
    """
    problem = Problem.of(p_xy)
    encoder = validated_encoder(q_t_given_x, problem)
    encoder = encoder[:, problem.p_x @ encoder > 0]
    if encoder.shape[1] == 1:
        return encoder
    q_ty = encoder.T @ problem.p_xy
    q_y_given_t = q_ty / q_ty.sum(axis=1, keepdims=True)
    groups = fcluster(linkage(q_y_given_t, "complete", "chebyshev"), tolerance, "distance")
    merged = np.zeros((problem.n_x, groups.max()))
    np.add.at(merged.T, groups - 1, encoder.T)
    return merged
