"""A prior that near inputs have near answers, where it holds and where it does not."""

import numpy as np

from ibtools.information.validation import columns, row, same_length, whole_number


def nearest_mean(
    x: np.ndarray, y: np.ndarray, at: np.ndarray, *, neighbours: int = 1
) -> np.ndarray:
    """The mean answer of the nearest training inputs, (m,).

    x: (n, d).  y: (n,).  at: (m, d).  Raises ValueError for more neighbours than samples.
    """
    x, at = columns(x), columns(at, "at")
    same_length(x=x, y=y)
    if whole_number(neighbours, "neighbours") > len(x):
        raise ValueError(f"neighbours must be {len(x)} at most, got {neighbours}")
    distances = ((at[:, None] - x) ** 2).sum(axis=-1)
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :neighbours]
    return row(y, "y")[nearest].mean(axis=1)


def smoothness(
    *, seeds: tuple[int, ...], sizes: tuple[int, ...], n_places: int
) -> dict[str, np.ndarray]:
    """Error of the nearest neighbour for a smooth function and for the same values in disorder.

    n_places evenly spaced places in [0, 1] have the values sin 4πx; in the second case these are
    exchanged at random. Some places are learnt, all others tested.

    with_prior, without: (sizes, seeds), mean squared error over the variance of the values.
    """
    places = np.arange(n_places) / n_places
    errors = np.zeros((2, len(sizes), len(seeds)), dtype=np.float32)
    for k, seed in enumerate(seeds):
        rng = np.random.default_rng(seed)
        smooth = np.sin(4 * np.pi * places)
        for i, values in enumerate((smooth, rng.permutation(smooth))):
            order = rng.permutation(n_places)
            for j, n in enumerate(sizes):
                learnt, tested = order[:n], order[n:]
                guess = nearest_mean(places[learnt], values[learnt], places[tested])
                errors[i, j, k] = ((guess - values[tested]) ** 2).mean() / values.var()
    return {"with_prior": errors[0], "without": errors[1]}
