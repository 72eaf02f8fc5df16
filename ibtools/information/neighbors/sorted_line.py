"""Counting neighbours on a line: sort once, then two binary searches a sample."""

import numpy as np


def count_within(values: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """For each of values (n,), how many others lie within its radius (n,), the rim included.

    The rim is decided by the difference |v_j - v_i| as the machine rounds it, the same number
    every other search of this package compares. O(n log n).
    """
    order = np.argsort(values)
    line, reach = values[order], radius[order]
    first = np.searchsorted(line, line - reach, side="left")
    last = np.searchsorted(line, line + reach, side="right")
    # line ± reach was rounded, which can let in or shut out a sample on the rim. One that must
    # go takes all samples of the same value with it; so must one that has to come in.
    n = len(line)
    while len(wrong := np.flatnonzero(line[last - 1] - line > reach)):
        last[wrong] = np.searchsorted(line, line[last[wrong] - 1], side="left")
    while len(wrong := np.flatnonzero((last < n) & (line[last % n] - line <= reach))):
        last[wrong] = np.searchsorted(line, line[last[wrong]], side="right")
    while len(wrong := np.flatnonzero(line - line[first] > reach)):
        first[wrong] = np.searchsorted(line, line[first[wrong]], side="right")
    while len(wrong := np.flatnonzero((first > 0) & (line - line[first - 1] <= reach))):
        first[wrong] = np.searchsorted(line, line[first[wrong] - 1], side="left")
    counts = np.empty(n, dtype=np.int64)
    counts[order] = last - first - 1
    return counts
