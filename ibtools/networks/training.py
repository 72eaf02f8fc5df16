"""Training an ensemble, one recorded epoch at a time."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
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
from ibtools.networks.noise import Disturbance, disturbance, noisy_gradients
from ibtools.networks.settings import TrainingSettings
from ibtools.networks.snapshots import Snapshot, validated_epochs


class StopTraining(Exception):
    """Raised by `on_epoch` to end a training; what was recorded stays."""


def _optimizer(settings: TrainingSettings, parameters: Parameters) -> torch.optim.Optimizer:
    weights, biases = zip(*parameters, strict=True)
    groups = [
        {"params": weights, "weight_decay": settings.weight_decay},
        {"params": biases, "weight_decay": 0.0},
    ]
    if settings.optimizer == "adam":
        return torch.optim.Adam(groups, lr=settings.learning_rate, fused=True)
    momentum = 0.9 if settings.optimizer == "momentum" else 0.0
    return torch.optim.SGD(groups, lr=settings.learning_rate, momentum=momentum, fused=True)


def _snapshot(
    epoch: int,
    parameters: Parameters,
    x: torch.Tensor,
    y: torch.Tensor,
    splits: list[torch.Tensor],
    settings: TrainingSettings,
    disturb: Disturbance | None,
) -> Snapshot:
    activation = settings.activation
    everything = x.T.expand(len(parameters[0][0]), -1, -1)
    layers = forward(parameters, everything, activation)
    seen = (
        layers if disturb is None else forward(parameters, everything, activation, disturb=disturb)
    )
    (train_loss, train_accuracy), (test_loss, test_accuracy) = (
        loss_and_accuracy(seen[-1].take_along_dim(split[:, None], dim=2), y[split])
        for split in splits
    )
    train = splits[0]
    mean, std = weight_gradient_moments(parameters, x[train].mT, y[train], activation)
    norms = torch.stack([weights.norm(dim=(1, 2)) for weights, _ in parameters], dim=1)
    return Snapshot(
        epoch=epoch,
        activations=[_plain(t.mT) for t in [*layers[:-1], torch.softmax(layers[-1], dim=1)]],
        activation=activation,
        noise=settings.noise,
        parameters=[(_plain(weights).copy(), _plain(bias).copy()) for weights, bias in parameters],
        train_loss=_plain(train_loss),
        test_loss=_plain(test_loss),
        train_accuracy=_plain(train_accuracy),
        test_accuracy=_plain(test_accuracy),
        gradient_mean=_plain(mean),
        gradient_std=_plain(std),
        weight_norm=_plain(norms),
    )


def _plain(values: torch.Tensor) -> np.ndarray:
    return values.cpu().numpy()


def training(
    dataset: Dataset,
    settings: TrainingSettings,
    epochs_to_record: Sequence[int],
    *,
    on_epoch: Callable[[int], None] | None = None,
    device: str = "cpu",
) -> Iterator[Snapshot]:
    """Train an ensemble; each `next` goes on to the next recorded epoch and returns its Snapshot.

    The batches are those of Shwartz-Ziv & Tishby's code: the training samples in one order, drawn
    once, cut into pieces of `batch_size`, the last one shorter. Loss: cross-entropy. Networks
    share nothing but the clock.

    on_epoch: called with the epoch after each one; raising StopTraining from it ends the generator.
    device: where the arithmetic is done, as PyTorch names it; weights, splits and batches are the
    same everywhere, noise (settings.noise) and last digits are not.
    Raises ValueError for a split that leaves nothing to train or test on, epochs to record that do
    not rise or exceed settings.epochs, and FloatingPointError when a loss is no longer finite.
    """
    recorded = validated_epochs(epochs_to_record, settings.epochs)
    parameters, *splits = initialise(dataset, settings)
    parameters = [(weights.to(device), bias.to(device)) for weights, bias in parameters]
    splits = [torch.from_numpy(split).to(device) for split in splits]
    x = torch.from_numpy(dataset.x).to(device, getattr(torch, settings.precision))
    y = torch.from_numpy(dataset.y).to(device, torch.int64)
    # Every batch is copied out once, contiguous, so that an epoch is nothing but arithmetic.
    batches = [
        (x[part].mT.contiguous(), y[part])
        for part in splits[0].split(settings.batch_size or splits[0].shape[1], dim=1)
    ]
    return _run(settings, recorded, parameters, x, y, splits, batches, on_epoch)


def _run(settings, recorded, parameters, x, y, splits, batches, on_epoch) -> Iterator[Snapshot]:
    optimizer = _optimizer(settings, parameters)
    noise, measured_noise = (
        disturbance(settings, stream=stream, device=str(x.device)) for stream in (0, 1)
    )
    step_gradients = gradients if noise is None else partial(noisy_gradients, disturb=noise)
    epoch = 0
    for target in recorded:
        while epoch < target:
            for batch_x, batch_y in batches:
                found = step_gradients(parameters, batch_x, batch_y, settings.activation)
                for layer, gradient in zip(parameters, found, strict=True):
                    layer[0].grad, layer[1].grad = gradient
                optimizer.step()
            epoch += 1
            if on_epoch is not None:
                try:
                    on_epoch(epoch)
                except StopTraining:
                    return
        snapshot = _snapshot(epoch, parameters, x, y, splits, settings, measured_noise)
        if not np.isfinite(snapshot.train_loss).all():
            raise FloatingPointError(
                f"the loss is not finite at epoch {epoch}: "
                f"learning_rate={settings.learning_rate} is too large for these settings"
            )
        yield snapshot
