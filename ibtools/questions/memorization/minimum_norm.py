"""The shortest of all weights that fit: where gradient descent from 0 goes."""

import numpy as np

from ibtools.information.validation import (
    columns,
    positive,
    real_numbers,
    same_length,
    whole_number,
)


def minimum_norm(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """w with the smallest norm among those that minimise ‖x w − y‖².

    x: (n, d).  y: (n,) or (n, k), a column for each output.  w: (d,) or (d, k).
    With fewer samples than features, and samples that do not depend on each other, w fits exactly
    and is Xᵀ(XXᵀ)⁻¹y: a sum of the samples, which has no part across all of them.
    Raises ValueError when x and y differ in length or hold numbers that are not finite.
    """
    x, y = _problem(x, y)
    return np.linalg.lstsq(x, y, rcond=None)[0]


def descent_on_squares(
    x: np.ndarray, y: np.ndarray, *, start: np.ndarray, steps: int, step_size: float | None = None
) -> np.ndarray:
    """w after each step of gradient descent on ‖x w − y‖² / 2, (steps + 1, …).

    Each step adds Xᵀ(y − X w) times the step size, a sum of samples: whatever part of the start
    lies across all samples stays as it is.
    step_size: 1 over the largest eigenvalue of XᵀX if None, with which descent always arrives.
    """
    x, y = _problem(x, y)
    whole_number(steps, "steps")
    if step_size is None:
        step_size = 1 / np.linalg.norm(x, ord=2) ** 2
    positive(step_size, "step_size")
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] + step_size * x.T @ (y - x @ path[-1]))
    return np.array(path)


def _problem(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x, y = columns(x), real_numbers(y, "y")
    same_length(x=x, y=y)
    return x, y
