"""Partitions of X as hard encoders, and their H(T) - β I(T;Y) as a sum over clusters.

A partition is labels (n_x,), the cluster 0, 1, … of every x; the table of a cluster is q(t,y), the
sum of the rows p(x,y) of its x. H(T) - β I(T;Y) is the sum of the `hard_costs` of the tables, less
β H(Y), so that a move of one x changes two terms and a merge three. With only one cluster it is 0.
"""

import numpy as np

from ibtools.bottleneck.cluster_costs import sum_of_x_log_x


def cluster_tables(p_xy: np.ndarray, labels: np.ndarray, n_clusters: int) -> np.ndarray:
    """(n_clusters, n_y) the sum of the rows of each cluster."""
    return (labels == np.arange(n_clusters)[:, None]).astype(float) @ p_xy


def entropy_and_relevance(p_xy: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """H(T) and I(T;Y) in nats."""
    tables = cluster_tables(p_xy, labels, labels.max() + 1)
    entropy = -sum_of_x_log_x(tables.sum(axis=1))
    relevance = sum_of_x_log_x(tables).sum() + entropy - sum_of_x_log_x(p_xy.sum(axis=0))
    return float(entropy), float(relevance)


def partition_functional(p_xy: np.ndarray, labels: np.ndarray, beta: float) -> float:
    """H(T) - β I(T;Y) in nats."""
    entropy, relevance = entropy_and_relevance(p_xy, labels)
    return entropy - beta * relevance


def without_gaps(labels: np.ndarray) -> np.ndarray:
    """The same partition with labels 0, 1, … and none unused."""
    return np.unique(labels, return_inverse=True)[1].ravel()
