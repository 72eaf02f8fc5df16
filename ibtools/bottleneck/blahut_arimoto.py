"""The information bottleneck: the encoder that compresses X and keeps what X says about Y.

    minimise  I(X;T) - β I(T;Y)  over q(t|x)

(Tishby, Pereira & Bialek 1999, arXiv:physics/0004057). β is the price of what is told about Y in
units of what is stored about X: below a critical β (see `critical`) nothing is worth storing, and
for β → ∞ T keeps all that X says about Y.
"""

import warnings

import numpy as np

from ibtools.bottleneck.descent import Descent, descend
from ibtools.bottleneck.merging import merge_equal_clusters
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.self_consistent import Clusters, Tables, clusters_of
from ibtools.bottleneck.solution import (
    BottleneckWarning,
    Solution,
    encoder_solution,
    validated_encoder,
)
from ibtools.bottleneck.sufficient import minimal_sufficient_statistic
from ibtools.information.validation import generator, positive, validated_base, whole_number


def information_bottleneck(
    p_xy: np.ndarray | Problem,
    beta: float,
    *,
    n_clusters: int | None = None,
    encoder: np.ndarray | None = None,
    n_restarts: int = 0,
    tolerance: float = 1e-7,
    max_steps: int = 10_000,
    seed: int = 0,
    base: float = 2,
) -> Solution:
    """The encoder with the smallest I(X;T) - β I(T;Y) that a descent from T = X finds.

    n_clusters: at most so many clusters, and then the start is a random encoder.
    encoder: (n_x, n_t) start here instead.
    n_restarts: descents from random encoders besides; the best of all is returned.
    tolerance: a descent ends when no cluster promises to lower the functional by more nats.
    max_steps: of one descent; a result that needs more has converged=False and warns.

    Every descent ends in a local minimum, and nothing proves that it is the best. From T = X it
    mostly is; with n_clusters below what the best solution has, take n_restarts of 10 or more.

    Raises ValueError for β not positive and finite, n_clusters above the number of x, both
    n_clusters and encoder, other settings out of range, and the errors of Problem and of
    `encoder_solution`.
    """
    problem = Problem.of(p_xy)
    beta, base = positive(beta, "beta"), validated_base(base)
    smaller, statistic = minimal_sufficient_statistic(problem)
    tables = Tables.of(smaller)
    rng = generator(seed)
    n_restarts = whole_number(n_restarts, "n_restarts", at_least=0)
    settings = _validated(tolerance=tolerance, max_steps=max_steps)
    if n_clusters is not None:
        n_clusters = _validated_n_clusters(n_clusters, problem, encoder)
        n_restarts += 1
    starts = [] if n_clusters is not None else [_first(problem, smaller, statistic, encoder)]
    starts += [_random(tables, n_clusters or smaller.n_x, rng) for _ in range(n_restarts)]
    descents = [descend(tables, start, beta, **settings) for start in starts]
    best = min(descents, key=lambda descent: descent.history[-1])
    return warned(as_solution(problem, statistic, best, beta, base))


def softened_identity(tables: Tables) -> Clusters:
    """T = X, each q(y|t) mixed with a little p(y): no cluster is out of reach of any x."""
    p_y_given_x, p_y = tables.p_y_given_x, np.exp(tables.log_p_y)
    return Clusters.of(tables, tables.p_x[:, None] * (0.999 * p_y_given_x + 0.001 * p_y))


def as_solution(
    problem: Problem, statistic: np.ndarray, descent: Descent, beta: float, base: float
) -> Solution:
    """The end of a descent for the statistic of X as a solution for X."""
    encoder = descent.last.encoder
    return encoder_solution(
        problem,
        merge_equal_clusters(problem, encoder[statistic]),
        beta=beta,
        n_steps=len(descent.history) - 1,
        converged=descent.converged,
        history=np.array(descent.history) / np.log(base),
        base=base,
    )


def warned(solution: Solution) -> Solution:
    if not solution.converged:
        warnings.warn(
            f"the bottleneck at beta = {solution.beta:g} did not converge in {solution.n_steps} "
            "steps: raise max_steps or tolerance",
            BottleneckWarning,
            stacklevel=3,
        )
    return solution


def _validated(*, tolerance: float, max_steps: int) -> dict:
    return {
        "tolerance": positive(tolerance, "tolerance"),
        "max_steps": whole_number(max_steps, "max_steps"),
    }


def _validated_n_clusters(n_clusters: int, problem: Problem, encoder: np.ndarray | None) -> int:
    if encoder is not None:
        raise ValueError("n_clusters must be left out when encoder, which has them, is given")
    if whole_number(n_clusters, "n_clusters") > problem.n_x:
        raise ValueError(f"n_clusters must be at most n_x = {problem.n_x}, got {n_clusters}")
    return int(n_clusters)


def _first(
    problem: Problem, smaller: Problem, statistic: np.ndarray, encoder: np.ndarray | None
) -> Clusters:
    tables = Tables.of(smaller)
    if encoder is None:
        return softened_identity(tables)
    q_xt = validated_encoder(encoder, problem) * problem.p_x[:, None]
    q_st = np.zeros((smaller.n_x, q_xt.shape[1]))
    np.add.at(q_st, statistic, q_xt)
    return clusters_of(tables, q_st / smaller.p_x[:, None])


def _random(tables: Tables, n_clusters: int, rng: np.random.Generator) -> Clusters:
    encoder = rng.dirichlet(np.ones(n_clusters), size=len(tables.p_x))
    return clusters_of(tables, encoder)
