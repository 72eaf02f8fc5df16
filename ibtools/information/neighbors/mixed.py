"""Mutual information of variables that may be discrete, continuous, or both at once.

Source: Gao, Kannan, Oh & Viswanath (2017), "Estimating Mutual Information for Discrete-Continuous
Mixtures", arXiv:1709.06212, algorithm 1; with two changes, told in strata.py.
"""

import numpy as np
from scipy.special import digamma

from ibtools.information.neighbors.preparation import atom_labels, is_constant, prepared
from ibtools.information.neighbors.strata import neighborhood_sizes
from ibtools.information.validation import validated_base


def mixed_nats(spaces: list[np.ndarray], k: int) -> float:
    joint, (of_x, of_y) = neighborhood_sizes(spaces, [atom_labels(s) for s in spaces], k)
    pointwise = digamma(joint) - digamma(of_x) - digamma(of_y)
    return float(digamma(len(pointwise)) + pointwise.mean())


def mutual_information_mixed(x: np.ndarray, y: np.ndarray, *, k: int = 3, base: float = 2) -> float:
    """I[X;Y] from samples x and y, (n,) or (n, d) numbers, each with atoms, a density, or both.

    The local dependence dP(x,y) / dP(x)dP(y), compared by counting in one neighbourhood,

        I = ψ(n) + ⟨ψ(m) - ψ(m_x) - ψ(m_y)⟩,

    m samples in it jointly, m_x and m_y in the same range of x and of y. With a density m = k and
    this is KSG; where more than k samples coincide, m counts them and it is the plug-in with a
    correction; so it need not be told which case it is in.

    Unlike the published estimator, which is 13 to 15 % too low there, a heap of equal values is
    kept apart from the continuum around it, and ties at the k-th neighbour count in part: within
    5 % on the paper's laws, zero-inflated pairs and rounded Gaussians at n = 2000.

    Fails where KSG fails: many columns, strong dependence. A heap is looked for in whole rows, so
    in many ReLU units, each with its own zeros, neighbourhoods do swallow heaps. Unordered labels
    are numbers to it; give them to mutual_information_ross. Negative when noise wins.

    Raises ValueError when the numbers of samples differ, or n ≤ k, and for NaN.
    """
    unit = np.log(validated_base(base))
    k, spaces = prepared(k, x=x, y=y)
    if any(is_constant(space) for space in spaces):
        return 0.0
    return float(mixed_nats(spaces, k) / unit)
