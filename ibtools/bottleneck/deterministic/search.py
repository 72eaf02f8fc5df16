"""Search for the partition of X with the smallest H(T) - β I(T;Y), for one or many β."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from ibtools.bottleneck.blahut_arimoto.equations import Tables, clusters_of, log_weights
from ibtools.bottleneck.deterministic.intervals import best_intervals
from ibtools.bottleneck.deterministic.moves import best_merges, best_moves
from ibtools.bottleneck.deterministic.partitions import (
    cluster_tables,
    entropy_and_relevance,
    partition_functional,
    without_gaps,
)

# Merging all pairs and trying all intervals cost the square of this.
MANY = 512
LOOK_AHEAD = 3


class PartitionDescent(NamedTuple):
    """Labels (n_x,), the functional in nats from the start to the end, whether it came to rest."""

    labels: np.ndarray
    history: list[float]
    converged: bool


class Limits(NamedTuple):
    n_clusters: int
    tolerance: float
    max_steps: int


def descend_from_partition(
    tables: Tables, labels: np.ndarray, beta: float, limits: Limits
) -> PartitionDescent:
    """From a partition: the paper's steps, single moves and merges, until none of them gains."""
    p_xy = tables.p_xy
    least_gain = limits.tolerance * (1 + beta)
    history = [partition_functional(p_xy, labels, beta)]

    def accept(candidate: np.ndarray) -> bool:
        value = partition_functional(p_xy, candidate, beta)
        gains = value < history[-1] - least_gain and len(history) <= limits.max_steps
        if gains:
            history.append(value)
        return gains

    while True:
        while accept(stepped := _preferred_by(tables, labels, beta)):
            labels = stepped
        labels, moves, at_rest = best_moves(
            p_xy,
            labels,
            beta,
            n_clusters=limits.n_clusters,
            least_gain=least_gain,
            max_steps=limits.max_steps + 1 - len(history),
        )
        history += moves
        merged = best_merges(
            p_xy, labels, beta, n_clusters=limits.n_clusters, look_ahead=LOOK_AHEAD
        )
        if not accept(merged):
            return PartitionDescent(labels, history, at_rest and len(history) <= limits.max_steps)
        labels = merged


def preferred_clusters(tables: Tables, encoder: np.ndarray, beta: float) -> np.ndarray:
    """(n_x,) the cluster of an encoder (n_x, n_t) that each x prefers, as all clusters are now."""
    return log_weights(tables, clusters_of(tables, encoder), beta).argmax(axis=1)


def _preferred_by(tables: Tables, labels: np.ndarray, beta: float) -> np.ndarray:
    return preferred_clusters(tables, np.eye(labels.max() + 1)[labels], beta)


def search(
    tables: Tables, betas: np.ndarray, limits: Limits, *, n_restarts: int, rng: np.random.Generator
) -> list[PartitionDescent]:
    """The best partition for each β: from several starts, then from those of all other β.

    Whatever was found for one β is a start for all. That goes on until no partition found for one
    β is better for another than what was found there.
    """
    coarse = _many_clusters(tables, betas.max(), rng)
    in_a_row = cluster_tables(tables.p_xy, coarse, coarse.max() + 1)
    intervals = best_intervals(in_a_row, betas, n_clusters=limits.n_clusters)
    found = []
    for beta, row in zip(betas, intervals, strict=True):
        merged = best_merges(tables.p_xy, coarse, beta, n_clusters=limits.n_clusters)
        best = _best(
            descend_from_partition(tables, start, beta, limits) for start in (row[coarse], merged)
        )
        for _ in range(n_restarts):
            shuffled = _half_shuffled(best.labels, limits.n_clusters, rng)
            best = _best([best, descend_from_partition(tables, shuffled, beta, limits)])
        found.append(best)
    while True:
        entropy, relevance = np.transpose(
            [entropy_and_relevance(tables.p_xy, descent.labels) for descent in found]
        )
        values = entropy - betas[:, None] * relevance
        gains = np.diag(values) - values.min(axis=1)
        better = np.flatnonzero(gains > limits.tolerance * (1 + betas))
        if not len(better):
            return found
        donors = values.argmin(axis=1)
        starts = [found[donor].labels for donor in donors]
        for i in better:
            found[i] = descend_from_partition(tables, starts[i], betas[i], limits)


def _many_clusters(tables: Tables, beta: float, rng: np.random.Generator) -> np.ndarray:
    """T = X, or up to MANY clusters where there are more x."""
    if len(tables.p_x) <= MANY:
        return np.arange(len(tables.p_x))
    labels = without_gaps(rng.integers(MANY, size=len(tables.p_x)))
    for _ in range(5):
        labels = without_gaps(_preferred_by(tables, labels, 10 * beta))
    return labels


def _best(descents: Iterable[PartitionDescent]) -> PartitionDescent:
    return min(descents, key=lambda descent: descent.history[-1])


def _half_shuffled(labels: np.ndarray, n_clusters: int, rng: np.random.Generator) -> np.ndarray:
    """Half of the x, on average, in clusters drawn at random; the others where they are.

    That keeps more of what is good than a random partition would, and is far enough to come down
    elsewhere.
    """
    drawn = rng.integers(min(labels.max() + 2, n_clusters), size=len(labels))
    return without_gaps(np.where(rng.random(len(labels)) < 0.5, drawn, labels))
