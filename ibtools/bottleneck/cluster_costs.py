"""The functionals of bottlenecks as sums over clusters: what one change brings, others left alone.

With w_t = q(t), up to terms that all encoders share,

    H(T) - α H(T|X) - β I(T;Y)  =  Σ_t [ (β-1) w_t log w_t - β Σ_y q(t,y) log q(t,y) ]
                                   + α Σ_t Σ_x q(x,t) log q(x,t)

in nats, so that moving or merging clusters changes the terms of these clusters only.
"""

import numpy as np

SMALLEST = np.finfo(float).tiny


def x_log_x(u: np.ndarray) -> np.ndarray:
    """u log u in nats, with 0 log 0 = 0."""
    return u * np.log(np.maximum(u, SMALLEST))


def sum_of_x_log_x(u: np.ndarray) -> np.ndarray:
    """Σ u log u over the last axis, in nats."""
    return np.vecdot(u, np.log(np.maximum(u, SMALLEST)))


def hard_costs(q_ty: np.ndarray, beta: float) -> np.ndarray:
    """(…,) the terms in brackets, all that α = 0 has, of clusters with q(t,y) (…, n_y)."""
    return (beta - 1) * x_log_x(q_ty.sum(axis=-1)) - beta * sum_of_x_log_x(q_ty)


def soft_costs(q_xt: np.ndarray, q_ty: np.ndarray, beta: float, alpha: float = 1) -> np.ndarray:
    """(…,) all terms of clusters with q(x,t) (…, n_x), a row for each t, and q(t,y) (…, n_y)."""
    return hard_costs(q_ty, beta) + alpha * sum_of_x_log_x(q_xt)
