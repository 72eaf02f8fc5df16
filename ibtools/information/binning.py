"""Information of binned variables: layers of networks, and plain samples.

Each unit's activation is cut into bins (ibtools.information.bins); the cell of a layer is the
tuple of its units' bins. Over the n inputs, all counted alike, with T the cell,

    I(X;T) = H(T) - H(T|X) = H(T)      because the network is deterministic,
    I(T;Y) = H(T) + H(Y) - H(T,Y).

Both are exact for the *binned* layer and these n inputs, and both depend on the bins: I(X;T) here
is the entropy of the ruler's reading. It cannot exceed log n, and finer bins drive it there. For
the unbinned activations of a network that keeps the n inputs apart, the true I(X;T) is log n.

Source of the method: Shwartz-Ziv & Tishby (2017), arXiv:1703.00810, section 3 (30 bins on [-1, 1]).
"""

import numpy as np

from ibtools.information.bins import (
    bin_indices,
    ebab_bins,
    equal_mass_bins,
    fixed_width_bins,
    number_of_bins,
)
from ibtools.information.cells import cell_information, cell_numbers
from ibtools.information.validation import columns, one_of, same_length


def layer_information(
    activations: np.ndarray,
    y: np.ndarray,
    *,
    bins: str = "equal",
    n_bins: int = 30,
    low: float = -1.0,
    high: float = 1.0,
    width: float = 0.07,
    base: float = 2,
) -> tuple[np.ndarray, np.ndarray]:
    """I(X;T) and I(T;Y) of one binned layer, for any stack of networks and snapshots at once.

    activations: (..., samples, units), every sample a different input, all equally likely.
    y: (samples,) labels, or (samples, labels) probabilities p(y|x) where the input does not settle
    the label.  Returns two arrays of shape (...), bits unless base says otherwise.
    Ceiling: log(samples); see the module's first lines for what the numbers mean.
    bins: "equal" (n_bins on [low, high]), "width" (multiples of width), "equal-mass" or "ebab"
    (n_bins each, edges from the layer itself); see ibtools.information.bins for which to take.

    Raises ValueError for shapes that do not fit, NaN activations, rows of probabilities that do
    not sum to 1, fewer than one bin, and bins that are none of these names.
    """
    ways = {
        "equal": lambda: bin_indices(activations, n_bins=n_bins, low=low, high=high),
        "width": lambda: fixed_width_bins(activations, width=width),
        "equal-mass": lambda: equal_mass_bins(activations, n_bins=n_bins),
        "ebab": lambda: ebab_bins(activations, n_bins=n_bins),
    }
    return cell_information(ways[one_of(bins, "bins", ways)](), y, base=base)


def bin_histogram(
    activations: np.ndarray, *, n_bins: int = 30, low: float = -1.0, high: float = 1.0
) -> np.ndarray:
    """Share of all activations in each bin (n_bins,), pooled over every axis."""
    bins = bin_indices(activations, n_bins=n_bins, low=low, high=high)
    return np.bincount(bins.ravel(), minlength=n_bins) / bins.size


def _column_bins(x: np.ndarray, name: str, *, bins: str, n_bins: int) -> np.ndarray:
    """Bins of each column by itself, on the column's own range: integers (n, d)."""
    x, n_bins = columns(x, name), number_of_bins(n_bins)
    ways = {"equal": _equal_column_bins, "equal-mass": _equal_mass_column_bins}
    return ways[one_of(bins, "bins", ways)](x, n_bins)


def _equal_column_bins(x: np.ndarray, n_bins: int) -> np.ndarray:
    # By a power of two, which is exact, to size 1: no difference of huge values overflows.
    x = np.ldexp(x, -np.frexp(np.abs(x).max(axis=0))[1])
    low, high = x.min(axis=0), x.max(axis=0)
    scaled = (x - low) * n_bins / np.where(high > low, high - low, 1)
    return np.minimum(scaled, n_bins - 1).astype(np.int64)


def _equal_mass_column_bins(x: np.ndarray, n_bins: int) -> np.ndarray:
    return equal_mass_bins(x.T[..., None], n_bins=n_bins)[..., 0].T


def entropy_binned(
    x: np.ndarray, *, bins: str = "equal", n_bins: int = 10, base: float = 2
) -> float:
    """Discrete entropy H of the cells of binned samples x, (n,) or (n, d); bits by default.

    bins: "equal" (n_bins between a column's smallest and largest value) or "equal-mass", each
    column by itself. Not the differential entropy: it grows by log 2 per column when n_bins
    doubles, and "equal-mass" answers log n_bins for any column without ties. Too low by about
    (K-1)/(2n) nats for K occupied cells, at most log n.
    """
    cells = _column_bins(x, "x", bins=bins, n_bins=n_bins)
    return float(cell_information(cells, np.zeros(len(cells)), base=base)[0])


def mutual_information_binned(
    x: np.ndarray, y: np.ndarray, *, bins: str = "equal-mass", n_bins: int = 10, base: float = 2
) -> float:
    """Plug-in I[X;Y] of the cells of paired samples, (n,) or (n, d) each; bits by default.

    bins as in `entropy_binned`; "equal-mass" does not change under any increasing map of a
    column. Two errors of opposite sign: cutting loses information, and counting adds about
    (K_x-1)(K_y-1)/(2n) nats for K_x and K_y occupied cells, so that more bins raise the value
    whether or not there is anything to find. At most log n_bins per column, and log n whatever
    the data; with d columns K grows like n_bins^d, so for d above 1 take another estimator.

    Raises ValueError for different lengths, NaN, and an unknown bins; TypeError for no numbers.
    """
    x_bins = _column_bins(x, "x", bins=bins, n_bins=n_bins)
    y_bins = _column_bins(y, "y", bins=bins, n_bins=n_bins)
    same_length(x=x_bins, y=y_bins)
    y_cells, _ = cell_numbers(y_bins[None])
    return float(cell_information(x_bins, y_cells[0], base=base)[1])
