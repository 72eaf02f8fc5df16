"""Training deep linear networks to the end, measured on the way; keeping and getting back that."""

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from tqdm.auto import tqdm

from ibtools.networks.deep_linear import LinearSnapshot, linear_maps, linear_training
from ibtools.networks.snapshots import snapshot_epochs
from ibtools.networks.student_teacher import StudentTeacherSettings
from ibtools.plane.linear import generalisation_error, linear_information
from ibtools.plane.linear_trajectory import AXES, LinearTrajectory
from ibtools.records import read_record, write_record


def _measured(
    snapshot: LinearSnapshot, settings: StudentTeacherSettings, measurement_noise: float
) -> dict[str, np.ndarray]:
    maps = linear_maps(snapshot.weights)
    told = [
        linear_information(
            linear_map,
            snapshot.teacher,
            n_relevant=settings.relevant,
            output_noise=settings.output_noise,
            measurement_noise=measurement_noise,
        )._asdict()
        for linear_map in maps
    ]
    return {name: np.stack([layer[name] for layer in told], axis=-1) for name in told[0]} | {
        "train_error": snapshot.train_error,
        "generalisation_error": generalisation_error(
            maps[-1], snapshot.teacher, output_noise=settings.output_noise
        ),
    }


def record_linear(
    settings: StudentTeacherSettings,
    *,
    n_snapshots: int = 150,
    measurement_noise: float = 0.01,
    progress: bool | None = None,
) -> LinearTrajectory:
    """Train an ensemble of students and measure all layers at about n_snapshots log-spaced epochs.

    progress: show a bar; by default only in a terminal. Raises the errors of `linear_training`
    and `linear_information`.
    """
    epochs = snapshot_epochs(settings.epochs, n_snapshots)
    shown = sys.stderr.isatty() if progress is None else progress
    with tqdm(total=settings.epochs, unit="epoch", disable=not shown) as bar:
        run = linear_training(settings, epochs, on_epoch=lambda _: bar.update())
        measured = [_measured(snapshot, settings, measurement_noise) for snapshot in run]
    return LinearTrajectory(
        epochs=np.array(epochs),
        settings=settings.as_dict(),
        measurement_noise=measurement_noise,
        **{name: np.stack([m[name] for m in measured], axis=1) for name in measured[0]},
    )


def save_linear_record(
    trajectory: LinearTrajectory, path: Path, *, command: str, seconds: float, facts: dict
) -> None:
    """Write path.npz, values as float32, and path.json.  facts: what else the JSON should say."""
    arrays = {
        name: values.astype(np.float32 if values.dtype == float else np.int32)
        for name, values in trajectory.arrays().items()
    }
    own = {"settings": trajectory.settings, "measurement_noise": trajectory.measurement_noise}
    write_record(path, arrays, facts | own, command=command, seconds=seconds)


def load_linear_record(path: Path) -> LinearTrajectory:
    """Read what `save_linear_record` wrote; errors as `ibtools.records.read_record`."""

    def build(facts: dict, stored: Mapping[str, np.ndarray]) -> LinearTrajectory:
        arrays = {name: stored[name] for name in AXES}
        return LinearTrajectory(
            settings=facts["settings"], measurement_noise=facts["measurement_noise"], **arrays
        )

    return read_record(path, build)
