"""Every combination of some settings of an experiment, each under a name of its own."""

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

import numpy as np

from ibtools.networks import TrainingSettings
from ibtools.plane.experiment import Experiment

SETTINGS = tuple(field.name for field in fields(TrainingSettings))
AXES = (*SETTINGS, "dataset", "n_snapshots", "estimator")
# With what is added to it, a name has to fit the 255 bytes that file systems allow.
LONGEST_NAME = 150


def variations(experiment: Experiment, over: Mapping[str, Iterable]) -> dict[str, Experiment]:
    """The product of all axes of `over`, each varying what the experiment says.

    over: by axis, its values. An axis is a setting of TrainingSettings, "dataset", "n_snapshots" or
    "estimator", whose values are names of the experiment's estimators or estimators themselves.
    The last axis varies first. Names say what was varied, as in activation=relu,seed=1, and are
    fit for files on all systems.

    An axis of estimators trains the same networks again for each; estimators within one experiment
    measure the same activations.

    Raises ValueError for an axis that is not known or is empty, for values that cannot be, and for
    values that would give two experiments one name.
    """
    if not over:
        raise ValueError("over must name at least one axis, got none")
    axes = {axis: _values(axis, values) for axis, values in over.items()}
    found: dict[str, Experiment] = {}
    for combination in itertools.product(*axes.values()):
        chosen = dict(zip(axes, combination, strict=True))
        name = ",".join(f"{axis}={_label(value)}" for axis, value in chosen.items())
        if name.casefold() in {known.casefold() for known in found}:
            raise ValueError(f"over must give every experiment a name of its own, got {name} twice")
        if len(name) > LONGEST_NAME:
            raise ValueError(
                f"over must give names of at most {LONGEST_NAME} characters, got {name}; an "
                "estimator can be named in the experiment and chosen by its name"
            )
        try:
            found[name] = _varied(experiment, chosen)
        except TypeError as error:
            raise ValueError(f"over must hold values that fit their axes, got {name}") from error
    return found


def _values(axis: str, values: Iterable) -> list:
    if axis not in AXES:
        raise ValueError(f"over must have axes among {', '.join(AXES)}, got {axis!r}")
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise ValueError(f"over must list the values of {axis}, got {values!r}")
    listed = [value.item() if isinstance(value, np.generic) else value for value in values]
    if not listed:
        raise ValueError(f"over must give {axis} at least one value, got none")
    return listed


def _label(value) -> str:
    """The value as a part of a file name."""
    if isinstance(value, Mapping):
        settings = (f"{key}-{_label(each)}" for key, each in value.items() if key != "name")
        return "-".join([_label(value.get("name")), *settings])
    if isinstance(value, tuple | list):
        return "-".join(map(_label, value))
    return re.sub(r"[^\w.+-]+", "-", str(value), flags=re.ASCII)


def _varied(experiment: Experiment, chosen: Mapping) -> Experiment:
    settings = {axis: value for axis, value in chosen.items() if axis in SETTINGS}
    changes = {axis: chosen[axis] for axis in ("dataset", "n_snapshots") if axis in chosen}
    if "estimator" in chosen:
        changes["estimators"] = _estimators(experiment, chosen["estimator"])
    return replace(experiment, settings=replace(experiment.settings, **settings), **changes)


def _estimators(experiment: Experiment, chosen: str | Mapping) -> dict[str, dict]:
    if isinstance(chosen, Mapping):
        return {chosen.get("name"): dict(chosen)}
    if chosen not in experiment.estimators:
        raise ValueError(
            f"estimator must be one of {', '.join(experiment.estimators)} or say its settings, "
            f"got {chosen!r}"
        )
    return {chosen: experiment.estimators[chosen]}
