"""How fast a network learns data by heart that have less and less to be learnt."""

import numpy as np

from ibtools.datasets import mnist_5000
from ibtools.questions.fitting import error_rate, fit, fully_connected
from ibtools.questions.memorization.corruptions import CORRUPTIONS, corrupted
from ibtools.questions.memorization.standardised_images import standardised_images
from ibtools.questions.parts import two_parts


def fitting_speed(
    *,
    seeds: tuple[int, ...],
    shares: tuple[float, ...],
    width: int,
    n_train: int,
    n_test: int,
    epochs: int,
    learning_rate: float,
    batch_size: int,
) -> dict[str, np.ndarray]:
    """Training error by epoch on the five kinds of data, and with partly random labels.

    The network has one hidden layer of ReLU and learns standardised images of MNIST by descent
    with momentum 0.9, without any regulariser. After Zhang et al. (2017), figure 1.
    seeds: each draws images, corruption, first weights and order of the samples.
    shares: of labels that are replaced, besides 0 (true labels) and 1 (random labels).

    train_error: (kinds, seeds, epochs + 1), kinds as in CORRUPTIONS.
    test_error: (kinds, seeds), at the end, on images treated like those trained on; the labels are
    the true ones.
    share_train_error, share_test_error: the same, shares in place of kinds.
    share_changed: (shares, seeds), part of the training labels that are not the true ones.
    """
    cases = [(kind, 1.0) for kind in CORRUPTIONS] + [("random labels", p) for p in shares]
    trained = [
        [
            _one(kind, p, seed, width, n_train, n_test, epochs, learning_rate, batch_size)
            for seed in seeds
        ]
        for kind, p in cases
    ]
    train, test, changed = (
        np.array([[run[k] for run in runs] for runs in trained], dtype=np.float32) for k in range(3)
    )
    n = len(CORRUPTIONS)
    return {
        "train_error": train[:n],
        "test_error": test[:n],
        "share_train_error": train[n:],
        "share_test_error": test[n:],
        "share_changed": changed[n:],
    }


def _one(
    kind: str,
    p: float,
    seed: int,
    width: int,
    n_train: int,
    n_test: int,
    epochs: int,
    learning_rate: float,
    batch_size: int,
) -> tuple[list[float], float, float]:
    true = mnist_5000()
    data = corrupted(true, kind, p=p, seed=seed)
    learnt, tested = two_parts(data, n_train, n_test, seed=seed)
    of_truth, unseen = two_parts(true, n_train, n_test, seed=seed)
    x = standardised_images(learnt.x)
    model = fully_connected([x.shape[1], width, true.n_classes], seed=seed)
    errors = fit(
        model,
        x,
        learnt.y,
        epochs=epochs,
        learning_rate=learning_rate,
        batch_size=batch_size,
        seed=seed,
        watch=lambda model: error_rate(model, x, learnt.y),
    )
    test_error = error_rate(model, standardised_images(tested.x), unseen.y)
    return errors, test_error, float((learnt.y != of_truth.y).mean())
