"""Moves and merges of clusters that lower H(T) - β I(T;Y), each with its exact effect."""

import numpy as np

from ibtools.bottleneck.cluster_costs import hard_costs
from ibtools.bottleneck.deterministic.partitions import (
    cluster_tables,
    partition_functional,
    without_gaps,
)


def best_moves(
    p_xy: np.ndarray,
    labels: np.ndarray,
    beta: float,
    *,
    n_clusters: int,
    least_gain: float,
    max_steps: int,
) -> tuple[np.ndarray, list[float], bool]:
    """Move one x at a time, to another cluster or to one of its own, always where most is gained.

    Returns the labels, the functional in nats after each move, and whether it came to rest, where
    no move gains more than least_gain. The effect of a move counts what x itself does to the
    clusters that it leaves and enters. The paper's step leaves this out, and so comes to rest
    where moving a single heavy x would still gain.
    """
    labels = without_gaps(labels)
    everyone = np.arange(len(labels))
    # Beside the clusters in use stands an empty one, where there may be one more.
    tables = cluster_tables(p_xy, labels, min(n_clusters, labels.max() + 2))
    entering = _cost_of_entering(p_xy, tables, beta)
    value, history = partition_functional(p_xy, labels, beta), []
    while True:
        own = tables[labels]
        leaving = hard_costs(own - p_xy, beta) - hard_costs(own, beta)
        change = entering + leaving[:, None]
        change[everyone, labels] = 0
        x, target = np.unravel_index(change.argmin(), change.shape)
        at_rest = change[x, target] >= -least_gain
        if at_rest or len(history) == max_steps:
            return labels, history, bool(at_rest)
        value += float(change[x, target])
        history.append(value)
        touched = [labels[x], target]
        labels[x] = target
        for cluster in touched:
            tables[cluster] = p_xy[labels == cluster].sum(axis=0)
        entering[:, touched] = _cost_of_entering(p_xy, tables[touched], beta)
        if len(tables) < n_clusters and tables.any(axis=1).all():
            tables = np.vstack([tables, np.zeros(tables.shape[1])])
            entering = np.hstack([entering, _cost_of_entering(p_xy, tables[-1:], beta)])


def _cost_of_entering(p_xy: np.ndarray, tables: np.ndarray, beta: float) -> np.ndarray:
    """(n_x, k) what x adds to the functional in a cluster that it was not in."""
    return hard_costs(tables + p_xy[:, None], beta) - hard_costs(tables, beta)


def best_merges(
    p_xy: np.ndarray,
    labels: np.ndarray,
    beta: float,
    *,
    n_clusters: int,
    look_ahead: int | None = None,
) -> np.ndarray:
    """Merge pair after pair, always where most is gained, until one cluster is left.

    Returns the best of the partitions on the way that have at most n_clusters clusters. A merge
    that loses may make way for one that gains more, so that going on finds more than stopping
    where no pair gains; look_ahead: stop after so many merges without a new best one. Costs k² n_y
    logarithms and k³ comparisons for k clusters.
    """
    labels = without_gaps(labels)
    k = labels.max() + 1
    tables = cluster_tables(p_xy, labels, k)
    costs = hard_costs(tables, beta)
    change = np.array([hard_costs(table + tables, beta) - costs for table in tables])
    change -= costs[:, None]
    np.fill_diagonal(change, np.inf)
    value, best_value, best, since_best = 0.0, np.inf, labels, 0
    for left in range(k, 0, -1):
        if left <= n_clusters:
            since_best += 1
            if value < best_value:
                best_value, best, since_best = value, labels.copy(), 0
        if left == 1 or since_best == look_ahead:
            break
        i, j = np.unravel_index(change.argmin(), change.shape)
        value += change[i, j]
        labels[labels == j] = i
        tables[i] += tables[j]
        costs[i] = hard_costs(tables[i], beta)
        change[j], change[:, j] = np.inf, np.inf
        merged = hard_costs(tables[i] + tables, beta) - costs - costs[i]
        change[i] = change[:, i] = np.where(np.isinf(change[i]), np.inf, merged)
    return without_gaps(best)
