"""The 12-bit rule on which the information plane was first drawn.

Each of the 12 input bits switches on one vertex of a regular icosahedron. The label asks
whether the pattern is heavy and lopsided enough,

    y(x) = 1  if  f(x) = Σ_i x_i + ‖Σ_i x_i v_i‖ > θ,

with v_i the unit vertices. f depends on the pattern only up to rotation of the sphere. The
rule reproduces all 4096 labels of the file `var_u.mat` published with Shwartz-Ziv & Tishby
(2017), arXiv:1703.00810.
"""

import numpy as np
from scipy.special import expit

from ibtools.datasets.dataset import Dataset

# f jumps over the whole interval (7.5628, 7.7013): any threshold inside gives the same labels.
THRESHOLD = 7.63


def icosahedron_vertices() -> np.ndarray:
    """The 12 unit vertices (12, 3), in the order in which the published file has its columns."""
    g = (1 + np.sqrt(5)) / 2
    corners = [
        (0, 1, g), (1, g, 0), (0, 1, -g), (-1, g, 0), (g, 0, -1), (0, -1, g),
        (1, -g, 0), (-1, -g, 0), (-g, 0, -1), (0, -1, -g), (-g, 0, 1), (g, 0, 1),
    ]  # fmt: skip
    return np.array(corners) / np.sqrt(1 + g**2)


def _patterns() -> np.ndarray:
    """All 4096 patterns of 12 bits in counting order, the first column most significant."""
    return (np.arange(4096)[:, None] >> np.arange(11, -1, -1)) & 1


def _weight(x: np.ndarray) -> np.ndarray:
    """f(x) = Σ_i x_i + ‖Σ_i x_i v_i‖ for patterns x (n, 12)."""
    return x.sum(axis=1) + np.linalg.norm(x @ icosahedron_vertices(), axis=1)


def icosahedron_rule() -> Dataset:
    """All 4096 patterns of 12 bits with their labels: 2118 ones, H(Y) = 0.999157 bits."""
    x = _patterns()
    return Dataset("12-bit rule", x.astype(np.float32), (_weight(x) > THRESHOLD).astype(np.int64))


def soft_label(gain: float) -> np.ndarray:
    """p(y|x) of the 4096 patterns (4096, 2), with p(y=1|x) = 1 / (1 + exp(-gain (f(x) - θ))).

    A gain of about 55 makes I(X;Y) = 0.99 bits, the value Shwartz-Ziv & Tishby (2017) name;
    the hard rule is the limit of an infinite gain.

    Raises ValueError for a gain that is not positive.
    """
    if not gain > 0:
        raise ValueError(f"gain must be positive, got {gain}")
    doubt = gain * (_weight(_patterns()) - THRESHOLD)
    return expit(np.stack([-doubt, doubt], axis=1))
