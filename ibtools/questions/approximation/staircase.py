"""A sum of steps that comes as close to a function as one likes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from ibtools.information.validation import columns, finite_number, whole_number


@dataclass(frozen=True)
class Staircase:
    """f(x) = offset + Σ_j heights_j σ(x − thresholds_j), one hidden unit for each step.

    σ is the step from 0 to 1, or a sigmoid of some steepness.
    """

    offset: float
    heights: np.ndarray
    thresholds: np.ndarray

    def __call__(self, x: np.ndarray, *, steepness: float = np.inf) -> np.ndarray:
        """f at the places x (m,).  steepness: s of the sigmoid 1/(1 + e^(−s x)); inf: a step."""
        if not steepness > 0:
            raise ValueError(f"steepness must be positive, got {steepness}")
        shifted = columns(x) - self.thresholds
        units = shifted >= 0 if np.isinf(steepness) else expit(steepness * shifted)
        return self.offset + units @ self.heights


def staircase(
    function: Callable[[np.ndarray], np.ndarray], n_units: int, *, low: float = 0, high: float = 1
) -> Staircase:
    """The staircase of n units that has the function's value in the middle of each tread.

    The n + 1 treads on [low, high] have the width h = (high − low)/(n + 1), so that nothing on a
    tread is farther than h/2 from its middle: the error is at most Λ h/2 for a function whose
    slopes are at most Λ in size, and goes to 0 for every continuous one.
    Raises ValueError for n_units below 1 and an empty interval.
    """
    whole_number(n_units, "n_units")
    if not finite_number(low, "low") < finite_number(high, "high"):
        raise ValueError(f"low must lie below high, got {low} and {high}")
    edges = np.linspace(low, high, n_units + 2)
    values = np.asarray(function((edges[:-1] + edges[1:]) / 2), dtype=float)
    return Staircase(float(values[0]), np.diff(values), edges[1:-1])
