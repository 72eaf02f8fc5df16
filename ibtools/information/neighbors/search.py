"""Who is near whom: one door, behind it the way that is fastest for this dimension and size.

Distances are in the maximum norm. On a line: sorting. In a few dimensions: a k-d tree. In many,
or among few samples: all distances.
"""

import numpy as np

from ibtools.information.neighbors import brute_force, sorted_line, tree

# "Closer than the k-th neighbour" leaves out the k-th neighbour. So that rounding cannot let it
# back in, and so that equal steps on a grid stay equal after standardising, a distance within
# this share of a radius counts as on the rim.
RIM = brute_force.RIM[np.dtype(np.float64)]

# With so few samples double precision costs next to nothing.
FEW = 500


def _all_distances(n: int, dimension: int) -> bool:
    """Measured: a tree's work doubles with every two columns or so, up to n² distances."""
    return n < 500 * 2.0 ** (dimension / 2) and dimension > 2


def nearest(points: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Distance to the k-th other sample (n,), and who the k nearest others are, (n, k)."""
    if _all_distances(*points.shape):
        return brute_force.nearest(points, k)
    distances, neighbors = tree.nearest(points, k)
    # Drop oneself; or, where more than k duplicates crowd it out, the last of them.
    others = neighbors != np.arange(len(points))[:, None]
    others[others.all(axis=1), k] = False
    return distances, neighbors[others].reshape(-1, k)


def kth_distances(points: np.ndarray, k: int) -> np.ndarray:
    """Distance from each of points (n, d) to its k-th nearest other sample."""
    method = brute_force if _all_distances(*points.shape) else tree
    return method.kth_distances(points, k)


def count_within(points: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """For each of points (n, d), how many others lie within its radius (n,), the rim included."""
    if points.shape[1] == 1:
        return sorted_line.count_within(points[:, 0], radius)
    method = brute_force if _all_distances(*points.shape) else tree
    return method.count_within(points, radius)


def radius_and_counts(spaces: list[np.ndarray], k: int) -> tuple[np.ndarray, np.ndarray]:
    """Distance to the k-th joint neighbour (n,), and how many others are closer in each space.

    spaces: a list of groups of columns (n, d); the joint distance is the largest of theirs.
    Returns (n,) and (number of spaces, n). "Closer" is strict: the k-th neighbour is not counted.
    """
    joint = np.hstack(spaces)
    if _all_distances(*joint.shape):
        precision = np.float32 if len(joint) > FEW else np.float64
        return brute_force.radius_and_counts(spaces, k, precision)
    radius = kth_distances(joint, k)
    return radius, np.array([count_within(space, radius * (1 - RIM)) for space in spaces])
