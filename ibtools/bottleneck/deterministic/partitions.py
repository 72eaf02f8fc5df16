"""Partitions of X as hard encoders, and their H(T) - β I(T;Y) as a sum over clusters.

A partition is labels (n_x,), the cluster 0, 1, … of every x. With r_t(y) = Σ_{x in t} p(x,y) the
table of a cluster and w_t = Σ_y r_t(y) its mass,

    H(T) - β I(T;Y) = Σ_t c(r_t) - β H(Y),    c(r) = (β-1) w log w - β Σ_y r(y) log r(y)

in nats, so that a move of one x changes two terms and a merge three. With only one cluster it is 0.
"""

import numpy as np

SMALLEST = np.finfo(float).tiny


def sum_of_p_log_p(tables: np.ndarray) -> np.ndarray:
    """Σ p log p over the last axis, with 0 log 0 = 0, in nats."""
    return np.vecdot(tables, np.log(np.maximum(tables, SMALLEST)))


def cluster_costs(tables: np.ndarray, beta: float) -> np.ndarray:
    """c(r) of tables (…, n_y)."""
    mass = tables.sum(axis=-1)
    of_mass = mass * np.log(np.maximum(mass, SMALLEST))
    return (beta - 1) * of_mass - beta * sum_of_p_log_p(tables)


def cluster_tables(p_xy: np.ndarray, labels: np.ndarray, n_clusters: int) -> np.ndarray:
    """(n_clusters, n_y) the sum of the rows of each cluster."""
    return (labels == np.arange(n_clusters)[:, None]).astype(float) @ p_xy


def entropy_and_relevance(p_xy: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """H(T) and I(T;Y) in nats."""
    tables = cluster_tables(p_xy, labels, labels.max() + 1)
    entropy = -sum_of_p_log_p(tables.sum(axis=1))
    relevance = sum_of_p_log_p(tables).sum() + entropy - sum_of_p_log_p(p_xy.sum(axis=0))
    return float(entropy), float(relevance)


def partition_functional(p_xy: np.ndarray, labels: np.ndarray, beta: float) -> float:
    """H(T) - β I(T;Y) in nats."""
    entropy, relevance = entropy_and_relevance(p_xy, labels)
    return entropy - beta * relevance


def without_gaps(labels: np.ndarray) -> np.ndarray:
    """The same partition with labels 0, 1, … and none unused."""
    return np.unique(labels, return_inverse=True)[1].ravel()
