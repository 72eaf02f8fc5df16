"""Clusters on their way to each other or to nothing, taken there at once.

Where two clusters are about to become equal, or one to die, sweeps approach the end ever more
slowly. The end itself is easily tried, and taken when the functional is no higher there.
"""

import numpy as np
from scipy.spatial.distance import cdist

from ibtools.bottleneck.blahut_arimoto.equations import Clusters, Sweep, Tables, clusters_of, sweep
from ibtools.bottleneck.cluster_costs import soft_costs

ROUNDING = 1e-13
# Two clusters of which some probability of y differs by more are not about to become equal.
NEAR = 0.1


def tidied(tables: Tables, at: Sweep, beta: float) -> Sweep:
    """With fewer clusters, where that does not raise the functional; else as it is."""
    if at.clusters.n_clusters == 1:
        return at
    if at.functional >= -ROUNDING:
        return sweep(tables, clusters_of(tables, np.ones((len(tables.p_x), 1))), beta)
    encoder = dying_left_out(tables, pairs_merged(tables, at.encoder, beta))
    if encoder.shape[1] == at.encoder.shape[1]:
        return at
    q_ty = encoder.T @ tables.p_xy
    tidy = sweep(tables, Clusters.of(tables, q_ty / q_ty.sum()), beta)
    return tidy if tidy.functional <= at.functional + ROUNDING else at


def pairs_merged(tables: Tables, encoder: np.ndarray, beta: float) -> np.ndarray:
    """The encoder with each two clusters that are nearest to each other merged, where it pays.

    The functional is a sum over clusters, so that what one merger brings does not hang on others.
    """
    q_ty = encoder.T @ tables.p_xy
    q_y_given_t = q_ty / np.maximum(q_ty.sum(axis=1, keepdims=True), ROUNDING)
    distance = cdist(q_y_given_t, q_y_given_t, "chebyshev")
    np.fill_diagonal(distance, np.inf)
    nearest = distance.argmin(axis=1)
    each = np.arange(len(nearest))
    paired = (nearest[nearest] == each) & (each < nearest) & (distance[each, nearest] < NEAR)
    if not paired.any():
        return encoder
    first, second = each[paired], nearest[paired]
    merged = encoder[:, first] + encoder[:, second]
    apart, together = (
        soft_costs((part * tables.p_x[:, None]).T, part.T @ tables.p_xy, beta)
        for part in (encoder[:, [*first, *second]], merged)
    )
    pays = together <= apart.reshape(2, -1).sum(axis=0)
    if not pays.any():
        return encoder
    rest = np.delete(encoder, [first[pays], second[pays]], axis=1)
    return np.hstack([rest, merged[:, pays]])


def dying_left_out(tables: Tables, encoder: np.ndarray) -> np.ndarray:
    """The encoder without the clusters that each could be left out with profit.

    Without t, the others in their old ratios, Z(x) changes by the factor (1 - q(t|x)) / (1 - q(t)).
    Rows of what is left may sum to less than 1.
    """
    q_t = tables.p_x @ encoder
    with np.errstate(divide="ignore"):
        change = tables.p_x @ np.log1p(-np.minimum(encoder, 1)) - np.log1p(-np.minimum(q_t, 1))
    stays = change < 0
    stays[q_t.argmax()] = True
    return encoder[:, stays]
