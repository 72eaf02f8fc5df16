"""How far an estimate can be trusted, found by estimating again on other samples.

None of the three sees what the estimator gets wrong at every sample size: the interval is about
chance alone, the baseline about bias where the truth is 0, the curve about bias that fades.
"""

from collections.abc import Callable

import numpy as np

Estimate = Callable[..., float]
Samples = tuple[np.ndarray, ...]


def half_sample_interval(
    estimate: Estimate, samples: Samples, rng: np.random.Generator, n_resamples: int, level: float
) -> tuple[float, float]:
    """Deviations that contain the central `level` share of the estimate's chance spread.

    Drawn without replacement, half of n samples deviate from all n by as much as n samples deviate
    from the law: Var = σ²(2/n - 1/n) = σ²/n wherever the variance falls as 1/n. No sample is
    drawn twice, which nearest-neighbour estimators could not bear. Returns (low, high) to add to
    the estimate. Source: Politis & Romano (1994), subsampling without replacement.
    """
    n = len(samples[0])
    draws = [
        estimate(*(values[chosen] for values in samples))
        for chosen in (rng.permutation(n)[: n // 2] for _ in range(n_resamples))
    ]
    return _central(draws, level)


def bootstrap_interval(
    estimate: Estimate, samples: Samples, rng: np.random.Generator, n_resamples: int, level: float
) -> tuple[float, float]:
    """The same from n samples drawn with replacement (Efron 1979); for counts and moments only."""
    n = len(samples[0])
    draws = [
        estimate(*(values[chosen] for values in samples))
        for chosen in (rng.integers(n, size=n) for _ in range(n_resamples))
    ]
    return _central(draws, level)


def _central(draws: list[float], level: float) -> tuple[float, float]:
    tail = 50 * (1 - level)
    low, high = np.percentile(draws, [tail, 100 - tail])
    # An estimate that errs upwards by d points to a truth that lies d below it.
    return float(np.mean(draws) - high), float(np.mean(draws) - low)


def shuffled_baseline(
    estimate: Estimate, samples: Samples, rng: np.random.Generator, n_shuffles: int
) -> float:
    """Mean estimate with the last variable shuffled against the others: what no information reads.

    Close to the estimator's bias where the information is small, and no guide where it is large.
    """
    *others, last = samples
    return float(np.mean([estimate(*others, rng.permutation(last)) for _ in range(n_shuffles)]))


def bias_curve(
    estimate: Estimate, samples: Samples, rng: np.random.Generator, *, halvings: int = 3
) -> np.ndarray:
    """(sizes, 2): sample size and mean estimate over the disjoint parts of that size.

    Flat where the estimator has converged; where it still rises or falls at n, so would it beyond.
    """
    n = len(samples[0])
    order = rng.permutation(n)
    curve = []
    for parts in 2 ** np.arange(halvings, -1, -1):
        size = n // parts
        blocks = order[: size * parts].reshape(parts, size)
        values = [estimate(*(variable[block] for variable in samples)) for block in blocks]
        curve.append((size, np.mean(values)))
    return np.array(curve)
