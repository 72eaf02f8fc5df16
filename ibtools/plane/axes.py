"""Arrays that share axes: do they fit together, and what is left of them at some places?"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np


def check_axes(arrays: Mapping[str, np.ndarray], axes: Mapping[str, str]) -> None:
    """Raise ValueError naming an array that does not fit.

    axes: of each array, one letter an axis; the same letter has the same size everywhere.
    """
    sizes: dict[str, tuple[str, int]] = {}
    for name, values in arrays.items():
        shape = np.shape(values)
        if len(shape) != len(axes[name]):
            raise ValueError(f"{name} must have {len(axes[name])} axes, got shape {shape}")
        for axis, size in zip(axes[name], shape, strict=True):
            first, expected = sizes.setdefault(axis, (name, size))
            if size != expected:
                raise ValueError(
                    f"{name} has shape {shape}, which does not fit the {expected} of {first}"
                )


def taken(
    arrays: Mapping[str, np.ndarray], axes: Mapping[str, str], axis: str, indices: Sequence[int]
) -> dict[str, np.ndarray]:
    """Those arrays that have the axis, each at these indices of it."""
    return {
        name: np.take(values, indices, axes[name].index(axis))
        for name, values in arrays.items()
        if axis in axes[name]
    }


def nearest(recorded: np.ndarray, wanted: Iterable[int]) -> list[int]:
    """Where in recorded the values nearest to those wanted stand, in rising order, each once."""
    return sorted({int(np.abs(recorded - value).argmin()) for value in wanted})


def layer_names(n_layers: int) -> list[str]:
    """T1, T2, … for the hidden layers and Ŷ for the output."""
    return [f"T{i}" for i in range(1, n_layers)] + ["Ŷ"]
