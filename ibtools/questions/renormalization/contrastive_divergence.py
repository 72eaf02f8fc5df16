"""Contrastive divergence: learning without the sum over all states."""

import numpy as np

from ibtools.information.validation import columns, generator, positive, whole_number
from ibtools.questions.renormalization.restricted_boltzmann_machine import (
    BoltzmannMachine,
    difference,
    moments,
    random_machine,
)


def contrastive_divergence(
    machine: BoltzmannMachine, v: np.ndarray, *, steps: int, rng: np.random.Generator
) -> BoltzmannMachine:
    """The gradient with the machine's means taken after a few steps of sampling (Hinton 2002).

    From each data row, hidden and visible units are drawn in turn, `steps` times. The fewer the
    steps, the nearer these rows still are to the data and the more the gradient is biased; after
    infinitely many they come from the machine, and the gradient is exact on the average.
    """
    p = np.full(len(v), 1 / len(v), dtype=v.dtype)
    seen = v
    for _ in range(whole_number(steps, "steps")):
        seen = draw(machine.to_visible(draw(machine.to_hidden(seen), rng)), rng)
    return difference(moments(machine, v, p), moments(machine, seen, p))


def draw(field: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Spins ±1 with P(1) = 1 / (1 + e^(−2 field)), each by itself, of the field's type."""
    uniform = rng.random(field.shape, dtype=field.dtype)
    return np.where(2 * uniform - 1 < np.tanh(field), 1, -1).astype(field.dtype)


def train_machine(
    v: np.ndarray,
    n_hidden: int,
    *,
    epochs: int,
    learning_rate: float = 0.05,
    batch_size: int = 100,
    steps: int = 1,
    decay: float = 0.0,
    spread: float = 0.01,
    seed: int = 0,
) -> BoltzmannMachine:
    """A machine trained by contrastive divergence on rows v (n, visible) of ±1, in float32.

    decay: the weights' sizes pay for it: each step takes learning_rate·decay off every |W_ij|,
    not beyond 0 (an L1 penalty).  seed: of the first weights, the order and the draws.

    Raises ValueError for settings out of range and values other than ±1.
    """
    v = columns(v, "v").astype(np.float32)
    if not (np.abs(v) == 1).all():
        raise ValueError("v must hold −1 and 1 only")
    whole_number(epochs, "epochs", at_least=0)
    whole_number(batch_size, "batch_size")
    rate = np.float32(positive(learning_rate, "learning_rate"))
    if not 0 <= decay < np.inf:
        raise ValueError(f"decay must be finite and not negative, got {decay!r}")
    first = random_machine(v.shape[1], n_hidden, spread=spread, seed=seed)
    parts = [part.astype(np.float32) for part in _parts(first)]
    rng = generator(seed + 1)
    for _ in range(epochs):
        order = rng.permutation(len(v))
        for start in range(0, len(v), batch_size):
            batch = v[order[start : start + batch_size]]
            machine = BoltzmannMachine(*parts)
            gradient = contrastive_divergence(machine, batch, steps=steps, rng=rng)
            parts = [
                part + rate * change for part, change in zip(parts, _parts(gradient), strict=True)
            ]
            parts[0] = np.sign(parts[0]) * np.maximum(np.abs(parts[0]) - rate * decay, 0)
    return BoltzmannMachine(*parts)


def _parts(machine: BoltzmannMachine) -> tuple[np.ndarray, ...]:
    return machine.weights, machine.visible_bias, machine.hidden_bias
