"""Entropy and mutual information of discrete variables, from tables and from samples.

    H[X]   = - Σ_x p(x) log p(x)
    I[X;Y] = H[X] + H[Y] - H[X,Y]

From samples these are the plug-in values: the same formulas with the observed frequencies. The
plug-in entropy is biased downwards, by about (K-1)/(2n) nats for K symbols and n samples, and can
never exceed log n. The plug-in information is biased upwards, by about (K_x-1)(K_y-1)/(2n) nats.
"""

import numpy as np


def _validated_table(p: np.ndarray, name: str) -> np.ndarray:
    p = np.asarray(p, dtype=float)
    if p.size == 0 or not np.isfinite(p).all() or (p < 0).any():
        raise ValueError(f"{name} must be a non-empty table of finite numbers, none negative")
    if not np.isclose(p.sum(), 1, atol=1e-8):
        raise ValueError(f"{name} must sum to 1, got {p.sum():.6g}")
    return p


def validated_base(base: float) -> float:
    if not base > 1:
        raise ValueError(f"base must be greater than 1 (2 for bits, np.e for nats), got {base}")
    return base


def symbols(x: np.ndarray, name: str = "x") -> np.ndarray:
    """Number the distinct values of x (n,) or rows of x (n, d): integers (n,) from 0.

    Raises ValueError for no samples, more than two axes, or NaN (which equals nothing, itself
    included, so that counting it has no meaning).
    """
    x = np.asarray(x)
    if x.ndim not in (1, 2) or len(x) == 0:
        raise ValueError(f"{name} must have shape (n,) or (n, d) with n ≥ 1, got {x.shape}")
    if np.issubdtype(x.dtype, np.floating) and np.isnan(x).any():
        raise ValueError(f"{name} must not contain NaN")
    if x.ndim == 1:
        return np.unique(x, return_inverse=True)[1]
    return np.unique(x, axis=0, return_inverse=True)[1].reshape(-1)


def entropy_from_probabilities(p: np.ndarray, *, base: float = 2) -> float:
    """H = - Σ p log p of a probability table of any shape; bits unless base says otherwise.

    Raises ValueError when p has negative or non-finite entries or does not sum to 1.
    """
    p = _validated_table(p, "p")
    p = p[p > 0]
    return max(0.0, float(-(p * np.log(p)).sum() / np.log(validated_base(base))))


def mutual_information_from_table(p_xy: np.ndarray, *, base: float = 2) -> float:
    """I[X;Y] = Σ p(x,y) log p(x,y) / (p(x) p(y)) of a joint table (n_x, n_y).

    Raises ValueError when p_xy is not a normalised table with two axes.
    """
    p_xy = _validated_table(p_xy, "p_xy")
    if p_xy.ndim != 2:
        raise ValueError(f"p_xy must have two axes, got shape {p_xy.shape}")
    independent = p_xy.sum(axis=1, keepdims=True) * p_xy.sum(axis=0, keepdims=True)
    seen = p_xy > 0
    divergence = (p_xy[seen] * np.log(p_xy[seen] / independent[seen])).sum()
    return max(0.0, float(divergence / np.log(validated_base(base))))


def entropy(x: np.ndarray, *, base: float = 2) -> float:
    """Plug-in entropy of samples x: (n,) values or (n, d) rows, of any type that compares.

    At most log n, and too low by about (K-1)/(2n) nats for K symbols: with few samples per
    symbol it measures n more than X.
    """
    return entropy_from_probabilities(np.bincount(symbols(x)) / len(x), base=base)


def mutual_information(x: np.ndarray, y: np.ndarray, *, base: float = 2) -> float:
    """Plug-in mutual information of paired samples x and y, (n,) or (n, d) each.

    Never negative, and too high by about (K_x-1)(K_y-1)/(2n) nats. When every x is distinct it
    equals the entropy of y, whatever the two have to do with each other.

    Raises ValueError when the numbers of samples differ.
    """
    x, y = symbols(x), symbols(y, "y")
    if len(x) != len(y):
        raise ValueError(f"x and y must have the same number of samples, got {len(x)} and {len(y)}")
    joint = symbols(x * (y.max() + 1) + y)
    h_x, h_y, h_xy = (
        entropy_from_probabilities(np.bincount(s) / len(s), base=base) for s in (x, y, joint)
    )
    return max(0.0, h_x + h_y - h_xy)


def n_distinct(x: np.ndarray) -> int:
    """Number of distinct values in x (n,), or of distinct rows in x (n, d)."""
    x = np.asarray(x)
    if x.ndim == 2 and x.size and np.issubdtype(x.dtype, np.floating) and not np.isnan(x).any():
        # Rows as strings of bytes sort several times faster; adding 0 turns -0 into 0.
        rows = np.ascontiguousarray(x + 0).view(np.dtype((np.void, x.dtype.itemsize * x.shape[1])))
        return len(np.unique(rows))
    return int(symbols(x).max()) + 1
