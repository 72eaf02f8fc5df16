"""Renormalization and Boltzmann machines: an identity of definitions, and two different aims."""

import numpy as np
from scipy.special import logsumexp

from ibtools.information.validation import positive, row, whole_number
from ibtools.questions.renormalization.ising import spin_states
from ibtools.questions.renormalization.restricted_boltzmann_machine import (
    BoltzmannMachine,
    likelihood_gradient,
    log_hidden_weights,
    log_partition,
    log_visible_weights,
)


def coarse_grained(machine: BoltzmannMachine, log_weights: np.ndarray) -> np.ndarray:
    """−H^RG[h] = ln Σ_v e^(T(v, h) − H[v]) with T = −E + H, by enumeration, (2^hidden,).

    log_weights: −H[v] of the data, (2^visible,), in the order of `spin_states`. T and H are built
    and added as they stand, to see what cancels (Mehta and Schwab 2014).
    """
    h_v = -_checked(machine, log_weights)
    return logsumexp(coupling_operator(machine, log_weights) - h_v[:, None], axis=0)


def coupling_operator(machine: BoltzmannMachine, log_weights: np.ndarray) -> np.ndarray:
    """T(v, h) = −E(v, h) + H[v] for all states, (2^visible, 2^hidden)."""
    h_v = -_checked(machine, log_weights)
    v, h = (spin_states(len(bias)) for bias in (machine.visible_bias, machine.hidden_bias))
    minus_energy = (
        v @ machine.weights @ h.T + (v @ machine.visible_bias)[:, None] + h @ machine.hidden_bias
    )
    return minus_energy + h_v[:, None]


def identity_gap(machine: BoltzmannMachine, log_weights: np.ndarray) -> float:
    """Largest |H^RG[h] − H^RBM[h]| over all h: 0 up to rounding, whatever the machine."""
    own = log_hidden_weights(machine, spin_states(len(machine.hidden_bias)))
    return float(np.abs(coarse_grained(machine, log_weights) - own).max())


def trace_deviation(machine: BoltzmannMachine, log_weights: np.ndarray) -> float:
    """Standard deviation of ln Tr_h e^T over all v, in nats; 0 if and only if the KL is.

    Exact renormalization asks for Tr_h e^T = 1. A constant in E, which no probability feels,
    makes the 1 of any other constant; that it is the same for all v is what matters.
    """
    return float(logsumexp(coupling_operator(machine, log_weights), axis=1).std())


def kl_divergence(machine: BoltzmannMachine, log_weights: np.ndarray) -> float:
    """KL(data ‖ machine) = Σ_v P(v) log₂ (P(v) / P_machine(v)) of the visible units, in bits."""
    logs = _checked(machine, log_weights)
    logs = logs - logsumexp(logs)
    states = spin_states(len(machine.visible_bias))
    own = log_visible_weights(machine, states) - log_partition(machine)
    return float(np.exp(logs) @ (logs - own) / np.log(2))


def free_energy_difference(machine: BoltzmannMachine, log_weights: np.ndarray) -> float:
    """ΔF = F^hidden − F^visible = ln Σ_v e^(−H[v]) − ln Z, in nats."""
    return float(logsumexp(_checked(machine, log_weights)) - log_partition(machine))


def chain_machine(n_visible: int, coupling: float) -> BoltzmannMachine:
    """A ring of 2n spins of one coupling as a machine: every other spin visible, the rest hidden.

    Its visible units are the ring decimated once, exactly. n_visible must be 3 at least.
    """
    n = whole_number(n_visible, "n_visible", at_least=3)
    weights = coupling * (np.eye(n) + np.roll(np.eye(n), 1, axis=0))
    return BoltzmannMachine(weights, np.zeros(n), np.zeros(n))


def likelihood_ascent(
    machine: BoltzmannMachine, log_weights: np.ndarray, *, steps: int, learning_rate: float = 0.2
) -> list[BoltzmannMachine]:
    """The machines on the way up the exact likelihood of the data, the first included."""
    logs = _checked(machine, log_weights)
    p, states = np.exp(logs - logsumexp(logs)), spin_states(len(machine.visible_bias))
    rate, way = positive(learning_rate, "learning_rate"), [machine]
    for _ in range(whole_number(steps, "steps", at_least=0)):
        gradient = likelihood_gradient(way[-1], states, p)
        parts = vars(way[-1]).items()
        way.append(BoltzmannMachine(**{k: v + rate * getattr(gradient, k) for k, v in parts}))
    return way


def _checked(machine: BoltzmannMachine, log_weights: np.ndarray) -> np.ndarray:
    log_weights = row(log_weights, "log_weights")
    if len(log_weights) != 2 ** len(machine.visible_bias):
        raise ValueError(
            f"log_weights must hold one for each of 2^{len(machine.visible_bias)} visible states, "
            f"got {len(log_weights)}"
        )
    return log_weights
