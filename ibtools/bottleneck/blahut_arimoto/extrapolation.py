"""Longer steps than a sweep: where a few sweeps seem to lead.

Each proposal has to prove itself by its functional; `descent` takes it or leaves it.
"""

import numpy as np

from ibtools.bottleneck.blahut_arimoto.equations import Clusters, Sweep, Tables

# Sweeps from one extrapolation to the next, and sweeps before the last that it looks back on.
PERIOD = 3
MEMORY = 6


def amplitudes(clusters: list[Clusters]) -> np.ndarray:
    """(m, n_t n_y) √q(t,y): points on the unit sphere, where distances are those of distributions.

    Points on a line in these coordinates give probabilities, by their squares, on whatever side of
    0 they are; and a cluster that dies by a fixed factor a sweep approaches 0 in a straight line.
    """
    return np.sqrt([each.q_ty for each in clusters]).reshape(len(clusters), -1)


def limit(tables: Tables, sweeps: list[Sweep]) -> Clusters:
    """Where the sweeps would stand still, were the step that a sweep takes linear in its start.

    The mixture of their starts, with weights that sum to 1, whose step would be shortest; there one
    step is made. (Anderson 1965, Journal of the ACM 12, 547-560; only every few sweeps: Banerjee,
    Suryanarayana & Pask 2016, Chemical Physics Letters 647, 31-35)
    """
    starts = amplitudes([each.before for each in sweeps])
    ends = amplitudes([each.clusters for each in sweeps])
    steps = ends - starts
    changes = steps[1:] - steps[:-1]
    gram = changes @ changes.T
    # A little on the diagonal: the changes may depend on each other.
    gram.flat[:: len(gram) + 1] += 1e-12 * gram.max() + 1e-300
    point = ends[-1] - np.linalg.solve(gram, changes @ steps[-1]) @ (ends[1:] - ends[:-1])
    q_ty = point.reshape(sweeps[-1].clusters.q_ty.shape) ** 2
    return Clusters.of(tables, q_ty / q_ty.sum())


def stride(tables: Tables, at: Sweep, length: float) -> Clusters:
    """`length` times the last step, in the logarithms: what grows slowly grows at once."""
    log_q_t, log_ratio = (
        old + length * (new - old) for old, new in zip(at.before[1:], at.clusters[1:], strict=True)
    )
    log_q_y = log_ratio + tables.log_p_y
    q_y_given_t = np.exp(log_q_y - log_q_y.max(axis=1, keepdims=True))
    q_y_given_t /= q_y_given_t.sum(axis=1, keepdims=True)
    q_t = np.exp(log_q_t - log_q_t.max())
    return Clusters.of(tables, (q_t / q_t.sum())[:, None] * q_y_given_t)


def reweighted(tables: Tables, at: Sweep) -> Clusters:
    """The clusters with the best q(t) for the one that grows fastest, the others in their ratios.

    A cluster of which there is next to nothing grows by a factor a sweep, and says so long before
    the functional does.
    """
    growth = at.clusters.log_q_t - at.before.log_q_t
    fastest = int(growth.argmax())
    q_t = np.exp(at.before.log_q_t)
    share = best_share(tables.p_x, at.encoder[:, fastest] / q_t[fastest])
    q_t *= 1 - share
    q_t[fastest] += share
    return Clusters.of(tables, at.clusters.q_ty * (q_t / np.exp(at.clusters.log_q_t))[:, None])


def best_share(p_x: np.ndarray, ratio: np.ndarray) -> float:
    """The ε in [0, 1) with the largest  Σ p(x) log(1 - ε + ε ratio(x)),  which is concave in ε.

    Z(x) grows by this factor when all clusters give ε of their q(t) to one (or to several) whose
    own Z(x) would be ratio(x) times that of all.
    """
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        rises = p_x @ ((ratio - 1) / (1 - middle + middle * ratio)) > 0
        low, high = (middle, high) if rises else (low, middle)
    return low
