"""Neighbours in many dimensions: all n² distances, a block of rows at a time.

From about ten columns on every sample is almost as near as the nearest, a tree can leave out
nothing, and what remains is arithmetic: |x_j - x_i|, column after column, on blocks small enough
to stay in the processor's cache. Memory is a few blocks, whatever n.
"""

from collections.abc import Iterator

import numpy as np

BLOCK = 2**16

# A distance within this share of a radius counts as lying on the rim: in float64 so wide that
# equal steps stay equal after standardising, in float32 one unit in the last place.
RIM = {np.dtype(np.float64): 1e-10, np.dtype(np.float32): 2e-7}

# In float32 a distance is good to five digits if it is at least this share of the largest value.
SMALLEST = 1 / 64


def _blocks(
    spaces: list[np.ndarray], precision: np.dtype
) -> Iterator[tuple[slice, list[np.ndarray], np.ndarray]]:
    """Rows, distances from them to all samples in each space, and in all spaces jointly.

    A sample is infinitely far from itself jointly. The arrays are reused by the next block.
    """
    n = len(spaces[0])
    sides = [np.ascontiguousarray(space.T, dtype=precision) for space in spaces]
    height = min(n, max(1, BLOCK // n))
    buffers = np.empty((len(sides) + 2, height, n), dtype=precision)
    for start in range(0, n, height):
        rows = slice(start, min(start + height, n))
        *distances, joint, difference = buffers[:, : rows.stop - start]
        for side, distance in zip(sides, distances, strict=True):
            for number, column in enumerate(side):
                target = difference if number else distance
                np.subtract(column[rows, None], column, out=target)
                np.abs(target, out=target)
                if number:
                    np.maximum(distance, difference, out=distance)
        np.maximum(distances[0], distances[-1], out=joint)
        for distance in distances[1:-1]:
            np.maximum(joint, distance, out=joint)
        joint[np.arange(len(joint)), np.arange(start, rows.stop)] = np.inf
        yield rows, distances, joint


def _radius_and_counts(
    spaces: list[np.ndarray], k: int, precision: np.dtype
) -> tuple[np.ndarray, np.ndarray]:
    n = len(spaces[0])
    radius, counts = np.empty(n), np.empty((len(spaces), n), dtype=np.int64)
    shrink = precision.type(1 - RIM[precision])
    for rows, distances, joint in _blocks(spaces, precision):
        joint.partition(k - 1, axis=1)
        radius[rows] = joint[:, k - 1]
        closer = joint[:, k - 1 : k] * shrink
        for row, distance in zip(counts[:, rows], distances, strict=True):
            row[:] = [np.count_nonzero(near) for near in distance <= closer]
    return radius, counts - 1


def radius_and_counts(
    spaces: list[np.ndarray], k: int, precision: type = np.float32
) -> tuple[np.ndarray, np.ndarray]:
    """Distance to the k-th joint neighbour (n,), and how many others are closer in each space.

    spaces: a list of (n, d), each (n, d) a group of columns; returns (n,) and (spaces, n).
    Single precision takes half the time. Where some distance is too small for it, everything is
    done again in float64.
    """
    precision = np.dtype(precision)
    radius, counts = _radius_and_counts(spaces, k, precision)
    largest = max(np.abs(space).max() for space in spaces)
    if precision == np.float32 and radius.min() < SMALLEST * largest:
        return _radius_and_counts(spaces, k, np.dtype(np.float64))
    return radius, counts


def nearest(points: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Distance to the k-th other sample (n,), and who the k nearest others are, (n, k)."""
    n = len(points)
    distances, neighbors = np.empty(n), np.empty((n, k), dtype=np.int64)
    for rows, _, joint in _blocks([points], np.dtype(np.float64)):
        neighbors[rows] = np.argpartition(joint, k - 1, axis=1)[:, :k]
        distances[rows] = np.take_along_axis(joint, neighbors[rows, k - 1 : k], axis=1)[:, 0]
    return distances, neighbors


def kth_distances(points: np.ndarray, k: int) -> np.ndarray:
    """Distance from each of points (n, d) to its k-th nearest other sample."""
    return _radius_and_counts([points], k, np.dtype(np.float64))[0]


def count_within(points: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """For each of points (n, d), how many others lie within its radius (n,), the rim included."""
    counts = np.empty(len(points), dtype=np.int64)
    for rows, (distance,), _ in _blocks([points], np.dtype(np.float64)):
        counts[rows] = [np.count_nonzero(near) for near in distance <= radius[rows, None]]
    return counts - 1
