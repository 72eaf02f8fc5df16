"""Gradient descent of deep linear students, Ŷ = W_L ⋯ W_1 X, on ½ mean ‖Y - Ŷ‖².

The samples enter through two moments only, S = mean of x xᵀ and C = mean of y xᵀ:

    ∂loss/∂W_l = (W_L ⋯ W_{l+1})ᵀ (W_L ⋯ W_1 S - C) (W_{l-1} ⋯ W_1)ᵀ

With few outputs this costs little, if it is worked out from the outputs inwards: no two wide
matrices are ever multiplied. All students of an ensemble are one batch of float64 arrays.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ibtools.networks.snapshots import validated_epochs
from ibtools.networks.student_teacher import (
    StudentTeacherSettings,
    StudentTeacherTask,
    student_teacher_task,
)


@dataclass(frozen=True, kw_only=True)
class LinearSnapshot:
    """An ensemble of students at one epoch.

    weights: per layer (networks, out, in), the output layer last.  teacher: W_o (networks,
    outputs, inputs).  train_error: mean ‖Y - Ŷ‖² over the samples, (networks,).
    """

    epoch: int
    weights: list[np.ndarray]
    teacher: np.ndarray
    train_error: np.ndarray


def linear_maps(weights: Sequence[np.ndarray]) -> list[np.ndarray]:
    """W̄_l = W_l ⋯ W_1 of every layer, (networks, units of the layer, inputs): T_l = W̄_l X."""
    return list(itertools.accumulate(weights, lambda product, layer: layer @ product))


def linear_gradients(
    weights: Sequence[np.ndarray], s: np.ndarray, c: np.ndarray
) -> list[np.ndarray]:
    """Gradient of ½ mean ‖Y - Ŷ‖² of each network, in the shape of `weights`.

    s: mean of x xᵀ, (networks, inputs, inputs).  c: mean of y xᵀ, (networks, outputs, inputs).
    """
    n_outputs = weights[-1].shape[1]
    from_layer = [np.eye(n_outputs)]
    for layer in reversed(weights):
        from_layer.insert(0, from_layer[0] @ layer)
    error, gradients = from_layer[0] @ s - c, []
    for layer, onwards in zip(weights, from_layer[1:], strict=True):
        gradients.append(onwards.mT @ error)
        error = error @ layer.mT
    return gradients


def linear_training(
    settings: StudentTeacherSettings,
    epochs_to_record: Sequence[int],
    *,
    on_epoch: Callable[[int], None] | None = None,
) -> Iterator[LinearSnapshot]:
    """Train the students; each `next` goes on to the next recorded epoch and returns its snapshot.

    Batches are pieces of batch_size successive samples, the last one shorter, the same in every
    epoch.  on_epoch: called with the epoch after each one.
    Same settings, same machine, same weights.

    Raises ValueError for epochs to record that do not rise or exceed settings.epochs, and
    FloatingPointError when an error is no longer finite.
    """
    recorded = validated_epochs(epochs_to_record, settings.epochs)
    return _run(settings, recorded, student_teacher_task(settings), on_epoch)


def _moments(task: StudentTeacherTask, batch_size: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    n_samples = task.x.shape[2]
    for first in range(0, n_samples, batch_size):
        x, y = task.x[..., first : first + batch_size], task.y[..., first : first + batch_size]
        yield x @ x.mT / x.shape[2], y @ x.mT / x.shape[2]


def _run(settings, recorded, task, on_epoch) -> Iterator[LinearSnapshot]:
    batches = list(_moments(task, settings.batch_size or settings.n_samples))
    weights, epoch = task.start, 0
    for target in recorded:
        # A step too large ends in infinities, which are told below, once and in words.
        with np.errstate(over="ignore", invalid="ignore"):
            while epoch < target:
                for s, c in batches:
                    weights = [
                        layer - settings.learning_rate * gradient
                        for layer, gradient in zip(
                            weights, linear_gradients(weights, s, c), strict=True
                        )
                    ]
                epoch += 1
                if on_epoch is not None:
                    on_epoch(epoch)
            residual = task.y - linear_maps(weights)[-1] @ task.x
            train_error = np.square(residual).sum(axis=1).mean(axis=1)
        if not np.isfinite(train_error).all():
            raise FloatingPointError(
                f"the error is not finite at epoch {epoch}: "
                f"learning_rate={settings.learning_rate} is too large for these settings"
            )
        yield LinearSnapshot(
            epoch=epoch, weights=weights, teacher=task.teacher, train_error=train_error
        )
