"""An encoder, a noise and a decoder: what all trained bottlenecks compute, and how they differ."""

import math

import numpy as np
import torch

from ibtools.bottleneck.variational import network
from ibtools.bottleneck.variational.codes import Code
from ibtools.bottleneck.variational.evaluation import Evaluation
from ibtools.bottleneck.variational.settings import BottleneckSettings
from ibtools.information.discrete import entropy_discrete
from ibtools.information.validation import validated_base
from ibtools.information.variational.critics import Parameters, through


class NoisyNetwork(BottleneckSettings):
    """x to a code q(t|x), the code to q(y|t). The weights are an argument everywhere."""

    def _n_outputs(self) -> int:
        """Of the encoder's network."""
        raise NotImplementedError

    def _noise(self) -> Parameters:
        """Weights of the noise, as they start."""
        return []

    def _code(self, outputs: torch.Tensor, noise: Parameters) -> Code:
        raise NotImplementedError

    def _rate(self, code: Code) -> torch.Tensor:
        """Upper bound of I(X;T) in nats, of a batch and with gradients."""
        raise NotImplementedError

    def _measured_rate(self, code: Code) -> float:
        """The same of any number of samples, without gradients."""
        return self._rate(code).item()

    def initialised(
        self, n_inputs: int, n_classes: int, generator: torch.Generator | None = None
    ) -> Parameters:
        """The weights before training; any, where no generator is given."""
        generator = generator or self._drawing()
        sizes = n_inputs, self._n_outputs(), n_classes
        return network.initialised(self, sizes, self._noise(), generator)

    def stream(self, number: int) -> torch.Generator:
        """One of the streams of random numbers that belong to the seed.

        Not torch's own of that seed: samples made with it would be the noise they are given.
        """
        seed = np.random.SeedSequence([self.seed, number]).generate_state(1)
        return torch.Generator().manual_seed(int(seed[0]))

    def _drawing(self) -> torch.Generator:
        """The same noise at every look, so that looks differ by what was learnt."""
        return self.stream(1)

    def _encoded(self, parameters: Parameters, features: torch.Tensor) -> tuple[Code, Parameters]:
        encoder, decoder, noise = network.parts(self, parameters)
        return self._code(through(encoder, features), noise), decoder

    def _log_probabilities(self, decoder: Parameters, code: Code) -> torch.Tensor:
        return network.log_probabilities(decoder, code, self.n_posterior_samples, self._drawing())

    def _evaluated(
        self,
        parameters: Parameters,
        features: torch.Tensor,
        targets: torch.Tensor,
        *,
        base: float = 2,
    ) -> Evaluation:
        unit = math.log(validated_base(base))
        code, decoder = self._encoded(parameters, features)
        log_q = self._log_probabilities(decoder, code)
        return Evaluation(
            I_XT_upper=self._measured_rate(code) / unit,
            I_TY_lower=entropy_discrete(targets.numpy(), base=base)
            - network.cross_entropy(log_q, targets).item() / unit,
            error=network.error(log_q, targets),
        )
