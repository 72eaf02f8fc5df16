"""One snapshot of an ensemble, measured: the point of every layer in the information plane."""

from dataclasses import dataclass, fields

import numpy as np

from ibtools.information import bin_histogram, layer_information, n_distinct
from ibtools.networks import Progress, Snapshot


@dataclass(frozen=True, kw_only=True)
class Measurement(Progress):
    """What is kept of a Snapshot once its activations are gone.

    I_XT, I_TY: bits, of the binned layers; n_distinct: how many inputs the *unbinned* float32
    activations keep apart; all (networks, layers).  histogram: (layers, bins) share of the
    activations in each bin, over all networks.
    """

    I_XT: np.ndarray
    I_TY: np.ndarray
    n_distinct: np.ndarray
    histogram: np.ndarray


def measure(
    snapshot: Snapshot, y: np.ndarray, *, n_bins: int = 30, low: float = -1.0, high: float = 1.0
) -> Measurement:
    """Binned I(X;T) and I(T;Y) of every layer of every network, and what goes with them.

    y: (samples,) labels, or (samples, labels) probabilities p(y|x).
    n_bins, low, high: see ibtools.information.layer_information, which also says what the numbers
    mean and which errors are raised.
    """
    bins = {"n_bins": n_bins, "low": low, "high": high}
    layers = [layer_information(t, y, **bins) for t in snapshot.activations]
    return Measurement(
        I_XT=np.stack([i_xt for i_xt, _ in layers], axis=-1),
        I_TY=np.stack([i_ty for _, i_ty in layers], axis=-1),
        n_distinct=np.array([[n_distinct(t) for t in layer] for layer in snapshot.activations]).T,
        histogram=np.stack([bin_histogram(t, **bins) for t in snapshot.activations]),
        **{field.name: getattr(snapshot, field.name) for field in fields(Progress)},
    )
