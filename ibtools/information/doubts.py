"""Reasons to distrust an estimate that can be seen from its value and the shape of the data."""

import numpy as np

from ibtools.information.catalogue import Estimator
from ibtools.information.discrete import n_distinct

NEAR_CEILING = 0.9
REPEATED_SHARE = 0.01
DISTINCT_SHARE = 0.9
EXACT = 14  # nats for each column: noise of a millionth


def repeated_share(x: np.ndarray) -> float:
    """Largest share, over the columns of x, of samples whose value another sample has too."""
    shares = []
    for column in x.reshape(len(x), -1).T:
        counts = np.unique(column, return_counts=True)[1]
        shares.append(counts[counts > 1].sum() / len(x))
    return max(shares)


def doubts(
    estimator: Estimator,
    name: str,
    value: float,
    ceiling: float,
    samples: dict[str, np.ndarray],
    settings: dict,
) -> list[str]:
    """Sentences, none when nothing is suspicious. value, ceiling: in nats; samples: by name."""
    n = len(next(iter(samples.values())))
    continuous = {
        variable: values
        for (variable, values), kind in zip(samples.items(), estimator.variables, strict=True)
        if kind == "continuous"
    }
    found = []
    if estimator.ceiling and value > NEAR_CEILING * ceiling:
        found.append(
            f"{value / ceiling:.0%} of the ceiling of {name} at n = {n}: more information, or "
            f"none that is real, would read the same"
        )
    for variable, values in samples.items():
        # About the plug-in the ceiling and the number of cells say as much.
        if variable in continuous or name == "plug-in":
            continue
        distinct = n_distinct(values)
        if distinct > DISTINCT_SHARE * n:
            found.append(
                f"{variable} is taken as symbols, and has {distinct} different ones in {n} "
                f"samples: too little repeats to be counted"
            )
    if len(samples) == 2 and estimator.family in ("neighbors", "gaussian"):
        columns = min(values.reshape(n, -1).shape[1] for values in samples.values())
        if value > EXACT * columns:
            found.append(
                "columns determine each other within a millionth: the true information may be "
                "infinite, and the number tells rounding, or that the samples are few"
            )
    if estimator.family == "neighbors":
        dimension = sum(values.reshape(n, -1).shape[1] for values in continuous.values())
        if dimension > 2 * np.log10(n):
            found.append(
                f"{dimension} columns are many for n = {n}: the nearest neighbours are far away, "
                f"and strong dependence is underestimated"
            )
    if estimator.family in ("neighbors", "variational") and name != "mixed":
        for variable, values in continuous.items():
            share = repeated_share(values)
            if share > REPEATED_SHARE:
                found.append(
                    f"{share:.0%} of the values in a column of {variable} repeat, where a "
                    f'continuous variable would not: consider estimator="mixed"'
                )
    if ceiling < np.inf and estimator.family == "counts" and len(samples) == 2:
        # The two without a correction of their own: plug-in and binned.
        cells = [_cells(values, settings) for values in samples.values()]
        bias = (cells[0] - 1) * (cells[1] - 1) / (2 * n)
        if bias > 0.01 and bias > 0.1 * value:
            found.append(
                f"{cells[0]} × {cells[1]} cells are many for n = {n}: counting shows information "
                f"where there is none, about {min(bias, *np.log(cells)):.2g} nats of it"
            )
    return found


def _cells(values: np.ndarray, settings: dict) -> int:
    """Number of symbols of a variable, or an upper limit of its cells when it is binned."""
    if "n_bins" not in settings:
        return n_distinct(values)
    return min(len(values), settings["n_bins"] ** values.reshape(len(values), -1).shape[1])
