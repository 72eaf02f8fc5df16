"""Every estimator that has a name: what it is for, what it promises, where its code is.

A ceiling is what an estimate cannot exceed at a given sample size whatever the data, in nats.
Where a row has none, either nothing limits the estimate or the estimator itself reports it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pkgutil import resolve_name

import numpy as np
from scipy.special import digamma


@dataclass(frozen=True, kw_only=True)
class Estimator:
    """One row of the catalogue.

    function: "module:name" below ibtools.information, imported when first used (some need torch).
    variables: what each variable must be: "discrete", "continuous" or "any".
    bound: see `Estimate`.  ceiling: (n, settings) -> nats.  preset: settings fixed by the name.
    family: "counts", "neighbors", "gaussian", "mixture" or "variational"; decides which doubts
    apply.  use: one line for the reader who has to choose.
    """

    function: str
    variables: tuple[str, ...]
    family: str
    use: str
    bound: str = "neither"
    ceiling: Callable[[int, dict], float] | None = None
    preset: dict = field(default_factory=dict)

    def resolve(self) -> Callable:
        return resolve_name(f"ibtools.information.{self.function}")


CONTINUOUS = ("continuous", "continuous")


def log_n(n: int, settings: dict) -> float:
    return float(np.log(n))


def digamma_n(n: int, settings: dict) -> float:
    """ψ(n) - ψ(k): at least k-1 other samples lie strictly nearer than the k-th neighbour.

    Values that repeat can lift an estimate a little above it: 0.03 nats at n = 60.
    """
    return float(digamma(n) - digamma(settings["k"]))


def digamma_labels(n: int, settings: dict) -> float:
    """ψ(n) - ψ(2): that of labels which come in pairs; one that comes alone adds nothing."""
    return float(digamma(n) - digamma(2))


CORRECTED = {
    "plug-in": "counts as they are; H too low, I too high, never above log n",
    "miller-madow": "adds the first-order bias (K-1)/2n; good when n is a few times K",
    "jackknife": "removes the first-order bias by leaving one sample out",
    "grassberger": "digamma of each count; good down to about one sample per symbol",
    "chao-shen": "reweights by coverage; for many unseen symbols",
    "james-stein": "shrinks the frequencies towards uniform",
    "nsb": "Bayesian, for n below the number of symbols, which must be known or bounded",
}


def _from_counts(what: str, variables: tuple[str, ...]) -> dict[str, Estimator]:
    return {
        name: Estimator(
            function=f"discrete:{what}_discrete",
            variables=variables,
            family="counts",
            use=use,
            ceiling=log_n if name == "plug-in" else None,
            preset={"correction": name},
        )
        for name, use in CORRECTED.items()
    }


def _mixture(what: str, variables: tuple[str, ...]) -> dict[str, Estimator]:
    rows = {
        "mixture-lower": ("lower", "lower bound for x read with Gaussian noise"),
        "mixture-upper": ("upper", "upper bound for x read with Gaussian noise"),
        "mixture-monte-carlo": ("neither", "x read with Gaussian noise, sampled; costs the most"),
    }
    return {
        name: Estimator(
            function=f"kernel:{what}_mixture",
            variables=variables,
            family="mixture",
            use=use,
            bound=bound,
            ceiling=log_n if what == "mutual_information" else None,
            preset={"bound": bound},
        )
        for name, (bound, use) in rows.items()
    }


def _variational(use: str, **promises) -> Estimator:
    return Estimator(variables=CONTINUOUS, family="variational", use=use, **promises)


MUTUAL_INFORMATION = _from_counts("mutual_information", ("discrete", "discrete")) | {
    "binned": Estimator(
        function="binning:mutual_information_binned",
        variables=CONTINUOUS,
        family="counts",
        use="cuts each column into bins and counts; one or two columns, many samples",
        ceiling=log_n,
    ),
    "ksg": Estimator(
        function="neighbors:mutual_information_ksg",
        variables=CONTINUOUS,
        family="neighbors",
        use="the first choice for a few continuous columns",
        ceiling=digamma_n,
    ),
    "ksg-corrected": Estimator(
        function="neighbors:mutual_information_ksg_corrected",
        variables=CONTINUOUS,
        family="neighbors",
        use="ksg minus its own bias on Gaussians of the same correlations; many columns",
    ),
    "lnc": Estimator(
        function="neighbors:mutual_information_lnc",
        variables=CONTINUOUS,
        family="neighbors",
        use="ksg for nearly deterministic relations, corrected for stretched neighbourhoods",
    ),
    "mixed": Estimator(
        function="neighbors:mutual_information_mixed",
        variables=CONTINUOUS,
        family="neighbors",
        use="columns that repeat some values exactly (ReLU zeros) and vary otherwise",
        ceiling=digamma_n,
    ),
    "ross": Estimator(
        function="neighbors:mutual_information_ross",
        variables=("continuous", "discrete"),
        family="neighbors",
        use="continuous columns against labels",
        ceiling=digamma_labels,
    ),
    "gaussian": Estimator(
        function="gaussian:mutual_information_gaussian",
        variables=CONTINUOUS,
        family="gaussian",
        use="linear dependence only; exact for Gaussians in any dimension",
    ),
    "copula": Estimator(
        function="gaussian:mutual_information_gaussian",
        variables=CONTINUOUS,
        family="gaussian",
        use="the same on ranks: monotone dependence with any marginals, heavy tails too",
        preset={"copula": True},
    ),
    **_mixture("mutual_information", ("continuous", "discrete")),
    "infonce": _variational(
        "neural lower bound of low variance that cannot exceed log K",
        function="variational:mutual_information_variational",
        preset={"bound": "infonce"},
        bound="lower",
    ),
    "nwj": _variational(
        "neural lower bound, unbiased on held-out data, of high variance",
        function="variational:mutual_information_variational",
        preset={"bound": "nwj"},
        bound="lower",
    ),
    "donsker-varadhan": _variational(
        "MINE: a lower bound only in the limit of many samples; may overshoot before",
        function="variational:mutual_information_variational",
        preset={"bound": "donsker-varadhan"},
    ),
    "smile": _variational(
        "MINE with clipped ratios: less variance, no promise of a side",
        function="variational:mutual_information_variational",
        preset={"bound": "smile"},
    ),
    "corrected-copula": _variational(
        "Student copula of the ranks plus what a critic finds beyond it; many columns; slow",
        function="variational:mutual_information_corrected_copula",
    ),
    "barber-agakov": Estimator(
        function="variational:mutual_information_barber_agakov",
        variables=("continuous", "discrete"),
        family="variational",
        use="learns to tell the labels from x; as tight as its classifier is good",
        bound="lower",
    ),
    "difference-of-entropies": _variational(
        "learns p(y) and p(y|x); for large information",
        function="variational:mutual_information_difference_of_entropies",
    ),
}

ENTROPY = _from_counts("entropy", ("discrete",)) | {
    "binned": Estimator(
        function="binning:entropy_binned",
        variables=("continuous",),
        family="counts",
        use="entropy of the cells, not of x: it grows without limit as the bins shrink",
        ceiling=log_n,
    ),
    "neighbors": Estimator(
        function="neighbors:entropy_neighbors",
        variables=("continuous",),
        family="neighbors",
        use="differential entropy of a few continuous columns (Kozachenko-Leonenko)",
    ),
    "gaussian": Estimator(
        function="gaussian:entropy_gaussian",
        variables=("continuous",),
        family="gaussian",
        use="differential entropy of the Gaussian with the same covariance: the largest possible",
    ),
    **_mixture("entropy", ("continuous",)),
}
