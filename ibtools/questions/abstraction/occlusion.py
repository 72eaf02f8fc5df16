"""How sure a network stays of its answer when a part of the image is covered."""

import numpy as np
import torch
from torch import nn

from ibtools.information.validation import whole_number

SIDE = 28


def occlusion_map(
    model: nn.Module,
    image: np.ndarray,
    label: int,
    *,
    size: int = 7,
    step: int = 1,
    value: float = 0.0,
) -> np.ndarray:
    """Probability of the label with a square covered, for every place of the square, (k, k).

    image: (784,).  size: of the square, in pixels, all given the value.  Entry (i, j): its upper
    left corner is at row step·i and column step·j.
    Source: Zeiler and Fergus (2014), section 4.2.
    Raises ValueError for a square larger than the image.
    """
    size, step = whole_number(size, "size"), whole_number(step, "step")
    if size > SIDE:
        raise ValueError(f"size must be {SIDE} at most, got {size}")
    corners = range(0, SIDE - size + 1, step)
    covered = np.tile(image.reshape(1, SIDE, SIDE), (len(corners) ** 2, 1, 1))
    for k, (top, left) in enumerate((top, left) for top in corners for left in corners):
        covered[k, top : top + size, left : left + size] = value
    with torch.no_grad():
        output = model(torch.as_tensor(covered.reshape(len(covered), -1), dtype=torch.float32))
        sure = torch.softmax(output, dim=1)[:, label].numpy()
    return sure.reshape(len(corners), len(corners))
