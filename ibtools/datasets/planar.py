"""Three tasks in the plane, of points that are spread evenly over a disc.

All have 1024 inputs of two numbers, all equally likely, so that I(X;T) of a layer is at most
log₂ 1024 = 10 bits, and a layer that keeps the points apart has all 10. Nothing is random: the
same points and labels come out everywhere, in JavaScript too.
"""

import numpy as np

from ibtools.datasets.dataset import Dataset

N_POINTS = 1024
# A point for each turn by this angle, as a sunflower sets its seeds: no two directions agree.
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


def _at(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _sunflower() -> tuple[np.ndarray, np.ndarray]:
    """Points (1024, 2) that fill the unit disc evenly, and their squared radii (1024,)."""
    i = np.arange(N_POINTS)
    square = (i + 0.5) / N_POINTS
    return _at(np.sqrt(square), i * GOLDEN_ANGLE), square


def _dataset(name: str, x: np.ndarray, y: np.ndarray) -> Dataset:
    return Dataset(name, x.astype(np.float32), y.astype(np.int64))


def ring() -> Dataset:
    """1024 points of a disc: label 1 for its inner half, r² < 1/2.

    No straight line parts a middle from what is around it, but three do, joined: the least task
    for which a hidden layer is needed, and one hidden layer is enough. H(Y) = 1 bit.
    """
    x, square = _sunflower()
    return _dataset("ring", x, square < 0.5)


def xor() -> Dataset:
    """1024 points of a disc: label 1 where x₁x₂ > 0, in two opposite quarters.

    The classical task that is not linearly separable: neither coordinate tells anything about the
    label by itself, the two together tell it all. Whatever tells, a network has to build first.
    """
    x, _ = _sunflower()
    return _dataset("xor", x, x[:, 0] * x[:, 1] > 0)


def spirals() -> Dataset:
    """1024 points of two spirals of one and a half turns, one a label, wound into each other.

    Hard for small networks: the border between the labels is long and curved, and neighbours in
    the plane have different labels. What little a narrow layer drops is missed. H(Y) = 1 bit.
    """
    i = np.arange(N_POINTS)
    arm = i % 2
    radius = np.sqrt((i // 2 + 0.5) / (N_POINTS // 2))
    return _dataset("spirals", _at(radius, 3 * np.pi * radius + np.pi * arm), arm)
