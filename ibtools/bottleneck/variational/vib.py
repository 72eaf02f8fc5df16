"""The variational bottleneck: the cost of a code is its distance to a fixed marginal."""

from dataclasses import dataclass
from math import inf

import torch

from ibtools.bottleneck.variational.codes import Code, diagonal, full, without_noise
from ibtools.bottleneck.variational.model import TrainedBottleneck
from ibtools.information.validation import one_of
from ibtools.information.variational.critics import Parameters

COVARIANCES = {
    "diagonal": (diagonal, lambda k: 2 * k),
    "full": (full, lambda k: k * (k + 3) // 2),
    "none": (without_noise, lambda k: k),
}


@dataclass(kw_only=True, eq=False)
class VariationalBottleneck(TrainedBottleneck):
    """Variational information bottleneck (VIB): T ~ N(μ(x), Σ(x)), both said by a network.

        I(X;T) ≤ rate = E D(q(t|x) ‖ N(0, I))        I(T;Y) ≥ H(Y) + E log q(y|t)

    The rate is in closed form, summed over the units of T and averaged over examples; it exceeds
    I(X;T) by D(q(t) ‖ N(0, I)), how far the codes of all x together are from the standard normal.
    Training lowers that gap too: VIB likes T to look normal, which is not what IB asks for.

    beta multiplies relevance, the opposite of the paper's: see `BottleneckSettings`.
    covariance: "diagonal"; "full" (k(k+1)/2 numbers for each x: for small codes); "none" is an
    ordinary network with a code in the middle, without noise: its rate is infinite, and it needs
    beta=inf.

    When not to use it: to find out what an existing network knows (this trains its own), or as a
    value of I(X;T) (it is a bound, loose for large β: `input_information` measures that).
    Where x determines y the exact functional with p = 1 has its optima in two corners of the curve,
    whatever β (Kolchinsky, Tracey & Van Kuyk 2019, arXiv:1808.07593); what lies between is then
    reached by the looseness of the rate, or with another power.

    Source: Alemi, Fischer, Dillon & Murphy (2017), arXiv:1612.00410. Theirs on MNIST:
    hidden 1024-1024, code 256, β = 1000, 12 samples, averaging 0.999, 200 epochs.
    """

    covariance: str = "diagonal"

    def __post_init__(self):
        super().__post_init__()
        one_of(self.covariance, "covariance", COVARIANCES)
        if self.covariance == "none" and self.beta != inf:
            raise ValueError(
                f"beta must be inf without noise, where every code costs infinitely much, "
                f"got {self.beta:g}"
            )

    def _n_outputs(self) -> int:
        return COVARIANCES[self.covariance][1](self.code_size)

    def _code(self, outputs: torch.Tensor, noise: Parameters) -> Code:
        return COVARIANCES[self.covariance][0](outputs)

    def _rate(self, code: Code) -> torch.Tensor:
        return code.rate().mean()
