"""A small convolutional network of two stages, its weights plain arrays."""

import numpy as np
import torch
from torch import nn

from ibtools.questions.fitting import fit

SIDE = 28
STAGES = (("first", 5), ("second", 5))


def convolutional(*, channels: tuple[int, int] = (8, 16), n_classes: int = 10, seed: int = 0):
    """Two stages of convolution (5×5), ReLU and pooling (2×2), and a dense layer.

    Reads images (n, 784) or (n, 1, 28, 28).  28 → 24 → 12 → 8 → 4 pixels wide.
    """
    one, two = channels
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return nn.Sequential(
            nn.Unflatten(1, (1, SIDE, SIDE)),
            nn.Conv2d(1, one, 5),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(one, two, 5),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(two * 16, n_classes),
        )


def trained_convolutional(
    x: np.ndarray,
    y: np.ndarray,
    *,
    epochs: int,
    learning_rate: float = 0.02,
    batch_size: int = 50,
    n_classes: int = 10,
    seed: int = 0,
) -> nn.Sequential:
    """A `convolutional` network that has learnt the images x (n, 784) with labels y (n,)."""
    model = convolutional(n_classes=n_classes, seed=seed)
    fit(
        model,
        x,
        y,
        epochs=epochs,
        learning_rate=learning_rate,
        batch_size=batch_size,
        seed=seed,
    )
    return model


def to_arrays(model: nn.Sequential) -> dict[str, np.ndarray]:
    """The weights by name, as a record keeps them."""
    return {
        name.replace(".", "_"): values.detach().numpy().copy()
        for name, values in model.state_dict().items()
    }


def from_arrays(arrays: dict[str, np.ndarray]) -> nn.Sequential:
    """The network of 8 and 16 channels with these weights, see `to_arrays`."""
    model = convolutional()
    model.load_state_dict(
        {name: torch.as_tensor(arrays[name.replace(".", "_")]) for name in model.state_dict()}
    )
    return model.eval()


def activations(model: nn.Sequential, x: np.ndarray, stage: int) -> np.ndarray:
    """What the ReLU of stage 1 or 2 gives: (n, channels, height, width)."""
    if stage not in (1, 2):
        raise ValueError(f"stage must be 1 or 2, got {stage!r}")
    with torch.no_grad():
        return model[: 3 * stage](torch.as_tensor(x)).numpy()
