"""Counting neighbours where values repeat: what becomes of "k-th neighbour" when many tie.

Three things go wrong for estimators that expect a density.

1. A heap of equal values beside a continuum (the zeros of a ReLU). The neighbourhood of a sample
   near the heap swallows it, and half the data seem to be neighbours. Remedy: the label "in which
   heap, or in none" is a function of the variable, so telling it along with the variable changes
   no information. Samples with different labels, different *strata*, are never neighbours.
2. All k neighbours at distance 0. The neighbourhood is then the point itself, and its samples,
   oneself included, are counted as one counts symbols (Gao et al. 2017).
3. Several samples exactly as far away as the k-th (rounded values). They are taken in the order a
   tiny random shift would give them, on average: a share of the rim counts as inside.

Without repeated values none of this happens, and the counts are those of Kraskov et al.
"""

import numpy as np

from ibtools.information.neighbors import search

# Finite, so that differences with it are numbers; no standardised value comes near it.
NO_LIMIT = 1e300


def _groups(labels: np.ndarray) -> list[np.ndarray]:
    """Who is in each stratum."""
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)


def _radius(points: np.ndarray, labels: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Distance to the k-th neighbour in the own stratum, and k, or all others if they are fewer.

    Someone alone has a neighbourhood without limit.
    """
    radius, found = np.zeros(len(points)), np.full(len(points), k)
    for members in _groups(labels):
        found[members] = neighbors = min(k, len(members) - 1)
        if not neighbors:
            radius[members] = NO_LIMIT
        elif (points[members] != points[members[0]]).any():
            radius[members] = search.kth_distances(points[members], neighbors)
    return radius, found


def _within(points: np.ndarray, labels: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """How many others of the own stratum lie within the radius, the rim included."""
    counts = np.empty(len(points), dtype=np.int64)
    for members in _groups(labels):
        counts[members] = search.count_within(points[members], radius[members])
    return counts


def neighborhood_sizes(
    spaces: list[np.ndarray], labels: list[np.ndarray], k: int
) -> tuple[np.ndarray, np.ndarray]:
    """Sizes of the neighbourhoods, jointly (n,) and in each space (spaces, n).

    spaces: groups of columns (n, d).  labels: the stratum of each sample in each space (n,).
    The sizes are what goes into ψ: with a density, k jointly and 1 + the number of strictly closer
    samples in each space.
    """
    joint = np.hstack(spaces)
    stratum = np.unique(np.stack(labels, axis=1), axis=0, return_inverse=True)[1].reshape(-1)
    radius, size = _radius(joint, stratum, k)
    inner, outer = radius * (1 - search.RIM), radius * (1 + search.RIM)
    symbols = (radius == 0) | (radius == NO_LIMIT)

    inside = _within(joint, stratum, inner)
    tied = _within(joint, stratum, outer) - inside
    # The k-th of the tied samples, put in random order, has this share of them before it.
    share = (size - inside) / (tied + 1)
    sizes = np.empty((len(spaces), len(joint)))
    for row, space, label in zip(sizes, spaces, labels, strict=True):
        closer, within = _within(space, label, inner), _within(space, label, outer)
        row[:] = 1 + closer + share * np.maximum(within - closer - 1, 0)
        row[symbols] = 1 + within[symbols]
    return np.where(symbols, 1 + inside + tied, size), sizes
