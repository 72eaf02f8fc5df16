"""The nonlinear bottleneck: the cost of a code is what the codes of other x leave of it."""

import math
from dataclasses import dataclass

import torch

from ibtools.bottleneck.variational.codes import Code, DiagonalCode
from ibtools.bottleneck.variational.model import TrainedBottleneck
from ibtools.information.kernel import mixture_entropy_bounds
from ibtools.information.kernel.centres import exponents, factors
from ibtools.information.validation import positive
from ibtools.information.variational.critics import Parameters


@dataclass(kw_only=True, eq=False)
class NonlinearBottleneck(TrainedBottleneck):
    """Nonlinear information bottleneck: T = h(x) + N(0, σ²I), h a network, σ² one number.

        I(X;T) ≤ rate = - (1/n) Σ_i log (1/n) Σ_j exp(-|h_i - h_j|² / 2σ²)

    The bound looks at all pairs of codes and assumes no shape of T, where the variational
    bottleneck asks for a normal one. Relevance is bounded as there: I(T;Y) ≥ H(Y) + E log q(y|t).

    noise_variance: σ², or where it starts when learn_noise is set.
    power: 2 unless set otherwise. Where x determines y, I(X;T) - β I(T;Y) has its optima at the
    corners of the curve only, whatever β; I(X;T)² - β I(T;Y) reaches every point between, for two
    bounds that are tight the one with I(X;T) = min(H(Y), β/2) in nats.

    Near no information at all the bound is twice the information: a trivial code then stays
    trivial up to twice the β at which learning could start. (The rate of the variational bottleneck
    is tight there, and loose for codes that tell much.)

    In training n is the batch, so that the rate is at most log batch_size and too small for codes
    that tell more x apart: take large batches. Evaluations take all samples given, whose number
    is their ceiling; time grows with its square (in the history as well: see look_every).

    Source: Kolchinsky, Tracey & Wolpert (2019), arXiv:1705.02436; for power Kolchinsky, Tracey &
    Van Kuyk (2019), arXiv:1808.07593; for the bound ibtools.information.kernel.bounds.
    """

    power: float = 2
    noise_variance: float = 1.0
    learn_noise: bool = True

    def __post_init__(self):
        super().__post_init__()
        self.noise_variance = positive(self.noise_variance, "noise_variance")

    def _n_outputs(self) -> int:
        return self.code_size

    def _noise(self) -> Parameters:
        return [torch.tensor(math.log(self.noise_variance))] if self.learn_noise else []

    def _code(self, outputs: torch.Tensor, noise: Parameters) -> Code:
        log_variance = noise[0] if noise else torch.tensor(math.log(self.noise_variance))
        return DiagonalCode(outputs, (log_variance / 2).exp().expand_as(outputs))

    def _rate(self, code: Code) -> torch.Tensor:
        u = (code.mean - code.mean.mean(dim=0)) / (code.deviations[0] * math.sqrt(2))
        apart = exponents(*factors(u[None], subtract=False), subtract=False)[0].clamp(max=0)
        return math.log(len(u)) - torch.logsumexp(apart, dim=1).mean()

    def _measured_rate(self, code: Code) -> float:
        variance = float(code.deviations[0, 0]) ** 2
        _, entropy = mixture_entropy_bounds(code.mean, noise_variance=variance, base=math.e)
        of_noise = code.mean.shape[1] / 2 * math.log(2 * math.pi * math.e * variance)
        return float(entropy) - of_noise
