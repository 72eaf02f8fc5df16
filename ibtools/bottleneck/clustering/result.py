"""Each x in one cluster, and what the clusters tell: the result of sequential clustering."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ibtools.bottleneck.cluster_costs import x_log_x
from ibtools.information.estimate import unit_name


@dataclass(frozen=True, eq=False)
class Clustering:
    """Each x in one cluster, T = labels[X].

    labels: (n_x,) whole numbers from 0 to n_clusters - 1; which number a cluster has means nothing.
    I_TY, I_XY, H_T: I(T;Y), its limit I(X;Y), and H(T), in units of log `base`. T is a function
    of X, so that H(T) is I(X;T) too.
    beta: what was raised is I(T;Y) - H(T)/β; infinite where I(T;Y) alone was.
    n_steps: sweeps over all x.  converged: whether the last sweep moved few enough of them.
    history: (n_steps + 1,) I(T;Y) - H(T)/β before the first sweep and after each.
    restarts: (n_restarts,) the same at the end of every restart; this is the best of them.
    """

    labels: np.ndarray
    n_clusters: int
    I_TY: float
    I_XY: float
    H_T: float
    beta: float
    n_steps: int
    converged: bool
    history: np.ndarray
    restarts: np.ndarray
    base: float = 2

    @classmethod
    def of(
        cls, table: sparse.csr_array, labels: np.ndarray, n_clusters: int, *, base: float, **search
    ) -> "Clustering":
        """The clusters of labels on a table of probabilities up to a factor; search: how found."""
        n_x = table.shape[0]
        member = sparse.csr_array((np.ones(n_x), (labels, np.arange(n_x))), (n_clusters, n_x))
        clusters = member @ table
        return cls(
            labels=labels,
            n_clusters=n_clusters,
            I_TY=_information(clusters) / np.log(base),
            I_XY=_information(table) / np.log(base),
            H_T=_entropy(clusters.sum(axis=1)) / np.log(base),
            base=base,
            **search,
        )

    @property
    def encoder(self) -> np.ndarray:
        """q(t|x) (n_x, n_clusters) of zeros and ones, for `encoder_solution` and its kin."""
        return np.eye(self.n_clusters)[self.labels]

    def __repr__(self) -> str:
        state = "converged" if self.converged else "not converged"
        return (
            f"Clustering(n_clusters={self.n_clusters}, I_TY={self.I_TY:.4f} of {self.I_XY:.4f} "
            f"{unit_name(self.base)}, H_T={self.H_T:.4f}, {state} after {self.n_steps} steps)"
        )


def _entropy(masses: np.ndarray) -> float:
    """Entropy in nats of masses up to a factor."""
    total = masses.sum()
    return float(np.log(total) - x_log_x(masses).sum() / total)


def _information(table: sparse.csr_array) -> float:
    """I(X;Y) in nats of a table up to a factor, never below 0, where rounding may lead."""
    marginals = _entropy(table.sum(axis=1)) + _entropy(table.sum(axis=0))
    return max(0.0, marginals - _entropy(table.data))
