"""Four ways to cut what the units of a layer do into bins.

Each function takes activations (..., samples, units) and returns integers of the same shape: the
bin of each activation. All units of a layer share the same bins; leading axes (networks,
snapshots) are layers of their own. Equal activations always share a bin. Raises TypeError for
anything but real numbers and ValueError for fewer than two axes, empty arrays, NaN or infinity.

    function            edges                              the same bins whatever
    bin_indices         n_bins on a fixed range            (nothing: choose the range well)
    fixed_width_bins    every multiple of a width          the range, not the scale
    equal_mass_bins     same number of activations each    any increasing map of the layer
    ebab_bins           same number of levels each         any increasing map of the layer

No choice is neutral: the information of a binned layer is that of the layer *and* its bins. The
adaptive bins make layers of any scale comparable, but forget the scale: a layer that shrinks onto
one point, without merging any two activations, reads the same as before.
"""

from numbers import Real

import numpy as np

from ibtools.information.validation import positive, real_numbers, whole_number


def _validated(activations: np.ndarray) -> np.ndarray:
    activations = real_numbers(activations, "activations")
    if activations.ndim < 2 or 0 in activations.shape:
        raise ValueError(
            f"activations must have shape (..., samples, units), none empty, "
            f"got {activations.shape}"
        )
    if not np.isfinite(activations).all():
        raise ValueError("activations must be finite, got NaN or infinite values")
    # Integers as float64; half precision could not number more than 2048 bins.
    return activations.astype(np.result_type(activations, np.float32), copy=False)


def number_of_bins(n_bins: int) -> int:
    """Beyond 2³¹ the whole numbers that decide who shares a bin would leave 64 bits."""
    if whole_number(n_bins, "n_bins") > 2**31:
        raise ValueError(f"n_bins must be at most 2**31, got {n_bins}")
    return int(n_bins)


def bin_indices(
    activations: np.ndarray, *, n_bins: int = 30, low: float = -1.0, high: float = 1.0
) -> np.ndarray:
    """n_bins equal bins on [low, high], numbered 0 … n_bins-1.

    Values outside fall into the first or last bin: harmless for tanh on [-1, 1], wrong for ReLU,
    whose values above 1 then all look alike. Shwartz-Ziv & Tishby (2017) use 30 on [-1, 1].

    Raises ValueError when n_bins is no whole number or low is not less than high.
    """
    activations, n_bins = _validated(activations), number_of_bins(n_bins)
    if not isinstance(low, Real) or not isinstance(high, Real) or not 0 < high - low < np.inf:
        raise ValueError(f"low must be less than high, both finite, got {low!r} and {high!r}")
    scaled = (np.clip(activations, low, high) - low) * (n_bins / (high - low))
    return np.minimum(scaled, n_bins - 1, out=scaled).astype(np.int64)


def fixed_width_bins(activations: np.ndarray, *, width: float = 0.07) -> np.ndarray:
    """⌊activation / width⌋: as many bins as the activations reach, below zero too.

    For unbounded units such as ReLU. A layer that grows is cut finer, one that shrinks coarser,
    so that training can look like compression or its opposite. Saxe et al. (2018) use 0.07.

    Raises ValueError when width is not positive, or so small that 64 bits cannot number the bins.
    """
    activations, width = _validated(activations), positive(width, "width")
    with np.errstate(over="ignore"):
        bins = np.floor(activations.astype(np.float64) / width)
    if np.abs(bins).max() > 2.0**61:
        largest = np.abs(activations).max()
        raise ValueError(f"width must be larger for activations of {largest:.3g}, got {width}")
    return bins.astype(np.int64)


def _equal_shares(activations: np.ndarray, n_bins: int, *, each_level_once: bool) -> np.ndarray:
    """The bin of a level is where the middle of its share lies in the pooled, sorted layer."""
    layers = _validated(activations)
    n_bins = number_of_bins(n_bins)
    bins = np.empty(layers.shape, dtype=np.int64)
    for layer in np.ndindex(layers.shape[:-2]):
        levels, counts = np.unique(layers[layer], return_counts=True)
        shares = np.ones_like(counts) if each_level_once else counts
        # Whole numbers (twice the middle) decide what lies on an edge without rounding.
        bin_of_level = (2 * np.cumsum(shares) - shares) * n_bins // (2 * shares.sum())
        edges = levels[1:][np.diff(bin_of_level) > 0]
        bins[layer] = np.searchsorted(edges, layers[layer], side="right")
    return bins


def equal_mass_bins(activations: np.ndarray, *, n_bins: int = 30) -> np.ndarray:
    """Bins that hold the same number of activations each, all units of a layer pooled.

    A level that many activations share (zero, for ReLU) is never cut; bins are then fewer and
    unequal. The entropy of a single unit without ties is log n_bins by construction.
    """
    return _equal_shares(activations, n_bins, each_level_once=False)


def ebab_bins(activations: np.ndarray, *, n_bins: int = 30) -> np.ndarray:
    """Entropy-based adaptive bins: the same number of *distinct* levels in each, units pooled.

    Unlike equal mass, a level counts once however often it occurs, so that the many zeros of ReLU
    or the many ones of a saturated tanh do not use up the bins. Fewer levels than bins: one each.
    The counts depend on rounding: float32 has fewer distinct levels near ±1 than float64.

    Source: Chelombiev, Houghton & O'Donnell (2019), arXiv:1902.09037 (EBAB).
    """
    return _equal_shares(activations, n_bins, each_level_once=True)
