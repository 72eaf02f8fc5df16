"""Measured snapshots as the small JSON that the widgets draw.

A frame is one snapshot, a run a whole trajectory; the fields are described at the top of
information_plane_lab.js.
"""

import json

import numpy as np

from ibtools.plane import Measurement, Trajectory

MAX_SNAPSHOTS = 60
MAX_RUN_BYTES = 150_000


def _rounded(values: np.ndarray, decimals: int) -> list:
    return np.asarray(values, dtype=float).round(decimals).tolist()


def _per_mille(shares: np.ndarray) -> list:
    return np.rint(1000 * np.asarray(shares, dtype=float)).astype(int).tolist()


def frame(measurement: Measurement) -> dict:
    """One snapshot; losses and accuracies are means over the networks."""
    n_hidden = measurement.I_XT.shape[1] - 1
    return {
        "epoch": int(measurement.epoch),
        "layer_names": [f"T{i}" for i in range(1, n_hidden + 1)] + ["Ŷ"],
        "information_x": _rounded(measurement.I_XT.T, 3),
        "information_y": _rounded(measurement.I_TY.T, 3),
        "histograms": _per_mille(measurement.histogram),
    } | {
        name: _rounded(getattr(measurement, name).mean(), 4)
        for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
    }


def run(label: str, trajectory: Trajectory) -> dict:
    """A trajectory, thinned to at most MAX_SNAPSHOTS snapshots and MAX_RUN_BYTES of JSON."""
    n_snapshots = min(len(trajectory.epochs), MAX_SNAPSHOTS)
    while True:
        kept = np.linspace(0, len(trajectory.epochs) - 1, n_snapshots).round().astype(int)
        thinned = _run(label, trajectory.at(trajectory.epochs[kept]))
        size = len(json.dumps(thinned).encode())
        if size <= MAX_RUN_BYTES or n_snapshots <= 2:
            return thinned
        n_snapshots = max(2, min(n_snapshots - 1, n_snapshots * MAX_RUN_BYTES // size))


def _run(label: str, trajectory: Trajectory) -> dict:
    return {
        "label": label,
        "settings": trajectory.settings,
        "layer_names": trajectory.layer_names,
        "epochs": trajectory.epochs.tolist(),
        "information_x": _rounded(trajectory.I_XT.transpose(1, 2, 0), 3),
        "information_y": _rounded(trajectory.I_TY.transpose(1, 2, 0), 3),
        "histograms": _per_mille(trajectory.histograms),
    } | {
        name: _rounded(getattr(trajectory, name).mean(axis=0), 4)
        for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
    }
