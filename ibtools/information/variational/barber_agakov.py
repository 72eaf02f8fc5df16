"""A lower bound from a learned decoder: how well can Y be told from X?

    I[X;Y] = H(Y) - H(Y|X) ≥ H(Y) + E[log q(y|x)]

for any q: what is lost is the divergence of q(y|x) from p(y|x). It needs H(Y). For labels that is
easy to have, and q is a classifier. For a continuous Y it must be known; where it is learned as
well, the result is a `difference_of_entropies` and no bound.

Source: Barber & Agakov (2003), "The IM algorithm: a variational approach to information
maximization", NIPS 16, equation 3.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn import functional

from ibtools.information.discrete import entropy_discrete, symbols
from ibtools.information.estimate import Estimate, unit_name
from ibtools.information.validation import same_length, standardised, validated_base
from ibtools.information.variational.critics import Parameters, dense, through, with_squares
from ibtools.information.variational.difference_of_entropies import (
    WEIGHT_DECAY,
    learned_density,
    varying,
)
from ibtools.information.variational.doubts import about_gap, about_halves, about_training, told
from ibtools.information.variational.settings import as_inputs, hidden_layers, seeded
from ibtools.information.variational.training import Halves, Schedule, Training, split, train


def mutual_information_barber_agakov(
    x: np.ndarray,
    y: np.ndarray,
    *,
    entropy_y: float | None = None,
    inputs: str = "standardised",
    hidden: Sequence[int] = (64, 64),
    steps: int = 2000,
    batch_size: int = 256,
    learning_rate: float = 1e-3,
    held_out: float = 0.2,
    patience: int = 500,
    seed: int = 0,
    progress: bool | None = None,
    base: float = 2,
) -> Estimate:
    """H(Y) + E[log q(y|x)] with a decoder q learned on one part of the samples, read on the other.

    x: (n,) or (n, d) numbers.  y: labels, that is integers, truth values or strings (n,), or
    continuous columns in floats, (n,) or (n, d).
    entropy_y: H(Y), in units of `base`; differential and for y in its own units if y is continuous,
    which then needs it. For labels the plug-in entropy of all samples is taken when it is not given
    (too low by about (K-1)/(2n) nats for K labels: the bound stays one).
    inputs: columns of x by their "ranks" or "standardised". For the other settings see
    `training.Schedule`.

    A lower bound in expectation, as tight as the decoder is good. For labels its ceiling is H(Y),
    and it falls below 0 when the decoder does worse on new samples than the labels' frequencies.

    Raises ValueError and TypeError for different numbers of samples, too few for the split, NaN or
    infinite values, a constant column or an unknown entropy of a continuous y.
    """
    settings = {k: v for k, v in locals().items() if k not in ("x", "y", "base")}
    unit = np.log(validated_base(base))
    x, y = as_inputs(x, "x", inputs), np.asarray(y)
    n = same_length(x=x, y=y)
    schedule = Schedule.among(settings, weight_decay=WEIGHT_DECAY)
    widths, generator = hidden_layers(hidden), seeded(seed)
    [(samples, halves)] = split(n, held_out, generator)
    if y.dtype.kind == "f":
        if entropy_y is None:
            raise ValueError(
                "entropy_y must be given for a continuous y, whose entropy is not known from "
                "samples: or take mutual_information_difference_of_entropies"
            )
        y = varying(y)
        training = learned_density(
            x,
            torch.from_numpy(standardised(y)).float(),
            samples,
            halves,
            widths,
            schedule,
            generator,
        )
        h_y, ceiling = entropy_y * unit - np.log(y.std(axis=0)).sum(), np.inf
    else:
        training = _classifier(x, symbols(y, "y"), samples, halves, widths, schedule, generator)
        h_y = entropy_discrete(y, base=np.e) if entropy_y is None else entropy_y * unit
        ceiling = h_y
    curve = training.curve + np.array([0, h_y, h_y])
    remarks = [
        *about_training(training),
        *about_gap(curve),
        *about_halves(training.readings + h_y),
    ]
    return Estimate(
        (training.value + h_y) / unit,
        unit=unit_name(base),
        estimator="barber-agakov",
        settings=settings,
        n=n,
        bound="lower",
        ceiling=ceiling / unit,
        learning_curve=curve / [1, unit, unit],
        remarks=told(remarks),
    )


def _classifier(
    x: torch.Tensor,
    labels: np.ndarray,
    samples: torch.Tensor,
    halves: Halves,
    widths: Sequence[int],
    schedule: Schedule,
    generator: torch.Generator,
) -> Training:
    """Training of a softmax over labels, whose values are E[log q(y|x)] in nats."""
    x, y = with_squares(x), torch.from_numpy(labels)
    parameters = dense([x.shape[1], *widths, int(labels.max()) + 1], generator, last_gain=0.0)
    # The decoder starts at the labels' own frequencies, where the bound is 0.
    parameters[-1] += ((y[samples].bincount(minlength=len(parameters[-1])) + 1) / len(y)).log()

    def objective(parameters: Parameters, batch: torch.Tensor):
        value = -functional.cross_entropy(through(parameters, x[batch]), y[batch])
        return value, value.detach()

    def look(parameters: Parameters) -> list[float]:
        return [objective(parameters, half)[0].item() for half in halves]

    return train(parameters, objective, look, samples, schedule, generator)
