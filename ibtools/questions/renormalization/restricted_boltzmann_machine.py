"""Restricted Boltzmann machines of spins ±1: weights, likelihood and gradient by enumeration."""

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from ibtools.information.validation import generator, whole_number
from ibtools.questions.renormalization.ising import spin_states


@dataclass(frozen=True)
class BoltzmannMachine:
    """P(v, h) = e^(−E(v, h)) / Z with −E = v·W·h + a·v + b·h; all v_i and h_j are ±1.

    weights W: (visible, hidden).  visible_bias a: (visible,).  hidden_bias b: (hidden,).
    No visible unit meets another, nor a hidden one: given one side, the other is independent.
    """

    weights: np.ndarray
    visible_bias: np.ndarray
    hidden_bias: np.ndarray

    def to_hidden(self, v: np.ndarray) -> np.ndarray:
        """The field on each hidden unit, (n, hidden); P(h = 1 | v) = 1 / (1 + e^(−2 field))."""
        return v @ self.weights + self.hidden_bias

    def to_visible(self, h: np.ndarray) -> np.ndarray:
        """The field on each visible unit, (n, visible)."""
        return h @ self.weights.T + self.visible_bias


def random_machine(
    n_visible: int, n_hidden: int, *, spread: float = 0.1, biases: float = 0.0, seed: int = 0
) -> BoltzmannMachine:
    """Weights normal with mean 0 and this spread, biases likewise with theirs."""
    whole_number(n_visible, "n_visible")
    whole_number(n_hidden, "n_hidden")
    rng = generator(seed)
    return BoltzmannMachine(
        spread * rng.standard_normal((n_visible, n_hidden)),
        biases * rng.standard_normal(n_visible),
        biases * rng.standard_normal(n_hidden),
    )


def log_visible_weights(machine: BoltzmannMachine, v: np.ndarray) -> np.ndarray:
    """ln Σ_h e^(−E(v, h)) = a·v + Σ_j ln 2 cosh(field of j), (n,)."""
    field = machine.to_hidden(v)
    return v @ machine.visible_bias + np.logaddexp(field, -field).sum(axis=1)


def log_hidden_weights(machine: BoltzmannMachine, h: np.ndarray) -> np.ndarray:
    """ln Σ_v e^(−E(v, h)), (n,)."""
    field = machine.to_visible(h)
    return h @ machine.hidden_bias + np.logaddexp(field, -field).sum(axis=1)


def log_partition(machine: BoltzmannMachine) -> float:
    """ln Z, by enumeration of the smaller side. Raises ValueError above 20 units there."""
    if len(machine.visible_bias) <= len(machine.hidden_bias):
        weights = log_visible_weights(machine, spin_states(len(machine.visible_bias)))
    else:
        weights = log_hidden_weights(machine, spin_states(len(machine.hidden_bias)))
    return float(logsumexp(weights))


def log_likelihood(machine: BoltzmannMachine, v: np.ndarray, p: np.ndarray | None = None) -> float:
    """Mean of ln P(v) over the rows of v, weighted by p (rows,) if given. In nats."""
    logs = log_visible_weights(machine, v) - log_partition(machine)
    return float(np.average(logs, weights=p))


def likelihood_gradient(
    machine: BoltzmannMachine, v: np.ndarray, p: np.ndarray | None = None
) -> BoltzmannMachine:
    """Exact gradient of `log_likelihood`: means over the data less means over the machine.

    ∂/∂W_ij = ⟨v_i h_j⟩_data − ⟨v_i h_j⟩_machine, and so for the biases (all states are listed).
    """
    states = spin_states(len(machine.visible_bias))
    own = np.exp(log_visible_weights(machine, states) - log_partition(machine))
    p = np.full(len(v), 1 / len(v)) if p is None else p
    return difference(moments(machine, v, p), moments(machine, states, own))


def moments(machine: BoltzmannMachine, v: np.ndarray, p: np.ndarray) -> tuple[np.ndarray, ...]:
    """⟨v h⟩, ⟨v⟩, ⟨h⟩ when v comes with the probabilities p, and h given v from the machine."""
    hidden = np.tanh(machine.to_hidden(v))
    weighted = v * p[:, None]
    return weighted.T @ hidden, weighted.sum(axis=0), p @ hidden


def difference(one: tuple[np.ndarray, ...], other: tuple[np.ndarray, ...]) -> BoltzmannMachine:
    """A gradient: the moments over the data less those over the machine."""
    return BoltzmannMachine(*(a - b for a, b in zip(one, other, strict=True)))
