"""How far an estimate can be trusted, found by estimating again on other samples.

None of the three sees what the estimator gets wrong at every sample size: the interval is about
chance alone, the baseline about bias where the truth is 0, the curve about bias that fades.
"""

from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real

import numpy as np

from ibtools.information.validation import one_of, whole_number

Statistic = Callable[..., float]
Samples = tuple[np.ndarray, ...]


def half_sample(n: int, rng: np.random.Generator) -> np.ndarray:
    """Half of n samples, none twice, which nearest-neighbour estimators could not bear.

    They deviate from all n by as much as n samples deviate from the law: Var = σ²(2/n - 1/n) =
    σ²/n wherever the variance falls as 1/n.
    Source: Politis & Romano (1994), subsampling without replacement.
    """
    return rng.permutation(n)[: n // 2]


def bootstrap(n: int, rng: np.random.Generator) -> np.ndarray:
    """n samples drawn with replacement (Efron 1979); for counts and moments only."""
    return rng.integers(n, size=n)


def chance_interval(
    estimate: Statistic,
    samples: Samples,
    value: float,
    rng: np.random.Generator,
    *,
    draw: Callable[[int, np.random.Generator], np.ndarray],
    n_resamples: int,
    level: float,
) -> tuple[float, float]:
    """Range around value, the estimate, of the central `level` share of its chance spread.

    draw: `half_sample` or `bootstrap`.  (-∞, ∞) where an estimate was infinite.
    """
    chosen = (draw(len(samples[0]), rng) for _ in range(n_resamples))
    draws = [estimate(*(values[some] for values in samples)) for some in chosen]
    if not np.isfinite([value, *draws]).all():
        return -np.inf, np.inf
    tail = 50 * (1 - level)
    low, high = np.percentile(draws, [tail, 100 - tail])
    # An estimate that errs upwards by d points to a truth that lies d below it.
    centre = value + np.mean(draws)
    return float(centre - high), float(centre - low)


def shuffled_baseline(
    estimate: Statistic, samples: Samples, rng: np.random.Generator, n_shuffles: int
) -> float:
    """Mean estimate with the last variable shuffled against the others: what no information reads.

    Close to the estimator's bias where the information is small, and no guide where it is large.
    """
    *others, last = samples
    return float(np.mean([estimate(*others, rng.permutation(last)) for _ in range(n_shuffles)]))


def bias_curve(
    estimate: Statistic,
    samples: Samples,
    rng: np.random.Generator,
    value: float,
    *,
    halvings: int = 3,
) -> np.ndarray:
    """(sizes, 2): sample size and mean estimate over the disjoint parts of that size; last, n.

    value: the estimate from all n. An estimator with random numbers of its own, made again from
    the same samples in another order, would give another.

    Flat where the estimator has converged; where it still rises or falls at n, so would it beyond.
    """
    n = len(samples[0])
    order = rng.permutation(n)
    curve = []
    for parts in 2 ** np.arange(halvings, 0, -1):
        size = n // parts
        blocks = order[: size * parts].reshape(parts, size)
        values = [estimate(*(variable[block] for variable in samples)) for block in blocks]
        curve.append((size, np.mean(values)))
    curve.append((n, value))
    return np.array(curve)


INTERVALS = {"half-samples": half_sample, "bootstrap": bootstrap}


@dataclass(frozen=True, kw_only=True)
class Resampling:
    """What is wanted of the three, as `mutual_information` explains; checked before any work."""

    interval: str | None
    level: float
    n_resamples: int
    n_shuffles: int
    bias: bool

    def __post_init__(self):
        if self.interval is not None:
            one_of(self.interval, "interval", INTERVALS)
        if not isinstance(self.level, Real) or not 0 < self.level < 1:
            raise ValueError(f"level must lie between 0 and 1, got {self.level!r}")
        whole_number(self.n_resamples, "n_resamples", at_least=2)
        whole_number(self.n_shuffles, "n_shuffles", at_least=0)

    def results(
        self, estimate: Statistic, samples: Samples, value: float, rng: np.random.Generator
    ) -> dict:
        """Those of interval, baseline and bias that are wanted, by the names in `Estimate`."""
        found: dict = {}
        if self.interval is not None:
            found["interval"] = chance_interval(
                estimate,
                samples,
                value,
                rng,
                draw=INTERVALS[self.interval],
                n_resamples=self.n_resamples,
                level=self.level,
            )
        if self.n_shuffles:
            found["baseline"] = shuffled_baseline(estimate, samples, rng, self.n_shuffles)
        if self.bias:
            found["bias"] = bias_curve(estimate, samples, rng, value)
        return found
