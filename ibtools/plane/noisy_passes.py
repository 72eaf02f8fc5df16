"""Passes through a noisy network, and what they say of the densities of its layers.

A pass ends, in every layer, in a centre c, and says N(t; c, σ²I) of the density at t. The kernels
here are divided by N(t; c₀, σ²I), with c₀ the centre that t itself was drawn around: terms are
then of moderate size in any dimension, and information needs nothing but their ratios.
"""

import math

import torch

from ibtools.information.kernel.centres import centred, exponents, factors
from ibtools.networks.mlp import Parameters, forward

# Numbers in a block of pairs, so that it fits the processor's cache.
AREA = 2**19
# Processors are slow on smaller numbers. Next to the largest term of a sum they do not count.
FLOOR = -80.0


def _passes(
    parameters: Parameters, x: torch.Tensor, activation: str, noise: float, random: torch.Generator
) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """The centres of every hidden layer and what the noise makes of them, each (samples, units)."""
    centres = []

    def disturb(t: torch.Tensor) -> torch.Tensor:
        centres.append(t)
        return t + noise * torch.randn(t.shape, generator=random, dtype=t.dtype)

    layers = forward(parameters, x.T[None], activation, disturb=disturb)
    return [t[0].T for t in centres], [t[0].T for t in layers[:-1]]


def _surprise(points: torch.Tensor, centres: torch.Tensor, noise: float) -> torch.Tensor:
    """|t - c|² / 2σ², summed over the units, which come last."""
    return ((points - centres) / noise).square_().sum(-1) / 2


def _log_sums(points, around, centres, inputs, labels, noise: float) -> torch.Tensor:
    """log Σ of the kernels at each point of the inputs other than its own, by class: (p, classes).

    points, around: (p, units), the second their own centres.  centres: (n, units), one pass of
    every input.  inputs: (p,) the input of each point.  labels: (n,), in rising order.
    A sum that is e⁸⁰ times smaller than the point's largest other term comes out too large.
    """
    variance = torch.tensor(noise**2, dtype=torch.float64)
    u, subtract = centred(torch.cat([points, centres]), variance)
    left, _ = factors(u[:, : len(points)], subtract=subtract)
    _, right = factors(u[:, len(points) :], subtract=subtract)
    counts = torch.bincount(labels).tolist()
    blocks = []
    for rows in torch.arange(len(points)).split(max(1, AREA // len(centres))):
        kernels = exponents(left[:, rows], right, subtract=subtract)[0].mul_(4)
        kernels[torch.arange(len(rows)), inputs[rows]] = -math.inf
        largest = kernels.amax(1, keepdim=True)
        kernels = kernels.sub_(largest).clamp_(min=FLOOR).exp_()
        sums = torch.stack([same.sum(1) for same in kernels.split(counts, dim=1)], dim=1)
        blocks.append(sums.log_() + largest)
    return torch.cat(blocks) + _surprise(points, around, noise)[:, None]


def _jackknifed(estimate, passes: torch.Tensor) -> torch.Tensor:
    """estimate(passes) and before it the same without its bias of order one over their number."""
    n = len(passes)
    plain = estimate(passes)
    left_out = [estimate(torch.cat([passes[:i], passes[i + 1 :]])) for i in range(n)]
    return torch.stack([n * plain - (n - 1) * torch.stack(left_out).mean(0), plain])


def _terms(without, sums, labels, inputs, n_conditional: int) -> torch.Tensor:
    """log p(t|x)/p(t) and log p(t|y)/p(t), see `log_ratios`: (2, 2, 2, p).

    without: (p,) log of p(t|x) without the draw itself.  sums: (passes, p, classes).
    """
    itself = torch.logaddexp(without + math.log(n_conditional), torch.zeros_like(without))
    given_x = torch.stack([itself - math.log1p(n_conditional), without])
    own = labels[inputs]
    of_class = torch.bincount(labels)[own].log()

    def everywhere(passes: torch.Tensor) -> torch.Tensor:
        others = passes.logsumexp((0, 2)) - math.log(len(passes))
        return torch.logaddexp(given_x, others) - math.log(len(labels))

    def given_y(passes: torch.Tensor) -> torch.Tensor:
        same = passes[:, torch.arange(len(own)), own].logsumexp(0) - math.log(len(passes))
        return torch.logaddexp(given_x, same) - of_class

    p_t, p_t_given_y = _jackknifed(everywhere, sums), _jackknifed(given_y, sums)
    return torch.stack([given_x - p_t, p_t_given_y - p_t]).permute(2, 1, 0, 3)


def log_ratios(
    parameters: Parameters,
    x: torch.Tensor,
    labels: torch.Tensor,
    *,
    activation: str,
    noise: float,
    n_samples: int,
    n_conditional: int,
    n_marginal: int,
    random: torch.Generator,
) -> torch.Tensor:
    """The terms whose means are I(X;T) and I(T;Y), in nats, of one network: (layers, 2, 2, 2, p).

    Axes after the layers: p(t|x) with the draw itself among its passes or without it; the others'
    passes jackknifed or not; I(X;T) or I(T;Y); the draws.
    x: (n, inputs).  labels: (n,) numbers of classes in rising order, so that draws that are evenly
    spaced fall on no class by chance more often than its share.
    """
    settings = {"activation": activation, "noise": noise, "random": random}
    spaced = (torch.arange(n_samples) + torch.rand(1, generator=random)) * (len(x) / n_samples)
    inputs = spaced.long().clamp_(max=len(x) - 1)
    centres, points = _passes(parameters, x[inputs], **settings)
    others = [_passes(parameters, x, **settings)[0] for _ in range(n_marginal)]
    own = [torch.empty_like(t[:, 0]) for t in points]
    for some in torch.arange(n_samples).split(max(1, AREA // (16 * n_conditional))):
        repeated = x[inputs[some]].repeat_interleave(n_conditional, dim=0)
        again, _ = _passes(parameters, repeated, **settings)
        for layer, passes in enumerate(again):
            t = points[layer][some]
            passes = passes.reshape(len(some), n_conditional, -1)
            relative = _surprise(t, centres[layer][some], noise)[:, None]
            relative = relative - _surprise(t[:, None], passes, noise)
            own[layer][some] = relative.logsumexp(1) - math.log(n_conditional)
    terms = []
    for t, around, without, *passes in zip(points, centres, own, *others, strict=True):
        sums = [_log_sums(t, around, other, inputs, labels, noise) for other in passes]
        terms.append(_terms(without, torch.stack(sums), labels, inputs, n_conditional))
    return torch.stack(terms)
