"""One problem and how it is searched: what a single solution and a curve have in common."""

import numpy as np

from ibtools.bottleneck.blahut_arimoto.descent import Descent, descend
from ibtools.bottleneck.blahut_arimoto.equations import (
    Clusters,
    Tables,
    clusters_of,
    letters_of,
    softened,
)
from ibtools.bottleneck.blahut_arimoto.newcomers import descend_with_newcomers
from ibtools.bottleneck.blahut_arimoto.together import settled_together
from ibtools.bottleneck.merging import merged_where_equal
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.settings import validated_n_clusters
from ibtools.bottleneck.solution import Solution, encoder_solution
from ibtools.bottleneck.sufficient import minimal_sufficient_statistic
from ibtools.information.validation import generator, positive, validated_base, whole_number


class Search:
    """The problem of the minimal sufficient statistic of X, with validated settings.

    Its encoders are (n_s, n_t), its clusters those of the whole problem.
    """

    def __init__(
        self,
        problem: Problem,
        n_clusters: int | None,
        n_restarts: int,
        tolerance: float,
        max_steps: int,
        seed: int,
        base: float,
    ):
        self.problem, self.base = problem, validated_base(base)
        smaller, self.statistic = minimal_sufficient_statistic(problem)
        self.tables = Tables.of(smaller)
        self.rng = generator(seed)
        self.limited = n_clusters is not None
        wanted = smaller.n_x if n_clusters is None else n_clusters
        self.n_clusters = validated_n_clusters(wanted, problem.n_x)
        self.n_restarts = whole_number(n_restarts, "n_restarts", at_least=0)
        self.settings = {
            "tolerance": positive(tolerance, "tolerance"),
            "max_steps": whole_number(max_steps, "max_steps"),
        }

    def first(self, beta: float) -> Clusters:
        """Random clusters if their number is limited; else T = X, or as good as that at this β."""
        if self.limited:
            return self.random()
        q_y_given_t, q_t = letters_of(self.tables, beta)
        return Clusters.of(self.tables, q_t[:, None] * q_y_given_t)

    def single(self) -> Clusters:
        return clusters_of(self.tables, np.ones((len(self.tables.p_x), 1)))

    def random(self) -> Clusters:
        """Equally likely clusters, each a mixture of a few x drawn at random.

        Encoders drawn at random are all nearly the same cluster, which is a poor start.
        """
        n_x = len(self.tables.p_x)
        mixtures = self.rng.dirichlet(np.full(n_x, 1 / n_x), size=self.n_clusters)
        q_y_given_t = softened(self.tables, mixtures @ self.tables.p_y_given_x)
        return Clusters.of(self.tables, q_y_given_t / self.n_clusters)

    def best(self, beta: float, start: Clusters, *, closed: bool = False) -> Descent:
        """The lowest end of the descents from start and from random encoders.

        closed: no newcomers are let in, as when the number of clusters is limited.
        """
        starts = [start, *(self.random() for _ in range(self.n_restarts))]
        descents = [descend(self.tables, each, beta, **self.settings) for each in starts]
        lowest = min(descents, key=lambda descent: descent.history[-1])
        if closed or self.limited:
            return lowest
        return descend_with_newcomers(self.tables, lowest, beta, **self.settings)

    def together(self, start: Clusters, betas: np.ndarray) -> dict[int, Descent]:
        """The ends for those of betas (n,), falling, that all at once are soon found from start."""
        if self.limited or self.n_restarts:
            return {}
        return settled_together(self.tables, start, betas, tolerance=self.settings["tolerance"])

    def solution(self, descent: Descent, beta: float) -> Solution:
        """The end of a descent, as an encoder of X."""
        return encoder_solution(
            self.problem,
            merged_where_equal(self.problem, descent.last.encoder[self.statistic], 1e-6),
            beta=beta,
            converged=descent.converged,
            history=np.array(descent.history) / np.log(self.base),
            base=self.base,
        )

    def of_statistic(self, q_xt: np.ndarray) -> np.ndarray:
        """q(t|s) from q(x,t)."""
        q_st = np.zeros((len(self.tables.p_x), q_xt.shape[1]))
        np.add.at(q_st, self.statistic, q_xt)
        return q_st / q_st.sum(axis=1, keepdims=True)
