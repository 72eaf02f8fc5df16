"""Training by Adam on minibatches, watched on held-out samples.

The held-out samples are cut into two halves. Stopping where the held-out value is best and
reporting that value would report luck too; so each half chooses the step at which the other half
is read, and the result is the mean of the two readings. What is read are not the parameters of one
step but their running average, which overfits later and less.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
import torch
from tqdm.auto import tqdm

from ibtools.information.validation import whole_number
from ibtools.information.variational.critics import Parameters

AVERAGE_OVER = 100
Halves = tuple[torch.Tensor, torch.Tensor]


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """How long to train, how fast, on what. Raises ValueError that names the setting.

    steps: at most.  patience: steps without a new best of either half before training ends.
    held_out: share of the samples that training never sees.  look_every: steps between looks at
    them.  progress: show a bar; by default only in a terminal.
    """

    steps: int
    batch_size: int
    learning_rate: float
    held_out: float
    patience: int
    weight_decay: float = 0.0
    look_every: int = 50
    progress: bool | None = None

    def __post_init__(self):
        for name in ("steps", "patience", "look_every"):
            whole_number(getattr(self, name), name)
        whole_number(self.batch_size, "batch_size", at_least=2)
        if not 0 < self.learning_rate < np.inf:
            raise ValueError(f"learning_rate must be positive and finite, got {self.learning_rate}")
        if not 0 < self.held_out < 1:
            raise ValueError(f"held_out must lie between 0 and 1, got {self.held_out}")

    @classmethod
    def among(cls, settings: dict, **others) -> "Schedule":
        """The schedule that an estimator's settings hold, and what its signature does not name."""
        named = {field.name for field in fields(cls)} - others.keys()
        return cls(**{name: settings[name] for name in named & settings.keys()}, **others)


@dataclass(frozen=True, eq=False)
class Training:
    """curve: (looks, 3) step, training value since the last look, held-out value.
    halves: (looks, 2) held-out value of each half.  ended: "patience", "steps", "interrupted" or
    "diverged".
    """

    curve: np.ndarray
    halves: np.ndarray
    ended: str

    @property
    def best(self) -> np.ndarray:
        """The look that each half likes best, (2,)."""
        return self.halves.argmax(axis=0)

    @property
    def readings(self) -> np.ndarray:
        """Each half's value at the look that the other half chose, (2,)."""
        return self.halves[self.best[::-1], [0, 1]]

    @property
    def value(self) -> float:
        return float(self.readings.mean())


def split(
    n: int, held_out: float, generator: torch.Generator, *, n_splits: int = 1
) -> list[tuple[torch.Tensor, Halves]]:
    """Indices to train on, and the two held-out halves; n_splits times, holding out other samples.

    Raises ValueError when a half would have fewer than 2 samples, or training fewer than both.
    """
    half = int(n * held_out) // 2
    if half < 2 or n < 4 * half:
        raise ValueError(
            f"x must have at least 2 samples in each held-out half and as many to train on as are "
            f"held out, got {n} samples of which {held_out:.0%} are held out"
        )
    order = torch.randperm(n, generator=generator)
    splits = []
    for start in range(0, 2 * half * n_splits, 2 * half):
        middle, end = start + half, start + 2 * half
        halves = order[start:middle], order[middle:end]
        splits.append((torch.cat([order[:start], order[end:]]), halves))
    return splits


def train(
    parameters: Parameters,
    objective: Callable[[Parameters, torch.Tensor], tuple[torch.Tensor, torch.Tensor]],
    look: Callable[[Parameters], tuple[float, float]],
    samples: torch.Tensor,
    schedule: Schedule,
    generator: torch.Generator,
) -> Training:
    """Raise an objective, step by step; parameters are changed in place.

    objective: (parameters, indices of a batch) to what is ascended and the value for the curve.
    look: averaged parameters to the value of each held-out half. Never called with gradients on.
    Interrupting (KeyboardInterrupt) ends the training; everything up to the last look counts.
    """
    for parameter in parameters:
        parameter.requires_grad_(True)
    averaged = [parameter.detach().clone() for parameter in parameters]
    current = [parameter.detach() for parameter in parameters]
    optimizer = torch.optim.AdamW(
        parameters, lr=schedule.learning_rate, weight_decay=schedule.weight_decay, fused=True
    )
    batch_size = min(schedule.batch_size, len(samples))
    batches = iter(())
    looks = [(0, np.nan, *_at(look, averaged))]
    since, ended = [], "steps"
    shown = sys.stderr.isatty() if schedule.progress is None else schedule.progress
    try:
        for step in tqdm(range(1, schedule.steps + 1), unit="step", disable=not shown):
            batch = next(batches, None)
            if batch is None:
                order = samples[torch.randperm(len(samples), generator=generator)]
                batches = iter(order[: len(order) // batch_size * batch_size].split(batch_size))
                batch = next(batches)
            ascended, value = objective(parameters, batch)
            if not torch.isfinite(ascended):
                ended = "diverged"
                break
            optimizer.zero_grad()
            (-ascended).backward()
            optimizer.step()
            # The average forgets its start quickly: its memory grows with the steps taken.
            torch._foreach_lerp_(averaged, current, max(1 / AVERAGE_OVER, 10 / (step + 10)))
            since.append(value.item())
            if step % schedule.look_every == 0 or step == schedule.steps:
                looks.append((step, np.mean(since), *_at(look, averaged)))
                since = []
                found = np.array(looks)
                if step - found[found[:, 2:].argmax(axis=0), 0].max() >= schedule.patience:
                    ended = "patience"
                    break
    except KeyboardInterrupt:
        ended = "interrupted"
    found = np.array(looks, dtype=float)
    curve = np.column_stack([found[:, :2], found[:, 2:].mean(axis=1)])
    return Training(curve, found[:, 2:], ended)


def _at(look: Callable, averaged: Parameters) -> tuple[float, ...]:
    """Both halves' values; one that is not a number counts as the worst."""
    with torch.no_grad():
        return tuple(float(np.nan_to_num(v, nan=-np.inf, posinf=-np.inf)) for v in look(averaged))
