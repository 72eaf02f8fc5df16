"""Information in the layers of networks, by binning what the units do.

Each unit's activation is cut into bins; the cell of a layer is the tuple of its units' bins. Over
the n inputs, all counted alike, with T the cell,

    I(X;T) = H(T) - H(T|X) = H(T)      because the network is deterministic,
    I(T;Y) = H(T) + H(Y) - H(T,Y).

Both are exact for the *binned* layer and these n inputs, and both depend on the bins: I(X;T) here
is the entropy of the ruler's reading. It cannot exceed log n, and finer bins drive it there. For
the unbinned activations of a network that keeps the n inputs apart, the true I(X;T) is log n.

Source of the method: Shwartz-Ziv & Tishby (2017), arXiv:1703.00810, section 3 (30 bins on [-1, 1]).
"""

import numpy as np

from ibtools.information.discrete import validated_base


def _validated(activations: np.ndarray, n_bins: int, low: float, high: float) -> np.ndarray:
    activations = np.asarray(activations)
    if activations.ndim < 2 or 0 in activations.shape:
        raise ValueError(
            f"activations must have shape (..., samples, units), none empty, "
            f"got {activations.shape}"
        )
    if isinstance(n_bins, bool) or int(n_bins) != n_bins or n_bins < 1:
        raise ValueError(f"n_bins must be a whole number of at least 1, got {n_bins}")
    if not (np.isfinite([low, high]).all() and low < high):
        raise ValueError(f"low must be less than high, both finite, got {low} and {high}")
    # NaN and infinity both survive in a sum, which costs one pass and no temporary.
    if not np.isfinite(activations.sum(dtype=float)):
        raise ValueError("activations must be finite, got NaN or infinite values")
    return activations


def bin_indices(
    activations: np.ndarray, *, n_bins: int = 30, low: float = -1.0, high: float = 1.0
) -> np.ndarray:
    """Bin of each activation, integers 0 … n_bins-1, same shape as activations.

    n_bins equal bins on [low, high]; values outside fall into the first or last bin: harmless
    for tanh on [-1, 1], wrong for ReLU, whose values above 1 then all look alike.
    """
    activations = _validated(activations, n_bins, low, high)
    scaled = (activations - low) * (n_bins / (high - low))
    return np.clip(scaled, 0, n_bins - 1, out=scaled).astype(np.int64)


def _cell_numbers(bins: np.ndarray, n_bins: int) -> tuple[np.ndarray, int]:
    """One integer per sample that names its cell, and an upper limit of these integers.

    Units are digits of a number in base n_bins. Before the number would leave 64 bits, the cells
    seen so far are renumbered from 0; so any number of units is exact, with no hashing.
    """
    cells = np.zeros(bins.shape[:-1], dtype=np.int64)
    limit = 1
    for unit in range(bins.shape[-1]):
        if limit > 2**62 // n_bins:
            cells = np.unique(cells, return_inverse=True)[1].reshape(cells.shape)
            limit = int(cells.max()) + 1
        cells = cells * n_bins + bins[..., unit]
        limit *= n_bins
    return cells, limit


def _row_entropies(sorted_rows: np.ndarray) -> np.ndarray:
    """Plug-in entropy in nats of each row of sorted integers (rows, n): log n - (1/n) Σ c log c."""
    rows, n = sorted_rows.shape
    starts = np.ones((rows, n), dtype=bool)
    np.not_equal(sorted_rows[:, 1:], sorted_rows[:, :-1], out=starts[:, 1:])
    positions = np.flatnonzero(starts)
    counts = np.diff(positions, append=rows * n)
    spread = np.bincount(positions // n, weights=counts * np.log(counts), minlength=rows)
    return np.log(n) - spread / n


def layer_information(
    activations: np.ndarray,
    y: np.ndarray,
    *,
    n_bins: int = 30,
    low: float = -1.0,
    high: float = 1.0,
    base: float = 2,
) -> tuple[np.ndarray, np.ndarray]:
    """I(X;T) and I(T;Y) of one binned layer, for any stack of networks and snapshots at once.

    activations: (..., samples, units), every sample a different input, all equally likely.
    y: (samples,) integer labels.  Returns two arrays of shape (...), bits unless base says
    otherwise. Ceiling: log(samples); see the module's first lines for what the numbers mean.

    Raises ValueError for shapes that do not fit, NaN activations, fewer than one bin.
    """
    activations = _validated(activations, n_bins, low, high)
    y = np.asarray(y)
    stack, n = activations.shape[:-2], activations.shape[-2]
    if y.shape != (n,):
        raise ValueError(f"y must have shape ({n},) like the samples of activations, got {y.shape}")
    unit = np.log(validated_base(base))
    labels = np.unique(y, return_inverse=True)[1]
    n_labels = int(labels.max()) + 1

    bins = bin_indices(activations, n_bins=n_bins, low=low, high=high)
    cells, limit = _cell_numbers(bins.reshape(-1, n, bins.shape[-1]), n_bins)
    if limit > 2**62 // n_labels:
        cells = np.unique(cells, return_inverse=True)[1].reshape(cells.shape)
    # Sorted by cell first and label second, one sort serves both H(T) and H(T,Y).
    joint = np.sort(cells * n_labels + labels, axis=1)
    h_t, h_ty = _row_entropies(joint // n_labels), _row_entropies(joint)
    h_y = _row_entropies(np.sort(labels)[None])[0]
    i_ty = np.maximum(h_t + h_y - h_ty, 0)
    return h_t.reshape(stack) / unit, i_ty.reshape(stack) / unit


def bin_histogram(
    activations: np.ndarray, *, n_bins: int = 30, low: float = -1.0, high: float = 1.0
) -> np.ndarray:
    """Share of all activations in each bin (n_bins,), pooled over every axis."""
    bins = bin_indices(activations, n_bins=n_bins, low=low, high=high)
    return np.bincount(bins.ravel(), minlength=n_bins) / bins.size
