"""Sequential information bottleneck: draw one x, put it where the least is lost, repeat."""

import warnings
from math import inf
from typing import NamedTuple

import numpy as np
from scipy import sparse

from ibtools.bottleneck.clustering.joining import weight_of_totals
from ibtools.bottleneck.clustering.reinsertion import (
    LEAST_GAIN,
    cluster_masses,
    drawn_rows,
    objectives,
    sweep,
)
from ibtools.bottleneck.clustering.result import Clustering
from ibtools.bottleneck.clustering.sparse_tables import sparse_rows
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.settings import validated_n_clusters
from ibtools.bottleneck.solution import BottleneckWarning
from ibtools.information.validation import generator, real_numbers, validated_base, whole_number

# More columns than these no longer make a call cheaper by the column, and leave the cache.
COLUMNS_TOGETHER = 256


def sequential_bottleneck(
    p_xy: np.ndarray | Problem | sparse.sparray,
    n_clusters: int,
    *,
    beta: float = inf,
    labels: np.ndarray | None = None,
    uniform: bool = False,
    n_restarts: int = 10,
    tolerance: float = 0.0,
    max_steps: int = 100,
    seed: int = 0,
    base: float = 2,
) -> Clustering:
    """The best of n_restarts partitions of X into n_clusters, each improved until it is at rest.

    p_xy: a joint table (n_x, n_y) or a Problem; or a SciPy sparse matrix of counts, such as words
    (columns) in documents (rows), of any total.
    beta: what is raised is I(T;Y) - H(T)/β; with β = ∞ only n_clusters limits T.
    labels: (n_x,) where the first restart starts, whole numbers below n_clusters. The others, and
    all without labels, start from clusters of one size filled at random.
    uniform: whether all x get the same probability; else p(x) is proportional to the row sums.
    tolerance: a restart ends after a sweep that moves at most this share of the x. 0 waits for a
    local optimum, where moving any one x gains nothing.
    max_steps: most sweeps of a restart.

    A sweep takes the x in random order, the same in all restarts. Each is drawn from its cluster
    and put where what is lost is least,

        d(x, t) = (p(x) + p(t)) (JS[p(y|x), p(y|t)] - H(π)/β),    π = (p(x), p(t)) / (p(x) + p(t)),

    and stays where no cluster is better than its own. So no sweep loses. An empty cluster costs
    nothing: with β = ∞ that is never beaten, so that an x alone in its cluster stays there, and
    clusters that labels leave empty are filled. With a finite β, joining others may cost less than
    nothing, and clusters may end empty.

    The answer is a local optimum and depends on the start; the spread of `restarts` says how much.
    With few counts a row, much of I(X;Y) and of I(T;Y) is noise of sampling, which hard clusters
    fit: compare I(T;Y) between partitions of the same counts into as many clusters, and read it as
    a property of these documents, not of language. A sweep computes n_restarts · n_clusters
    logarithms for every entry above 0; with few clusters the overhead, which restarts share, is
    most of the time: four restarts of 20 clusters take about twice as long as one.
    `agglomerative_bottleneck` gives all numbers of clusters at once and needs no seed, but is
    greedy: its labels(k) are a start for this.

    Source: Slonim, Friedman & Tishby (2002), Unsupervised document classification using sequential
    information maximization, SIGIR, 129-136.

    Raises ValueError for settings out of range, more clusters than x's, labels that do not fit, and
    the errors of `sparse_rows` for a table that is none. Warns (BottleneckWarning) when what is
    returned had not come to rest.
    """
    base = validated_base(base)
    weight = weight_of_totals(beta)
    n_restarts = whole_number(n_restarts, "n_restarts")
    max_steps = whole_number(max_steps, "max_steps")
    if not 0 <= tolerance < 1:
        raise ValueError(f"tolerance must be at least 0 and less than 1, got {tolerance!r}")
    rng = generator(seed)
    table = sparse_rows(p_xy, uniform=uniform)
    n_x = table.shape[0]
    n_clusters = validated_n_clusters(whole_number(n_clusters, "n_clusters"), n_x)

    starts = rng.permuted(np.tile(np.arange(n_x) % n_clusters, (n_restarts, 1)), axis=1)
    if labels is not None:
        starts[0] = _validated_labels(labels, n_x, n_clusters)
    search = _Search(table, n_clusters, weight, int(tolerance * n_x), max_steps, rng)
    together = max(1, COLUMNS_TOGETHER // n_clusters)
    groups = (starts[first : first + together] for first in range(0, n_restarts, together))
    runs = [run for group in groups for run in _improved(group, search)]
    reached = np.array([run.history[-1] for run in runs])
    best = runs[np.argmax(reached >= reached.max() - LEAST_GAIN)]
    if not best.converged:
        warnings.warn(
            f"x still changed their clusters after {max_steps} sweeps: raise max_steps, or "
            "tolerance where a few changes do not matter",
            BottleneckWarning,
            stacklevel=2,
        )
    return Clustering.of(
        table,
        best.labels,
        n_clusters,
        beta=float(beta),
        n_steps=len(best.history) - 1,
        converged=best.converged,
        history=np.array(best.history) / np.log(base),
        restarts=reached / np.log(base),
        base=base,
    )


class _Search(NamedTuple):
    table: sparse.csr_array
    n_clusters: int
    weight: float
    few_moves: int
    max_steps: int
    rng: np.random.Generator


class _Run(NamedTuple):
    labels: np.ndarray
    history: list[float]
    converged: bool


def _improved(labels: np.ndarray, search: _Search) -> list[_Run]:
    """Sweep over restarts side by side, labels (n_restarts, n_x), until each comes to rest."""
    table, n_clusters, weight = search.table, search.n_clusters, search.weight
    every_x = drawn_rows(table, weight)
    labels = labels.copy()
    masses = cluster_masses(table, labels, n_clusters)
    histories = [[value] for value in objectives(masses, n_clusters, weight)]
    restless = np.arange(len(labels))
    for _ in range(search.max_steps):
        order = search.rng.permutation(table.shape[0])
        labels[restless], n_moves = sweep(every_x, masses, labels[restless], order)
        masses = cluster_masses(table, labels[restless], n_clusters)
        for restart, value in zip(restless, objectives(masses, n_clusters, weight), strict=True):
            histories[restart].append(value)
        moving = n_moves > search.few_moves
        restless, masses = restless[moving], masses[:, np.repeat(moving, n_clusters)]
        if len(restless) == 0:
            break
    return [
        _Run(labels[restart], history, restart not in restless)
        for restart, history in enumerate(histories)
    ]


def _validated_labels(labels: np.ndarray, n_x: int, n_clusters: int) -> np.ndarray:
    labels = real_numbers(labels, "labels")
    if labels.shape != (n_x,):
        raise ValueError(f"labels must have shape ({n_x},), one for each x, got {labels.shape}")
    if not np.isin(labels, np.arange(n_clusters)).all():
        raise ValueError(
            f"labels must be whole numbers from 0 to {n_clusters - 1}, "
            f"got {labels.min():g} to {labels.max():g}"
        )
    return labels.astype(int)
