"""How far a solution can be above the global minimum."""

import numpy as np

from ibtools.bottleneck.blahut_arimoto.equations import Tables, clusters_of, log_weights, shares_of
from ibtools.bottleneck.blahut_arimoto.newcomers import newcomers
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.solution import Solution
from ibtools.bottleneck.sufficient import minimal_sufficient_statistic


def optimality_gap(p_xy: np.ndarray | Problem, solution: Solution) -> float:
    """By how much I(X;T) - β I(T;Y) of a solution can be above its minimum, in the solution's unit.

    With r any distribution of Y, at most

        log max_r G(r),   G(r) = Σ_x p(x) exp(-β D[p(y|x) ‖ r]) / Z(x),

    plus what one more sweep would gain: the bottleneck is a convex problem in disguise, if T may
    have as many values as it likes (see `newcomers`, with sources). G ≤ 1 everywhere makes a
    solution the global minimum, which no number of restarts can.

    G may have many maxima, and is climbed from the p(y|x) of each x only: a large gap is certain
    to be one of G, a small one is as good as the climbs. It bounds from above, and a gap of 1e-5
    can stand for 1e-7. That a solution has too few clusters, by request, is part of its gap.

    Raises the errors of Problem, and ValueError for a solution with another functional or problem.
    """
    problem = Problem.of(p_xy)
    if solution.alpha != 1 or len(solution.q_t_given_x) != problem.n_x:
        raise ValueError(
            f"solution must be one of the information bottleneck (alpha = 1) with n_x = "
            f"{problem.n_x}, got alpha = {solution.alpha:g}, n_x = {len(solution.q_t_given_x)}"
        )
    clusters = clusters_of(Tables.of(problem), solution.q_t_given_x)
    tables = Tables.of(minimal_sufficient_statistic(problem)[0])
    _, log_z = shares_of(log_weights(tables, clusters, solution.beta))
    next_sweep = solution.functional * np.log(solution.base) + tables.p_x @ log_z
    found = newcomers(tables, clusters, solution.beta, tolerance=0.0)
    return float(max(0.0, next_sweep + found.log_gain.max()) / np.log(solution.base))
