"""A training and a test part of given sizes, in random order."""

from dataclasses import replace

import numpy as np

from ibtools.datasets import Dataset
from ibtools.information.validation import whole_number


def two_parts(
    dataset: Dataset, n_train: int, n_test: int, *, seed: int = 0
) -> tuple[Dataset, Dataset]:
    """n_train samples to learn from and n_test others to be tested on, drawn from the seed.

    Raises ValueError when the data set has fewer.
    """
    whole_number(n_train, "n_train")
    whole_number(n_test, "n_test")
    if n_train + n_test > len(dataset.x):
        raise ValueError(
            f"n_train and n_test must be {len(dataset.x)} together at most, "
            f"got {n_train} and {n_test}"
        )
    order = np.random.default_rng(seed).permutation(len(dataset.x))
    parts = order[:n_train], order[n_train : n_train + n_test]
    train, test = (replace(dataset, x=dataset.x[part], y=dataset.y[part]) for part in parts)
    return train, test
