"""Explicit regularisers, one at a time and all together, on true and on random labels."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import torch

from ibtools.datasets import mnist_5000
from ibtools.information.validation import one_of
from ibtools.questions.fitting import error_rate, fit, fully_connected
from ibtools.questions.memorization import random_label_share, standardised_images
from ibtools.questions.parts import two_parts

SIDE = 28
# What each case does besides descent; early stopping looks at the error on images of its own.
REGULARIZERS: dict[str, dict[str, Any]] = {
    "none": {},
    "early stopping": {"early": True},
    "weight decay": {"decay": True},
    "dropout": {"dropout": True},
    "shifted images": {"shifted": True},
    "all": {"early": True, "decay": True, "dropout": True, "shifted": True},
}


def shifts(largest: int) -> Callable[[torch.Tensor, torch.Generator], torch.Tensor]:
    """What moves every image of a batch (n, 784) by up to so many pixels, drawn for each image.

    What comes in at the edge has the value of the edge's first pixel, the background.
    """

    def moved(batch: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        n, size = len(batch), SIDE + 2 * largest
        images = batch.reshape(n, SIDE, SIDE)
        wide = images[:, :1, :1].expand(n, size, size).clone()
        wide[:, largest:-largest, largest:-largest] = images
        corners = torch.randint(2 * largest + 1, (n, 2), generator=generator)
        rows, columns = (corners[:, k, None] + torch.arange(SIDE) for k in range(2))
        which = torch.arange(n)[:, None, None]
        return wide[which, rows[:, :, None], columns[:, None, :]].reshape(n, SIDE**2)

    return moved


def regularizers(
    *,
    seeds: tuple[int, ...],
    shares: tuple[float, ...],
    names: tuple[str, ...],
    n_train: int,
    n_stop: int,
    n_test: int,
    width: int,
    epochs: int,
    learning_rate: float,
    batch_size: int,
    weight_decay: float,
    dropout: float,
    shift: int,
) -> dict[str, np.ndarray]:
    """Errors with some of REGULARIZERS, by name, at some shares of random labels.

    One hidden layer of ReLU, standardised images of MNIST, descent with momentum. Early stopping
    takes the epoch with the fewest errors on n_stop other images, labelled like the training ones.

    train_error, test_error: (shares, names, seeds); test labels are true, so that with all
    training labels random nothing but 90 % can be expected.
    """
    found = np.zeros((2, len(shares), len(names), len(seeds)), dtype=np.float32)
    for k, seed in enumerate(seeds):
        own, test = two_parts(mnist_5000(), n_train + n_stop, n_test, seed=seed)
        x, x_test = standardised_images(own.x), standardised_images(test.x)
        for i, share in enumerate(shares):
            y = random_label_share(own.y, share, n_classes=10, seed=seed)
            parts = (x[n_train:], y[n_train:]), (x[:n_train], y[:n_train]), (x_test, test.y)
            for j, name in enumerate(names):
                used = REGULARIZERS[one_of(name, "names", REGULARIZERS)]
                model = fully_connected(
                    [SIDE**2, width, 10], dropout=dropout if "dropout" in used else 0.0, seed=seed
                )
                errors = fit(
                    model,
                    x[:n_train],
                    y[:n_train],
                    epochs=epochs,
                    learning_rate=learning_rate,
                    weight_decay=weight_decay if "decay" in used else 0.0,
                    batch_size=batch_size,
                    seed=seed,
                    augment=shifts(shift) if "shifted" in used else None,
                    watch=partial(_errors, parts=parts),
                )
                stop = np.argmin([e[0] for e in errors]) if "early" in used else -1
                found[:, i, j, k] = errors[stop][1:]
    return {"train_error": found[0], "test_error": found[1]}


def _errors(
    model: torch.nn.Module, parts: tuple[tuple[np.ndarray, np.ndarray], ...]
) -> list[float]:
    return [error_rate(model, *part) for part in parts]
