"""Arrays that share axes: do they fit together?"""

from collections.abc import Mapping

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
