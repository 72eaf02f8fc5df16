"""Keeping the result of a long computation in two files, and getting it back.

NAME.npz holds the arrays and is loaded without pickle; NAME.json holds what is needed to make them
again: settings, command, versions, time taken.
"""

import json
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import TypeVar

import numpy as np

Result = TypeVar("Result")

PACKAGES = ("numpy", "scipy", "torch")


def versions() -> dict[str, str]:
    """Of Python and of those PACKAGES that are installed; none of them is imported."""
    found = {"python": sys.version.split()[0]}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def write_record(
    path: Path, arrays: Mapping[str, np.ndarray], facts: dict, *, command: str, seconds: float
) -> None:
    """Write path.npz and path.json: the arrays as they are, and facts between the provenance."""
    path = Path(path)
    np.savez_compressed(path.with_suffix(".npz"), allow_pickle=False, **arrays)
    provenance = {
        "command": command,
        **facts,
        "versions": versions(),
        "seconds": round(seconds, 1),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
    }
    path.with_suffix(".json").write_text(
        json.dumps(provenance, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def read_record(path: Path, build: Callable[[dict, Mapping[str, np.ndarray]], Result]) -> Result:
    """build(facts, arrays) of the record at path; nothing in the files is ever executed.

    Raises FileNotFoundError when either file is missing, and ValueError when one is damaged or
    does not hold what build asks for.
    """
    path = Path(path)
    try:
        facts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        # Opened here, since NumPy leaves a damaged file open.
        with path.with_suffix(".npz").open("rb") as file:
            return build(facts, np.load(file, allow_pickle=False))
    except (KeyError, TypeError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"path: {path} is not a readable record ({error})") from error
