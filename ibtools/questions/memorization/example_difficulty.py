"""Which examples are learnt first, network after network."""

from dataclasses import replace

import numpy as np

from ibtools.datasets import Dataset, mnist_5000
from ibtools.questions.fitting import fit, fully_connected, wrong_answers
from ibtools.questions.memorization.corruptions import corrupted
from ibtools.questions.memorization.standardised_images import standardised_images
from ibtools.questions.parts import two_parts

# Real data, labels without sense, inputs without sense.
KINDS = {"real": "true labels", "randY": "random labels", "randX": "Gaussian pixels"}


def learning_data(kind: str, n: int, *, seed: int = 0) -> Dataset:
    """n standardised images of MNIST, of one of KINDS: real, randY (labels), randX (pixels)."""
    data, _ = two_parts(corrupted(mnist_5000(), KINDS[kind], seed=seed), n, 1, seed=seed)
    return replace(data, x=standardised_images(data.x))


def example_difficulty(
    *,
    n_networks: int,
    n_train: int,
    width: int,
    epochs: int,
    learning_rate: float,
    batch_size: int,
) -> dict[str, np.ndarray]:
    """How many networks get each training example wrong after a short training.

    The networks, with one hidden layer, differ in first weights and order of the samples; the data
    are the same for all. After Arpit et al. (2017), section 3.1, with MNIST for CIFAR-10.

    wrong: (kinds, n_train), how many of the networks misclassify each example.
    """
    wrong = np.zeros((len(KINDS), n_train), dtype=np.int16)
    for i, kind in enumerate(KINDS):
        data = learning_data(kind, n_train)
        for seed in range(n_networks):
            model = fully_connected([data.x.shape[1], width, data.n_classes], seed=seed)
            fit(
                model,
                data.x,
                data.y,
                epochs=epochs,
                learning_rate=learning_rate,
                batch_size=batch_size,
                seed=seed,
            )
            wrong[i] += wrong_answers(model, data.x, data.y)
    return {"wrong": wrong}
