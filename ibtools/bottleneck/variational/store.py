"""Sweeps of trained bottlenecks in files: arrays in NAME.npz, settings in NAME.json."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import numpy as np

from ibtools.bottleneck.variational.sweep import VariationalSweep
from ibtools.records import read_record, write_record

FACTS = ("kind", "settings", "data", "train_fraction")
EXACT = ("betas", "seeds", "epochs")


def save_sweep(sweep: VariationalSweep, path: Path, *, command: str, seconds: float) -> None:
    """Write path.npz and path.json. command: what makes them again; seconds: what it took."""
    values = dict(vars(sweep))
    facts = {name: values.pop(name) for name in FACTS}
    arrays = {
        name: value if name in EXACT else value.astype(np.float32) for name, value in values.items()
    }
    write_record(path, arrays, facts, command=command, seconds=seconds)


def load_sweep(path: Path) -> VariationalSweep:
    """Read the sweep that `save_sweep` wrote; nothing in the files is ever executed.

    Raises FileNotFoundError when either file is missing and ValueError when one is damaged or is
    no sweep.
    """

    def build(facts: dict, stored: Mapping[str, np.ndarray]) -> VariationalSweep:
        names = [item.name for item in fields(VariationalSweep)]
        return VariationalSweep(**{n: facts[n] if n in FACTS else stored[n] for n in names})

    return read_record(path, build)
