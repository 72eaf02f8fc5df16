"""From one minimum to another: straight, with units matched, and along a bent way."""

import numpy as np
import torch
from scipy.optimize import linear_sum_assignment

from ibtools.datasets import mnist_5000
from ibtools.information.validation import same_length, whole_number
from ibtools.questions.landscape.reduced_images import reduced_images
from ibtools.questions.landscape.width import cross_entropies, losses, trained_ensemble
from ibtools.questions.parts import two_parts

WAYS = ("straight", "matched", "bent")
Weights = list[torch.Tensor]


def permuted_units(weights: Weights, orders: np.ndarray) -> Weights:
    """The same functions with hidden units in other orders, (networks, width) indices."""
    first, first_bias, second, second_bias = weights
    which = torch.from_numpy(np.asarray(orders))
    across = which[:, None, :]
    return [
        first.gather(2, across.expand_as(first)),
        first_bias.gather(2, across),
        second.gather(1, which[:, :, None].expand_as(second)),
        second_bias,
    ]


def matched_units(one: Weights, other: Weights) -> Weights:
    """`other` with its hidden units in the order that brings them nearest to those of `one`.

    A unit is the row of its weights, in and out, and its bias; the sum of squared distances of all
    units is made least, exactly, by the assignment problem.
    """
    rows, others = (torch.cat([w[0].mT, w[1].mT, w[2]], dim=2) for w in (one, other))
    orders = [
        linear_sum_assignment((a @ b.T).numpy(), maximize=True)[1]
        for a, b in zip(rows, others, strict=True)
    ]
    return permuted_units(other, np.array(orders))


def on_the_way(one: Weights, middle: Weights | None, other: Weights, t: torch.Tensor) -> Weights:
    """(1 − t)² one + 2t (1 − t) middle + t² other; (1 − t) one + t other without a middle.

    t: (networks, 1, 1), from 0 to 1.
    """
    if middle is None:
        return [(1 - t) * a + t * b for a, b in zip(one, other, strict=True)]
    return [
        (1 - t) ** 2 * a + 2 * t * (1 - t) * m + t**2 * b
        for a, m, b in zip(one, middle, other, strict=True)
    ]


def bent_path(
    one: Weights,
    other: Weights,
    x: torch.Tensor,
    y: np.ndarray,
    *,
    epochs: int,
    learning_rate: float,
    batch_size: int,
    seed: int,
) -> Weights:
    """The middle of the curve of `on_the_way` with the least mean loss along it, by descent.

    The ends stay where they are. Each step takes one place t for each pair, drawn evenly (Garipov
    et al. 2018).
    """
    middle = [(a + b).div(2).requires_grad_() for a, b in zip(one, other, strict=True)]
    labels, generator = torch.from_numpy(y), torch.Generator().manual_seed(seed)
    optimizer = torch.optim.SGD(middle, lr=learning_rate, momentum=0.9)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, whole_number(epochs, "epochs") * -(-len(x) // batch_size)
    )
    for _ in range(epochs):
        for batch in torch.randperm(len(x), generator=generator).split(batch_size):
            t = torch.rand(len(one[0]), 1, 1, generator=generator)
            optimizer.zero_grad()
            weights = on_the_way(one, middle, other, t)
            cross_entropies(weights, x[batch], labels[batch]).mean(dim=1).sum().backward()
            optimizer.step()
            schedule.step()
    return [each.detach() for each in middle]


def barrier(t: np.ndarray, loss: np.ndarray) -> np.ndarray:
    """How far the loss rises above the straight line between its ends, at most; 0 if nowhere.

    t: (points,), from 0 to 1.  loss: (…, points).  Returns (…).
    """
    loss = np.asarray(loss)
    same_length(t=t, loss=np.moveaxis(loss, -1, 0))
    line = loss[..., :1] + (loss[..., -1:] - loss[..., :1]) * np.asarray(t)
    return (loss - line).max(axis=-1)


def paths_between_minima(
    *,
    seed: int,
    widths: tuple[int, ...],
    n_pairs: int,
    n_train: int,
    n_test: int,
    epochs: int,
    path_epochs: int,
    learning_rate: float,
    batch_size: int,
    n_points: int,
) -> dict[str, np.ndarray]:
    """Losses between pairs of networks that learnt the same digits from different starts.

    t: (n_points,).  train_loss, test_loss (nats), test_error: (ways, widths, pairs, points), ways
    as in WAYS.
    """
    test, train = two_parts(mnist_5000(), n_test, n_train, seed=seed)
    parts = [(torch.from_numpy(reduced_images(part)), part.y) for part in (train, test)]
    t = np.linspace(0, 1, n_points)
    names = "train_loss", "test_loss", "test_error"
    found = {name: np.zeros((len(WAYS), len(widths), n_pairs, n_points)) for name in names}
    settings = {"learning_rate": learning_rate, "batch_size": batch_size, "seed": seed}
    for j, width in enumerate(widths):
        both = trained_ensemble(*parts[0], width, n_networks=2 * n_pairs, epochs=epochs, **settings)
        one, other = [each[::2] for each in both], [each[1::2] for each in both]
        middle = bent_path(one, other, *parts[0], epochs=path_epochs, **settings)
        ways = (None, other), (None, matched_units(one, other)), (middle, other)
        for i, (between, end) in enumerate(ways):
            for k, place in enumerate(t):
                here = on_the_way(one, between, end, torch.full((n_pairs, 1, 1), float(place)))
                found["train_loss"][i, j, :, k], _ = losses(here, *parts[0])
                found["test_loss"][i, j, :, k], found["test_error"][i, j, :, k] = losses(
                    here, *parts[1]
                )
    return {"t": t} | found
