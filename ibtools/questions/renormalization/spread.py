"""How far a receptive field spreads over a periodic lattice."""

import numpy as np

from ibtools.information.validation import columns, whole_number


def field_spread(weights: np.ndarray, side: int) -> np.ndarray:
    """Root mean square distance of each unit's weight from its centre, (units,), in sites.

    weights: (side², units).  A site counts by its share of the squared weights; the centre is the
    site that makes the spread least, and distances go the short way around. One site: 0. All sites
    alike: √((side² + 2)/6) for an even side, 6.56 for 16. NaN for a unit without weight.

    Raises ValueError when the rows are not side².
    """
    weights = columns(weights, "weights")
    if len(weights) != whole_number(side, "side") ** 2:
        raise ValueError(f"weights must have side² = {side**2} rows, got {len(weights)}")
    apart = np.arange(side)
    along = np.minimum(apart, side - apart) ** 2
    squares = along[np.abs(apart[:, None] - apart)]
    # Squared distances along rows and columns add up: (site, site) from two small tables.
    distances = (squares[:, None, :, None] + squares[None, :, None, :]).reshape(side**2, side**2)
    shares = weights**2 / np.where(total := (weights**2).sum(axis=0), total, np.nan)
    return np.sqrt((distances @ shares).min(axis=0))
