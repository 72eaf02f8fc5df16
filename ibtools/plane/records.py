"""Running an experiment to its end, keeping it in a file, and getting it back."""

import sys
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from tqdm.auto import tqdm

from ibtools.datasets import Dataset
from ibtools.networks import TrainingSettings, snapshot_epochs, training
from ibtools.plane.measure import measure
from ibtools.plane.trajectory import AXES, Trajectory
from ibtools.records import read_record, write_record


class InterruptedTraining(UserWarning):
    """The training was interrupted; the trajectory ends early."""


def record(
    dataset: Dataset,
    settings: TrainingSettings,
    *,
    n_snapshots: int = 80,
    n_bins: int = 30,
    low: float = -1.0,
    high: float = 1.0,
    relevant: np.ndarray | None = None,
    progress: bool | None = None,
) -> Trajectory:
    """Train an ensemble and measure all its layers at log-spaced epochs.

    relevant: the Y of I(T;Y), labels (samples,) or probabilities p(y|x) (samples, labels); by
    default the labels of the data set, on which the networks are trained in any case.
    progress: show a bar; by default only in a terminal.
    Interrupted (Ctrl-C, the stop button), it warns and returns what was measured so far.
    Raises the errors of `training` and `layer_information`.
    """
    epochs = snapshot_epochs(settings.epochs, n_snapshots)
    y = dataset.y if relevant is None else relevant
    shown = sys.stderr.isatty() if progress is None else progress
    measurements = []
    with tqdm(total=settings.epochs, unit="epoch", disable=not shown) as bar:
        try:
            for snapshot in training(dataset, settings, epochs, on_epoch=lambda _: bar.update()):
                measurements.append(measure(snapshot, y, n_bins=n_bins, low=low, high=high))
        except KeyboardInterrupt:
            if not measurements:
                raise
            last = measurements[-1].epoch
            warnings.warn(
                f"interrupted: the trajectory ends at epoch {last} of {settings.epochs}",
                InterruptedTraining,
                stacklevel=2,
            )
    return Trajectory.from_measurements(
        measurements,
        settings={"dataset": dataset.name, **settings.as_dict()},
        estimator={"name": "binning", "n_bins": n_bins, "low": low, "high": high},
    )


def save_record(trajectory: Trajectory, path: Path, *, command: str, seconds: float) -> None:
    """Write path.npz and path.json. Values are kept as float32, histograms as float16."""
    arrays = {
        name: values.astype(
            np.float16 if name == "histograms" else np.float32 if values.dtype == float
            else np.int32 if values.dtype == np.int64 else values.dtype
        )
        for name, values in trajectory.arrays().items()
    }  # fmt: skip
    facts = {"settings": trajectory.settings, "estimator": trajectory.estimator}
    write_record(path, arrays, facts, command=command, seconds=seconds)


def load_record(path: Path) -> Trajectory:
    """Read what `save_record` wrote; nothing in the files is ever executed.

    Raises FileNotFoundError when either file is missing and ValueError when one is damaged or is
    not a record.
    """

    def build(facts: dict, stored: Mapping[str, np.ndarray]) -> Trajectory:
        arrays = {name: stored[name] for name in AXES}
        return Trajectory(settings=facts["settings"], estimator=facts["estimator"], **arrays)

    return read_record(path, build)
