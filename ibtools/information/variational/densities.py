"""Learning p(y) or p(y|x): one column after the other, each around its linear regression.

    log q(y|x) = Σ_j log q(y_j | x, y_1 … y_{j-1})

Each factor is a mixture of Gaussians in the residual of the linear regression of y_j on what comes
before; a network of the same inputs says how the mixture's weights, means and widths move with
them. Before training all residuals are N(0, 1), which is exact for Gaussian data: the networks
learn only what is not linear or not Gaussian. All columns are trained as one batch.

Source: Bishop (1994), "Mixture density networks", Aston University NCRG/94/004; Uria, Murray &
Larochelle (2013), arXiv:1306.0186, for one column after the other.
"""

import math
from collections.abc import Callable, Sequence

import torch
from torch.nn import functional

from ibtools.information.variational.critics import Parameters, dense, with_squares

N_COMPONENTS = 6
FIRST_GAIN = 0.02
RIDGE = 1e-10
LARGEST_LOG_WIDTH = 5.0

LogDensity = Callable[[Parameters, torch.Tensor, torch.Tensor], torch.Tensor]


def successive_residuals(
    joint: torch.Tensor, n_last: int, samples: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Residuals (n, n_last) of each of the last columns of joint (n, d), regressed on all columns
    before it, divided by their standard deviations; and the logarithms of these, (n_last,).

    With Σ = L Lᵀ the covariance of the samples to learn from, all residuals together are L⁻¹ joint.
    """
    joint = joint.double()
    centred = joint - joint[samples].mean(dim=0)
    covariance = centred[samples].T @ centred[samples] / len(samples)
    factor = torch.linalg.cholesky(
        covariance + RIDGE * torch.eye(len(covariance), dtype=torch.float64)
    )
    residuals = torch.linalg.solve_triangular(factor, centred.T, upper=False).T
    return residuals[:, -n_last:].float(), factor.diagonal()[-n_last:].log()


def mixtures(
    d_x: int, d_y: int, hidden: Sequence[int], generator: torch.Generator
) -> tuple[Parameters, LogDensity]:
    """Parameters, and the function from (parameters, joint (n, d_x + d_y), residuals (n, d_y)) to
    the log density of the residuals, (n,).
    """
    networks = [
        dense([2 * (d_x + d_y), *hidden, 3 * N_COMPONENTS], generator, last_gain=FIRST_GAIN)
        for _ in range(d_y)
    ]
    parameters = [torch.stack(layer) for layer in zip(*networks, strict=True)]
    # Column j sees x and the columns of y before it, values and squares.
    known = torch.ones(d_y, d_x + d_y).tril(d_x - 1).repeat(1, 2)[:, :, None]

    def log_density(parameters: Parameters, joint: torch.Tensor, e: torch.Tensor) -> torch.Tensor:
        first, *rest = parameters
        t = with_squares(joint).expand(d_y, -1, -1)
        for weights, bias in zip([first * known, *rest[1::2]], rest[::2], strict=True):
            t = torch.baddbmm(bias[:, None], t, weights)
            if weights is not rest[-2]:
                t = functional.silu(t)
        logits, means, log_widths = t.chunk(3, dim=-1)
        log_widths = LARGEST_LOG_WIDTH * torch.tanh(log_widths / LARGEST_LOG_WIDTH)
        squared = ((e.T[:, :, None] - means) * torch.exp(-log_widths)).square()
        log_parts = torch.log_softmax(logits, dim=-1) - log_widths - squared / 2
        return torch.logsumexp(log_parts, dim=-1).sum(dim=0) - d_y * math.log(2 * math.pi) / 2

    return parameters, log_density
