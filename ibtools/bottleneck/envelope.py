"""The smallest concave, rising curve above some points."""

import numpy as np


def concave_envelope(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Which of the points x (n,), y (n,) lie on it, by rising x; it starts in (0, 0).

    Points are taken by rising x, and one that turns out to lie on or below the line from its
    predecessor to its successor is dropped again (Andrew's monotone chain).
    """
    hull: list[int] = []
    for i in np.lexsort((-y, x)):
        if y[i] <= (y[hull[-1]] if hull else 0.0):
            continue
        while hull:
            start = (x[hull[-2]], y[hull[-2]]) if len(hull) > 1 else (0.0, 0.0)
            middle = (x[hull[-1]] - start[0]) * (y[i] - start[1])
            if middle < (x[i] - start[0]) * (y[hull[-1]] - start[1]):
                break
            hull.pop()
        hull.append(int(i))
    return np.array(hull, dtype=int)
