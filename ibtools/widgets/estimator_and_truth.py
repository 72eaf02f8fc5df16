"""An estimator of mutual information beside the truth, for normal variables of the reader's choice.

The page computes by itself (estimator_and_truth.js): the same estimators as in
ibtools.information, on samples of its own.
"""

from functools import partial
from numbers import Real
from pathlib import Path

import traitlets

from ibtools.information import (
    mutual_information_binned,
    mutual_information_gaussian,
    mutual_information_ksg,
)
from ibtools.information.validation import one_of, whole_number
from ibtools.truth import ErrorTable, correlated_gaussians, error_table
from ibtools.widgets.module import bundle
from ibtools.widgets.page_widget import PageWidget

MODULE = Path(__file__).with_suffix(".js")
# By name: in words, and as a function of samples x and y.
ESTIMATORS = {
    **{f"ksg-{k}": (f"KSG, k = {k}", partial(mutual_information_ksg, k=k)) for k in (1, 3, 10)},
    **{
        f"bins-{n}": (f"{n} bins", partial(mutual_information_binned, n_bins=n))
        for n in (5, 10, 30)
    },
    "gaussian": (
        "Gaussian, plug-in",
        partial(mutual_information_gaussian, bias_correction=False),
    ),
}
LARGEST_RHO = 0.99
MOST_DIMENSIONS = 10
LARGEST_SEED = 9999
# The ends of the axis, and how many samples of each size.
SMALLEST_N, LARGEST_N, N_SAMPLES = 25, 800, 20


def _correlation(rho: float) -> float:
    if isinstance(rho, bool) or not isinstance(rho, Real) or not 0 <= rho <= LARGEST_RHO:
        raise ValueError(f"rho must lie between 0 and {LARGEST_RHO}, got {rho!r}")
    # The slider has no others.
    return round(float(rho), 2)


def _at_most(largest: int, value: int, name: str) -> int:
    if value > largest:
        raise ValueError(f"{name} must be at most {largest}, got {value}")
    return value


CHECKS = {
    "estimator": lambda value: one_of(value, "estimator", ESTIMATORS),
    "rho": _correlation,
    "dimension": lambda value: _at_most(
        MOST_DIMENSIONS, whole_number(value, "dimension"), "dimension"
    ),
    "seed": lambda value: _at_most(LARGEST_SEED, whole_number(value, "seed", at_least=0), "seed"),
}


class EstimatorAndTruth(PageWidget):
    """Estimates from 20 samples of each size from 25 to 800, beside the truth.

    The samples are d independent pairs of normal variables of correlation ρ, so that the truth is
    -d/2 log2(1-ρ²) bits. Every estimator errs, each in its own way: bins overshoot in small
    samples, and say log n whatever the truth where columns are many; nearest neighbours fall short
    where dependence is strong; a Gaussian fit overshoots until n is much larger than d².

    estimator: "ksg-1", "ksg-3" or "ksg-10" (by k), "bins-5", "bins-10" or "bins-30" (as many bins
    of equal mass a column), or "gaussian" (no bias correction).  rho: 0 to 0.99, two decimals.
    dimension: 1 to 10 pairs.  seed: which samples, 0 to 9999.
    Raises ValueError for anything else.
    """

    _esm = bundle(MODULE)
    _module = MODULE
    _address = "estimators"
    _height = 600

    estimator = traitlets.Unicode().tag(sync=True)
    rho = traitlets.Float().tag(sync=True)
    dimension = traitlets.Int().tag(sync=True)
    seed = traitlets.Int().tag(sync=True)
    choices = traitlets.List([[name, words] for name, (words, _) in ESTIMATORS.items()]).tag(
        sync=True
    )

    def __init__(
        self, *, estimator: str = "bins-10", rho: float = 0.6, dimension: int = 1, seed: int = 0
    ):
        settings = {"estimator": estimator, "rho": rho, "dimension": dimension, "seed": seed}
        super().__init__(**{name: CHECKS[name](value) for name, value in settings.items()})

    @traitlets.validate(*CHECKS)
    def _possible(self, proposal: dict) -> str | float | int:
        return CHECKS[proposal.trait.name](proposal.value)

    def summary(self) -> str:
        words = ESTIMATORS[self.estimator][0]
        few, many = self._errors(SMALLEST_N), self._errors(LARGEST_N)
        return (
            f"Estimates of mutual information beside the truth, which is "
            f"{few.information[0]:.2f} bits for {self.dimension} × {self.dimension} normal "
            f"variables of correlation {self.rho:g}. {words}, {N_SAMPLES} estimates each: "
            + "; ".join(
                f"from {table.n} samples {table.mean[0]:.2f} ± {table.spread[0]:.2f} bits, "
                f"{abs(table.error[0]):.2f} too {'high' if table.error[0] > 0 else 'low'}"
                for table in (few, many)
            )
            + "."
        )

    def page_state(self) -> dict:
        return {name: getattr(self, name) for name in (*CHECKS, "choices")}

    def _errors(self, n: int) -> ErrorTable:
        law = correlated_gaussians(self.dimension, self.rho)
        seeds = range(self.seed * N_SAMPLES, (self.seed + 1) * N_SAMPLES)
        estimate = ESTIMATORS[self.estimator][1]
        return error_table(estimate, [law], n=n, seeds=seeds, progress=False)
