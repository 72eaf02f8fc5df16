"""Critics: networks that score pairs. A function of parameters, nothing else.

    separable      f(x_i, y_j) = ⟨g(x_i), h(y_j)⟩ + a(x_i) + b(y_j)    2K passes for K² scores
    concatenated   f(x_i, y_j) = g([x_i, y_j])                         K² passes

The separable one is far cheaper; its table of scores has rank EMBEDDING + 2 at most, which smooth
laws hardly notice. The concatenated one needs fewer units for sharp dependence in few dimensions.

Each network also sees the squares of its inputs: radius, angle and scale, which many laws turn on,
are then one layer away.
"""

import itertools
import math
from collections.abc import Callable, Sequence

import torch
from torch.nn import functional

EMBEDDING = 32

Parameters = list[torch.Tensor]
Scores = Callable[[Parameters, torch.Tensor, torch.Tensor], torch.Tensor]


def dense(sizes: Sequence[int], generator: torch.Generator, *, last_gain: float) -> Parameters:
    """Weights and biases of a dense network; normal weights, scaled to keep the signal's size."""
    parameters = []
    for fan_in, fan_out in itertools.pairwise(sizes):
        parameters += [torch.randn(fan_in, fan_out, generator=generator), torch.zeros(fan_out)]
        parameters[-2] *= math.sqrt(2 / fan_in)
    parameters[-2] *= last_gain / math.sqrt(2)
    return parameters


def through(parameters: Parameters, x: torch.Tensor) -> torch.Tensor:
    """x (samples, inputs) through the network, SiLU between layers: (samples, outputs)."""
    *hidden, weights, bias = parameters
    for w, b in zip(hidden[::2], hidden[1::2], strict=True):
        x = functional.silu(torch.addmm(b, x, w))
    return torch.addmm(bias, x, weights)


def with_squares(x: torch.Tensor) -> torch.Tensor:
    """x and its squares, shifted and scaled to mean 0 and variance 1 for normal x."""
    return torch.cat([x, (x.square() - 1) / math.sqrt(2)], dim=-1)


def separable(
    d_x: int, d_y: int, hidden: Sequence[int], generator: torch.Generator
) -> tuple[Parameters, Scores]:
    """Parameters, and the function from (parameters, x, y) to scores (len(x), len(y))."""
    of_x, of_y = (
        dense([2 * d, *hidden, EMBEDDING + 1], generator, last_gain=0.3) for d in (d_x, d_y)
    )

    def scores(parameters: Parameters, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        u = through(parameters[: len(of_x)], with_squares(x))
        v = through(parameters[len(of_x) :], with_squares(y))
        return u[:, 1:] @ v[:, 1:].T + u[:, :1] + v[:, :1].T

    return of_x + of_y, scores


def concatenated(
    d_x: int, d_y: int, hidden: Sequence[int], generator: torch.Generator
) -> tuple[Parameters, Scores]:
    """As `separable`. The first layer is linear, so its part of x and its part of y are computed
    once for each sample and only added for each pair.
    """
    parameters = dense([2 * (d_x + d_y), *hidden, 1], generator, last_gain=0.3)

    def scores(parameters: Parameters, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        weights, bias, *rest = parameters
        part_x = with_squares(x) @ weights[: 2 * d_x]
        part_y = with_squares(y) @ weights[2 * d_x :] + bias
        pairs = functional.silu((part_x[:, None] + part_y).flatten(0, 1))
        return through(rest, pairs).view(len(x), len(y))

    return parameters, scores


CRITICS = {"separable": separable, "concatenated": concatenated}
