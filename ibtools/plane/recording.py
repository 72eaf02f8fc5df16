"""Training an ensemble to its end and keeping what was measured on the way."""

import sys
import warnings
from collections.abc import Mapping

from tqdm.auto import tqdm

from ibtools.datasets import Dataset
from ibtools.networks import TrainingSettings, snapshot_epochs, training
from ibtools.plane.estimators import BINNING, validated_estimator
from ibtools.plane.measure import measure_each
from ibtools.plane.trajectory import Trajectory


class InterruptedTraining(UserWarning):
    """The training was interrupted; the trajectory ends early."""


def record(
    dataset: Dataset,
    settings: TrainingSettings,
    *,
    estimator: dict = BINNING,
    n_snapshots: int = 80,
    progress: bool | None = None,
    device: str = "cpu",
) -> Trajectory:
    """Train an ensemble and measure all its layers at log-spaced epochs; see `record_each`."""
    return record_each(
        dataset,
        settings,
        {"": estimator},
        n_snapshots=n_snapshots,
        progress=progress,
        device=device,
    )[""]


def record_each(
    dataset: Dataset,
    settings: TrainingSettings,
    estimators: Mapping[str, dict],
    *,
    n_snapshots: int = 60,
    progress: bool | None = None,
    device: str = "cpu",
) -> dict[str, Trajectory]:
    """Train an ensemble once and measure all its layers at log-spaced epochs by each estimator.

    progress: show a bar; by default only in a terminal.  device: as PyTorch names it.
    Interrupted (Ctrl-C, the stop button), it warns and returns what was measured so far.
    Raises the errors of `training` and of the estimators.
    """
    epochs = snapshot_epochs(settings.epochs, n_snapshots)
    spelled = {name: validated_estimator(estimator) for name, estimator in estimators.items()}
    shown = sys.stderr.isatty() if progress is None else progress
    measured = []
    with tqdm(total=settings.epochs, unit="epoch", disable=not shown) as bar:
        try:
            for snapshot in training(
                dataset, settings, epochs, on_epoch=lambda _: bar.update(), device=device
            ):
                measured.append(measure_each(snapshot, dataset.x, dataset.y, spelled))
        except KeyboardInterrupt:
            if not measured:
                raise
            last = next(iter(measured[-1].values())).epoch
            warnings.warn(
                f"interrupted: the trajectory ends at epoch {last} of {settings.epochs}",
                InterruptedTraining,
                stacklevel=3,
            )
    return {
        name: Trajectory.from_measurements(
            [each[name] for each in measured],
            settings={"dataset": dataset.name, **settings.as_dict()},
            estimator=estimator,
        )
        for name, estimator in spelled.items()
    }
