"""Training one network of any kind on arrays: what the studies of this part have in common."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import nn

from ibtools.information.validation import positive, same_length, whole_number

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "softplus": nn.Softplus}


def fully_connected(
    widths: Sequence[int], *, activation: str = "relu", dropout: float = 0.0, seed: int = 0
) -> nn.Sequential:
    """A network with layers of these widths, from inputs to outputs, which are left linear.

    dropout: the probability that a hidden unit is switched off, in training only.

    The first weights are those that PyTorch draws, uniform in ±1/√fan-in, from the seed alone.
    Raises ValueError for fewer than two widths, a width below 1 and an unknown activation.
    """
    if len(widths) < 2:
        raise ValueError(f"widths must hold at least inputs and outputs, got {tuple(widths)}")
    if activation not in ACTIVATIONS:
        raise ValueError(f"activation must be one of {sorted(ACTIVATIONS)}, got {activation!r}")
    for width in widths:
        whole_number(width, "widths")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        layers = [
            part
            for before, after in pairwise(widths)
            for part in (
                nn.Linear(before, after),
                ACTIVATIONS[activation](),
                *([nn.Dropout(dropout)] if dropout else []),
            )
        ]
    return nn.Sequential(*layers[: -2 if dropout else -1])


def fit(
    model: nn.Module,
    x: np.ndarray,
    y: np.ndarray,
    *,
    epochs: int,
    learning_rate: float = 0.1,
    momentum: float = 0.9,
    weight_decay: float = 0.0,
    batch_size: int = 128,
    seed: int = 0,
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor] = nn.functional.cross_entropy,
    augment: Callable[[torch.Tensor, torch.Generator], torch.Tensor] | None = None,
    watch: Callable[[nn.Module], Any] | None = None,
) -> list[Any]:
    """Train the model in place by stochastic gradient descent, and return what was watched.

    x: (n, …) inputs.  y: (n,) labels, or whatever the loss takes.
    augment(batch, generator): what each batch becomes before it is seen.
    watch(model): called before the first epoch and after each, the model in evaluation mode; its
    answers are returned, epochs + 1 of them (an empty list without watch).
    seed: of the order of the samples, of augment and of dropout; the first weights are the model's.

    Raises ValueError when x and y differ in length, for settings out of range, and when the
    loss is no longer finite.
    """
    same_length(x=x, y=y)
    whole_number(epochs, "epochs", at_least=0)
    whole_number(batch_size, "batch_size")
    positive(learning_rate, "learning_rate")
    inputs, labels = torch.as_tensor(x), torch.as_tensor(y)
    optimizer = torch.optim.SGD(
        model.parameters(), lr=learning_rate, momentum=momentum, weight_decay=weight_decay
    )
    generator = torch.Generator().manual_seed(seed)
    watched = []

    def look() -> None:
        if watch is not None:
            model.eval()
            watched.append(watch(model))

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)  # of dropout, which knows no generator
        look()
        for epoch in range(epochs):
            model.train()
            for batch in torch.randperm(len(inputs), generator=generator).split(batch_size):
                seen = inputs[batch] if augment is None else augment(inputs[batch], generator)
                value = loss(model(seen), labels[batch])
                if not torch.isfinite(value):
                    raise ValueError(
                        f"learning_rate: the loss is {value.item()} in epoch {epoch + 1}; "
                        f"try one smaller than {learning_rate}"
                    )
                optimizer.zero_grad()
                value.backward()
                optimizer.step()
            look()
    model.eval()
    return watched


def error_rate(model: nn.Module, x: np.ndarray, y: np.ndarray) -> float:
    """Share of the samples whose largest output is not that of their label."""
    return float(wrong_answers(model, x, y).mean())


def wrong_answers(model: nn.Module, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """For each sample whether its largest output is not that of its label, (n,) bool."""
    same_length(x=x, y=y)
    with torch.no_grad():
        predicted = model(torch.as_tensor(x)).argmax(dim=1).numpy()
    return predicted != np.asarray(y)


def parameter_count(model: nn.Module) -> int:
    """How many numbers the model learns."""
    return sum(each.numel() for each in model.parameters() if each.requires_grad)
