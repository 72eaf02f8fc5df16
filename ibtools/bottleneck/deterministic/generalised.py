"""The family between the deterministic bottleneck and the information bottleneck.

    minimise  H(T) - α H(T|X) - β I(T;Y)  =  α I(X;T) + (1-α) H(T) - β I(T;Y)  over q(t|x)

with 0 < α ≤ 1. α = 1 is the information bottleneck; α → 0 leads to the deterministic one. In
between, noise in the encoder is paid for in part, and encoders turn from soft to hard. A cluster
and its two halves, which α = 1 cannot tell apart, differ for α < 1: the larger half takes all.

Source: Strouse & Schwab (2017), Neural Computation 29, 1611-1630, arXiv:1604.00268, section 4.
"""

import numpy as np

from ibtools.bottleneck.blahut_arimoto.equations import Tables
from ibtools.bottleneck.curve import IBCurve
from ibtools.bottleneck.deterministic.generalised_descent import (
    EncoderDescent,
    descend_from_encoder,
    functional,
    next_encoder,
)
from ibtools.bottleneck.deterministic.solver import deterministic_bottleneck_curve
from ibtools.bottleneck.merging import merge_equal_clusters
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.settings import (
    validated_betas,
    validated_n_clusters,
    warn_of_unconverged,
)
from ibtools.bottleneck.solution import (
    Solution,
    encoder_solution,
    validated_encoder,
)
from ibtools.bottleneck.sufficient import minimal_sufficient_statistic
from ibtools.information.validation import generator, positive, validated_base, whole_number

NEARLY_NOTHING = 1e-9


def generalised_bottleneck_step(
    p_xy: np.ndarray | Problem, q_t_given_x: np.ndarray, beta: float, alpha: float
) -> np.ndarray:
    """One step: the encoder that the marginals of the encoder q_t_given_x (n_x, n_t) lead to.

    First q(t) and q(y|t) from q_t_given_x, then

        q(t|x) ∝ exp(ℓ(x,t) / α),    ℓ(x,t) = log q(t) - β D[p(y|x) ‖ q(y|t)].

    H(T) - α H(T|X) - β I(T;Y) of the result is no larger. As α → 0 this becomes
    `deterministic_bottleneck_step`, where x takes the t with the largest ℓ; α = 1 is
    `blahut_arimoto_step`.

    Raises ValueError for β not positive and finite, α outside (0, 1], and the errors of Problem
    and of `encoder_solution`.
    """
    problem = Problem.of(p_xy)
    encoder = validated_encoder(q_t_given_x, problem)
    beta, alpha = positive(beta, "beta"), _validated_alpha(alpha)
    return next_encoder(Tables.of(problem), encoder, beta, alpha)


def generalised_bottleneck(
    p_xy: np.ndarray | Problem,
    beta: float,
    alpha: float,
    *,
    n_clusters: int | None = None,
    n_restarts: int = 3,
    tolerance: float = 1e-10,
    max_steps: int = 10_000,
    seed: int = 0,
    base: float = 2,
) -> Solution:
    """The encoder with the smallest H(T) - α H(T|X) - β I(T;Y) that descents from some starts find.

    n_clusters: at most so many clusters; without it as many as pay.
    n_restarts: random encoders to start from, besides the deterministic bottleneck and, where
    n_clusters admits it, T = X.
    tolerance: a descent ends when a step gains less, in nats.
    max_steps: of one descent; a result that needs more has converged=False and warns.

    Every descent ends in a local minimum or a saddle, and nothing proves that it is the best. These
    are the plain steps, and the merges of two clusters that gain once they are at rest: slow near
    a β where clusters split. For α = 1 `information_bottleneck` is faster, for α = 0 use
    `deterministic_bottleneck`.

    Raises ValueError for β not positive and finite, α outside (0, 1], n_clusters above the number
    of x, settings out of range, and the errors of Problem.
    """
    return generalised_bottleneck_curve(
        p_xy,
        np.array([positive(beta, "beta")]),
        alpha,
        n_clusters=n_clusters,
        n_restarts=n_restarts,
        tolerance=tolerance,
        max_steps=max_steps,
        seed=seed,
        base=base,
    )[0]


def generalised_bottleneck_curve(
    p_xy: np.ndarray | Problem,
    betas: np.ndarray,
    alpha: float,
    *,
    n_clusters: int | None = None,
    n_restarts: int = 3,
    tolerance: float = 1e-10,
    max_steps: int = 10_000,
    seed: int = 0,
    base: float = 2,
) -> IBCurve:
    """`generalised_bottleneck` for each of betas (n,), one point a β, in the order given.

    Where the solution of one β is better for another than the one found there, a descent starts
    from it. Settings and errors as in `generalised_bottleneck`; ValueError also for betas that are
    not one-dimensional or empty.
    """
    problem = Problem.of(p_xy)
    betas, alpha, base = validated_betas(betas), _validated_alpha(alpha), validated_base(base)
    smaller, statistic = minimal_sufficient_statistic(problem)
    n_clusters = min(validated_n_clusters(n_clusters, problem.n_x), smaller.n_x)
    n_restarts = whole_number(n_restarts, "n_restarts", at_least=0)
    tolerance, max_steps = positive(tolerance, "tolerance"), whole_number(max_steps, "max_steps")
    rng = generator(seed)
    tables = Tables.of(smaller)
    hard = deterministic_bottleneck_curve(smaller, betas, n_clusters=n_clusters, seed=seed)
    found = []
    for beta, solution in zip(betas, hard, strict=True):
        starts = [solution.q_t_given_x]
        if n_clusters == smaller.n_x:
            starts.append(np.eye(n_clusters))
        starts += list(rng.dirichlet(np.ones(n_clusters), (n_restarts, smaller.n_x)))
        descents = [
            descend_from_encoder(tables, q, beta, alpha, tolerance, max_steps) for q in starts
        ]
        found.append(min(descents, key=lambda descent: descent.history[-1]))
    for i, beta in [*enumerate(betas), *reversed([*enumerate(betas)])]:
        values = [functional(tables, other.encoder, beta, alpha) for other in found]
        donor = int(np.argmin(values))
        if values[donor] < found[i].history[-1] - tolerance:
            found[i] = descend_from_encoder(
                tables, found[donor].encoder, beta, alpha, tolerance, max_steps
            )
    solutions = [
        _as_solution(problem, descent, statistic, beta, alpha, base)
        for descent, beta in zip(found, betas, strict=True)
    ]
    warn_of_unconverged(solutions, f"the bottleneck with alpha = {alpha:g}", max_steps)
    return IBCurve.from_solutions(problem, solutions)


def _validated_alpha(alpha: float) -> float:
    if positive(alpha, "alpha") > 1:
        raise ValueError(f"alpha must be above 0 and at most 1, got {alpha!r}")
    return float(alpha)


def _as_solution(
    problem: Problem,
    descent: EncoderDescent,
    statistic: np.ndarray,
    beta: float,
    alpha: float,
    base: float,
) -> Solution:
    # What has almost died out at the end of a descent is on its way to nothing.
    encoder = descent.encoder[:, descent.encoder.max(axis=0) > NEARLY_NOTHING]
    encoder /= encoder.sum(axis=1, keepdims=True)
    return encoder_solution(
        problem,
        merge_equal_clusters(problem, encoder[statistic]),
        beta=beta,
        alpha=alpha,
        converged=descent.converged,
        history=np.array(descent.history) / np.log(base),
        base=base,
    )
