"""Samples as tensors, and labels as numbers 0 … m-1."""

import numpy as np
import torch

from ibtools.information.validation import columns, plain_array, same_length


def inputs(x: np.ndarray, *, width: int | None = None, name: str = "x") -> torch.Tensor:
    """x (n,) or (n, d) as float32; with `width`, d has to be that."""
    x = columns(x, name)
    if width is not None and x.shape[1] != width:
        raise ValueError(
            f"{name} must have {width} columns, as in training, got {x.shape[1]} columns"
        )
    return torch.from_numpy(x).float()


def labels(y: np.ndarray, *, name: str = "y") -> np.ndarray:
    """y as (n,) whole numbers that an int64 holds."""
    y = plain_array(y, name)
    if y.ndim != 1 or y.dtype.kind not in "biu":
        raise ValueError(
            f"{name} must be whole numbers of shape (n,), one label a sample, got dtype {y.dtype} "
            f"and shape {y.shape}"
        )
    if y.max(initial=0) > np.iinfo(np.int64).max:
        raise ValueError(f"{name} must be at most 2**63 - 1, got {y.max()}")
    return y.astype(np.int64)


def positions(y: np.ndarray, classes: np.ndarray, *, name: str = "y") -> torch.Tensor:
    """The place of each label among the classes (m,), which are sorted."""
    found = np.searchsorted(classes, y).clip(max=len(classes) - 1)
    strange = y[classes[found] != y]
    if len(strange):
        raise ValueError(
            f"{name} must hold only labels that training has seen, {classes.tolist()}, "
            f"got {strange[0]}"
        )
    return torch.from_numpy(found)


def labelled(
    x: np.ndarray,
    y: np.ndarray,
    classes: np.ndarray,
    *,
    width: int | None = None,
    suffix: str = "",
) -> tuple[torch.Tensor, torch.Tensor]:
    """inputs and positions of samples that belong together; suffix: of their names in errors."""
    x_name, y_name = f"x{suffix}", f"y{suffix}"
    features = inputs(x, width=width, name=x_name)
    targets = positions(labels(y, name=y_name), classes, name=y_name)
    same_length(**{x_name: features, y_name: targets})
    return features, targets
