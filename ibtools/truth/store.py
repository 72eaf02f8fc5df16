"""Error tables and sweeps in files: estimates as float32 in NAME.npz, all else in NAME.json."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np

from ibtools.records import read_record, write_record
from ibtools.truth.errors import ErrorTable
from ibtools.truth.sweeps import ErrorSweep

Result = TypeVar("Result", ErrorTable, ErrorSweep)

# Large and needed to few digits; every other field of a result goes into the readable file.
ARRAYS = ("estimates", "seconds")
NUMBERS = ("information", "n_warnings")


def save_errors(result: Result, path: Path, *, command: str, seconds: float) -> None:
    """Write path.npz and path.json. command: what makes them again; seconds: what it took."""
    fields = dict(vars(result))
    arrays = {name: fields.pop(name).astype(np.float32) for name in ARRAYS if name in fields}
    facts = {name: value.tolist() if name in NUMBERS else value for name, value in fields.items()}
    write_record(path, arrays, facts, command=command, seconds=seconds)


def _load(path: Path, kind: type[Result]) -> Result:
    def field(name: str, facts: dict, stored: Mapping[str, np.ndarray]):
        if name in ARRAYS:
            return stored[name].astype(float)
        if name in NUMBERS:
            return np.array(facts[name])
        return tuple(facts[name]) if isinstance(facts[name], list) else facts[name]

    def build(facts: dict, stored: Mapping[str, np.ndarray]) -> Result:
        return kind(**{name: field(name, facts, stored) for name in kind.__dataclass_fields__})

    return read_record(path, build)


def load_errors(path: Path) -> ErrorTable:
    """Read the error table that `save_errors` wrote; nothing in the files is ever executed.

    Raises FileNotFoundError when either file is missing and ValueError when one is damaged or is
    no error table.
    """
    return _load(path, ErrorTable)


def load_sweep(path: Path) -> ErrorSweep:
    """Read the sweep that `save_errors` wrote; errors as for `load_errors`."""
    return _load(path, ErrorSweep)
