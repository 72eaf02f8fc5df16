"""The linear regions of a ReLU network of two inputs within a window, exactly."""

from collections.abc import Sequence

import numpy as np

from ibtools.questions.regions.networks import Layers


def regions_in_plane(
    layers: Layers,
    *,
    low: Sequence[float] = (0.0, 0.0),
    high: Sequence[float] = (1.0, 1.0),
    tolerance: float = 1e-9,
) -> list[np.ndarray]:
    """The convex polygons (corners, 2) of the window within which no unit switches.

    layers: [(W, b), …] of hidden layers, the first of two inputs.  Within a region of the layers
    before, what enters a unit is linear: its line cuts the polygon in two or misses it.
    tolerance: pieces thinner than this are not cut off.
    Raises ValueError for an empty window and another number of inputs.
    """
    (x0, y0), (x1, y1) = low, high
    if not (x0 < x1 and y0 < y1):
        raise ValueError(f"low must lie below high in both coordinates, got {low} and {high}")
    if np.shape(layers[0][0])[1] != 2:
        raise ValueError(f"layers must have 2 inputs, got {np.shape(layers[0][0])[1]}")
    window = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], dtype=float)
    # Polygon, and the linear map from the plane to what its corners are at the current layer.
    regions = [(window, np.eye(2), np.zeros(2))]
    for weights, biases in layers:
        weights = np.asarray(weights, dtype=float)
        cut = []
        for polygon, matrix, offset in regions:
            slopes, heights = weights @ matrix, weights @ offset + biases
            parts = [polygon]
            for slope, height in zip(slopes, heights, strict=True):
                parts = [piece for part in parts for piece in _cut(part, slope, height, tolerance)]
            for part in parts:
                on = part.mean(axis=0) @ slopes.T + heights > 0
                cut.append((part, slopes * on[:, None], heights * on))
        regions = cut
    return [polygon for polygon, _, _ in regions]


def count_in_plane(
    layers: Layers, *, low: Sequence[float] = (0.0, 0.0), high: Sequence[float] = (1.0, 1.0)
) -> int:
    """How many regions a window holds, see `regions_in_plane`."""
    return len(regions_in_plane(layers, low=low, high=high))


def _cut(
    polygon: np.ndarray, slope: np.ndarray, height: float, tolerance: float
) -> list[np.ndarray]:
    values = polygon @ slope + height
    if values.min() > -tolerance or values.max() < tolerance:
        return [polygon]
    following, after = np.roll(polygon, -1, axis=0), np.roll(values, -1)
    sides = ([], [])
    for point, value, other, next_value in zip(polygon, values, following, after, strict=True):
        for side, sign in zip(sides, (1, -1), strict=True):
            if sign * value >= 0:
                side.append(point)
        if value * next_value < 0:
            crossing = point + value / (value - next_value) * (other - point)
            for side in sides:
                side.append(crossing)
    return [np.array(side) for side in sides]
