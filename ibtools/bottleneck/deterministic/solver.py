"""The deterministic information bottleneck: clusters with short names that tell about Y.

    minimise  H(T) - β I(T;Y)  over q(t|x)

Where the information bottleneck pays I(X;T) = H(T) - H(T|X), and so gets noise for nothing, this
one pays H(T), the length of a code for T. H(T) and -β I(T;Y) are concave in the encoder, so that
the minimum is reached in a corner of the set of encoders: in a partition of X, which nobody had
asked for. What is found here is therefore compared with all encoders, not with partitions only.

Source: Strouse & Schwab (2017), Neural Computation 29, 1611-1630, arXiv:1604.00268.
"""

import numpy as np

from ibtools.bottleneck.blahut_arimoto.equations import Tables
from ibtools.bottleneck.curve import IBCurve
from ibtools.bottleneck.deterministic.search import (
    Limits,
    PartitionDescent,
    preferred_clusters,
    search,
)
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.settings import (
    validated_betas,
    validated_n_clusters,
    warn_of_unconverged,
)
from ibtools.bottleneck.solution import Solution, encoder_solution, validated_encoder
from ibtools.bottleneck.sufficient import minimal_sufficient_statistic
from ibtools.information.validation import generator, positive, validated_base, whole_number


def deterministic_bottleneck_step(
    p_xy: np.ndarray | Problem, q_t_given_x: np.ndarray, beta: float
) -> np.ndarray:
    """One step of the paper: every x goes to the cluster that it prefers, all at once.

    First q(t) and q(y|t) from q_t_given_x (n_x, n_t), then

        t(x) = argmax_t  log q(t) - β D[p(y|x) ‖ q(y|t)],

    the first of equals. Returns the encoder (n_x, n_t) of zeros and ones, in which clusters may
    have become empty; these stay so.

    H(T) - β I(T;Y) of the result is no larger: being concave, it lies below its linear
    approximation, and the step minimises that. Repeated, it soon comes to rest, often too soon: x
    compares clusters as they are with itself in one of them, so that a cluster of one heavy x
    holds it though a merge would gain. `deterministic_bottleneck` therefore goes on with exact
    moves and merges.

    Raises ValueError for β not positive and finite, and the errors of Problem and of
    `encoder_solution`. Source: Strouse & Schwab (2017), algorithm 2.
    """
    problem = Problem.of(p_xy)
    encoder = validated_encoder(q_t_given_x, problem)
    labels = preferred_clusters(Tables.of(problem), encoder, positive(beta, "beta"))
    return np.eye(encoder.shape[1])[labels]


def deterministic_bottleneck(
    p_xy: np.ndarray | Problem,
    beta: float,
    *,
    n_clusters: int | None = None,
    n_restarts: int = 10,
    tolerance: float = 1e-12,
    max_steps: int = 10_000,
    seed: int = 0,
    base: float = 2,
) -> Solution:
    """The partition of X with the smallest H(T) - β I(T;Y) that descents from many starts find.

    n_clusters: at most so many clusters; without it as many as pay.
    n_restarts: descents from the best partition so far with half of the x in random clusters. The
    first two start from the best intervals (see `best_intervals`), and from the best partition
    on the way from T = X, merging pairs, to one cluster.
    tolerance: a step must gain more than tolerance · (1+β) nats.
    max_steps: of one descent; a result that needs more has converged=False and warns.

    A descent takes the paper's steps, then moves single x and merges clusters where that gains,
    each with its exact effect, until no step, move or merge does. The history is that of the best
    descent, from its start on. It ends in a local minimum. If Y has two values, and X no more than
    512 different p(y|x), that is the global one, for which the intervals are enough.

    The functional changes by jumps from partition to partition, so that a β between two partitions
    gives one of these; many β share one solution. β < 1 always gives one cluster, as H(T) ≥ I(T;Y).
    On random tables of 8 x it missed the best of all partitions for none of 720 pairs of
    table and β; on 256 x more restarts still find partitions that are better by some 0.01 nats.

    Raises ValueError for β not positive and finite, n_clusters above the number of x, settings out
    of range, and the errors of Problem.
    """
    return deterministic_bottleneck_curve(
        p_xy,
        np.array([positive(beta, "beta")]),
        n_clusters=n_clusters,
        n_restarts=n_restarts,
        tolerance=tolerance,
        max_steps=max_steps,
        seed=seed,
        base=base,
    )[0]


def deterministic_bottleneck_curve(
    p_xy: np.ndarray | Problem,
    betas: np.ndarray,
    *,
    n_clusters: int | None = None,
    n_restarts: int = 3,
    tolerance: float = 1e-12,
    max_steps: int = 10_000,
    seed: int = 0,
    base: float = 2,
) -> IBCurve:
    """`deterministic_bottleneck` for each of betas (n,), one point a β, in the order given.

    What was found for one β is also a start for all others, until no solution of one β is better
    for another than the solution there: larger β never keep less. Fewer restarts do than alone.

    Settings and errors as in `deterministic_bottleneck`; ValueError also for betas that are not
    one-dimensional, or empty.
    """
    problem = Problem.of(p_xy)
    betas, base = validated_betas(betas), validated_base(base)
    smaller, statistic = minimal_sufficient_statistic(problem)
    limits = Limits(
        n_clusters=min(validated_n_clusters(n_clusters, problem.n_x), smaller.n_x),
        tolerance=positive(tolerance, "tolerance"),
        max_steps=whole_number(max_steps, "max_steps"),
    )
    found = search(
        Tables.of(smaller),
        betas,
        limits,
        n_restarts=whole_number(n_restarts, "n_restarts", at_least=0),
        rng=generator(seed),
    )
    solutions = [
        _as_solution(problem, statistic, descent, beta, base)
        for descent, beta in zip(found, betas, strict=True)
    ]
    warn_of_unconverged(solutions, "the deterministic bottleneck", limits.max_steps)
    return IBCurve.from_solutions(problem, solutions)


def _as_solution(
    problem: Problem, statistic: np.ndarray, descent: PartitionDescent, beta: float, base: float
) -> Solution:
    encoder = np.eye(descent.labels.max() + 1)[descent.labels]
    return encoder_solution(
        problem,
        encoder[statistic],
        beta=beta,
        alpha=0,
        converged=descent.converged,
        history=np.array(descent.history) / np.log(base),
        base=base,
    )
