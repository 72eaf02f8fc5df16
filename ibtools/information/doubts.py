"""Reasons to distrust an estimate that can be seen from its value and the shape of the data.

Each function here looks for one of them and tells it in a sentence, or says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ibtools.information.catalogue import Estimator
from ibtools.information.discrete import n_distinct
from ibtools.information.estimate import unit_name

NEAR_CEILING = 0.9
REPEATED_SHARE = 0.01
DISTINCT_SHARE = 0.9
EXACT = 14  # nats for each column: noise of a millionth


@dataclass(frozen=True)
class Case:
    """An estimate and what it was made from.

    value, ceiling: in nats.  base: of the unit that sentences are told in.  samples: by name.
    """

    estimator: Estimator
    name: str
    value: float
    ceiling: float
    base: float
    samples: dict[str, np.ndarray]
    settings: dict

    @property
    def n(self) -> int:
        return len(next(iter(self.samples.values())))

    def of_kind(self, kind: str) -> dict[str, np.ndarray]:
        """The variables that the estimator takes as "continuous" or "discrete"."""
        kinds = dict(zip(self.samples, self.estimator.variables, strict=True))
        return {name: x for name, x in self.samples.items() if kinds[name] == kind}


def doubts(case: Case) -> list[str]:
    """All sentences there are; none when nothing is suspicious."""
    looks = near_ceiling, hardly_any_repeats, exact, many_columns, repeats, many_cells
    return [sentence for look in looks for sentence in look(case)]


def n_columns(x: np.ndarray) -> int:
    return x.reshape(len(x), -1).shape[1]


def near_ceiling(case: Case) -> Iterator[str]:
    if case.estimator.ceiling and case.value > NEAR_CEILING * case.ceiling:
        yield (
            f"{case.value / case.ceiling:.0%} of the ceiling of {case.name} at n = {case.n}: more "
            f"information, or none that is real, would read the same"
        )


def hardly_any_repeats(case: Case) -> Iterator[str]:
    # About the plug-in its ceiling and the number of cells say as much.
    if case.name == "plug-in":
        return
    for name, values in case.of_kind("discrete").items():
        distinct = n_distinct(values)
        if distinct > DISTINCT_SHARE * case.n:
            yield (
                f"{name} is taken as symbols, and has {distinct} different ones in {case.n} "
                f"samples: too few repeats to be counted"
            )


def exact(case: Case) -> Iterator[str]:
    if len(case.samples) == 2 and case.estimator.family in ("neighbors", "gaussian"):
        fewest = min(n_columns(values) for values in case.samples.values())
        if case.value > EXACT * fewest:
            yield (
                "columns determine each other within a millionth: the true information may be "
                "infinite, and the number tells rounding, or that the samples are few"
            )


def many_columns(case: Case) -> Iterator[str]:
    if case.estimator.family == "neighbors":
        dimension = sum(n_columns(values) for values in case.of_kind("continuous").values())
        if dimension > 2 * np.log10(case.n):
            yield (
                f"{dimension} columns are many for n = {case.n}: the nearest neighbours are far "
                f"away, and strong dependence is underestimated"
            )


def repeated_share(x: np.ndarray) -> float:
    """Largest share, over the columns of x, of samples whose value another sample has too."""
    shares = []
    for column in x.reshape(len(x), -1).T:
        counts = np.unique(column, return_counts=True)[1]
        shares.append(counts[counts > 1].sum() / len(x))
    return max(shares)


def repeats(case: Case) -> Iterator[str]:
    if case.estimator.family in ("neighbors", "variational") and case.name != "mixed":
        for name, values in case.of_kind("continuous").items():
            share = repeated_share(values)
            if share > REPEATED_SHARE:
                yield (
                    f"{share:.0%} of the values in a column of {name} repeat, where a "
                    f'continuous variable would not: consider estimator="mixed"'
                )


def _cells(values: np.ndarray, settings: dict) -> int:
    """Number of symbols of a variable, or an upper limit of its cells when it is binned."""
    if "n_bins" not in settings:
        return n_distinct(values)
    return min(len(values), settings["n_bins"] ** n_columns(values))


def many_cells(case: Case) -> Iterator[str]:
    """The bias (K_x-1)(K_y-1)/2n of the two that do not correct it: plug-in and binned."""
    counted = case.estimator.family == "counts" and case.estimator.ceiling
    if not (counted and len(case.samples) == 2):
        return
    cells = [_cells(values, case.settings) for values in case.samples.values()]
    bias = (cells[0] - 1) * (cells[1] - 1) / (2 * case.n)
    shown = min(bias, *np.log(cells)) / np.log(case.base)
    if bias > 0.01 and bias > 0.1 * case.value:
        yield (
            f"{cells[0]} × {cells[1]} cells are many for n = {case.n}: counting shows information "
            f"where there is none, about {shown:.2g} {unit_name(case.base)} of it"
        )
