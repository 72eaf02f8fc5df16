"""An experiment that takes longer than a page may: its settings, what it found, and the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from ibtools.records import read_record, write_record


@dataclass(frozen=True)
class Findings:
    """What came out of a study: arrays by name; their axes are told by the experiment.

    settings: all of those that the experiment was given, as they stand in a JSON.
    """

    settings: dict[str, Any]
    arrays: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        """The array of this name. Raises KeyError that lists the names when there is none."""
        if name not in self.arrays:
            raise KeyError(f"name must be one of {sorted(self.arrays)}, got {name!r}")
        return self.arrays[name]

    def rows(self) -> list[str]:
        """A line for each array: name, shape, smallest, mean and largest."""
        widest = max(map(len, self.arrays))
        return [
            f"{name:{widest}}  {'×'.join(map(str, values.shape)) or 'one number':>12}  "
            f"{values.min():.4g} to {values.max():.4g}, mean {values.mean():.4g}"
            for name, values in self.arrays.items()
        ]


@dataclass(frozen=True)
class Study:
    """question: what it is for, in a line.

    experiment(**settings): returns arrays by name; the same settings give the same arrays.
    settings: numbers, strings, tuples of them.  short: those that differ in a quick try.
    """

    question: str
    experiment: Callable[..., Mapping[str, np.ndarray]]
    settings: dict[str, Any]
    short: dict[str, Any] = field(default_factory=dict)

    def quick(self) -> "Study":
        return replace(self, settings=self.settings | self.short)

    def run(self) -> Findings:
        arrays = self.experiment(**self.settings)
        return Findings(self.settings, {name: np.asarray(a) for name, a in arrays.items()})


def save_findings(findings: Findings, path: Path, *, command: str, seconds: float) -> None:
    """Write path.npz and path.json; float64 is kept as float32."""
    arrays = {
        name: values.astype(np.float32) if values.dtype == np.float64 else values
        for name, values in findings.arrays.items()
    }
    facts = {"settings": findings.settings}
    write_record(path, arrays, facts, command=command, seconds=seconds)


def load_findings(path: Path) -> Findings:
    """Read what `save_findings` wrote; nothing in the files is ever executed.

    Raises FileNotFoundError when either file is missing and ValueError when one is damaged.
    """

    def build(facts: dict, stored: Mapping[str, np.ndarray]) -> Findings:
        return Findings(facts["settings"], dict(stored))

    return read_record(path, build)
