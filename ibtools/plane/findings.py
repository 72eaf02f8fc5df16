"""A trouble with a plane, told once for each layer and not once for each of a thousand points."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Finding:
    """One kind of trouble with one layer, over all networks and snapshots.

    kind: which law is broken; or "I(X;T) at log n" and "I(X;T) truly log n", which break none but
    are no news of the network.  impossible: whether a law is broken.  layer: 0 is the shallowest.
    n_points: how many points show it.  worst: by how much, in the plane's unit (for the last two
    kinds: distance from log n), at where = (network, snapshot).  sentence: all of it in words.
    """

    kind: str
    impossible: bool
    layer: int
    n_points: int
    worst: float
    where: tuple[int, int]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def findings_by_layer(
    kind: str, shown: np.ndarray, size: np.ndarray, words: Callable, *, impossible: bool = True
) -> Iterator[Finding]:
    """A finding for each layer with points shown (networks, snapshots, layers).

    size: how large each point's trouble is.  words(layer, where, worst, at): the sentence.
    """
    for layer in np.flatnonzero(shown.any(axis=(0, 1))).tolist():
        points = shown[..., layer]
        sizes = np.where(points, size[..., layer], -np.inf)
        network, snapshot = (int(i) for i in np.unravel_index(sizes.argmax(), sizes.shape))
        worst, n_points = float(sizes.max()), int(points.sum())
        at = f"at {n_points} of {points.size} points"
        sentence = words(layer, (network, snapshot), worst, at)
        yield Finding(kind, impossible, layer, n_points, worst, (network, snapshot), sentence)
