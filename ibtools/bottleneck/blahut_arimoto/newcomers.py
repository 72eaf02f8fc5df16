"""Clusters that are not there yet and ought to be: a way out of local minima.

Let T range over all distributions r of Y at once, with q(t) a mixture of any of them. In this
mixture -Σ_x p(x) log Z(x) is convex: it is a rate-distortion problem with the letters r and the
distortion D[p(y|x) ‖ r]. Adding ε of a new letter r changes it by -ε (G(r) - 1), with

    G(r) = Σ_x p(x) exp(-β D[p(y|x) ‖ r]) / Z(x).

So a solution is the global minimum exactly when G ≤ 1 everywhere (Kuhn and Tucker); and if not, it
is above it by at most log max G, because  Σ p(x) log Z'(x)/Z(x) ≤ log Σ p(x) Z'(x)/Z(x), which is
the log of a mean of G, for whatever other mixture Z' comes from.

Sources: Harremoës & Tishby (2007), ISIT, 566-570, for the bottleneck as a rate-distortion problem;
Lindsay (1983), Annals of Statistics 11, 86-94, for the criterion, in the theory of mixtures.
"""

from typing import NamedTuple

import numpy as np

from ibtools.bottleneck.blahut_arimoto.descent import Descent, descend
from ibtools.bottleneck.blahut_arimoto.equations import (
    NOTHING,
    Clusters,
    Tables,
    letters_of,
    log_weights,
    shares_of,
)
from ibtools.bottleneck.blahut_arimoto.extrapolation import best_share

N_CLIMBS = 20
N_ROUNDS = 10
LARGEST_LOG = 600.0


class Newcomers(NamedTuple):
    """m possible clusters: log r(y)/p(y) (m, n_y), exp(-β D)/Z(x) (n_x, m), and log G (m,)."""

    log_ratio: np.ndarray
    ratio: np.ndarray
    log_gain: np.ndarray


def newcomers(tables: Tables, clusters: Clusters, beta: float, *, tolerance: float) -> Newcomers:
    """Where G is large, as far as climbs from the p(y|x) of all x come; for each β, if several.

    A climb goes from r to  Σ_x p(x) exp(-β D[p(y|x) ‖ r]) / Z(x) p(y|x) / G(r), as the sweeps of a
    cluster do; G never falls on the way. Each ends in a local maximum: there may be a higher one.
    All end when a step raises no log G by more than tolerance.
    """
    _, log_z = shares_of(log_weights(tables, clusters, beta))
    letters = letters_of(tables, beta)[0]
    log_gain = -np.inf
    log_p_x = np.log(tables.p_x)[:, None]
    for _ in range(N_CLIMBS):
        before = log_gain
        log_ratio = np.log(np.maximum(letters, NOTHING)) - tables.log_p_y
        log_share = tables.p_y_given_x @ (beta * log_ratio).mT - log_z[..., None]
        weights = log_share + log_p_x
        largest = weights.max(axis=-2, keepdims=True)
        weights = np.exp(weights - largest)
        g = weights.sum(axis=-2, keepdims=True)
        log_gain = (largest + np.log(g))[..., 0, :]
        if (log_gain - before < tolerance).all():
            break
        letters = (weights / g).mT @ tables.p_y_given_x
    return Newcomers(log_ratio, np.exp(np.minimum(log_share, LARGEST_LOG)), log_gain)


def joined(tables: Tables, clusters: Clusters, found: Newcomers) -> Clusters:
    """The clusters with those found added, each once and with equal shares, as large as is best."""
    _, each = np.unique(found.log_ratio.round(2), axis=0, return_index=True)
    share = best_share(tables.p_x, found.ratio[:, each].mean(axis=1))
    letters = np.exp(found.log_ratio[each] + tables.log_p_y)
    return Clusters.of(
        tables, np.vstack([(1 - share) * clusters.q_ty, share / len(each) * letters])
    )


def descend_with_newcomers(
    tables: Tables, descent: Descent, beta: float, *, tolerance: float, max_steps: int
) -> Descent:
    """From where a descent has ended, with those who gain more than 10 tolerances; and so on."""
    for _ in range(N_ROUNDS):
        clusters = descent.last.clusters
        found = newcomers(tables, clusters, beta, tolerance=10 * tolerance)
        gains = found.log_gain > 10 * tolerance
        if not gains.any():
            break
        found = Newcomers(found.log_ratio[gains], found.ratio[:, gains], found.log_gain[gains])
        start = joined(tables, clusters, found)
        further = descend(tables, start, beta, tolerance=tolerance, max_steps=max_steps)
        if further.history[-1] >= descent.history[-1]:
            break
        descent = further._replace(history=descent.history + further.history)
    return descent
