"""How many units of one layer learn the product of a few numbers, to an error and not to none."""

import numpy as np
from scipy.optimize import least_squares

from ibtools.information.validation import generator
from ibtools.questions.distillation.product import relative_error


def fitted_product(
    *, seeds: tuple[int, ...], units: tuple[int, ...], n: int, n_samples: int, steps: int
) -> dict[str, np.ndarray]:
    """Networks with one hidden layer of tanh learn the product of n numbers in [−1, 1].

    By the method of Levenberg and Marquardt, from normal weights with spread 0.7, for at most so
    many steps.  seeds: each draws samples and first weights.

    error: (units, seeds), `relative_error` on as many new samples.
    """
    error = np.zeros((len(units), len(seeds)))
    for j, seed in enumerate(seeds):
        rng = generator(seed)
        x, x_new = rng.uniform(-1, 1, size=(2, n_samples, n))
        for i, m in enumerate(units):
            p = _fitted(x, m, 0.7 * rng.standard_normal((n + 2) * m + 1), steps)
            error[i, j] = relative_error(_outputs(p, x_new, m), x_new)
    return {"error": error}


def _fitted(x: np.ndarray, m: int, start: np.ndarray, steps: int) -> np.ndarray:
    found = least_squares(
        lambda p: _outputs(p, x, m) - x.prod(axis=1),
        start,
        jac=lambda p: _slopes(p, x, m),
        method="lm",
        max_nfev=steps,
    )
    return found.x


def _hidden(p: np.ndarray, x: np.ndarray, m: int) -> np.ndarray:
    n = x.shape[1]
    return np.tanh(x @ p[: n * m].reshape(n, m) + p[n * m : (n + 1) * m])


def _outputs(p: np.ndarray, x: np.ndarray, m: int) -> np.ndarray:
    return _hidden(p, x, m) @ p[-m - 1 : -1] + p[-1]


def _slopes(p: np.ndarray, x: np.ndarray, m: int) -> np.ndarray:
    """∂ output / ∂ p, (samples, parameters)."""
    hidden = _hidden(p, x, m)
    back = (1 - hidden**2) * p[-m - 1 : -1]
    first = (x[:, :, None] * back[:, None, :]).reshape(len(x), -1)
    return np.concatenate([first, back, hidden, np.ones((len(x), 1))], axis=1)
