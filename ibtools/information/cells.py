"""Counting cells: the information that rows of integers carry, for many layers at once.

A layer whose units have been cut into bins is a row of integers for every input, its cell T. With
n inputs, all counted alike,

    H(T) = log n - (1/n) Σ_t c_t log c_t      where c_t inputs share the cell t,

so that counting equal rows is all there is to do, and sorting one number per row is the fastest
way to do it.
"""

import numpy as np
from scipy.special import entr

from ibtools.information.discrete import symbols
from ibtools.information.validation import validated_base, validated_conditional


def cell_numbers(bins: np.ndarray) -> tuple[np.ndarray, int]:
    """bins (layers, samples, units): one integer per sample that names its cell, and their limit.

    Units are digits of a number in base n_bins. Before the number would leave 64 bits, the cells
    seen so far are renumbered from 0; so any number of units is exact, with no hashing.
    """
    lowest = int(bins.min())
    n_bins = int(bins.max()) - lowest + 1
    if n_bins > 2**31:
        bins, lowest = np.unique(bins, return_inverse=True)[1].reshape(bins.shape), 0
        n_bins = int(bins.max()) + 1
    cells = np.zeros(bins.shape[:-1], dtype=np.int64)
    limit = 1
    for unit in range(bins.shape[-1]):
        if limit > 2**62 // n_bins:
            cells, limit = _renumbered(cells)
        cells = cells * n_bins + (bins[..., unit] - lowest)
        limit *= n_bins
    return cells, limit


def _renumbered(cells: np.ndarray) -> tuple[np.ndarray, int]:
    cells = np.unique(cells, return_inverse=True)[1].reshape(cells.shape)
    return cells, int(cells.max()) + 1


def _runs(sorted_rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each run of equal integers starts in the flattened rows, and how long it is."""
    starts = np.ones(sorted_rows.shape, dtype=bool)
    np.not_equal(sorted_rows[:, 1:], sorted_rows[:, :-1], out=starts[:, 1:])
    positions = np.flatnonzero(starts)
    return positions, np.diff(positions, append=sorted_rows.size)


def _row_entropies(sorted_rows: np.ndarray) -> np.ndarray:
    """Plug-in entropy in nats of each row of sorted integers (rows, n): log n - (1/n) Σ c log c."""
    rows, n = sorted_rows.shape
    positions, counts = _runs(sorted_rows)
    spread = np.bincount(positions // n, weights=counts * np.log(counts), minlength=rows)
    return np.log(n) - spread / n


def cell_information(
    bins: np.ndarray, y: np.ndarray, *, base: float = 2
) -> tuple[np.ndarray, np.ndarray]:
    """I(X;T) = H(T) and I(T;Y) where T is a row of bins, for any stack of layers at once.

    bins: (..., samples, units) integers, every sample a different input, all equally likely.
    y: (samples,) labels, or (samples, labels) probabilities p(y|x) of a label that the input does
    not settle.  Returns two arrays of shape (...), bits unless base says otherwise.

    Raises TypeError when bins are no integers and ValueError for shapes that do not fit and rows
    of probabilities that do not sum to 1.
    """
    bins = np.asarray(bins)
    if bins.dtype.kind not in "biu":
        raise TypeError(f"bins must be integers, got dtype {bins.dtype}")
    if bins.ndim < 2 or 0 in bins.shape:
        raise ValueError(f"bins must have shape (..., samples, units), none empty: {bins.shape}")
    stack, n = bins.shape[:-2], bins.shape[-2]
    if np.ndim(y) not in (1, 2) or len(y) != n:
        raise ValueError(
            f"y must have shape ({n},) like the samples, or ({n}, labels) for probabilities, "
            f"got {np.shape(y)}"
        )
    unit = np.log(validated_base(base))
    cells, limit = cell_numbers(bins.reshape(-1, n, bins.shape[-1]))
    count = _with_labels if np.ndim(y) == 1 else _with_probabilities
    h_t, i_ty = count(cells, limit, y)
    return h_t.reshape(stack) / unit, np.maximum(i_ty, 0).reshape(stack) / unit


def _with_labels(cells: np.ndarray, limit: int, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    labels = symbols(y, "y")
    n_labels = int(labels.max()) + 1
    if limit > 2**62 // n_labels:
        cells, _ = _renumbered(cells)
    # Sorted by cell first and label second, one sort serves both H(T) and H(T,Y).
    joint = np.sort(cells * n_labels + labels, axis=1)
    h_t, h_ty = _row_entropies(joint // n_labels), _row_entropies(joint)
    return h_t, h_t + _row_entropies(np.sort(labels)[None])[0] - h_ty


def _with_probabilities(
    cells: np.ndarray, limit: int, y: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """I(T;Y) = H(Y) - H(Y|T), where p(y|t) is the mean of p(y|x) over the inputs of a cell."""
    rows, n = cells.shape
    p_y_given_x = validated_conditional(y, "y")
    order = np.argsort(cells, axis=1)
    positions, counts = _runs(np.take_along_axis(cells, order, axis=1))
    p_y_given_t = np.add.reduceat(p_y_given_x[order.ravel()], positions) / counts[:, None]
    row, weights = positions // n, counts / n
    h_t = np.bincount(row, weights=-weights * np.log(weights), minlength=rows)
    h_y_given_t = np.bincount(row, weights=weights * entr(p_y_given_t).sum(axis=1), minlength=rows)
    return h_t, entr(p_y_given_x.mean(axis=0)).sum() - h_y_given_t
