"""The first weights of an ensemble, and the samples each of its networks will see."""

import itertools

import numpy as np
import torch
from scipy.stats import truncnorm

from ibtools.datasets import Dataset, train_test_split
from ibtools.networks.mlp import Parameters
from ibtools.networks.settings import TrainingSettings


def network_numbers(settings: TrainingSettings) -> range:
    return range(settings.first_network, settings.first_network + settings.n_networks)


def initialise(
    dataset: Dataset, settings: TrainingSettings
) -> tuple[Parameters, np.ndarray, np.ndarray]:
    """Weights and biases, training indices and test indices of every network.

    parameters: per layer, weights (networks, out, in) and biases (networks, out, 1).
    Indices: (networks, n_train) and (networks, n_test).
    Weights are normal, cut at two of the nominal standard deviations (1/√fan-in or 1/√fan-out);
    biases are 0. Each network draws from its own generator, made of the seed and its number.
    """
    sizes = [dataset.x.shape[1], *settings.widths, dataset.n_classes]
    weights: list[list[np.ndarray]] = [[] for _ in sizes[1:]]
    train, test = [], []
    for number in network_numbers(settings):
        rng = np.random.default_rng(np.random.SeedSequence(settings.seed, spawn_key=(number,)))
        for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes)):
            scale = (n_in if settings.initialization == "fan_in" else n_out) ** -0.5
            drawn = truncnorm.rvs(-2, 2, scale=scale, size=(n_out, n_in), random_state=rng)
            weights[layer].append(drawn)
        indices = train_test_split(
            len(dataset.y), settings.train_fraction, rng=rng, shuffle=settings.shuffle_split
        )
        train.append(indices[0])
        test.append(indices[1])
    dtype = getattr(torch, settings.precision)
    parameters = [
        (
            torch.tensor(np.stack(layer), dtype=dtype),
            torch.zeros(settings.n_networks, len(layer[0]), 1, dtype=dtype),
        )
        for layer in weights
    ]
    return parameters, np.stack(train), np.stack(test)
