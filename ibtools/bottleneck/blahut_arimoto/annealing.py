"""The information curve over many β: each solution starts from the one before."""

import numpy as np

from ibtools.bottleneck.blahut_arimoto.descent import Descent
from ibtools.bottleneck.blahut_arimoto.search import Search
from ibtools.bottleneck.curve import IBCurve
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.settings import validated_betas, warn_of_unconverged
from ibtools.information.validation import one_of

METHODS = ("reverse", "forward", "both")


def information_bottleneck_curve(
    p_xy: np.ndarray | Problem,
    betas: np.ndarray,
    *,
    method: str = "reverse",
    n_clusters: int | None = None,
    n_restarts: int = 0,
    tolerance: float = 1e-5,
    max_steps: int = 10_000,
    seed: int = 0,
    base: float = 2,
) -> IBCurve:
    """The solutions of `information_bottleneck` for betas (n,), one for each, in their order.

    method: reverse starts from T = X at the largest β and goes down: clusters become equal, are
        merged, and so it gets cheaper. forward starts from a single cluster at the smallest β and
        goes up: new clusters come in where they pay. both takes the better of the two at each β.
        (Slonim 2002, thesis, Hebrew University, section 3.1, for annealing either way)
    n_clusters, n_restarts, tolerance, max_steps, seed: as in `information_bottleneck`, for each β.
        With n_clusters one start besides the solution before is random, at each β.

    A solution one step of β away is a good start, which makes a curve much faster than its points
    one by one, and different β find the same clusters, so that what a cluster tells about Y can be
    followed along the curve. Close to a critical β take β finely: there the clusters move fastest.

    Raises ValueError for betas not of shape (n,), n at least 1, positive and finite, another
    method, and the errors of `information_bottleneck`.
    """
    problem = Problem.of(p_xy)
    betas = validated_betas(betas).tolist()
    search = Search(problem, n_clusters, n_restarts, tolerance, max_steps, seed, base)
    rising = np.argsort(betas, kind="stable")
    sweeps = []
    if one_of(method, "method", METHODS) != "forward":
        sweeps.append(_annealed(search, betas, rising[::-1]))
    if method != "reverse":
        sweeps.append(_annealed(search, betas, rising))
    best = [min(ends, key=lambda end: end.history[-1]) for ends in zip(*sweeps, strict=True)]
    solutions = [search.solution(end, beta) for end, beta in zip(best, betas, strict=True)]
    warn_of_unconverged(solutions, "the information bottleneck", max_steps)
    return IBCurve.from_solutions(problem, solutions)


def _annealed(search: Search, betas: list[float], order: np.ndarray) -> list[Descent]:
    """The ends of the descents, in the order of betas, made in the order given."""
    if betas[order[0]] >= betas[order[-1]]:
        clusters = search.first(betas[order[0]])
        ready = search.together(clusters, np.array(betas)[order])
    else:
        clusters, ready = search.single(), {}
    ends = {}
    for place, i in enumerate(order):
        ends[i] = ready.get(place) or search.best(betas[i], clusters)
        clusters = ends[i].last.clusters
    return [ends[i] for i in range(len(betas))]
