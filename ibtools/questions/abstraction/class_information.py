"""What one channel tells about the class, stage by stage, before and after training."""

import numpy as np
from torch import nn

from ibtools.datasets import mnist_5000
from ibtools.information import mutual_information_discrete
from ibtools.information.validation import whole_number
from ibtools.questions.abstraction.convolutional import (
    activations,
    convolutional,
    to_arrays,
    trained_convolutional,
)
from ibtools.questions.fitting import error_rate
from ibtools.questions.parts import two_parts


def channel_information(
    model: nn.Sequential, x: np.ndarray, y: np.ndarray, stage: int, *, n_bins: int = 8
) -> np.ndarray:
    """I(T;Y) in bits for each channel, T the channel's strongest answer in an image; (channels,).

    Answers are put into bins of equally many images (ties stay together). A channel at one place
    sees a part of the image; its strongest answer says whether its pattern is anywhere.
    """
    whole_number(n_bins, "n_bins", at_least=2)
    strongest = activations(model, x, stage).max(axis=(2, 3))
    found = []
    for answers in strongest.T:
        edges = np.unique(np.quantile(answers, np.arange(1, n_bins) / n_bins))
        found.append(mutual_information_discrete(np.digitize(answers, edges), y))
    return np.array(found)


def class_information(
    *, seeds: tuple[int, ...], n_train: int, n_test: int, epochs: int, n_bins: int
) -> dict[str, np.ndarray]:
    """Information of single channels about the digit, in networks trained and not.

    first, second: (2, seeds, channels), untrained and trained, in bits.  by_chance: the same for
    labels in random order, the bias of the estimate, (seeds,).  test_error: (seeds,), trained.
    Weights of the first seed's trained network under their names, see `to_arrays`.
    """
    first, second = np.zeros((2, len(seeds), 8)), np.zeros((2, len(seeds), 16))
    chance, error = np.zeros(len(seeds)), np.zeros(len(seeds))
    for k, seed in enumerate(seeds):
        train, test = two_parts(mnist_5000(), n_train, n_test, seed=seed)
        model = trained_convolutional(train.x, train.y, epochs=epochs, seed=seed)
        for i, each in enumerate((convolutional(seed=seed), model)):
            first[i, k] = channel_information(each, test.x, test.y, 1, n_bins=n_bins)
            second[i, k] = channel_information(each, test.x, test.y, 2, n_bins=n_bins)
        disorder = np.random.default_rng(seed).permutation(test.y)
        chance[k] = channel_information(model, test.x, disorder, 2, n_bins=n_bins).mean()
        error[k] = error_rate(model, test.x, test.y)
        if k == 0:
            weights = to_arrays(model)
    measured = {"first": first, "second": second, "by_chance": chance, "test_error": error}
    return measured | weights
