"""Running an experiment to its end, keeping it in a file, and getting it back.

A record is two files: NAME.npz with the arrays, loaded without pickle, and NAME.json with
everything needed to make it again: settings, estimator, command, versions, time taken.
"""

import json
import sys
import time
import warnings
import zipfile
from pathlib import Path

import numpy as np
from tqdm.auto import tqdm

from ibtools.datasets import Dataset
from ibtools.networks import TrainingSettings, snapshot_epochs, training
from ibtools.plane.measure import measure
from ibtools.plane.trajectory import AXES, Trajectory


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
    progress: bool | None = None,
) -> Trajectory:
    """Train an ensemble and measure all its layers at log-spaced epochs.

    progress: show a bar; by default only in a terminal.
    Interrupted (Ctrl-C, the stop button), it warns and returns what was measured so far.
    Raises the errors of `training` and `layer_information`.
    """
    epochs = snapshot_epochs(settings.epochs, n_snapshots)
    shown = sys.stderr.isatty() if progress is None else progress
    measurements = []
    with tqdm(total=settings.epochs, unit="epoch", disable=not shown) as bar:
        try:
            for snapshot in training(dataset, settings, epochs, on_epoch=lambda _: bar.update()):
                measurements.append(measure(snapshot, dataset.y, n_bins=n_bins, low=low, high=high))
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
    import scipy
    import torch

    path = Path(path)
    arrays = {
        name: values.astype(
            np.float16 if name == "histograms" else np.float32 if values.dtype == float
            else np.int32 if values.dtype == np.int64 else values.dtype
        )
        for name, values in trajectory.arrays().items()
    }  # fmt: skip
    np.savez_compressed(path.with_suffix(".npz"), allow_pickle=False, **arrays)
    provenance = {
        "command": command,
        "settings": trajectory.settings,
        "estimator": trajectory.estimator,
        "versions": {
            "python": sys.version.split()[0],
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "torch": torch.__version__,
        },
        "seconds": round(seconds, 1),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
    }
    path.with_suffix(".json").write_text(
        json.dumps(provenance, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def load_record(path: Path) -> Trajectory:
    """Read what `save_record` wrote; nothing in the files is ever executed.

    Raises FileNotFoundError when either file is missing and ValueError when one is damaged or is
    not a record.
    """
    path = Path(path)
    try:
        provenance = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        # Opened here, since NumPy leaves a damaged file open.
        with path.with_suffix(".npz").open("rb") as file:
            stored = np.load(file, allow_pickle=False)
            arrays = {name: stored[name] for name in AXES}
        return Trajectory(
            settings=provenance["settings"], estimator=provenance["estimator"], **arrays
        )
    except (KeyError, TypeError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"path: {path} is not a readable record ({error})") from error
