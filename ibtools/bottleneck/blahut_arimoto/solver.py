"""The information bottleneck: the encoder that compresses X and keeps what X says about Y.

    minimise  I(X;T) - β I(T;Y)  over q(t|x)

(Tishby, Pereira & Bialek 1999, arXiv:physics/0004057). β is the price of what T tells about Y, in
units of what it stores about X: below a critical β (see `critical`) nothing is worth storing, and
for β → ∞ T keeps all that X says about Y.
"""

import numpy as np

from ibtools.bottleneck.blahut_arimoto.equations import clusters_of
from ibtools.bottleneck.blahut_arimoto.search import Search
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.settings import warn_of_unconverged
from ibtools.bottleneck.solution import Solution, validated_encoder
from ibtools.information.validation import positive


def information_bottleneck(
    p_xy: np.ndarray | Problem,
    beta: float,
    *,
    n_clusters: int | None = None,
    encoder: np.ndarray | None = None,
    n_restarts: int = 0,
    tolerance: float = 1e-5,
    max_steps: int = 10_000,
    seed: int = 0,
    base: float = 2,
) -> Solution:
    """The encoder with the smallest I(X;T) - β I(T;Y).

    n_clusters: at most so many, found from random encoders. Else there are as many as it takes: the
        descent starts from T = X, and where it ends lets in new clusters that would pay.
    encoder: (n_x, n_t) start here instead, and let no others in: a local minimum.
    n_restarts: descents from random encoders besides; the best of all is returned.
    tolerance: in nats. A descent ends when no cluster gains more by growing or moving; no newcomer
        that gains more than ten times as much is found then. So much the functional may be too
        high; mostly it is much closer.
    max_steps: of one descent; a result that needs more has converged=False and warns.

    The solution's history holds the functional of the first encoder and of each after it that
    counted, in units of log `base`; it never rises but by rounding.

    Without n_clusters the result is the global minimum as far as one can see, which
    `optimality_gap` does. With fewer clusters than that has, there are many local minima: take
    n_restarts of 10 or more. Just above a critical β the functional is so flat that I(X;T) and
    I(T;Y) have half as many digits as it has: lower the tolerance where they matter.

    Raises ValueError for β not positive and finite, n_clusters above the number of x, n_clusters
    and encoder together, other settings out of range, and the errors of Problem and of
    `encoder_solution`.
    """
    problem = Problem.of(p_xy)
    beta = positive(beta, "beta")
    if encoder is not None and n_clusters is not None:
        raise ValueError("n_clusters must be None when encoder, which has its own, is given")
    search = Search(problem, n_clusters, n_restarts, tolerance, max_steps, seed, base)
    if encoder is None:
        start = search.first(beta)
    else:
        q_xt = validated_encoder(encoder, problem) * problem.p_x[:, None]
        start = clusters_of(search.tables, search.of_statistic(q_xt))
    best = search.best(beta, start, closed=encoder is not None)
    solution = search.solution(best, beta)
    warn_of_unconverged([solution], "the information bottleneck", max_steps)
    return solution
