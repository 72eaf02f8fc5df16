"""The β at which something begins: the first cluster of its own, and every further split."""

from typing import NamedTuple

import numpy as np

from ibtools.bottleneck.blahut_arimoto.equations import Tables, clusters_of
from ibtools.bottleneck.blahut_arimoto.newcomers import newcomers
from ibtools.bottleneck.correspondence import correspondence
from ibtools.bottleneck.curve import IBCurve
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.sufficient import minimal_sufficient_statistic


def critical_beta(p_xy: np.ndarray | Problem) -> float:
    """1/ρ₂², the β from which on the single cluster is no local minimum.

    ρ₂ is the second singular value of p(x,y)/√(p(x) p(y)) (the first is 1): the largest correlation
    that any function of X has with any function of Y. A single cluster that splits into two, of
    q(y|t) = p(y) ± δ(y), gains 1 - β ρ₂² times the least that it costs, to second order in δ.

    1 when some function of X is known from Y, as with labels Y = f(X); infinite when X and Y are
    independent. For the doubly symmetric binary source with flips ε it is 1/(1-2ε)².

    A cluster far from p(y) can pay earlier, when the split is no small one: see `onset_beta`.

    Sources: Witsenhausen (1975), SIAM Journal on Applied Mathematics 28, 100-113, for ρ₂; Wu,
    Fischer, Chuang & Tegmark (2019), Learnability for the information bottleneck, UAI. Raises the
    errors of Problem.
    """
    correlation = np.linalg.norm(correspondence(Problem.of(p_xy).p_xy), ord=2)
    return float(max(1.0, 1 / correlation**2)) if correlation > 1e-12 else np.inf


def onset_beta(p_xy: np.ndarray | Problem, *, tolerance: float = 1e-6) -> float:
    """The β from which on anything is worth storing: below it, the single cluster is the minimum.

    Where some distribution r of Y has  Σ_x p(x) exp(β Σ_y p(y|x) log r(y)/p(y)) > 1: a few rare x
    that say a lot can pay for a cluster before `critical_beta`, which this never exceeds. At this
    β the curve leaves (0, 0), with slope 1/β, so that I(T;Y) ≤ I(X;T)/β for every T.

    tolerance: of β, relative. r is looked for by climbs from the p(y|x) of every x: what they miss
    makes the value too high.

    Raises the errors of Problem.
    """
    problem = minimal_sufficient_statistic(p_xy)[0]
    tables = Tables.of(problem)
    single = clusters_of(tables, np.ones((problem.n_x, 1)))
    low, high = 1.0, critical_beta(problem)
    if high == np.inf:
        return high
    while high - low > tolerance * low:
        middle = (low + high) / 2
        pays = newcomers(tables, single, middle, tolerance=1e-9).log_gain.max() > 1e-9
        low, high = (low, middle) if pays else (middle, high)
    return high


class Split(NamedTuple):
    """Between neighbouring β, low and high, n_below clusters become n_above."""

    low: float
    high: float
    n_below: int
    n_above: int


def cluster_splits(curve: IBCurve) -> list[Split]:
    """Where the number of clusters changes along a curve, by rising β.

    Each is known as well as the β are dense. Most often clusters split as β rises, and each split
    is a phase transition, at which the second derivative of the functional jumps; but one can die
    too, when others take its place (then n_above < n_below).

    Source: Rose (1998), Proceedings of the IEEE 86, 2210-2239, for the splits, in clustering.
    """
    rising = np.argsort(curve.beta, kind="stable")
    betas, counts = curve.beta[rising], curve.n_clusters[rising]
    return [
        Split(float(betas[i]), float(betas[i + 1]), int(counts[i]), int(counts[i + 1]))
        for i in np.flatnonzero(np.diff(counts))
    ]
