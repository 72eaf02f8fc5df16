"""Measured snapshots as the small JSON that the widgets draw.

A frame is one snapshot, a run a whole trajectory; the fields are described at the top of
information_plane_lab.js.
"""

import numpy as np

from ibtools.plane import Measurement, Trajectory
from ibtools.plane.axes import layer_names
from ibtools.widgets.page_widget import rounded, thinned

MAX_SNAPSHOTS = 60
# Three runs fit into what a committed cell may hold.
MAX_RUN_BYTES = 130_000


def _per_mille(shares: np.ndarray) -> list:
    return np.rint(1000 * np.asarray(shares, dtype=float)).astype(int).tolist()


def frame(measurement: Measurement) -> dict:
    """One snapshot; losses and accuracies are means over the networks."""
    return {
        "epoch": int(measurement.epoch),
        "layer_names": layer_names(measurement.I_XT.shape[1]),
        "information_x": rounded(measurement.I_XT.T, 3),
        "information_y": rounded(measurement.I_TY.T, 3),
        "histograms": _per_mille(measurement.histogram),
    } | {
        name: rounded(getattr(measurement, name).mean(), 4)
        for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
    }


def run(label: str, trajectory: Trajectory) -> dict:
    """A trajectory, thinned to at most MAX_SNAPSHOTS snapshots and MAX_RUN_BYTES of JSON."""
    return thinned(
        lambda kept: _run(label, trajectory.at(trajectory.epochs[kept])),
        len(trajectory.epochs),
        at_most=MAX_SNAPSHOTS,
        max_bytes=MAX_RUN_BYTES,
    )


def _run(label: str, trajectory: Trajectory) -> dict:
    return {
        "label": label,
        "settings": trajectory.settings,
        "layer_names": trajectory.layer_names,
        "epochs": trajectory.epochs.tolist(),
        "information_x": rounded(trajectory.I_XT.transpose(1, 2, 0), 3),
        "information_y": rounded(trajectory.I_TY.transpose(1, 2, 0), 3),
        "histograms": _per_mille(trajectory.histograms),
    } | {
        name: rounded(getattr(trajectory, name).mean(axis=0), 4)
        for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
    }
