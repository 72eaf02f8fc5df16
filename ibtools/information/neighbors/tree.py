"""Neighbours in few dimensions: a k-d tree leaves out most of the distances.

In the maximum norm, distance = max over columns |x_j - x_i|. Samples are asked for in the order of
the tree's leaves, so that what one query has brought into the processor's cache serves the next.
"""

import numpy as np
from scipy.spatial import cKDTree

LEAF_SIZE = 20


def _bushy_tree(points: np.ndarray):
    # Imported here: it takes a second, and one variable against another does not need it.
    from sklearn.neighbors import KDTree

    tree = KDTree(points, metric="chebyshev", leaf_size=LEAF_SIZE)
    return tree, np.asarray(tree.idx_array)


def _query(points: np.ndarray, ranks: int | list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Distances to the nearest samples of these ranks, and who they are, (n, ranks) both."""
    if points.shape[1] <= 3:
        tree = cKDTree(points, leafsize=12, compact_nodes=False, balanced_tree=False)
        order = tree.indices
        found, who = tree.query(points[order], k=ranks, p=np.inf)
    else:
        tree, order = _bushy_tree(points)
        found, who = tree.query(points[order], k=np.max(ranks))
    distances, neighbors = np.empty_like(found), np.empty_like(who)
    distances[order], neighbors[order] = found, who
    return distances, neighbors


def kth_distances(points: np.ndarray, k: int) -> np.ndarray:
    """Distance from each of points (n, d) to its k-th nearest other sample."""
    return _query(points, [k + 1])[0][:, -1]


def nearest(points: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Distance to the k-th other sample (n,), and who the k + 1 nearest are, oneself included.

    points: (n, d). A sample with more than k duplicates may be missing among its own nearest.
    """
    distances, neighbors = _query(points, k + 1)
    return distances[:, k], neighbors


def count_within(points: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """For each of points (n, d), how many others lie within its radius (n,), the rim included."""
    tree, order = _bushy_tree(points)
    counts = np.empty(len(points), dtype=np.int64)
    counts[order] = tree.query_radius(points[order], radius[order], count_only=True) - 1
    return counts
