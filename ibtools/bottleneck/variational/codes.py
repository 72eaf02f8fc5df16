"""Codes: the Gaussian q(t|x) = N(μ, L Lᵀ) that an encoder gives each x, for a batch of x.

How far a code is from the marginal r(t) = N(0, I), in nats, for k dimensions:

    D(q(t|x) ‖ r(t)) = ½ (|L|² + |μ|² - k) - Σ_i log L_ii

with |L|² the sum of the squares of all entries; a diagonal L leaves ½ Σ (σ² + μ² - 1 - log σ²).
"""

import math
from dataclasses import dataclass

import torch
from torch.nn import functional

SMALLEST_DEVIATION = 1e-6


@dataclass(frozen=True, eq=False)
class DiagonalCode:
    """mean, deviations: (n, k). Deviations of 0 are a code without noise; its rate is infinite."""

    mean: torch.Tensor
    deviations: torch.Tensor

    def sample(self, n_samples: int, generator: torch.Generator) -> torch.Tensor:
        """(n_samples, n, k), with gradients for mean and deviations (reparametrised)."""
        noise = torch.randn(n_samples, *self.mean.shape, generator=generator)
        return self.mean + self.deviations * noise

    def rate(self) -> torch.Tensor:
        """(n,) D(q(t|x) ‖ N(0, I)) in nats."""
        spread = self.deviations.square() - 1 - 2 * self.deviations.log()
        return (spread + self.mean.square()).sum(dim=1) / 2

    def log_density(self, t: torch.Tensor) -> torch.Tensor:
        """log q(t_i|x_j) in nats, (len(t), n), up to k/2 log 2π; computed in double precision."""
        mean, precision = self.mean.double(), self.deviations.double() ** -2
        t = t.double()
        squares = t.square() @ precision.T - 2 * t @ (mean * precision).T
        squares += (mean.square() * precision).sum(dim=1)
        return precision.log().sum(dim=1) / 2 - squares / 2


@dataclass(frozen=True, eq=False)
class FullCode:
    """mean: (n, k).  factors: (n, k, k) lower triangular L with a positive diagonal."""

    mean: torch.Tensor
    factors: torch.Tensor

    @property
    def deviations(self) -> torch.Tensor:
        return self.factors.square().sum(dim=2).sqrt()

    def sample(self, n_samples: int, generator: torch.Generator) -> torch.Tensor:
        noise = torch.randn(n_samples, *self.mean.shape, generator=generator)
        return self.mean + torch.einsum("nij,snj->sni", self.factors, noise)

    def rate(self) -> torch.Tensor:
        squares = self.factors.square().sum(dim=(1, 2)) + self.mean.square().sum(dim=1)
        return (squares - self.mean.shape[1]) / 2 - self._log_volume(self.factors)

    def log_density(self, t: torch.Tensor) -> torch.Tensor:
        factors = self.factors.double()
        apart = (t.double()[:, None] - self.mean.double()).permute(1, 2, 0)
        whitened = torch.linalg.solve_triangular(factors, apart, upper=False)
        return (-whitened.square().sum(dim=1) / 2 - self._log_volume(factors)[:, None]).T

    @staticmethod
    def _log_volume(factors: torch.Tensor) -> torch.Tensor:
        return factors.diagonal(dim1=1, dim2=2).log().sum(dim=1)


Code = DiagonalCode | FullCode


def deviations(outputs: torch.Tensor) -> torch.Tensor:
    """Positive deviations from a network's outputs, 0.7 for outputs of 0.

    Alemi et al. start at 0.007, where T tells nearly all; small β then take longer to compress.
    """
    return functional.softplus(outputs) + SMALLEST_DEVIATION


def without_noise(outputs: torch.Tensor) -> DiagonalCode:
    return DiagonalCode(outputs, torch.zeros_like(outputs))


def diagonal(outputs: torch.Tensor) -> DiagonalCode:
    """From (n, 2k) outputs: means, and what becomes the deviations."""
    mean, raw = outputs.chunk(2, dim=1)
    return DiagonalCode(mean, deviations(raw))


def full(outputs: torch.Tensor) -> FullCode:
    """From (n, k + k + k(k-1)/2) outputs: means, diagonal of L, and the rows below it.

    Rows are scaled by their diagonal entry, so that all of L starts as small as the diagonal.
    """
    k = (math.isqrt(9 + 8 * outputs.shape[1]) - 3) // 2
    mean, raw, below = outputs.split([k, k, k * (k - 1) // 2], dim=1)
    rows, columns = torch.tril_indices(k, k, offset=-1)
    unit = torch.eye(k).repeat(len(outputs), 1, 1)
    unit[:, rows, columns] = below
    return FullCode(mean, deviations(raw)[:, :, None] * unit)


def mixture_information(code: Code, generator: torch.Generator, *, n_draws: int) -> float:
    """I(X;T) in nats, X one of the code's n inputs with equal chances, by Monte Carlo.

        E log q(t|x) - log (1/n) Σ_j q(t|x_j),    t from q(t|x)

    n_draws t are drawn, as many from each q(t|x) up to one; q(t) is the mixture of all n. Unbiased;
    the standard error is about √(k / 2 n_draws) nats or less for k units.
    """
    n, width = code.mean.shape
    drawn = code.sample(-(-n_draws // n), generator)
    order = torch.randperm(n, generator=generator)
    total = 0.0
    for places in torch.arange(n_draws).split(max(1, 2**24 // (n * width))):
        inputs = order[places % n]
        densities = code.log_density(drawn[places // n, inputs])
        own = densities.gather(1, inputs[:, None])[:, 0]
        total += (own - torch.logsumexp(densities, dim=1) + math.log(n)).sum().item()
    return total / n_draws
