"""One snapshot of an ensemble, measured: the point of every layer in the information plane."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from ibtools.information import bin_histogram, n_distinct
from ibtools.networks import Progress, Snapshot
from ibtools.plane.estimators import BINNING, information


@dataclass(frozen=True, kw_only=True)
class Measurement(Progress):
    """What is kept of a Snapshot once its activations are gone.

    I_XT, I_TY: bits, by the estimator.  I_XT_low … I_TY_high: where the estimator gives bounds or
    an error, the band around them, else None.  n_distinct: how many inputs the activations keep
    apart, as the computer holds them.  n_constant: how many units answer every input alike.
    class_spread: of noisy networks, see ibtools.plane.clustering.
    All (networks, layers).  histogram: (layers, bins) share of the activations in each bin, over
    all networks: the bins of the (first) estimator if it has a fixed range, else 30 on [-1, 1];
    what lies beyond is in the first and the last.
    """

    I_XT: np.ndarray
    I_TY: np.ndarray
    n_distinct: np.ndarray
    n_constant: np.ndarray
    histogram: np.ndarray
    I_XT_low: np.ndarray | None = None
    I_XT_high: np.ndarray | None = None
    I_TY_low: np.ndarray | None = None
    I_TY_high: np.ndarray | None = None
    class_spread: np.ndarray | None = None


def layer_histograms(snapshot: Snapshot, estimator: Mapping) -> np.ndarray:
    """Share of each layer's activations in each bin, (layers, bins), over all networks.

    The bins are the estimator's own if it has a fixed range, else 30 on [-1, 1].
    """
    fixed = estimator.get("bins", "equal") == "equal"
    bins = {key: estimator[key] for key in ("n_bins", "low", "high") if fixed and key in estimator}
    return np.stack([bin_histogram(t, **bins) for t in snapshot.activations])


def measure(
    snapshot: Snapshot, x: np.ndarray, y: np.ndarray, *, estimator: dict = BINNING
) -> Measurement:
    """I(X;T) and I(T;Y) of every layer of every network, and what goes with them.

    x: (samples, inputs).  y: (samples,) labels, or, for binning, probabilities p(y|x) (samples,
    labels).  estimator: see ibtools.plane.estimators, which also says which errors are raised.
    """
    return measure_each(snapshot, x, y, {"": estimator})[""]


def measure_each(
    snapshot: Snapshot, x: np.ndarray, y: np.ndarray, estimators: Mapping[str, dict]
) -> dict[str, Measurement]:
    """`measure` by several estimators at once, under the names given to them."""
    if not estimators:
        raise ValueError("estimators must name at least one, got none")
    layers = snapshot.activations
    first = next(iter(estimators.values()))
    shared = {field.name: getattr(snapshot, field.name) for field in fields(Progress)} | {
        "n_distinct": np.array([[n_distinct(t) for t in layer] for layer in layers]).T,
        "n_constant": np.stack([(np.ptp(t, axis=1) == 0).sum(axis=-1) for t in layers], axis=-1),
        "histogram": layer_histograms(snapshot, first),
    }
    return {
        name: Measurement(**shared, **information(snapshot, x, y, estimator))
        for name, estimator in estimators.items()
    }
