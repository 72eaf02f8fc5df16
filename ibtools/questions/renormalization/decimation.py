"""Decimation: sum out some of the spins and read off the couplings of those that remain."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from scipy.special import logsumexp

from ibtools.information.validation import finite_number, real_numbers, whole_number


def decimated_coupling(coupling: float, *, keep_every: int = 2) -> float:
    """J' of the Ising chain when every b-th spin is kept: tanh J' = (tanh J)^b.

    b = 2: every other spin; b = 1 changes nothing. Precise for strong couplings too, where tanh J
    can no longer be told from 1.
    """
    size, b = abs(finite_number(coupling, "coupling")), whole_number(keep_every, "keep_every")
    with np.errstate(divide="ignore"):
        log_tanh = np.log1p(-2 / (np.exp(np.minimum(2 * size, 700)) + 1))
    new = (np.log1p(np.exp(b * log_tanh)) - np.log(-np.expm1(b * log_tanh))) / 2
    return float(np.sign(coupling) ** b * new)


def decimation_constant(coupling: float, *, keep_every: int = 2) -> float:
    """g per kept spin: summing the b − 1 spins between s and s' gives e^(g + J' s s').

    g = b ln 2cosh J − ln 2cosh J'. It carries the free energy of the spins that are gone.
    """
    new = decimated_coupling(coupling, keep_every=keep_every)
    return float(keep_every * np.logaddexp(coupling, -coupling) - np.logaddexp(new, -new))


def correlation_length(coupling: float) -> float:
    """ξ = −1/ln|tanh J| of the chain, in sites: ⟨s_0 s_r⟩ falls like e^(−r/ξ) in size.

    0 without coupling.
    """
    size = abs(finite_number(coupling, "coupling"))
    if not size:
        return 0.0
    return float(-1 / np.log1p(-2 / (np.exp(2 * size) + 1)))


def sum_out(log_weights: np.ndarray, spins: Sequence[int]) -> np.ndarray:
    """ln of the weights of the other spins' states, these spins summed out; order is kept.

    log_weights: (2ⁿ,), in the order of `spin_states`.  Returns (2^(n − removed),).
    Raises ValueError for a length that is no power of two, and for spins that are not there.
    """
    table = _table(log_weights)
    spins = tuple(spins)
    if len(set(spins)) != len(spins) or not set(spins) <= set(range(table.ndim)):
        raise ValueError(f"spins must be different ones of 0 to {table.ndim - 1}, got {spins}")
    return np.ravel(logsumexp(table, axis=spins) if spins else table)


def couplings(log_weights: np.ndarray, *, tolerance: float = 1e-9) -> dict[tuple[int, ...], float]:
    """All couplings: ln weight(s) = Σ_A K_A Π_{i in A} s_i, with K_A by the set A of spins.

    K_A = 2⁻ⁿ Σ_s ln weight(s) Π_{i in A} s_i: any function of spins is such a sum, in one way.
    () is the constant. Those within the tolerance of 0 are left out.
    """
    table = _table(log_weights)
    n = table.ndim
    for axis in range(n):
        plus, minus = np.moveaxis(table, axis, 0)
        table = np.stack([plus + minus, plus - minus], axis=axis) / 2
    sets = (spins for size in range(n + 1) for spins in combinations(range(n), size))
    found = {spins: float(table[tuple(int(i in spins) for i in range(n))]) for spins in sets}
    return {spins: value for spins, value in found.items() if abs(value) > tolerance}


def _table(log_weights: np.ndarray) -> np.ndarray:
    """An axis for each spin, index 0 for +1 and 1 for −1."""
    log_weights = real_numbers(log_weights, "log_weights").astype(np.float64)
    n = log_weights.size.bit_length() - 1
    if log_weights.shape != (2**n,):
        raise ValueError(f"log_weights must have shape (2ⁿ,), got {log_weights.shape}")
    if not np.isfinite(log_weights).all():
        raise ValueError("log_weights must be finite, got NaN or infinite values")
    return log_weights.reshape((2,) * n)
