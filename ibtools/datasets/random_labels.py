"""A data set with nothing to learn: its labels dealt out anew."""

from dataclasses import replace

import numpy as np

from ibtools.datasets.dataset import Dataset


def random_labels(dataset: Dataset, *, seed: int = 0) -> Dataset:
    """The same inputs with the labels shuffled among them, so that H(Y) stays what it was.

    A network can still learn them by heart, and what it has learnt does not help with inputs that
    it has not seen.  After: Zhang et al. (2017), arXiv:1611.03530.
    """
    shuffled = np.random.default_rng(seed).permutation(dataset.y)
    return replace(dataset, name=f"{dataset.name}, random labels", y=shuffled)
