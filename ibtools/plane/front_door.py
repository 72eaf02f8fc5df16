"""Estimators for paired samples, by their names at the front door, on the layers of networks."""

from collections.abc import Callable, Mapping
from numbers import Real

import numpy as np

from ibtools.information import MUTUAL_INFORMATION, mutual_information
from ibtools.information.estimators import all_settings
from ibtools.information.validation import generator

# What is done to the activations before an estimator sees them, and what draws its numbers.
OURS = {"noise": 0.0, "seed": 0}


def front_door_settings(name: str, given: Mapping) -> dict:
    """All settings of `from_samples` for this name: given or default.

    Raises ValueError for settings that the estimator does not have and for those that it lacks.
    """
    chosen = MUTUAL_INFORMATION[name]
    own = {key: value for key, value in given.items() if key not in OURS}
    try:
        settings = all_settings(chosen, name, own, given.get("seed", 0))
    except TypeError as error:
        raise ValueError(f"estimator: {error}") from error
    free = {key: value for key, value in settings.items() if key not in chosen.preset}
    return free | OURS | dict(given)


def from_samples(
    x: np.ndarray, y: np.ndarray, *, estimator: str, noise: float = 0.0, seed: int = 0, **settings
) -> Callable[[np.ndarray], dict[str, np.ndarray]]:
    """A function from a layer (networks, samples, units) to I[X;T] and I[T;Y], (networks,) each.

    noise: standard deviation of Gaussian noise added to the activations first. Without it T is a
    function of X, I(X;T) has no finite truth for continuous X, and an estimator says what it can.
    An estimator for symbols takes every activation that differs in any bit for another symbol. One
    of a continuous variable and labels takes T for the variable, and for the labels Y or the
    number of the input among those that differ.

    Raises ValueError for noise that is negative or not finite.
    """
    if not isinstance(noise, Real) or not 0 <= noise < np.inf:
        raise ValueError(f"noise must be a finite number of at least 0, got {noise!r}")
    random = generator(seed)
    labelled = set(MUTUAL_INFORMATION[estimator].variables) == {"continuous", "discrete"}
    inputs = np.unique(x, axis=0, return_inverse=True)[1].ravel() if labelled else x

    def told(t: np.ndarray, other: np.ndarray) -> float:
        return float(mutual_information(other, t, estimator=estimator, seed=seed, **settings))

    def measured(layer: np.ndarray) -> dict[str, np.ndarray]:
        noisy = [t + noise * random.standard_normal(t.shape) for t in layer]
        return {
            "I_XT": np.array([told(t, inputs) for t in noisy]),
            "I_TY": np.array([told(t, y) for t in noisy]),
        }

    return measured
