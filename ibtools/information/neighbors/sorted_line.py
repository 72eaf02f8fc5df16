"""Counting neighbours on a line: sort once, then two binary searches a sample."""

import numpy as np


def count_within(values: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """For each of values (n,), how many others lie within its radius (n,), the rim included.

    radius: finite. The rim is decided by the difference |v_j - v_i| as the machine rounds it, the
    same number every other search of this package compares. O(n log n).
    """
    order = np.argsort(values)
    line, reach = values[order], radius[order]
    first = line.searchsorted(line - reach, side="left")
    last = line.searchsorted(line + reach, side="right")
    # line ± reach was rounded, which can let in or shut out a sample on the rim. One that must
    # go takes all samples of the same value with it; so must one that has to come in.
    fenced = np.concatenate([[-np.inf], line, [np.inf]])
    while len(wrong := (fenced[last] - line > reach).nonzero()[0]):
        last[wrong] = line.searchsorted(fenced[last[wrong]], side="left")
    while len(wrong := (fenced[last + 1] - line <= reach).nonzero()[0]):
        last[wrong] = line.searchsorted(fenced[last[wrong] + 1], side="right")
    while len(wrong := (line - fenced[first + 1] > reach).nonzero()[0]):
        first[wrong] = line.searchsorted(fenced[first[wrong] + 1], side="right")
    while len(wrong := (line - fenced[first] <= reach).nonzero()[0]):
        first[wrong] = line.searchsorted(fenced[first[wrong]], side="left")
    counts = np.empty_like(order)
    counts[order] = last - first - 1
    return counts
