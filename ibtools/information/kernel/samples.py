"""The same quantities for plain samples, one number each: what the front door calls."""

import numpy as np

from ibtools.information.kernel.bounds import layer_information_kernel, mixture_entropy_bounds
from ibtools.information.kernel.monte_carlo import (
    layer_information_monte_carlo,
    mixture_entropy_monte_carlo,
)
from ibtools.information.validation import columns, one_of, same_length

BOUNDS = ("lower", "upper", "neither")


def entropy_mixture(
    x: np.ndarray, *, noise_variance: float, bound: str = "upper", seed: int = 0, base: float = 2
) -> float:
    """Differential entropy of x + N(0, σ²I), x one of the n samples (n,) or (n, d), all alike.

    bound: "lower", "upper", or "neither" for the Monte Carlo value, which alone uses the seed.
    For samples of a continuous X this is a kernel density estimate of the entropy of X + noise:
    one in a finite sample, so that both bounds may miss it.

    Raises the errors of `mixture_entropy_bounds`, and ValueError for another bound.
    """
    x, which = columns(x), one_of(bound, "bound", BOUNDS)
    if which == "neither":
        value, _ = mixture_entropy_monte_carlo(
            x, noise_variance=noise_variance, seed=seed, base=base
        )
        return float(value)
    bounds = mixture_entropy_bounds(x, noise_variance=noise_variance, base=base)
    return float(bounds[BOUNDS.index(which)])


def mutual_information_mixture(
    x: np.ndarray,
    y: np.ndarray,
    *,
    noise_variance: float,
    bound: str = "lower",
    seed: int = 0,
    base: float = 2,
) -> float:
    """I of x + N(0, σ²I) and the labels y, x one of the n samples (n,) or (n, d), all alike.

    bound: as in `entropy_mixture`. Both bounds hold for these n samples, and may be far apart.
    Raises the errors of `layer_information_kernel`, and ValueError for another bound.
    """
    x, which = columns(x), one_of(bound, "bound", BOUNDS)
    same_length(x=x, y=y)
    settings = {"noise_variance": noise_variance, "base": base}
    if which == "neither":
        return float(layer_information_monte_carlo(x, y, seed=seed, **settings).I_TY)
    return float(getattr(layer_information_kernel(x, y, **settings), f"I_TY_{which}"))
