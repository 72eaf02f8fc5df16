"""A number that knows what it is: the result of an information estimate."""

import math
from dataclasses import dataclass, field

import numpy as np


class EstimateWarning(UserWarning):
    """The number is valid but says more about the ruler than about the data."""


def unit_name(base: float) -> str:
    """bits, nats or bans for base 2, e and 10; the base itself otherwise."""
    names = {2: "bits", 10: "bans"}
    return "nats" if math.isclose(base, math.e) else names.get(base, f"units of log {base:g}")


@dataclass(frozen=True, eq=False, repr=False)
class Estimate(float):
    """An information estimate; it counts, compares and prints with a format as its value does.

    value, ceiling, interval, baseline, bias and learning_curve are in `unit`.
    estimator, settings: how it was made.  n: number of samples.
    bound: "lower" or "upper" where the estimator promises to lie, in expectation, on that side of
    the truth; "neither" otherwise.  ceiling: what it cannot exceed at this n, whatever the data.
    interval: (low, high) when asked for.  baseline: mean estimate with y shuffled, so that the
    truth is 0.  bias: (sizes, 2), sample size against mean estimate.  learning_curve: (steps, 3)
    step, training and held-out value.  remarks: why to distrust it; each was also a warning.
    """

    value: float
    unit: str = "bits"
    estimator: str = ""
    settings: dict = field(default_factory=dict)
    n: int = 0
    bound: str = "neither"
    ceiling: float = math.inf
    interval: tuple[float, float] | None = None
    baseline: float | None = None
    bias: np.ndarray | None = None
    learning_curve: np.ndarray | None = None
    remarks: tuple[str, ...] = ()

    def __new__(cls, value: float, *args, **kwargs):
        return super().__new__(cls, value)

    def __repr__(self) -> str:
        kind = "" if self.bound == "neither" else f", {self.bound} bound"
        interval = ""
        if self.interval is not None:
            interval = " [{:.4g}, {:.4g}]".format(*self.interval)
        return f"{self.value:.4g}{interval} {self.unit} ({self.estimator}, n = {self.n}{kind})"
