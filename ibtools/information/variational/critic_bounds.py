"""Mutual information from a critic that is trained to raise a bound."""

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
import torch

from ibtools.information.estimate import Estimate, unit_name
from ibtools.information.validation import one_of, same_length, validated_base
from ibtools.information.variational import bounds
from ibtools.information.variational.critics import CRITICS, Parameters
from ibtools.information.variational.doubts import (
    about_bound,
    about_copula,
    about_gap,
    about_halves,
    about_training,
    told,
)
from ibtools.information.variational.settings import as_inputs, hidden_layers, seeded
from ibtools.information.variational.training import Schedule, split, train

BOUNDS = ("infonce", "donsker-varadhan", "nwj", "smile")
PARTITION_MEMORY = 0.99


def parts(half: torch.Tensor, size: int) -> tuple[torch.Tensor, ...]:
    """A held-out half in parts of equal size, what is left over dropped."""
    size = min(len(half), size)
    return half[: len(half) // size * size].split(size)


def mutual_information_variational(
    x: np.ndarray,
    y: np.ndarray,
    *,
    bound: str = "infonce",
    critic: str = "separable",
    inputs: str = "ranks",
    hidden: Sequence[int] = (64, 64),
    clip: float = 5.0,
    steps: int = 3000,
    batch_size: int = 128,
    learning_rate: float = 1e-3,
    held_out: float = 0.2,
    patience: int = 1000,
    seed: int = 0,
    progress: bool | None = None,
    base: float = 2,
) -> Estimate:
    """I[X;Y] by a critic trained to raise a bound, read on samples it has not seen.

    x, y: (n,) or (n, d) paired samples of continuous variables.
    bound: "infonce", "donsker-varadhan" (with MINE's corrected gradient), "nwj" or "smile"; see
    `bounds` for formulas.  critic: "separable" or "concatenated"; see `critics`.
    inputs: columns by their "ranks", as normal scores, or "standardised": then one outlier among
    the held-out samples of a heavy-tailed law can throw the value thousands of bits off.
    hidden: widths of the layers.  clip: of SMILE.  steps, batch_size, learning_rate, held_out,
    patience, progress: see `training.Schedule`.  seed: of split, weights and batches.

    Returns an Estimate; its learning_curve has the training and the held-out value over steps, and
    its remarks (warnings too) say what is suspicious. "infonce" and "nwj" are lower bounds in
    expectation, "infonce" with the ceiling log K, K = batch_size, or half of the held-out samples
    if these are fewer.
    "donsker-varadhan" is one only in the limit of many held-out samples; "smile" is none. All learn
    a critic from (1 - held_out) n samples and fall short by what they did not learn: in many
    dimensions at small n that may be everything.
    Do not use any of them above a few nats: take `mutual_information_difference_of_entropies`.

    Raises ValueError and TypeError for samples of different number, NaN or infinite values, too
    few samples for the split, unknown names. Source of the comparison: Poole et al. (2019),
    arXiv:1905.06922.
    """
    settings = {k: v for k, v in locals().items() if k not in ("x", "y", "base")}
    unit = np.log(validated_base(base))
    one_of(bound, "bound", BOUNDS)
    one_of(critic, "critic", tuple(CRITICS))
    if not clip > 0:
        raise ValueError(f"clip must be greater than 0, got {clip}")
    x, y = as_inputs(x, "x", inputs), as_inputs(y, "y", inputs)
    n = same_length(x=x, y=y)
    schedule = Schedule.among(settings)
    generator = seeded(seed)
    [(samples, halves)] = split(n, held_out, generator)
    parameters, scores = CRITICS[critic](x.shape[1], y.shape[1], hidden_layers(hidden), generator)
    value_of = {
        "infonce": bounds.infonce,
        "donsker-varadhan": bounds.donsker_varadhan,
        "nwj": bounds.nwj,
        "smile": partial(bounds.smile, clip=clip),
    }[bound]
    ascend = {
        "infonce": bounds.infonce,
        "donsker-varadhan": _with_moving_average(),
        "nwj": bounds.nwj,
        "smile": bounds.jensen_shannon,
    }[bound]

    held_out_parts = [parts(half, batch_size) for half in halves]

    def objective(parameters: Parameters, batch: torch.Tensor):
        table = scores(parameters, x[batch], y[batch])
        return ascend(table), value_of(table.detach())

    def look(parameters: Parameters) -> list[float]:
        return [
            np.mean([value_of(scores(parameters, x[part], y[part])).item() for part in half])
            for half in held_out_parts
        ]

    training = train(parameters, objective, look, samples, schedule, generator)
    k = len(held_out_parts[0][0])
    remarks = [
        *about_training(training),
        *about_gap(training.curve),
        *about_halves(training.readings),
        *about_bound(bound, training.value, k, clip),
        *about_copula(training.value, x.numpy(), y.numpy()),
    ]
    return Estimate(
        training.value / unit,
        unit=unit_name(base),
        estimator=bound,
        settings=settings,
        n=n,
        bound="neither" if bound in ("smile", "donsker-varadhan") else "lower",
        ceiling=math.log(k) / unit if bound == "infonce" else math.inf,
        learning_curve=training.curve / [1, unit, unit],
        remarks=told(remarks),
    )


def _with_moving_average():
    """Donsker-Varadhan's surrogate with a partition that remembers earlier batches."""
    memory = []

    def ascend(table: torch.Tensor) -> torch.Tensor:
        partition = bounds.log_partition(table.detach()).exp()
        if memory:
            partition = torch.lerp(partition, memory.pop(), PARTITION_MEMORY)
        memory.append(partition)
        return bounds.moving_average_surrogate(table, partition)

    return ascend
