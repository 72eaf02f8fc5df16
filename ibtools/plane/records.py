"""Trajectories in files: those of one ensemble, by all its estimators, in one record."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ibtools.plane.trajectory import AXES, OPTIONAL, Trajectory
from ibtools.records import read_record, write_record

# What an estimator reads; everything else is the same for all.
INFORMATION = ("I_XT", "I_TY", *OPTIONAL)


def _compact(name: str, values: np.ndarray) -> np.ndarray:
    if name == "histograms":
        return values.astype(np.float16)
    if values.dtype == float:
        return values.astype(np.float32)
    return values.astype(np.int32) if values.dtype == np.int64 else values


def save_record(
    trajectories: Trajectory | Mapping[str, Trajectory],
    path: Path,
    *,
    command: str,
    seconds: float,
    facts: Mapping | None = None,
) -> None:
    """Write path.npz and path.json. Values are kept as float32, histograms as float16.

    trajectories: one, or those of one training by estimator.  facts: what else the JSON shall say.
    """
    if isinstance(trajectories, Trajectory):
        trajectories = {trajectories.estimator["name"]: trajectories}
    arrays, estimators = {}, {}
    for estimator, trajectory in trajectories.items():
        estimators[estimator] = trajectory.estimator
        for name, values in trajectory.arrays().items():
            key = f"{estimator}/{name}" if name in INFORMATION else name
            arrays[key] = _compact(name, values)
    known = {"settings": trajectory.settings, "estimators": estimators}
    write_record(path, arrays, {**(facts or {}), **known}, command=command, seconds=seconds)


def load_records(path: Path) -> dict[str, Trajectory]:
    """Read what `save_record` wrote, by estimator; nothing in the files is ever executed.

    Raises FileNotFoundError when either file is missing and ValueError when one is damaged or is
    not a record.
    """

    def build(facts: dict, stored: Mapping[str, np.ndarray]) -> dict[str, Trajectory]:
        shared = {name: stored[name] for name in AXES if name not in INFORMATION}
        return {
            name: Trajectory(
                settings=facts["settings"],
                estimator=estimator,
                **shared,
                **{
                    quantity: stored[f"{name}/{quantity}"]
                    for quantity in INFORMATION
                    if f"{name}/{quantity}" in stored
                },
            )
            for name, estimator in facts["estimators"].items()
        }

    return read_record(path, build)


def load_record(path: Path, estimator: str | None = None) -> Trajectory:
    """One trajectory of a record: that of the estimator named, or of the first.

    Raises ValueError for a name that the record does not have, and the errors of `load_records`.
    """
    trajectories = load_records(path)
    name = next(iter(trajectories)) if estimator is None else estimator
    if name not in trajectories:
        raise ValueError(f"estimator must be one of {', '.join(trajectories)}, got {name!r}")
    return trajectories[name]
