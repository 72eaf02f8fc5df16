"""The self-consistent equations of the information bottleneck, one sweep at a time.

    q(t|x) = q(t) exp(-β D[p(y|x) ‖ q(y|t)]) / Z(x)
    q(t)   = Σ_x p(x) q(t|x)
    q(y|t) = Σ_x p(x,y) q(t|x) / q(t)

Each of the three minimises  F = Σ_x,t p(x) q(t|x) (log q(t|x)/q(t) + β D[p(y|x) ‖ q(y|t)])  over
what stands on its left, the others being held; where the last two hold, F is I(X;T) - β I(T;Y)
plus the constant β I(X;Y). So no sweep raises the functional (Tishby, Pereira & Bialek 1999,
theorems 4 and 5, arXiv:physics/0004057).
"""

from typing import NamedTuple

import numpy as np

from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.solution import validated_encoder
from ibtools.information.validation import positive

# What stands for the probability 0 where a logarithm is taken. It is too small to be seen in any
# sum, and leaves a cluster a way back to a symbol of Y that it has lost.
NOTHING = 1e-300
# So many x are not too many to look at each.
MANY = 300


class Tables(NamedTuple):
    """The tables of a problem, computed once; symbols of Y that never come are left out."""

    p_xy: np.ndarray
    p_x: np.ndarray
    p_y_given_x: np.ndarray
    log_p_y: np.ndarray

    @classmethod
    def of(cls, problem: Problem) -> "Tables":
        p_xy = problem.p_xy[:, problem.p_y > 0]
        p_x = p_xy.sum(axis=1)
        return cls(p_xy, p_x, p_xy / p_x[:, None], np.log(p_xy.sum(axis=0)))


class Clusters(NamedTuple):
    """q(t,y) (n_t, n_y), and log q(t) (n_t,) and log q(y|t)/p(y) (n_t, n_y), which follow from it.

    The next encoder depends on nothing else. Clusters for several β at once have one more axis in
    front, and so have their sweeps; β then has shape (n, 1, 1).
    """

    q_ty: np.ndarray
    log_q_t: np.ndarray
    log_ratio: np.ndarray

    @classmethod
    def of(cls, tables: Tables, q_ty: np.ndarray) -> "Clusters":
        """From q(t,y), which sums to 1."""
        q_t = np.maximum(q_ty.sum(axis=-1), NOTHING)
        q_y_given_t = np.maximum(q_ty / q_t[..., None], NOTHING)
        return cls(q_ty, np.log(q_t), np.log(q_y_given_t) - tables.log_p_y)

    @property
    def n_clusters(self) -> int:
        return self.log_q_t.shape[-1]


class Sweep(NamedTuple):
    """The encoder (n_x, n_t) of some clusters `before`, its I(X;T) - β I(T;Y), and its clusters.

    gains: (n_t,)  log q'(t)/q(t) + β D[q'(y|t) ‖ q(y|t)]  with new values q'. They say how fast
    each cluster grows and moves; an optimal encoder has none above 0.
    """

    before: Clusters
    encoder: np.ndarray
    functional: float
    clusters: Clusters
    gains: np.ndarray


def clusters_of(tables: Tables, encoder: np.ndarray) -> Clusters:
    """The marginals q(t), q(y|t) of an encoder."""
    return Clusters.of(tables, encoder.mT @ tables.p_xy)


def softened(tables: Tables, q_y_given_t: np.ndarray) -> np.ndarray:
    """q(y|t) mixed with a little p(y), so that no cluster is out of reach of any x."""
    return 0.999 * q_y_given_t + 0.001 * np.exp(tables.log_p_y)


def letters_of(tables: Tables, beta: float) -> tuple[np.ndarray, np.ndarray]:
    """(m, n_y) the p(y|x) of all x, softened, and (m,) p(x); of many x, those that β tells apart.

    Letters whose logarithms differ by less than δ are less than δ²/2 from each other in D. Those
    that rounding to multiples of 1/√β makes the same are as good as one.
    """
    letters = softened(tables, tables.p_y_given_x)
    if len(letters) <= MANY:
        return letters, tables.p_x
    fine = np.log(np.maximum(letters, NOTHING)) * np.sqrt(np.max(beta))
    _, kept, which = np.unique(fine.round(), axis=0, return_index=True, return_inverse=True)
    return letters[kept], np.bincount(which.ravel(), weights=tables.p_x)


def log_weights(tables: Tables, clusters: Clusters, beta: float) -> np.ndarray:
    """(n_x, n_t) log q(t) - β D[p(y|x) ‖ q(y|t)] + β D[p(y|x) ‖ p(y)].

    The last term does not depend on t, spares the first divergence its entropy of p(y|x), and sets
    the functional of a single cluster to 0.
    """
    weights = tables.p_y_given_x @ (beta * clusters.log_ratio).mT
    weights += clusters.log_q_t[..., None, :]
    return weights


def shares_of(log_weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows of exp(log_weights) divided by their sums Z(x), and log Z(x) (n_x,)."""
    largest = log_weights.max(axis=-1, keepdims=True)
    shares = np.exp(log_weights - largest)
    z = shares.sum(axis=-1, keepdims=True)
    shares /= z
    return shares, (largest + np.log(z))[..., 0]


def sweep(tables: Tables, clusters: Clusters, beta: float) -> Sweep:
    """Encoder from clusters, then clusters from the encoder."""
    encoder, log_z = shares_of(log_weights(tables, clusters, beta))
    new = clusters_of(tables, encoder)
    # With clusters that are not its own, the encoder has F = -Σ p(x) log Z(x). Its own lower this
    # by what the old ones differ from them.
    q_t = np.exp(new.log_q_t)
    moved = np.vecdot(new.q_ty, beta * (new.log_ratio - clusters.log_ratio))
    gains = new.log_q_t - clusters.log_q_t + moved / q_t
    functional = -log_z @ tables.p_x - np.vecdot(q_t, gains)
    return Sweep(clusters, encoder, functional, new, gains)


def blahut_arimoto_step(
    p_xy: np.ndarray | Problem, q_t_given_x: np.ndarray, beta: float
) -> np.ndarray:
    """One sweep: the encoder (n_x, n_t) that the marginals of the encoder q_t_given_x lead to.

    First q(t) and q(y|t) from q_t_given_x (n_x, n_t), then

        q(t|x) ∝ q(t) exp(-β D[p(y|x) ‖ q(y|t)]).

    I(X;T) - β I(T;Y) of the result is no larger. Repeated, it arrives at an encoder that solves the
    self-consistent equations, which may be a local minimum or a saddle: a cluster that is empty
    stays so, and equal clusters stay equal. Near the β where clusters split, the steps become tiny
    long before the end; `information_bottleneck` takes larger ones.

    A y that cluster t never sees, q(y|t) = 0, forbids t to every x that has it. Here q(y|t) counts
    as 1e-300 then, which is seen where β p(y|x) is below about 0.05: q(t|x) is not quite 0 there.

    Raises ValueError for β not positive and finite, and the errors of Problem and of
    `encoder_solution`.
    """
    problem = Problem.of(p_xy)
    tables = Tables.of(problem)
    encoder = validated_encoder(q_t_given_x, problem)
    return sweep(tables, clusters_of(tables, encoder), positive(beta, "beta")).encoder
