"""Many β at once, where nothing happens: no cluster dies, none meets another, none is missing.

At large β hardly anything changes along the curve, and a few sweeps do. One array operation for
all β is then much faster than one for each.
"""

from collections.abc import Iterator

import numpy as np

from ibtools.bottleneck.blahut_arimoto.descent import Descent
from ibtools.bottleneck.blahut_arimoto.equations import Clusters, Sweep, Tables, sweep
from ibtools.bottleneck.blahut_arimoto.newcomers import newcomers
from ibtools.bottleneck.blahut_arimoto.tidying import tidied

# Numbers that the encoders of one batch hold: more do not fit into a processor's cache.
BATCH = 2**15


def settled_together(
    tables: Tables, start: Clusters, betas: np.ndarray, *, tolerance: float
) -> dict[int, Descent]:
    """The ends of the descents from start for those of betas (n,), falling, at which few sweeps do.

    Each i with its Descent. It looks no further than a batch at whose β none settle.
    """
    size = max(1, BATCH // (len(tables.p_x) * start.n_clusters))
    ends = {}
    for first in range(0, len(betas), size):
        batch = betas[first : first + size]
        settled = {
            i: end
            for i, end in _settled(tables, start, batch, tolerance)
            if tidied(tables, end.last, batch[i]) is end.last
        }
        if not settled:
            break
        parts = zip(*(end.last.clusters for end in settled.values()), strict=True)
        clusters = Clusters(*(np.stack(part) for part in parts))
        found = newcomers(
            tables, clusters, batch[list(settled), None, None], tolerance=10 * tolerance
        )
        complete = found.log_gain.max(axis=-1) <= 10 * tolerance
        places = np.array(list(settled))[complete].tolist()
        ends |= {first + i: settled[i] for i in places}
    return ends


def _settled(
    tables: Tables, start: Clusters, betas: np.ndarray, tolerance: float
) -> Iterator[tuple[int, Descent]]:
    """Plain sweeps of all β, each as long as every sweep halves the largest gain of a cluster."""
    left = np.arange(len(betas))
    at = sweep(tables, start, betas[:, None, None])
    history = [at.functional]
    while len(left):
        new = sweep(tables, at.clusters, betas[left, None, None])
        history.append(new.functional)
        largest = new.gains.max(axis=-1)
        quick = largest < at.gains.max(axis=-1) / 2
        resting = (largest < tolerance) & (at.functional - new.functional < tolerance / 1e5)
        for i in np.flatnonzero(quick & resting):
            functionals = [float(each[i]) for each in history]
            yield int(left[i]), Descent(_part(new, i), functionals, True)
        goes_on = quick & ~resting
        left, at, history = left[goes_on], _part(new, goes_on), [each[goes_on] for each in history]


def _part(at: Sweep, which: np.ndarray | int) -> Sweep:
    before, clusters = (Clusters(*(each[which] for each in c)) for c in (at.before, at.clusters))
    return Sweep(before, at.encoder[which], at.functional[which], clusters, at.gains[which])
