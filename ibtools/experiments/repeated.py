"""Whether a record that was made again is the same."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ibtools.records import read_record


def differences(path: Path, again: Path) -> dict[str, float]:
    """The largest difference in each array of two records; infinite where shapes differ.

    Raises the errors of `ibtools.records.read_record`.
    """
    one, other = (read_record(each, lambda _, stored: dict(stored)) for each in (path, again))
    return {name: _difference(one.get(name), other.get(name)) for name in one | other}


def _difference(one: np.ndarray | None, other: np.ndarray | None) -> float:
    if one is None or other is None or one.shape != other.shape:
        return float("inf")
    if np.array_equal(one, other, equal_nan=True):
        return 0.0
    return float(np.nanmax(np.abs(one.astype(float) - other.astype(float)), initial=0.0))


def comparison(found: dict[str, float]) -> Iterator[str]:
    """What `differences` found, in lines."""
    unlike = {name: value for name, value in found.items() if value}
    if not unlike:
        yield f"all {len(found)} arrays came out again, to the last bit"
        return
    yield f"{len(found) - len(unlike)} of {len(found)} arrays came out again to the last bit; in"
    widest = max(map(len, unlike))
    for name, value in unlike.items():
        yield f"  {name:{widest}}  the largest difference is {value:.3g}"
