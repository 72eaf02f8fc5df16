"""What agglomerative clustering returns: every partition from one x a cluster to one cluster."""

from dataclasses import dataclass

import numpy as np

from ibtools.bottleneck.settings import validated_n_clusters
from ibtools.information.estimate import unit_name
from ibtools.information.validation import whole_number


@dataclass(frozen=True, eq=False)
class MergeTree:
    """All merges of n_x clusters, one x each, down to a single one.

    merges: (n_x - 1, 2) the two clusters that become one, the smaller number first; 0 to n_x - 1
    are the x, n_x + m is what merge m made.
    loss: (n_x - 1,) what each merge takes from I(T;Y).
    n_clusters, I_TY, H_T: (n_x,) the number of clusters, I(T;Y) and H(T) before the first merge
    and after each: n_clusters falls from n_x to 1, I_TY from I(X;Y) to 0 and H_T from H(X) to 0.
    The tree is of hard clusters, so that H(T) is I(X;T) too.
    beta: each merge was the one that lowered I(T;Y) - H(T)/β least.
    Informations are in units of log `base`.
    """

    merges: np.ndarray
    loss: np.ndarray
    n_clusters: np.ndarray
    I_TY: np.ndarray
    H_T: np.ndarray
    beta: float
    base: float = 2

    @property
    def I_XY(self) -> float:
        return float(self.I_TY[0])

    @property
    def linkage(self) -> np.ndarray:
        """(n_x - 1, 4) what scipy.cluster.hierarchy.dendrogram draws.

        Two clusters, a height, and the number of x in the new cluster. The height is what has been
        lost up to then, I(X;Y) - I(T;Y), and not the loss of this merge alone: the cheapest merge
        may become cheaper by the one before, and a dendrogram must not turn back.
        """
        n_x = len(self.n_clusters)
        sizes = np.ones(2 * n_x - 1)
        for m, pair in enumerate(self.merges):
            sizes[n_x + m] = sizes[pair].sum()
        return np.column_stack([self.merges, np.cumsum(self.loss), sizes[n_x:]])

    def labels(self, n_clusters: int) -> np.ndarray:
        """(n_x,) the cluster of each x when n_clusters are left, numbered as they first occur.

        Raises ValueError when n_clusters is not a whole number from 1 to n_x.
        """
        n_x = len(self.n_clusters)
        n_clusters = validated_n_clusters(whole_number(n_clusters, "n_clusters"), n_x)
        part_of = np.arange(2 * n_x - 1)
        for m in reversed(range(n_x - n_clusters)):
            part_of[self.merges[m]] = part_of[n_x + m]
        _, first, labels = np.unique(part_of[:n_x], return_index=True, return_inverse=True)
        return np.argsort(np.argsort(first))[labels]

    def encoder(self, n_clusters: int) -> np.ndarray:
        """q(t|x) (n_x, n_clusters) of zeros and ones, for `encoder_solution` and its kin."""
        labels = self.labels(n_clusters)
        return np.eye(labels.max() + 1)[labels]

    def __repr__(self) -> str:
        return (
            f"MergeTree(beta={self.beta:g}, {len(self.n_clusters)} x, "
            f"I_XY={self.I_XY:.4f} {unit_name(self.base)})"
        )
