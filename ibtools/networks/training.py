"""Training an ensemble, one recorded epoch at a time."""

import itertools
from collections.abc import Callable, Iterator, Sequence

import torch

from ibtools.datasets import Dataset
from ibtools.networks.ensemble import initialise
from ibtools.networks.mlp import (
    Parameters,
    forward,
    gradients,
    loss_and_accuracy,
    weight_gradient_moments,
)
from ibtools.networks.settings import TrainingSettings
from ibtools.networks.snapshots import Snapshot


class StopTraining(Exception):
    """Raised by `on_epoch` to end a training; what was recorded stays."""


def _optimizer(settings: TrainingSettings, parameters: Parameters) -> torch.optim.Optimizer:
    tensors = [tensor for layer in parameters for tensor in layer]
    if settings.optimizer == "adam":
        return torch.optim.Adam(tensors, lr=settings.learning_rate, fused=True)
    momentum = 0.9 if settings.optimizer == "momentum" else 0.0
    return torch.optim.SGD(tensors, lr=settings.learning_rate, momentum=momentum, fused=True)


def _snapshot(
    epoch: int, parameters: Parameters, x: torch.Tensor, y: torch.Tensor, splits, activation: str
) -> Snapshot:
    n_networks = parameters[0][0].shape[0]
    layers = forward(parameters, x.T.expand(n_networks, -1, -1), activation)
    (train_loss, train_accuracy), (test_loss, test_accuracy) = (
        loss_and_accuracy(layers[-1].take_along_dim(split[:, None], dim=2), y[split])
        for split in splits
    )
    train = splits[0]
    mean, std = weight_gradient_moments(parameters, x[train].mT, y[train], activation)
    norms = torch.stack([weights.norm(dim=(1, 2)) for weights, _ in parameters], dim=1)
    probabilities = torch.softmax(layers[-1], dim=1)
    return Snapshot(
        epoch=epoch,
        activations=[t.mT.numpy() for t in [*layers[:-1], probabilities]],
        train_loss=train_loss.numpy(),
        test_loss=test_loss.numpy(),
        train_accuracy=train_accuracy.numpy(),
        test_accuracy=test_accuracy.numpy(),
        gradient_mean=mean.numpy(),
        gradient_std=std.numpy(),
        weight_norm=norms.numpy(),
    )


def training(
    dataset: Dataset,
    settings: TrainingSettings,
    epochs_to_record: Sequence[int],
    *,
    on_epoch: Callable[[int], None] | None = None,
) -> Iterator[Snapshot]:
    """Train an ensemble; each `next` goes on to the next recorded epoch and returns its Snapshot.

    The batches are those of Shwartz-Ziv & Tishby's code: the training samples in one order, drawn
    once, cut into pieces of `batch_size`, the last one shorter. Loss: cross-entropy. Networks
    share nothing but the clock.

    on_epoch: called with the epoch after each one; raising StopTraining from it ends the generator.
    Raises ValueError for a split that leaves nothing to train or test on, epochs to record that do
    not rise or exceed settings.epochs, and FloatingPointError when a loss is no longer finite.
    """
    recorded = list(epochs_to_record)
    rising = all(a < b for a, b in itertools.pairwise(recorded))
    if not recorded or not rising or recorded[0] < 0 or recorded[-1] > settings.epochs:
        raise ValueError(
            f"epochs_to_record must rise from 0 or later to at most epochs={settings.epochs}, "
            f"got {recorded}"
        )
    parameters, *splits = initialise(dataset, settings)
    splits = [torch.from_numpy(split) for split in splits]
    x, y = torch.from_numpy(dataset.x).float(), torch.from_numpy(dataset.y)
    # Every batch is copied out once, contiguous, so that an epoch is nothing but arithmetic.
    batches = [
        (x[part].mT.contiguous(), y[part])
        for part in splits[0].split(settings.batch_size or splits[0].shape[1], dim=1)
    ]
    return _run(settings, recorded, parameters, x, y, splits, batches, on_epoch)


def _run(settings, recorded, parameters, x, y, splits, batches, on_epoch) -> Iterator[Snapshot]:
    optimizer = _optimizer(settings, parameters)
    epoch = 0
    for target in recorded:
        while epoch < target:
            for batch_x, batch_y in batches:
                layer_gradients = gradients(parameters, batch_x, batch_y, settings.activation)
                for layer, gradient in zip(parameters, layer_gradients, strict=True):
                    layer[0].grad, layer[1].grad = gradient
                optimizer.step()
            epoch += 1
            if on_epoch is not None:
                try:
                    on_epoch(epoch)
                except StopTraining:
                    return
        snapshot = _snapshot(epoch, parameters, x, y, splits, settings.activation)
        if not torch.isfinite(torch.from_numpy(snapshot.train_loss)).all():
            raise FloatingPointError(
                f"the loss is not finite at epoch {epoch}: "
                f"learning_rate={settings.learning_rate} is too large for these settings"
            )
        yield snapshot
