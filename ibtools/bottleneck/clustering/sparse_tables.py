"""Joint tables with few entries in a row, such as documents and the words in them."""

import numpy as np
from scipy import sparse

from ibtools.bottleneck.problem import Problem


def sparse_rows(p_xy: np.ndarray | Problem | sparse.sparray, *, uniform: bool) -> sparse.csr_array:
    """p(x, y) up to a factor, as float64 rows (n_x, n_y) of the entries above 0.

    p_xy: a table of probabilities or a Problem; or a SciPy sparse matrix of counts, for which only
    proportions matter.
    uniform: whether each row is divided by its sum, so that all x have the same probability.

    Raises the errors of Problem; for a sparse matrix, TypeError when it does not hold numbers, and
    ValueError when it has another number of axes than 2, is empty, has negative, NaN or infinite
    entries, or has rows without any.
    """
    if sparse.issparse(p_xy):
        rows = _validated_counts(p_xy)
    else:
        rows = sparse.csr_array(Problem.of(p_xy).p_xy)
    # By a power of two, which is exact, to where no sum over- or underflows.
    rows.data = np.ldexp(rows.data, -np.frexp(rows.data.max())[1])
    if uniform:
        rows.data /= np.repeat(rows.sum(axis=1), np.diff(rows.indptr))
    return rows


def _validated_counts(counts: sparse.sparray) -> sparse.csr_array:
    if counts.dtype.kind not in "biuf":
        raise TypeError(f"p_xy must hold real numbers, got dtype {counts.dtype}")
    if counts.ndim != 2 or 0 in counts.shape:
        raise ValueError(f"p_xy must have shape (n_x, n_y), none empty, got {counts.shape}")
    # As float64 first: entries of one place are added up, for which small integers have no room.
    rows = sparse.csr_array(counts.astype(np.float64), copy=True)
    rows.sum_duplicates()
    if not np.isfinite(rows.data).all() or (rows.data < 0).any():
        raise ValueError(
            "p_xy must hold finite numbers, none negative, "
            f"got {rows.data.min():g} to {rows.data.max():g}"
        )
    rows.eliminate_zeros()
    empty = np.flatnonzero(np.diff(rows.indptr) == 0)
    if len(empty):
        raise ValueError(
            f"p_xy must have no empty rows, got nothing in {len(empty)} of {rows.shape[0]} rows, "
            f"first in row {empty[0]}: leave them out"
        )
    return rows
