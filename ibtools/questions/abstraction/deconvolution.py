"""What in an image made a unit answer: the deconvolutional network of Zeiler and Fergus."""

import numpy as np
import torch
from torch import nn
from torch.nn.functional import conv_transpose2d, max_pool2d, max_unpool2d

SIDE = 28
# A unit of the second stage sees 5 + 2·(5 − 1) + 1 pixels: 5 rows of pools, two pixels each, and
# the filters below them.
FIELD = {1: 5, 2: 14}


def strongest(model: nn.Sequential, image: np.ndarray, stage: int, channel: int) -> tuple[int, int]:
    """Row and column at which the channel of a stage answers most strongly to an image (784,)."""
    with torch.no_grad():
        answers = model[: 3 * stage](torch.as_tensor(image)[None])[0, channel]
    return divmod(int(answers.argmax()), answers.shape[1])


def deconvolution(model: nn.Sequential, image: np.ndarray, stage: int, channel: int) -> np.ndarray:
    """The strongest answer of a channel led back to the pixels, (28, 28).

    model: as `convolutional` makes it.  image: (784,).  stage: 1 or 2.
    All answers of the stage but the strongest of the channel are put to 0. Then, stage by stage
    downwards: pooling is undone by putting each value where the maximum was on the way up
    (*switches*), ReLU is applied to what comes down, and the same filters are used turned around.
    That is backpropagation with one difference: at a ReLU it lets positive *signals* through,
    where backpropagation lets signals through positive *units*.
    Source: Zeiler and Fergus (2014), section 2.1.
    """
    first, second = model[1], model[4]
    with torch.no_grad():
        seen = torch.as_tensor(image).reshape(1, 1, SIDE, SIDE)
        one = torch.relu(first(seen))
        pooled, switches = max_pool2d(one, 2, return_indices=True)
        top = one if stage == 1 else torch.relu(second(pooled))
        row, column = strongest(model, image, stage, channel)
        signal = torch.zeros_like(top)
        signal[0, channel, row, column] = top[0, channel, row, column]
        if stage == 2:
            signal = conv_transpose2d(torch.relu(signal), second.weight)
            signal = max_unpool2d(signal, switches, 2)
        return conv_transpose2d(torch.relu(signal), first.weight)[0, 0].numpy()


def patch(image: np.ndarray, stage: int, row: int, column: int) -> np.ndarray:
    """The pixels that a unit at (row, column) of a stage can see, (5, 5) or (14, 14)."""
    size, step = FIELD[stage], 2 ** (stage - 1)
    top, left = step * row, step * column
    return image.reshape(SIDE, SIDE)[top : top + size, left : left + size]
