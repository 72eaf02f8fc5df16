"""Critical points near the ways down of small networks: their loss and their index."""

import numpy as np
import torch

from ibtools.information.validation import generator
from ibtools.questions.landscape.critical_point import (
    Loss,
    critical_point,
    curvatures,
    n_parameters,
    squared_loss,
)


def critical_points(
    *,
    seeds: tuple[int, ...],
    widths: tuple[int, ...],
    n_starts: int,
    stops: tuple[int, ...],
    n_train: int,
    weight_decay: float,
    learning_rate: float,
    spread: float,
) -> dict[str, np.ndarray]:
    """Critical points near the ways down of small networks that learn the sign of x₁x₂.

    From normal first weights with this spread descent goes down the whole loss; from where it is
    after each number of steps in stops, `critical_point` searches.
    seeds: each draws inputs, uniform on the square [−1, 1]², and first weights.

    loss: (widths, seeds, stops, starts), NaN where the search found none.
    index: the same shape, negative eigenvalues of the Hessian there, −1 where none was found.
    flattest: the same shape, the smallest size of an eigenvalue.
    at_stop: the same shape, the loss where the search began.
    """
    shape = len(widths), len(seeds), len(stops), n_starts
    value, flattest, at_stop = (np.full(shape, np.nan) for _ in range(3))
    index = np.full(shape, -1)
    for i, width in enumerate(widths):
        for j, seed in enumerate(seeds):
            rng = generator(seed)
            x = rng.uniform(-1, 1, size=(n_train, 2))
            y = np.sign(x.prod(axis=1))
            loss = squared_loss(x, y, n_hidden=width, weight_decay=weight_decay)
            starts = spread * rng.standard_normal((n_starts, n_parameters(2, width)))
            for k, points in enumerate(_way_down(loss, starts, stops, learning_rate)):
                for m, start in enumerate(points):
                    at_stop[i, j, k, m] = loss(torch.from_numpy(start))
                    point = critical_point(loss, start)
                    if point is None:
                        continue
                    bent = curvatures(loss, point)
                    value[i, j, k, m] = loss(torch.from_numpy(point))
                    index[i, j, k, m] = (bent < 0).sum()
                    flattest[i, j, k, m] = np.abs(bent).min()
    return {"loss": value, "index": index, "flattest": flattest, "at_stop": at_stop}


def _way_down(
    loss: Loss, starts: np.ndarray, stops: tuple[int, ...], learning_rate: float
) -> list[np.ndarray]:
    """Where all starts (n, parameters) are after each number of steps."""
    slopes = torch.func.vmap(torch.func.grad(loss))
    points, kept = torch.from_numpy(starts), {0: starts}
    for step in range(1, max(stops) + 1):
        points = points - learning_rate * slopes(points)
        if step in stops:
            kept[step] = points.numpy()
    return [kept[stop] for stop in stops]
