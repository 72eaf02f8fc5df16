"""Sweeps of draw and re-insert over the rows of a sparse table, many restarts side by side.

Restarts share the order of the x, so that one call serves all of them: the columns of the masses
(n_y + 1, n_restarts · n_clusters) are the clusters of the first restart, of the second, and so on.
"""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from ibtools.bottleneck.cluster_costs import SMALLEST, x_log_x
from ibtools.bottleneck.clustering.joining import growth, with_totals

# What a move must gain, in nats: less is rounding, with which sweeps would never end.
LEAST_GAIN = 1e-12


class Drawn(NamedTuple):
    """What one x has: the rows of its y and of "all", its masses there (k, 1), and the weights."""

    rows: np.ndarray
    masses: np.ndarray
    weights: np.ndarray


def drawn_rows(table: sparse.csr_array, weight: float) -> list[Drawn]:
    """All x of a table, one by one; weight is that of "all"."""
    every_x = zip(table.indptr[:-1], table.indptr[1:], strict=True)
    return [
        Drawn(
            np.append(table.indices[start:stop], table.shape[1]).astype(np.intp),
            np.append(table.data[start:stop], table.data[start:stop].sum())[:, None],
            np.append(np.ones(stop - start), weight),
        )
        for start, stop in every_x
    ]


def cluster_masses(table: sparse.csr_array, labels: np.ndarray, n_clusters: int) -> np.ndarray:
    """(n_y + 1, n_restarts · n_clusters) what the clusters of labels (n_restarts, n_x) have."""
    n_restarts, n_x = labels.shape
    columns = labels.T + n_clusters * np.arange(n_restarts)
    member = sparse.csr_array(
        (np.ones(labels.size), columns.ravel(), np.arange(n_x + 1) * n_restarts),
        shape=(n_x, n_restarts * n_clusters),
    )
    return with_totals((table.T @ member).toarray(order="C"))


def objectives(masses: np.ndarray, n_clusters: int, weight: float) -> np.ndarray:
    """(n_restarts,) I(T;Y) - H(T)/β in nats."""
    terms = x_log_x(masses)
    of_clusters = terms[:-1].sum(axis=0) + weight * terms[-1]
    of_y = masses[:-1, :n_clusters].sum(axis=1)
    total = of_y.sum()
    of_all = x_log_x(of_y).sum() + weight * x_log_x(total)
    return (of_clusters.reshape(-1, n_clusters).sum(axis=1) - of_all) / total


def sweep(
    every_x: list[Drawn], masses: np.ndarray, labels: np.ndarray, order: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Draw each x in this order and put it where the least is lost, in every restart.

    masses: of the clusters of labels (n_restarts, n_x); they are not changed. Returns new labels
    and the number of moves (n_restarts,).
    """
    masses = masses.copy(order="C")  # or every `take` below copies all of it
    logs = x_log_x(masses)
    n_restarts = len(labels)
    n_clusters = masses.shape[1] // n_restarts
    first_column = n_clusters * np.arange(n_restarts)
    columns = np.ascontiguousarray(labels.T + first_column)
    least_gain = LEAST_GAIN * masses[-1, :n_clusters].sum()
    n_moves = np.zeros(n_restarts, dtype=int)

    for x in order:
        rows, added, weights = every_x[x]
        old = columns[x]
        joined, before = masses.take(rows, axis=0), logs.take(rows, axis=0)
        joined += added
        kept = growth(joined, before, weights)
        left = np.maximum(joined.take(old, axis=1) - 2 * added, SMALLEST)
        left_logs = left * np.log(left)
        kept[old] = weights @ (before.take(old, axis=1) - left_logs)

        new = kept.reshape(n_restarts, n_clusters).argmax(axis=1) + first_column
        gains = kept.take(new) - kept.take(old)
        if gains.max() <= least_gain:
            continue
        moved = np.flatnonzero(gains > least_gain)
        n_moves[moved] += 1
        old, new, rows = old[moved], new[moved], rows[:, None]
        columns[x, moved] = new
        masses[rows, old], logs[rows, old] = left[:, moved], left_logs[:, moved]
        joined = joined.take(new, axis=1)
        masses[rows, new], logs[rows, new] = joined, x_log_x(joined)

    return (columns - first_column).T, n_moves
