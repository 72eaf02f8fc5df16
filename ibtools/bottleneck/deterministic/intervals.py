"""The best partition into intervals, when the x stand in a row: exact, by dynamic programming.

Where Y has two values this is the best of all partitions. An optimal encoder gives x to the t with
the largest log q(t) - β D(p(y|x) ‖ q(y|t)), which is affine in p(y|x) up to a term without t; on a
line the largest of affine functions changes from interval to interval. For more values of y the
order along the strongest correlation of X and Y gives a good start for a search.
"""

import numpy as np

from ibtools.bottleneck.cluster_costs import sum_of_x_log_x
from ibtools.bottleneck.correspondence import correspondence


def correlation_order(p_xy: np.ndarray) -> np.ndarray:
    """(n_x,) the x in the order of the first correspondence axis of the table.

    The axis is the function of x that correlates best with some function of y. For two values of y
    that is p(y=1|x).
    """
    left = np.linalg.svd(correspondence(p_xy), full_matrices=False)[0]
    return np.argsort(left[:, 0] / np.sqrt(p_xy.sum(axis=1)), kind="stable")


def best_intervals(p_xy: np.ndarray, betas: np.ndarray, *, n_clusters: int) -> list[np.ndarray]:
    """For every β the labels (n_x,) with the smallest H(T) - β I(T;Y) among intervals.

    Intervals of `correlation_order`, at most n_clusters of them. Costs n_x² n_y logarithms for all
    β together and n_x² steps for each β and cluster.
    """
    order = correlation_order(p_xy)
    ends = np.vstack([np.zeros(p_xy.shape[1]), p_xy[order].cumsum(axis=0)])
    n_x = len(p_xy)
    of_mass, of_table = np.zeros((2, n_x, n_x))
    for j in range(n_x):
        # Differences of sums leave -1e-17 where nothing is.
        tables = np.maximum(ends[j + 1] - ends[: j + 1], 0)
        of_mass[: j + 1, j] = sum_of_x_log_x(tables.sum(axis=1, keepdims=True))
        of_table[: j + 1, j] = sum_of_x_log_x(tables)
    backwards = np.tri(n_x, k=-1, dtype=bool)
    found = np.empty((len(betas), n_x), dtype=int)
    for labels, beta in zip(found, betas, strict=True):
        costs = (beta - 1) * of_mass - beta * of_table
        costs[backwards] = np.inf
        labels[order] = _cheapest_path(costs, n_clusters)
    return list(found)


def _cheapest_path(costs: np.ndarray, n_clusters: int) -> np.ndarray:
    """(n,) an interval for each place, at most n_clusters, where one from i to j costs costs[i, j].

    reached[j] is the least cost up to j with as many intervals as there are layers of starts.
    """
    places = np.arange(len(costs))
    reached = costs[0]
    starts = [np.zeros_like(places)]
    while len(starts) < n_clusters:
        longer = costs + np.r_[0.0, reached[:-1]][:, None]
        start = longer.argmin(axis=0)
        cheapest = longer[start, places]
        if not (cheapest < reached).any():
            break
        starts.append(start)
        reached = cheapest
    labels = np.zeros_like(places)
    end = len(costs)
    for layer in reversed(starts):
        start = layer[end - 1]
        labels[start:end] = start
        if start == 0:
            break
        end = start
    return labels
