"""How much each example's loss depends on its input, over the course of training."""

import numpy as np
import torch
from torch import nn

from ibtools.questions.fitting import fit, fully_connected
from ibtools.questions.memorization.example_difficulty import KINDS, learning_data
from ibtools.questions.memorization.gini import gini


def loss_sensitivity(model: nn.Module, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """‖∂L_i/∂x_i‖₁ (n,) for the cross-entropy L_i of each sample of x (n, d), y (n,).

    Source: Arpit et al. (2017), section 3.2.
    """
    inputs = torch.as_tensor(x).requires_grad_()
    loss = nn.functional.cross_entropy(model(inputs), torch.as_tensor(y), reduction="sum")
    (gradient,) = torch.autograd.grad(loss, inputs)
    return gradient.abs().sum(dim=1).numpy()


def sensitivity(
    *,
    seeds: tuple[int, ...],
    n_train: int,
    width: int,
    epochs: int,
    learning_rate: float,
    batch_size: int,
) -> dict[str, np.ndarray]:
    """Gini coefficient of the sensitivities of all training examples, averaged over training.

    The paper averages ‖∂L/∂x‖₁ over all steps of descent; here over the ends of all epochs.
    seeds: each draws data, first weights and order.

    gini: (kinds, seeds, epochs), of the average up to and including each epoch.
    average: (kinds, n_train), sorted, of the first seed after the last epoch, over its mean.
    """
    coefficients = np.zeros((len(KINDS), len(seeds), epochs), dtype=np.float32)
    average = np.zeros((len(KINDS), n_train), dtype=np.float32)
    for i, kind in enumerate(KINDS):
        for j, seed in enumerate(seeds):
            data = learning_data(kind, n_train, seed=seed)
            model = fully_connected([data.x.shape[1], width, data.n_classes], seed=seed)
            watched = fit(
                model,
                data.x,
                data.y,
                epochs=epochs,
                learning_rate=learning_rate,
                batch_size=batch_size,
                seed=seed,
                watch=lambda model, data=data: loss_sensitivity(model, data.x, data.y),
            )[1:]
            means = np.cumsum(watched, axis=0) / np.arange(1, epochs + 1)[:, None]
            coefficients[i, j] = [gini(each) for each in means]
            if j == 0:
                average[i] = np.sort(means[-1]) / means[-1].mean()
    return {"gini": coefficients, "average": average}
