"""One door to every estimator: mutual_information(x, y, estimator="ksg") and entropy(x, ...).

Behind it are the plain functions of this room, which return a number and no more. The door checks
what they are given, says what their number is, and warns where it tells more about the estimator
than about the data.
"""

import inspect
import warnings
from dataclasses import replace

import numpy as np

from ibtools.information.catalogue import ENTROPY, MUTUAL_INFORMATION, Estimator
from ibtools.information.doubts import Case, doubts
from ibtools.information.estimate import Estimate, EstimateWarning, unit_name
from ibtools.information.resampling import Resampling
from ibtools.information.validation import (
    generator,
    one_of,
    plain_array,
    same_length,
    validated_base,
)


def mutual_information(
    x: np.ndarray,
    y: np.ndarray,
    *,
    estimator: str = "auto",
    interval: str | None = None,
    level: float = 0.95,
    n_resamples: int = 100,
    n_shuffles: int = 0,
    bias: bool = False,
    clip: bool = False,
    seed: int = 0,
    base: float = 2,
    **settings,
) -> Estimate:
    """I[X;Y] from paired samples x and y, (n,) or (n, d) each, with everything to judge it by.

    estimator: a name from MUTUAL_INFORMATION. "auto" takes floating-point numbers as continuous,
    everything else (integers, truth values, strings, dates, objects) as symbols, and picks
    "plug-in", "ross" or "ksg".
    settings: those of the estimator, as in its own docstring; Estimate.settings has all of them.
    interval: "half-samples" or "bootstrap" (counts and Gaussians only) adds the range in which
    the estimate lies with probability `level` by chance alone, from n_resamples more estimates.
    It says nothing about bias.  n_shuffles: number of shuffles of y whose mean estimate becomes
    the baseline.  bias: adds the estimate at n/8, n/4, n/2 and n.
    clip: replaces a negative estimate by 0. An estimator whose mean is right must fall below 0 at
    times when the truth is 0, so clipping biases it upwards: off unless asked for.
    seed: of every random choice made here or in the estimator.

    Warns with EstimateWarning for each of Estimate.remarks. Raises ValueError for different
    numbers of samples and for what the estimator refuses, TypeError for unknown settings.
    """
    x, y = _samples(x, "x"), _samples(y, "y")
    same_length(x=x, y=y)
    name = one_of(estimator, "estimator", [*MUTUAL_INFORMATION, "auto"])
    if name == "auto":
        name = ("ksg", "ross", "plug-in")[_symbols(x) + _symbols(y)]
    chosen = MUTUAL_INFORMATION[name]
    samples = {"x": x, "y": y}
    if chosen.variables == ("continuous", "discrete") and _symbols(x) and not _symbols(y):
        samples = {"y": y, "x": x}
    resampling = Resampling(
        interval=interval, level=level, n_resamples=n_resamples, n_shuffles=n_shuffles, bias=bias
    )
    value = _estimate(chosen, name, samples, settings, resampling, seed, base)
    return replace(value, value=max(0.0, value.value)) if clip else value


def entropy(
    x: np.ndarray,
    *,
    estimator: str = "auto",
    interval: str | None = None,
    level: float = 0.95,
    n_resamples: int = 100,
    bias: bool = False,
    seed: int = 0,
    base: float = 2,
    **settings,
) -> Estimate:
    """H[X] of symbols, or the differential entropy h[X] of continuous columns, from samples.

    estimator: a name from ENTROPY; "auto" is "plug-in" for symbols and "neighbors" otherwise.
    A differential entropy depends on the unit of x and may be negative; that of a variable with
    repeated values is -∞. Everything else is as in `mutual_information`.
    """
    x = _samples(x, "x")
    name = one_of(estimator, "estimator", [*ENTROPY, "auto"])
    if name == "auto":
        name = "plug-in" if _symbols(x) else "neighbors"
    resampling = Resampling(
        interval=interval, level=level, n_resamples=n_resamples, n_shuffles=0, bias=bias
    )
    return _estimate(ENTROPY[name], name, {"x": x}, settings, resampling, seed, base)


def _samples(x: np.ndarray, name: str) -> np.ndarray:
    x = plain_array(x, name)
    if x.ndim == 0:
        raise ValueError(f"{name} must have samples along its first axis, got a single value")
    return x


def _symbols(x: np.ndarray) -> bool:
    return x.dtype.kind not in "fc"


def all_settings(chosen: Estimator, name: str, given: dict, seed: int) -> dict:
    """Every setting of the estimator's function but its base: given, preset or default.

    Raises TypeError for settings that it does not have, that its name has fixed, or that it needs
    and are not given.
    """
    parameters = {
        p.name: p.default
        for p in inspect.signature(chosen.resolve()).parameters.values()
        if p.kind is p.KEYWORD_ONLY and p.name != "base"
    }
    free = [setting for setting in parameters if setting not in chosen.preset]
    for setting in given:
        if setting not in free:
            raise TypeError(
                f"{setting} is no setting of {name!r}; it has {', '.join(free) or 'none'}"
            )
    settings = parameters | ({"seed": seed} if "seed" in parameters else {}) | chosen.preset | given
    missing = [setting for setting, value in settings.items() if value is inspect.Parameter.empty]
    if missing:
        raise TypeError(f"{name!r} needs {', '.join(missing)}")
    return settings


def _estimate(
    chosen: Estimator,
    name: str,
    samples: dict[str, np.ndarray],
    given: dict,
    resampling: Resampling,
    seed: int,
    base: float,
) -> Estimate:
    unit = np.log(validated_base(base))
    if resampling.interval == "bootstrap" and chosen.family not in ("counts", "gaussian"):
        raise ValueError(
            f"interval must be half-samples for {name!r}, got 'bootstrap', which repeats samples"
        )
    settings = all_settings(chosen, name, given, seed)

    def estimate(*variables: np.ndarray) -> float:
        return chosen.resolve()(*variables, base=base, **settings)

    def again(*variables: np.ndarray) -> float:
        # The doubts about the estimate itself are enough.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", EstimateWarning)
            try:
                return float(estimate(*variables))
            except ValueError as error:
                raise ValueError(
                    f"n = {n} must be larger for interval or bias, which estimate from "
                    f"{len(variables[0])} of the samples: {error}"
                ) from error

    variables = tuple(samples.values())
    n, rng = len(variables[0]), generator(seed)
    result = estimate(*variables)
    if not isinstance(result, Estimate):
        ceiling = chosen.ceiling(n, settings) / unit if chosen.ceiling else np.inf
        result = Estimate(float(result), bound=chosen.bound, ceiling=ceiling)
    case = Case(chosen, name, result.value * unit, result.ceiling * unit, base, samples, settings)
    new = doubts(case)
    for remark in new:
        warnings.warn(f"{name}: {remark}", EstimateWarning, stacklevel=3)

    return replace(
        result,
        unit=unit_name(base),
        estimator=name,
        settings=settings,
        n=n,
        remarks=(*result.remarks, *new),
        **resampling.results(again, variables, result.value, rng),
    )
