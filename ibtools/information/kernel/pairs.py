"""Sums of Gaussian kernels over all pairs of centres, block by block.

The sums of n centres need n² distances, too many to hold at once for large n. They are made in
blocks that fit the processor's cache, each pair once, and forgotten when summed.
"""

import math
from itertools import pairwise

import numpy as np

from ibtools.information.kernel.centres import exponents, factors, namespace


def _blocks(counts: np.ndarray, area: int):
    """(rows, columns, same class?) of blocks that cover each pair of samples once.

    Rows and columns hold one class each, or the columns everything after it; a block has at most
    `area` pairs. Wide blocks with few rows waste least on the diagonal, whose blocks are square.
    """
    n = int(counts.sum())
    height = max(1, math.isqrt(area) // 3)
    for start, stop in pairwise([0, *np.cumsum(counts).tolist()]):
        for first in range(start, stop, height):
            rows = slice(first, min(first + height, stop))
            yield rows, rows, True
            for low, high, same in ((rows.stop, stop, True), (stop, n, False)):
                for left in range(low, high, area // height):
                    yield rows, slice(left, min(left + area // height, high)), same


def kernel_sums(u, counts: np.ndarray, *, subtract: bool, max_memory: int):
    """Σ_j exp(-|u_i - u_j|²) and Σ_j exp(-4 |u_i - u_j|²): own class and all, (2, layers, n) each.

    The pair (i, j) serves j as well, and the fourth power of the first kernel is the second: one
    exponential gives four terms. Each sum holds its own centre's exp(0) = 1: no logarithm of 0.
    """
    xp = namespace(u)
    layers, n, _ = u.shape
    # A block and one temporary of its size.
    area = max(1, max_memory // (2 * u.itemsize))
    # Processors are many times slower on numbers below the normal range. Next to the 1 of its own
    # centre, a term raised to this floor does not count (4e-10 in float32, else far less).
    floor = (math.log(xp.finfo(u.dtype).tiny) + 1) / 4
    together = max(1, area // n**2)
    left, right = factors(u, subtract=subtract)
    ones = xp.ones_like(u[0, :, 0])
    own = xp.zeros_like(xp.stack([u[..., 0], u[..., 0]]))
    every = xp.zeros_like(own)
    for first in range(0, layers, together):
        some = slice(first, first + together)
        for rows, columns, same in _blocks(counts, area // min(together, layers)):
            kernel = exponents(left[some, rows], right[some, columns], subtract=subtract)
            if rows == columns:
                diagonal = xp.arange(kernel.shape[-1])
                kernel[:, diagonal, diagonal] = 0
            xp.exp(xp.clip(kernel, floor, 0, out=kernel), out=kernel)
            for power in (0, 1):
                of_rows, of_columns = kernel @ ones[columns], ones[rows] @ kernel
                for sums in (own, every) if same else (every,):
                    sums[power, some, rows] += of_rows
                    if rows != columns:
                        sums[power, some, columns] += of_columns
                if power == 0:
                    kernel *= kernel
                    kernel *= kernel
    return own, every
