"""How far the activations of a layer gather in clusters, as geometry and without a ruler.

Information in a noisy layer falls when activations come within the noise of each other. That can
be looked at directly: with all pairs of inputs, mean squared distances

    within  = mean of |t_i - t_j|² over pairs of one class,
    between = mean of |t_i - t_j|² over pairs of two classes,

and their ratio, one number for a layer. The ratio has no unit: weights that grow stretch both. It
is 1 when the labels say nothing about where an activation lies, and 0 when every class is a
point. It sees clusters that agree with the labels; a class in several tight clusters far apart
looks loose, so that the entropy of the binned layer (`ibtools.information.layer_information`),
which sees clusters of any kind but needs bins, belongs beside it.

Source of the question: Goldfeld et al. (2019), arXiv:1810.05728, which shows distances within and
between classes as histograms.
"""

import numpy as np

from ibtools.information.kernel.centres import classes, validated_centres


def class_distances(activations, y) -> tuple[np.ndarray, np.ndarray]:
    """Root of the mean squared distance within classes and between them, for any stack of layers.

    activations: (..., samples, units).  y: (samples,) labels.  Returns two arrays of shape (...),
    in the unit of the activations, to be held against the noise of the layer.
    Exact over all pairs, in time and memory of the samples: the squares of all pairs of a group of
    m sum up to 2m times the squares of the distances to its mean.

    Raises the errors of `layer_information_kernel` for shapes and values, and ValueError when no
    two samples share a class or all do.
    """
    within, between = _mean_squares(activations, y)
    return np.sqrt(within), np.sqrt(between)


def class_spread(activations, y) -> np.ndarray:
    """Mean squared distance within classes over that between them, (...): 0 for one point a class.

    About 1 where labels and places have nothing to do with each other. A layer that is one single
    point says nothing and gives NaN. Arguments and errors as in `class_distances`.
    """
    within, between = _mean_squares(activations, y)
    return np.divide(within, between, out=np.full_like(between, np.nan), where=between > 0)


def _mean_squares(activations, y) -> tuple[np.ndarray, np.ndarray]:
    layers = np.asarray(validated_centres(activations, "activations"), dtype=np.float64)
    n = layers.shape[-2]
    order, counts = classes(y, n)
    pairs_within = (counts * (counts - 1)).sum()
    pairs_between = n**2 - (counts**2).sum()
    if pairs_within == 0 or pairs_between == 0:
        raise ValueError(
            f"y must have two classes or more and two samples in one of them, got {len(counts)} "
            f"classes of {n} samples"
        )
    # From a sample on, not from a mean: equal activations then differ by exactly 0.
    layers = layers[..., order, :] - layers[..., order[:1], :]
    means, squares = [], []
    for group in np.split(layers, np.cumsum(counts)[:-1], axis=-2):
        first = group[..., :1, :]
        mean = (group - first).mean(axis=-2, keepdims=True)
        squares.append((((group - first) - mean) ** 2).sum(axis=(-2, -1)))
        means.append(first + mean)
    means, squares = np.concatenate(means, axis=-2), np.stack(squares, axis=-1)
    middle = (counts[:, None] * means).sum(axis=-2, keepdims=True) / n
    apart = (counts[:, None] * (means - middle) ** 2).sum(axis=(-2, -1))
    within = 2 * (counts * squares).sum(axis=-1)
    between = 2 * ((n - counts) * squares).sum(axis=-1) + 2 * n * apart
    return within / pairs_within, between / pairs_between
