"""The whole information curve: one solution after the other, each started from the last."""

import numpy as np

from ibtools.bottleneck.blahut_arimoto import as_solution, softened_identity, warned
from ibtools.bottleneck.curve import IBCurve
from ibtools.bottleneck.descent import descend
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.self_consistent import Tables
from ibtools.bottleneck.sufficient import minimal_sufficient_statistic
from ibtools.information.validation import positive, validated_base, whole_number


def information_bottleneck_curve(
    p_xy: np.ndarray | Problem,
    betas: np.ndarray,
    *,
    tolerance: float = 1e-7,
    max_steps: int = 10_000,
    base: float = 2,
) -> IBCurve:
    problem = Problem.of(p_xy)
    smaller, statistic = minimal_sufficient_statistic(problem)
    tables = Tables.of(smaller)
    clusters = softened_identity(tables)
    solutions = {}
    for i in np.argsort(betas)[::-1]:
        beta = positive(float(betas[i]), "beta")
        descent = descend(
            tables,
            clusters,
            beta,
            tolerance=tolerance,
            max_steps=whole_number(max_steps, "max_steps"),
        )
        clusters = descent.last.clusters
        solutions[i] = warned(as_solution(problem, statistic, descent, beta, validated_base(base)))
    return IBCurve.from_solutions(problem, [solutions[i] for i in range(len(betas))])
