"""What is lost about Y when clusters are put together: the arithmetic of aIB and sIB.

With F(u) = u log u, n(t,y) what cluster t has of y, and n(t) its sum, let i and j become one. Then

    I(T;Y) falls by  Σ_y [F(n(i,y)) + F(n(j,y)) - F(n(i,y) + n(j,y))]
                          - [F(n(i)) + F(n(j)) - F(n(i) + n(j))]  =  (p_i + p_j) JS[p(y|i), p(y|j)]

and H(T) by minus the second bracket, so that what I(T;Y) - H(T)/β loses is a sum over y and "all",
with weight 1 for each y and 1/β - 1 for "all". A y that only one of the two has adds nothing: only
the y of the smaller one need be looked at, and F(n(t,y)) is kept from one time to the next. Counts
are as good as probabilities: a factor in n is a factor in the loss.

Arrays here are (n_y + 1, n_t), a row for each y and the last for "all": what all clusters have of
one y lies side by side.
"""

from numbers import Real

import numpy as np


def with_totals(masses: np.ndarray) -> np.ndarray:
    """masses (n_y, n_t) with their sums over y as last row."""
    return np.vstack([masses, masses.sum(axis=0)])


def weight_of_totals(beta: float) -> float:
    """1/β - 1, the weight of the last row; β may be infinite.

    Raises ValueError for a β that is not positive.
    """
    if not isinstance(beta, Real) or not beta > 0:
        raise ValueError(f"beta must be positive, got {beta!r}")
    return 1 / beta - 1


def growth(joined: np.ndarray, before: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(n_t,) Σ_r w_r [F(joined_r) - before_r] of each cluster.

    joined: (k, n_t) masses above 0 in k rows.  before: (k, n_t) values of F.  weights: (k,).
    """
    after = np.log(joined)
    after *= joined
    after -= before
    return weights @ after
