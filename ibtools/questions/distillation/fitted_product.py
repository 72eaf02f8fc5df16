"""How many units of one layer learn a product, to an error that one can live with."""

import numpy as np
from scipy.optimize import least_squares

from ibtools.information.validation import generator
from ibtools.questions.distillation.product import flat_units, relative_error


def fitted_product(
    *,
    seeds: tuple[int, ...],
    factors: tuple[int, ...],
    shares: tuple[float, ...],
    n_samples: int,
    steps: int,
) -> dict[str, np.ndarray]:
    """Networks with one hidden layer of tanh learn the product of numbers in [−1, 1].

    By the method of Levenberg and Marquardt, from normal weights with spread 0.7, for at most so
    many steps.  seeds: each draws samples and first weights.
    factors: how many numbers.  shares: hidden units over 2ⁿ, the number for any accuracy.

    error: (factors, shares, seeds), `relative_error` on as many new samples.
    units: (factors, shares).
    """
    units = np.array([[round(share * flat_units(n)) for share in shares] for n in factors])
    error = np.zeros((*units.shape, len(seeds)))
    for i, n in enumerate(factors):
        for k, seed in enumerate(seeds):
            rng = generator(seed)
            x, x_new = rng.uniform(-1, 1, size=(2, n_samples, n))
            for j, m in enumerate(units[i].tolist()):
                p = _fitted(x, m, 0.7 * rng.standard_normal((n + 2) * m + 1), steps)
                error[i, j, k] = relative_error(_outputs(p, x_new, m), x_new)
    return {"error": error, "units": units}


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
