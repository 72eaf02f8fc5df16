"""The Ising model: spins ±1 that prefer to agree with their neighbours, exactly and in samples."""

import numpy as np
from scipy.special import ellipkm1

from ibtools.information.validation import finite_number, generator, positive, whole_number

LARGEST = 20


def spin_states(n: int) -> np.ndarray:
    """All 2ⁿ states of n spins ±1, (2ⁿ, n), the first spin changing slowest, +1 before −1.

    Raises ValueError for n above 20, a million states.
    """
    if whole_number(n, "n", at_least=0) > LARGEST:
        raise ValueError(f"n must be {LARGEST} at most, to list all states, got {n}")
    return 1 - 2 * (np.arange(2**n)[:, None] >> np.arange(n)[::-1] & 1)


def ring_bonds(n: int) -> np.ndarray:
    """Neighbours on a ring of n spins, (n, 2). Raises ValueError for fewer than 3."""
    sites = np.arange(whole_number(n, "n", at_least=3))
    return np.column_stack([sites, (sites + 1) % n])


def square_bonds(side: int, *, periodic: bool = True) -> np.ndarray:
    """Neighbours on a square of side × side spins, row by row, (bonds, 2).

    periodic: each edge meets the opposite one, 2·side² bonds; side must be 3 at least, for on less
    the two neighbours to the left and right are the same spin.
    """
    whole_number(side, "side", at_least=3 if periodic else 1)
    sites = np.arange(side**2).reshape(side, side)
    if periodic:
        pairs = [(sites, np.roll(sites, -1, axis)) for axis in (0, 1)]
    else:
        pairs = [(sites[:-1], sites[1:]), (sites[:, :-1], sites[:, 1:])]
    return np.concatenate([np.column_stack([a.ravel(), b.ravel()]) for a, b in pairs])


def log_weights(states: np.ndarray, bonds: np.ndarray, coupling: float) -> np.ndarray:
    """ln of the weight of each state, J Σ_bonds s_i s_j, (states,), for states (states, spins).

    J is the coupling over the temperature; P(s) is the weight over the sum of all weights.
    """
    coupling = finite_number(coupling, "coupling")
    return coupling * (states[:, bonds[:, 0]] * states[:, bonds[:, 1]]).sum(axis=1)


def onsager_energy(coupling: float) -> float:
    """Energy per spin, −⟨s_i s_j⟩ times 2 bonds, of the infinite square lattice (Onsager 1944).

    e = −coth 2J · (1 + (2/π)(2 tanh² 2J − 1) K(k)), k = 2 sinh 2J / cosh² 2J, where K is the
    complete elliptic integral of the first kind. At J_c = ½ ln(1 + √2) it is −√2.

    Raises ValueError unless the coupling is positive.
    """
    double = 2 * positive(coupling, "coupling")
    slope = 2 * np.tanh(double) ** 2 - 1
    # 1 − k² = slope², taken as it is: K is infinite at J_c, where its factor is 0.
    integral = slope * ellipkm1(slope**2) if slope else 0.0
    return float(-(1 + 2 / np.pi * integral) / np.tanh(double))


def critical_coupling() -> float:
    """J_c = ½ ln(1 + √2) = 0.4407 of the square lattice (Onsager 1944)."""
    return float(np.log1p(np.sqrt(2)) / 2)


def ising_samples(
    n_samples: int, side: int, coupling: float, *, sweeps: int = 400, seed: int = 0
) -> np.ndarray:
    """Samples of the periodic square lattice, (n_samples, side, side) of ±1 as int8.

    Each is the end of a chain of its own, so that all are independent of one another. In a sweep
    the black squares of the chessboard, then the white ones, are drawn anew given their neighbours,
    P(s = 1) = 1 / (1 + e^(−2J·sum)) (heat bath). Chains begin all up or all down, with chance ½;
    `sweeps` must be many times ξ², about, with ξ the correlation length.

    Raises ValueError for an odd side, on which the chessboard does not close, or a side below 4.
    """
    whole_number(n_samples, "n_samples")
    whole_number(sweeps, "sweeps")
    if whole_number(side, "side", at_least=4) % 2:
        raise ValueError(f"side must be even, got {side}")
    coupling = finite_number(coupling, "coupling")
    rng = generator(seed)
    # Samples along the last axis: long rows, so that shifting a lattice is cheap.
    spins = np.empty((side, side, n_samples), dtype=np.int8)
    spins[:] = rng.choice(np.array([-1, 1], dtype=np.int8), n_samples)
    up = (1 / (1 + np.exp(-2 * coupling * np.arange(-4, 5)))).astype(np.float32)
    rows, columns = np.indices((side, side))
    colours = [np.nonzero((rows + columns) % 2 == colour) for colour in (0, 1)]
    for _ in range(sweeps):
        for i, j in colours:
            around = spins[i - 1, j] + spins[(i + 1) % side, j]
            around += spins[i, j - 1]
            around += spins[i, (j + 1) % side]
            drawn = rng.random(around.shape, dtype=np.float32)
            spins[i, j] = np.where(drawn < up[around + 4], 1, -1)
    return spins.transpose(2, 0, 1).copy()
