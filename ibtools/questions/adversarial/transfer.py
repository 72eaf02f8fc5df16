"""Doubles made for one network, shown to others."""

import numpy as np
import torch
from torch import nn

from ibtools.datasets import Dataset, mnist_5000
from ibtools.questions.adversarial.gradient_sign import gradient_sign
from ibtools.questions.adversarial.minimal_distortion import (
    distortion,
    minimal_distortion,
    scaled_to,
)
from ibtools.questions.fitting import error_rate, fit, fully_connected, wrong_answers
from ibtools.questions.parts import two_parts

# Hidden widths, weight decay, half of the data (0 or 1), added to the seed of the first weights.
NETWORKS = {
    "linear": ((), 0.0, 0, 0),
    "linear, decay": ((), 0.03, 0, 0),
    "2 × 100": ((100, 100), 0.0, 0, 0),
    "other start": ((100, 100), 0.0, 0, 1000),
    "other half": ((100, 100), 0.0, 1, 1000),
    "2 × 200": ((200, 200), 0.0, 0, 2000),
}


def transfer(
    *,
    seeds: tuple[int, ...],
    n_half: int,
    n_test: int,
    n_images: int,
    sizes: tuple[float, ...],
    epsilons: tuple[float, ...],
    epochs: int,
    learning_rate: float,
    batch_size: int,
    n_shown: int,
) -> dict[str, np.ndarray]:
    """Adversarial examples for each of NETWORKS, and what the other networks make of them.

    Sigmoid units, as in Szegedy et al. (2014); each network learns n_half images of MNIST, "other
    half" those that none of the others has seen. n_images test images that all networks get right
    are changed by `minimal_distortion` towards each network's own second choice.

    test_error: (networks, seeds).
    distortion: (networks, n_images, seeds), of the nearest adversarial examples.
    error: (sizes, sources, victims, seeds), share of those made for the source that the victim
    gets wrong, scaled to each distortion of sizes; noise: (sizes, victims, seeds), of normal noise
    of the same distortion.  sign_error: (epsilons, networks, seeds), of the gradient sign method.
    image, adversarial: (n_shown, 784) of the third network and the first seed; image_label and
    adversarial_label: what it answers.
    """
    n = len(NETWORKS)
    found = {
        "test_error": np.zeros((n, len(seeds))),
        "distortion": np.zeros((n, n_images, len(seeds))),
        "error": np.zeros((len(sizes), n, n, len(seeds))),
        "noise": np.zeros((len(sizes), n, len(seeds))),
        "sign_error": np.zeros((len(epsilons), n, len(seeds))),
    }
    for k, seed in enumerate(seeds):
        train, test = two_parts(mnist_5000(), 2 * n_half, n_test, seed=seed)
        models = trained_networks(train, n_half, epochs, learning_rate, batch_size, seed)
        right = ~np.any([wrong_answers(each, test.x, test.y) for each in models], axis=0)
        x, y = test.x[right][:n_images], test.y[right][:n_images]
        changed_images = [_adversarial_examples(model, x) for model in models]
        noise = x + np.random.default_rng(seed).standard_normal(x.shape)
        for j, model in enumerate(models):
            found["test_error"][j, k] = error_rate(model, test.x, test.y)
            found["distortion"][j, :, k] = distortion(x, changed_images[j])
            for i, size in enumerate(sizes):
                found["noise"][i, j, k] = _error(model, scaled_to(x, noise, size), y)
                for source in range(n):
                    changed = scaled_to(x, changed_images[source], size)
                    found["error"][i, source, j, k] = _error(model, changed, y)
            for i, epsilon in enumerate(epsilons):
                changed = gradient_sign(model, x, y, epsilon)
                found["sign_error"][i, j, k] = _error(model, changed, y)
        if k == 0:
            shown = changed_images[2][:n_shown]
            found |= {"image": x[:n_shown], "adversarial": shown, "image_label": y[:n_shown]}
            found["adversarial_label"] = _answers(models[2], shown)
    return found


def trained_networks(
    train: Dataset, n_half: int, epochs: int, learning_rate: float, batch_size: int, seed: int
) -> list[nn.Sequential]:
    """All NETWORKS, trained on their halves of the data."""
    models = []
    for widths, decay, half, other in NETWORKS.values():
        own = slice(half * n_half, (half + 1) * n_half)
        model = fully_connected(
            [train.x.shape[1], *widths, 10], activation="sigmoid", seed=seed + other
        )
        fit(
            model,
            train.x[own],
            train.y[own],
            epochs=epochs,
            learning_rate=learning_rate,
            weight_decay=decay,
            batch_size=batch_size,
            seed=seed + other,
        )
        models.append(model)
    return models


def _adversarial_examples(model: nn.Module, x: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        second = model(torch.as_tensor(x)).topk(2, dim=1).indices[:, 1].numpy()
    return np.array([minimal_distortion(model, *pair) for pair in zip(x, second, strict=True)])


def _answers(model: nn.Module, x: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        return model(torch.as_tensor(x, dtype=torch.float32)).argmax(dim=1).numpy()


def _error(model: nn.Module, x: np.ndarray, y: np.ndarray) -> float:
    return float((_answers(model, x) != y).mean())
