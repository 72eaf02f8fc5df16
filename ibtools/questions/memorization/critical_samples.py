"""Samples with another class within reach: how many there are, as noise is learnt."""

import numpy as np
import torch
from torch import nn

from ibtools.datasets import mnist_5000
from ibtools.information.validation import columns, positive, whole_number
from ibtools.questions.fitting import error_rate, fit, fully_connected
from ibtools.questions.memorization.corruptions import random_label_share
from ibtools.questions.parts import two_parts


def critical_samples(
    model: nn.Module,
    x: np.ndarray,
    *,
    radius: float,
    steps: int = 25,
    low: float = 0.0,
    high: float = 1.0,
    seed: int = 0,
) -> np.ndarray:
    """For each sample whether the search finds another class within its box, (n,) bool.

    x: (n, d), values in [low, high].  The box: all x' in that range with |x'_i − x_i| ≤ radius.
    Each step goes up the loss of the model's own answer by the sign of its gradient, an eighth of
    the radius in each coordinate, with a little noise, and back into the box. What is found is
    there; what is not found may be there all the same, so that the share is a lower bound.
    Source: after Arpit et al. (2017), algorithm 1, Langevin adversarial sample search.
    Raises ValueError for x outside [low, high] and numbers that are not positive.
    """
    positive(radius, "radius")
    whole_number(steps, "steps")
    if columns(x).min() < low or columns(x).max() > high:
        raise ValueError(f"x must lie in [{low}, {high}], got {np.min(x)} to {np.max(x)}")
    start = torch.as_tensor(np.asarray(x, dtype=np.float32))
    lowest, highest = (start - radius).clamp(min=low), (start + radius).clamp(max=high)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        own = model(start).argmax(dim=1)
    found = torch.zeros(len(start), dtype=torch.bool)
    now = start.clone()
    for _ in range(steps):
        left = ~found
        here = now[left].requires_grad_()
        loss = nn.functional.cross_entropy(model(here), own[left], reduction="sum")
        (gradient,) = torch.autograd.grad(loss, here)
        noise = torch.randn(here.shape, generator=generator)
        step = radius / 8 * gradient.sign() + radius / 20 * noise
        with torch.no_grad():
            now[left] = torch.minimum(torch.maximum(here + step, lowest[left]), highest[left])
            found |= model(now).argmax(dim=1) != own
        if found.all():
            break
    return found.numpy()


def critical_samples_of_linear(
    weights: np.ndarray, biases: np.ndarray, x: np.ndarray, *, radius: float
) -> np.ndarray:
    """The same, exactly, for the linear classifier argmax(W x + b) where no range bounds the box.

    weights: (classes, d).  In the box the difference of classes c and k changes by radius times
    ‖w_c − w_k‖₁ at most: a sample is critical if that is more than its lead over some k.
    """
    output = columns(x) @ np.asarray(weights, dtype=float).T + biases
    best = output.argmax(axis=1)
    lead = output[np.arange(len(x)), best][:, None] - output
    reach = radius * np.abs(weights[best][:, None] - weights).sum(axis=-1)
    other = np.arange(output.shape[1]) != best[:, None]
    return ((lead < reach) & other).any(axis=1)


def critical_ratio(
    *,
    seeds: tuple[int, ...],
    shares: tuple[float, ...],
    epochs: tuple[int, ...],
    n_train: int,
    n_test: int,
    width: int,
    radius: float,
    learning_rate: float,
    batch_size: int,
) -> dict[str, np.ndarray]:
    """Share of critical samples among new images while networks learn more and less random labels.

    shares: of training labels replaced by random ones.  epochs: at which to look, from 1 on.

    critical: (shares, epochs, seeds).  test_error: the same, with true labels; train_error too.
    """
    looked = np.zeros((3, len(shares), len(epochs), len(seeds)), dtype=np.float32)
    for k, seed in enumerate(seeds):
        train, test = two_parts(mnist_5000(), n_train, n_test, seed=seed)
        for i, share in enumerate(shares):
            y = random_label_share(train.y, share, n_classes=10, seed=seed)
            model = fully_connected([train.x.shape[1], width, 10], seed=seed)
            for j, (before, epoch) in enumerate(zip((0, *epochs[:-1]), epochs, strict=True)):
                fit(
                    model,
                    train.x,
                    y,
                    epochs=epoch - before,
                    learning_rate=learning_rate,
                    batch_size=batch_size,
                    seed=1000 * seed + before,
                )
                looked[:, i, j, k] = (
                    critical_samples(model, test.x, radius=radius, seed=seed).mean(),
                    error_rate(model, test.x, test.y),
                    error_rate(model, train.x, y),
                )
    return dict(zip(("critical", "test_error", "train_error"), looked, strict=True))
