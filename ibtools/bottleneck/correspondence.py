"""How X and Y correlate, whatever numbers their values might be given."""

import numpy as np


def correspondence(p_xy: np.ndarray) -> np.ndarray:
    """p(x,y)/√(p(x) p(y)) - √(p(x) p(y)) of a table (n_x, n_y) without empty rows.

    Its singular values are the correlations of functions f(x) with functions g(y), strongest first,
    and with its singular vectors u and v these are f(x) = u(x)/√p(x) and g(y) = v(y)/√p(y), of mean
    0 and variance 1 (Hirschfeld 1935, Proceedings of the Cambridge Philosophical
    Society 31, 520-524). Subtracted is the pair of constants, which would come first.
    """
    # The product of two small probabilities may underflow, that of their roots does not.
    independent = np.sqrt(p_xy.sum(axis=1))[:, None] * np.sqrt(p_xy.sum(axis=0))
    ratio = np.divide(p_xy, independent, out=np.zeros(p_xy.shape), where=independent > 0)
    return ratio - independent
