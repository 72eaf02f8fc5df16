"""Mutual information of numbers and labels.

Source: Ross (2014), "Mutual Information between Discrete and Continuous Data Sets", PLoS ONE 9(2):
e87357.
"""

import numpy as np
from scipy.special import digamma

from ibtools.information.discrete import symbols
from ibtools.information.neighbors.preparation import atom_labels, is_constant, prepared
from ibtools.information.neighbors.strata import neighborhood_sizes
from ibtools.information.validation import same_length, validated_base


def mutual_information_ross(
    x: np.ndarray, labels: np.ndarray, *, k: int = 3, base: float = 2
) -> float:
    """I[X;Y] of numbers x (n,) or (n, d) and labels y of any type, (n,) values or (n, d) rows.

        I = ψ(n) + ⟨ψ(k) - ψ(n_y) - ψ(m)⟩

    n_y samples have the label of sample i; the k-th nearest of them is at some distance, within
    which lie m samples of any label. The better x tells the labels apart, the nearer m is to k.

    At most ψ(n) - ⟨ψ(n_y)⟩, the entropy of the labels with a correction for its bias, which is
    (number of labels - 1) / 2n nats above the plug-in entropy. A label with k samples or fewer
    looks for all its others; a label seen once has no neighbours and adds 0, so that with a label
    of its own for every sample the answer is 0, whatever the truth. A constant x gives exactly 0;
    repeated values of x, heaps of zeros included, are counted as in mutual_information_mixed.

    Few columns only, like KSG. Negative when noise wins.

    Raises ValueError when the numbers of samples differ, or n ≤ k, and for NaN.
    """
    unit = np.log(validated_base(base))
    y = symbols(labels, "labels")
    same_length(x=np.atleast_1d(x), labels=y)
    k, (space,) = prepared(k, x=x)
    if is_constant(space):
        return 0.0
    of_y = np.bincount(y)[y]
    joint, (of_x, _) = neighborhood_sizes([space, y[:, None] * 0.0], [atom_labels(space), y], k)
    seen_once = of_y == 1
    pointwise = digamma(joint) - digamma(of_x) - digamma(of_y) + digamma(len(y))
    return float(np.where(seen_once, 0, pointwise).mean() / unit)
