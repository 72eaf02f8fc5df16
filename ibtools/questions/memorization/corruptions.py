"""Data with less and less to learn from: the five kinds of Zhang et al. (2017), section 2.1.

Labels are replaced by random ones, or the images are destroyed more and more: all pixels moved by
one permutation, by another permutation in each image, or replaced by noise.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ibtools.datasets import Dataset
from ibtools.information.validation import generator, one_of, whole_number


def random_label_share(y: np.ndarray, p: float, *, n_classes: int, seed: int = 0) -> np.ndarray:
    """y (n,) with each label replaced, with probability p, by one drawn evenly from all classes.

    The new label is the old one in 1 of n_classes draws, so that p (1 − 1/n_classes) of the labels
    change on the average, .9 p of them with ten classes.  With one seed the labels that are
    replaced at a smaller p are among those replaced at a larger one.

    Raises ValueError for p outside [0, 1] and for labels that are not 0 … n_classes − 1.
    """
    y, n_classes = np.asarray(y), whole_number(n_classes, "n_classes")
    if not 0 <= p <= 1:
        raise ValueError(f"p must lie in [0, 1], got {p}")
    if y.min() < 0 or y.max() >= n_classes:
        raise ValueError(
            f"y must hold labels 0 … {n_classes - 1}, got {y.min()} to {y.max()} "
            f"for n_classes = {n_classes}"
        )
    rng = generator(seed)
    drawn, other = rng.random(len(y)), rng.integers(n_classes, size=len(y))
    return np.where(drawn < p, other, y)


def shuffled_pixels(x: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """x (n, d) with the pixels of all images moved by one and the same permutation."""
    return x[:, generator(seed).permutation(x.shape[1])]


def random_pixels(x: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """x (n, d) with the pixels of every image moved by a permutation of its own."""
    return generator(seed).permuted(x, axis=1)


def gaussian_pixels(x: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """Normal noise in the shape of x (n, d), with the mean and variance of all its pixels."""
    noise = generator(seed).normal(x.mean(dtype=float), x.std(dtype=float), x.shape)
    return noise.astype(x.dtype)


IMAGES: dict[str, Callable[..., np.ndarray]] = {
    "shuffled pixels": shuffled_pixels,
    "random pixels": random_pixels,
    "Gaussian pixels": gaussian_pixels,
}
CORRUPTIONS = ("true labels", *IMAGES, "random labels")


def corrupted(dataset: Dataset, kind: str, *, p: float = 1.0, seed: int = 0) -> Dataset:
    """The data set after one of the five CORRUPTIONS; p: share of labels replaced, if any are.

    Corrupt first and split afterwards: training and test images are then treated alike.
    Raises ValueError for another kind, and for p outside [0, 1].
    """
    one_of(kind, "kind", CORRUPTIONS)
    name = f"{dataset.name}, {kind}"
    if kind in IMAGES:
        return replace(dataset, name=name, x=IMAGES[kind](dataset.x, seed=seed))
    share = p if kind == "random labels" else 0.0
    y = random_label_share(dataset.y, share, n_classes=dataset.n_classes, seed=seed)
    return replace(dataset, name=name, y=y)
