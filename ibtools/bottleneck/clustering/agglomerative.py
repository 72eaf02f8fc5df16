"""Agglomerative information bottleneck: merge the two clusters whose union loses least."""

from math import inf

import numpy as np
from scipy import sparse

from ibtools.bottleneck.cluster_costs import x_log_x
from ibtools.bottleneck.clustering.joining import growth, weight_of_totals, with_totals
from ibtools.bottleneck.clustering.merge_tree import MergeTree
from ibtools.bottleneck.clustering.sparse_tables import sparse_rows
from ibtools.bottleneck.problem import Problem
from ibtools.information.validation import validated_base

# Costs in nats that round to the same are a tie. Rounding errors are about a hundredth of this.
DECIMALS = 13
UNKNOWN, DEAD, LAST = -1, -1, -2


def agglomerative_bottleneck(
    p_xy: np.ndarray | Problem | sparse.sparray,
    *,
    beta: float = inf,
    uniform: bool = False,
    base: float = 2,
) -> MergeTree:
    """The tree of merges from T = X to a single cluster, each merge the cheapest at its time.

    p_xy: a joint table (n_x, n_y) or a Problem; or a SciPy sparse matrix of counts, such as words
    (columns) in documents (rows), of any total. It is written out in full.
    beta: with β = ∞ the cheapest merge is the one that takes least from I(T;Y); with a finite β the
    one that takes least from I(T;Y) - H(T)/β, which puts small clusters into large ones later.
    uniform: whether all x get the same probability; else p(x) is proportional to the row sums.

    Merging i and j costs

        (p_i + p_j) (JS[p(y|i), p(y|j)] - H(π)/β),    π = (p_i, p_j) / (p_i + p_j),

    where the first part is exactly what I(T;Y) loses and (p_i + p_j) H(π) what H(T) does. Costs
    that differ by less than 1e-13 nats are ties: the cluster that is oldest in the table goes
    first, so that an answer does not hang on the last digit of a logarithm.

    Greedy: a merge is never undone, and the partition into k clusters is as a rule worse than that
    of `sequential_bottleneck`, which makes a good second step from labels(k). In return one run
    gives all k, without a seed. With few counts a row, the first merges follow noise of sampling,
    and clusters remember them.

    Only the best partner of each cluster is kept, and looked for again when it is needed and has
    gone: memory grows as n_x · n_y, time as n_x² · n_y in practice, n_x³ · n_y at worst.

    Source: Slonim & Tishby (1999), Agglomerative information bottleneck, NIPS 12, 617-623.

    Raises ValueError for a β that is not positive, and the errors of `sparse_rows` for a table that
    is none.
    """
    base = validated_base(base)
    weight = weight_of_totals(beta)
    table = sparse_rows(p_xy, uniform=uniform)
    masses = with_totals((table / table.sum()).T.toarray(order="C"))
    p_x, p_y = masses[-1], masses[:-1].sum(axis=1)
    information = x_log_x(masses[:-1]).sum() - x_log_x(p_x).sum() - x_log_x(p_y).sum()
    entropy = -x_log_x(p_x).sum()
    merges, losses, entropy_losses = _merged(masses, weight)
    nats = np.log(base)
    n_x = len(p_x)
    return MergeTree(
        merges=merges,
        loss=losses / nats,
        n_clusters=np.arange(n_x, 0, -1),
        I_TY=_what_is_left(information, losses) / nats,
        H_T=_what_is_left(entropy, entropy_losses) / nats,
        beta=float(beta),
        base=base,
    )


def _what_is_left(all_of_it: float, losses: np.ndarray) -> np.ndarray:
    """Before the first loss and after each, never below 0, where rounding may lead."""
    return np.maximum(all_of_it - np.append(0, np.cumsum(losses)), 0)


def _merged(masses: np.ndarray, weight: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All merges of the columns of masses (n_y + 1, n), and what I(T;Y) and H(T) lose, in nats.

    The later column of two takes both, the earlier one is dead, and the dead are swept out when
    they are half of all. bounds: no later column costs a column less. partners: the one that costs
    as much, or UNKNOWN, when it has changed or died since; a bound stays one.
    """
    n = masses.shape[1]
    logs = x_log_x(masses)
    weights = np.append(np.ones(len(masses) - 1), weight)
    names, bounds, partners = np.arange(n), np.full(n, -inf), np.full(n, UNKNOWN)
    merges, losses, entropy_losses = [], [], []
    for m in range(n - 1):
        i = bounds.argmin()
        while partners[i] == UNKNOWN:
            costs = _merge_costs(i, i + 1, masses, logs, weights, names)
            bounds[i], partners[i] = _best(costs, i + 1)
            i = bounds.argmin()
        j = partners[i]
        both = masses[:, i] + masses[:, j]
        both_logs = x_log_x(both)
        lost = logs[:, i] + logs[:, j] - both_logs
        merges.append(sorted((names[i], names[j])))
        losses.append(max(0.0, lost[:-1].sum() - lost[-1]))
        entropy_losses.append(-lost[-1])

        masses[:, j], logs[:, j], names[j] = both, both_logs, n + m
        bounds[i], names[i] = inf, DEAD
        costs = _merge_costs(j, 0, masses, logs, weights, names)
        partners[(partners == i) | (partners == j)] = UNKNOWN
        closer = np.flatnonzero(costs[:j] < bounds[:j])
        bounds[closer], partners[closer] = costs[closer], j
        bounds[j], partners[j] = _best(costs[j + 1 :], j + 1)

        alive = np.flatnonzero(names != DEAD)
        if 2 * len(alive) <= len(names):
            masses, logs = masses.take(alive, axis=1), logs.take(alive, axis=1)
            names, bounds, partners = names[alive], bounds[alive], partners[alive]
            known = partners != UNKNOWN
            partners[known] = np.searchsorted(alive, partners[known])
    return np.array(merges, dtype=int).reshape(-1, 2), np.array(losses), np.array(entropy_losses)


def _merge_costs(
    i: int, start: int, masses: np.ndarray, logs: np.ndarray, weights: np.ndarray, names: np.ndarray
) -> np.ndarray:
    """What merging column i with each from start on costs; infinite with itself and the dead."""
    rows = np.flatnonzero(masses[:, i])
    joined, before = masses[rows, start:], logs[rows, start:]
    joined += masses[rows, i][:, None]
    costs = weights[rows] @ logs[rows, i] - growth(joined, before, weights[rows])
    costs[names[start:] == DEAD] = inf
    if i >= start:
        costs[i - start] = inf
    return costs.round(DECIMALS)


def _best(costs: np.ndarray, start: int) -> tuple[float, int]:
    """The least cost and its column; the last column has none after it."""
    if len(costs) == 0:
        return inf, LAST
    return costs.min(), start + costs.argmin()
