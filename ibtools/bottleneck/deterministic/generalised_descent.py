"""Down to an encoder where H(T) - α H(T|X) - β I(T;Y) is at rest, 0 < α ≤ 1."""

from typing import NamedTuple

import numpy as np
from scipy.special import entr, softmax

from ibtools.bottleneck.blahut_arimoto.equations import Tables, clusters_of, log_weights
from ibtools.bottleneck.cluster_costs import soft_costs


class EncoderDescent(NamedTuple):
    """An encoder, the functional in nats from the start to the end, and whether it came to rest."""

    encoder: np.ndarray
    history: list[float]
    converged: bool


def next_encoder(tables: Tables, encoder: np.ndarray, beta: float, alpha: float) -> np.ndarray:
    """q(t|x) ∝ exp(ℓ(x,t) / α), with the marginals of an encoder (n_x, n_t)."""
    weights = log_weights(tables, clusters_of(tables, encoder), beta)
    weights -= weights.max(axis=1, keepdims=True)
    with np.errstate(over="ignore"):
        return softmax(weights / alpha, axis=1)


def functional(tables: Tables, encoder: np.ndarray, beta: float, alpha: float) -> float:
    """H(T) - α H(T|X) - β I(T;Y) in nats; 0 for a single cluster."""
    clusters = soft_costs((encoder * tables.p_x[:, None]).T, encoder.T @ tables.p_xy, beta, alpha)
    shared = alpha * entr(tables.p_x).sum() - beta * entr(tables.p_xy.sum(axis=0)).sum()
    return float(clusters.sum() + shared)


def merged_pair(tables: Tables, encoder: np.ndarray, beta: float, alpha: float) -> np.ndarray:
    """The encoder with the two clusters put together that lower the functional most by it."""
    q_xt, q_ty = (encoder * tables.p_x[:, None]).T, encoder.T @ tables.p_xy
    alone = soft_costs(q_xt, q_ty, beta, alpha)
    change = np.array(
        [soft_costs(x + q_xt, y + q_ty, beta, alpha) for x, y in zip(q_xt, q_ty, strict=True)]
    )
    change -= alone + alone[:, None]
    np.fill_diagonal(change, np.inf)
    i, j = np.unravel_index(change.argmin(), change.shape)
    merged = encoder.copy()
    merged[:, i] += merged[:, j]
    return np.delete(merged, j, axis=1)


def descend_from_encoder(
    tables: Tables,
    encoder: np.ndarray,
    beta: float,
    alpha: float,
    tolerance: float,
    max_steps: int,
) -> EncoderDescent:
    """Steps until one gains less than tolerance, then a merge; until neither gains."""
    history = [functional(tables, encoder, beta, alpha)]
    while len(history) <= max_steps:
        candidate = next_encoder(tables, encoder, beta, alpha)
        value = functional(tables, candidate, beta, alpha)
        at_rest = value >= history[-1] - tolerance
        if at_rest and encoder.shape[1] > 1:
            candidate = merged_pair(tables, encoder, beta, alpha)
            value = functional(tables, candidate, beta, alpha)
        if at_rest and value >= history[-1] - tolerance:
            return EncoderDescent(encoder, history, True)
        encoder = candidate
        history.append(value)
    return EncoderDescent(encoder, history, False)
