"""Measured snapshots as the small JSON that the widgets draw.

A frame is one snapshot, a run a whole trajectory; the fields are described in lab/frames.js.
"""

from collections.abc import Mapping

import numpy as np

from ibtools.datasets import DATASETS
from ibtools.plane import Trajectory
from ibtools.widgets.page_training import PAGE_DATASETS
from ibtools.widgets.page_widget import rounded, thinned

MAX_SNAPSHOTS = 60
# Three runs fit into what a committed cell may hold.
MAX_RUN_BYTES = 130_000


def frames(trajectory: Trajectory, batch: int) -> list[dict]:
    """One frame for each snapshot.  batch: see `batch_of`."""
    names, listed = _listed(trajectory, batch)
    return [
        {"epoch": epoch, "layer_names": names}
        | {field: values[i] for field, values in listed.items()}
        for i, epoch in enumerate(trajectory.epochs.tolist())
    ]


def run(label: str, trajectory: Trajectory) -> dict:
    """A trajectory, thinned to at most MAX_SNAPSHOTS snapshots and MAX_RUN_BYTES of JSON."""
    batch = _batch_of_record(trajectory.settings)
    return thinned(
        lambda kept: _run(label, trajectory.at(trajectory.epochs[kept]), batch),
        len(trajectory.epochs),
        at_most=MAX_SNAPSHOTS,
        max_bytes=MAX_RUN_BYTES,
    )


def batch_of(settings: Mapping, n_inputs: int) -> int:
    """How many samples a step learns from: a batch, at most the training set of so many inputs."""
    n_train = round(n_inputs * settings["train_fraction"])
    return min(settings["batch_size"] or n_train, n_train)


def _run(label: str, trajectory: Trajectory, batch: int | None) -> dict:
    names, listed = _listed(trajectory, batch)
    return {
        "label": label,
        "settings": trajectory.settings,
        "estimator": trajectory.estimator,
        "layer_names": names,
        "epochs": trajectory.epochs.tolist(),
    } | listed


def _batch_of_record(settings: Mapping) -> int | None:
    """The batch as it was asked for where a record does not tell the size of its data."""
    sizes = {made.name: len(made.y) for made in (DATASETS[name]() for name in PAGE_DATASETS)}
    n_inputs = sizes.get(settings["dataset"])
    return batch_of(settings, n_inputs) if n_inputs else settings["batch_size"]


def _listed(trajectory: Trajectory, batch: int | None) -> tuple[list[str], dict[str, list]]:
    """Names of the layers, and by field a list over the snapshots.

    A layer that has no information (the output of noisy networks) is left out.
    """
    told = np.flatnonzero(~np.isnan(trajectory.I_XT).any(axis=(0, 1)))

    def by_layer(values: np.ndarray) -> list:
        return rounded(values[..., told].transpose(1, 2, 0), 3)

    listed = {
        "information_x": by_layer(trajectory.I_XT),
        "information_y": by_layer(trajectory.I_TY),
        "histograms": _per_mille(trajectory.histograms[:, told]),
    }
    if trajectory.I_XT_low is not None:
        listed["band_x"] = _band(by_layer(trajectory.I_XT_low), by_layer(trajectory.I_XT_high))
        listed["band_y"] = _band(by_layer(trajectory.I_TY_low), by_layer(trajectory.I_TY_high))
    if batch:
        listed["signal_to_noise"] = _medians(trajectory.gradient_snr(batch)[..., told])
    for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy"):
        listed[name] = rounded(getattr(trajectory, name).mean(axis=0), 4)
    return [trajectory.layer_names[i] for i in told], listed


def _per_mille(shares: np.ndarray) -> list:
    return np.rint(1000 * np.asarray(shares, dtype=float)).astype(int).tolist()


def _band(low: list, high: list) -> list[dict]:
    return [{"low": each, "high": other} for each, other in zip(low, high, strict=True)]


def _medians(ratios: np.ndarray) -> list:
    """The median over the networks that have a ratio, or None: (networks, snapshots, layers)."""

    def median(values: np.ndarray) -> float | None:
        known = values[~np.isnan(values)]
        return float(f"{np.median(known):.3g}") if known.size else None

    return [[median(layer) for layer in snapshot.T] for snapshot in ratios.transpose(1, 0, 2)]
