"""How many regions networks have at random, and after training, beside what they could have."""

import numpy as np
import torch
from torch import nn

from ibtools.datasets import DATASETS
from ibtools.information.validation import one_of
from ibtools.questions.fitting import error_rate, fit, fully_connected
from ibtools.questions.regions.count_in_plane import count_in_plane

STARTS = ("PyTorch", "He")


def hidden_layers(model: nn.Sequential) -> list[tuple[np.ndarray, np.ndarray]]:
    """[(W, b), …] of all linear layers but the last, copies in float64."""
    linear = [part for part in model if isinstance(part, nn.Linear)][:-1]
    return [
        (each.weight.detach().numpy().astype(float), each.bias.detach().numpy().astype(float))
        for each in linear
    ]


def restart(model: nn.Sequential, start: str, *, seed: int = 0) -> None:
    """Draw the first weights anew, in place, for one of STARTS.

    PyTorch: uniform in ±1/√fan-in, weights and biases, as they are.  He: weights normal of variance
    2 over fan-in, biases normal of standard deviation 0.1 (He et al. 2015 have biases of 0).
    """
    if one_of(start, "start", STARTS) == "PyTorch":
        return
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for part in model:
            if isinstance(part, nn.Linear):
                part.weight.normal_(0, (2 / part.in_features) ** 0.5, generator=generator)
                part.bias.normal_(0, 0.1, generator=generator)


def trained_regions(
    *,
    seeds: tuple[int, ...],
    starts: tuple[str, ...],
    datasets: tuple[str, ...],
    architectures: tuple[tuple[int, ...], ...],
    epochs: int,
    learning_rate: float,
    batch_size: int,
) -> dict[str, np.ndarray]:
    """Linear regions in the window of the data, before training and after it.

    starts: see `restart`.  architectures: hidden widths.  The window is the smallest rectangle that
    holds the data.
    before, after: (starts, datasets, architectures, seeds).  error: the same shape, of the trained
    network on its data.
    """
    shape = (len(starts), len(datasets), len(architectures), len(seeds))
    before, after = np.zeros((2, *shape), dtype=np.int32)
    error = np.zeros(shape, dtype=np.float32)
    for i, name in enumerate(datasets):
        data = DATASETS[name]()
        x, window = data.x.astype(np.float32), {"low": data.x.min(0), "high": data.x.max(0)}
        for j, widths in enumerate(architectures):
            for k, seed in enumerate(seeds):
                for m, start in enumerate(starts):
                    model = fully_connected([2, *widths, data.n_classes], seed=seed)
                    restart(model, start, seed=seed)
                    before[m, i, j, k] = count_in_plane(hidden_layers(model), **window)
                    fit(
                        model,
                        x,
                        data.y,
                        epochs=epochs,
                        learning_rate=learning_rate,
                        batch_size=batch_size,
                        seed=seed,
                    )
                    after[m, i, j, k] = count_in_plane(hidden_layers(model), **window)
                    error[m, i, j, k] = error_rate(model, x, data.y)
    return {"before": before, "after": after, "error": error}
