"""What all trained bottlenecks share: fitting, predicting, evaluating."""

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
import torch

from ibtools.bottleneck.variational import network
from ibtools.bottleneck.variational.architecture import NoisyNetwork
from ibtools.bottleneck.variational.codes import Code, mixture_information
from ibtools.bottleneck.variational.evaluation import Evaluation, History
from ibtools.bottleneck.variational.files import read_model, write_model
from ibtools.bottleneck.variational.samples import inputs, labelled, labels
from ibtools.bottleneck.variational.training import train
from ibtools.information.discrete import entropy_discrete
from ibtools.information.validation import validated_base, whole_number
from ibtools.information.variational.critics import Parameters


@dataclass(kw_only=True, eq=False)
class TrainedBottleneck(NoisyNetwork):
    """An encoder q(t|x) and a decoder q(y|t), trained to compress X and to keep what tells of Y.

    Lowered is the book's functional I(X;T)^p - β I(T;Y), with bounds in place of the informations,
    divided by β and less the constant H(Y): in nats per example,

        CE + rate^p / β,    CE = - E log q(y|t) ≥ H(Y|T),    rate ≥ I(X;T).

    x is taken as it is: bring it to about unit size. T is kept for every x the network may meet,
    yet informations are those of the samples at hand, each equally likely: on them I(X;T) ≤ log n.

    After `fit`: parameters (averaged weights), classes (the labels, in order), history.
    """

    parameters: Parameters | None = field(default=None, init=False, repr=False)
    classes: np.ndarray | None = field(default=None, init=False, repr=False)
    history: History | None = field(default=None, init=False, repr=False)

    def fit(
        self,
        x: np.ndarray,
        y: np.ndarray,
        *,
        x_test: np.ndarray | None = None,
        y_test: np.ndarray | None = None,
        progress: bool | None = None,
    ) -> Self:
        """Learn from x (n, d) and whole-number labels y (n,); fitting again begins anew.

        x_test, y_test: watched in the history, never learnt from, never used to choose.
        progress: show a bar; by default only in a terminal. Interrupting keeps what was done.
        Same seed, same machine, same number of threads: same result. No global random state is
        read or changed.

        Raises ValueError for samples and labels that do not fit, TypeError for anything but
        numbers, FloatingPointError when the loss is no longer finite.
        """
        classes = np.unique(labels(y))
        features, targets = labelled(x, y, classes)
        watched = [(features, targets)]
        if (x_test is None) != (y_test is None):
            raise ValueError("x_test and y_test must be given both or not at all, got one of them")
        if x_test is not None:
            width = features.shape[1]
            watched.append(labelled(x_test, y_test, classes, width=width, suffix="_test"))
        generator = self.stream(0)
        parameters = self.initialised(features.shape[1], len(classes), generator)

        def loss(batch: torch.Tensor) -> torch.Tensor:
            code, decoder = self._encoded(parameters, features[batch])
            log_q = network.log_probabilities(decoder, code, self.n_training_samples, generator)
            distortion = network.cross_entropy(log_q, targets[batch])
            if self.beta == math.inf:
                return distortion
            # Rounding may lead below 0, where not every power is defined.
            return distortion + self._rate(code).clamp(min=0) ** self.power / self.beta

        def look(averaged: Parameters) -> list[Evaluation]:
            return [self._evaluated(averaged, *samples) for samples in watched]

        averaged, looks, ended = train(
            parameters, loss, look, len(features), self, generator, progress=progress
        )
        self.parameters, self.classes = averaged, classes
        self.history = History.of(looks, ended)
        return self

    def encode(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation of each unit of T for each x: both (n, code_size)."""
        code, _ = self._of(x)
        return code.mean.numpy(), code.deviations.numpy()

    @torch.no_grad()
    def predict_probabilities(self, x: np.ndarray) -> np.ndarray:
        """q(y|x) (n, classes), in the order of `classes`: the mean over n_posterior_samples t."""
        code, decoder = self._of(x)
        return self._log_probabilities(decoder, code).exp().mean(dim=0).numpy()

    def predict(self, x: np.ndarray) -> np.ndarray:
        """(n,) the most probable label of each x."""
        return self.classes[self.predict_probabilities(x).argmax(axis=1)]

    @torch.no_grad()
    def evaluate(self, x: np.ndarray, y: np.ndarray, *, base: float = 2) -> Evaluation:
        """Both bounds and the error on samples x (n, d), y (n,), informations to log `base`.

        H(Y) is that of these labels. The relevance takes the mean over t of log q(y|t), which is
        the bound; the error takes the label with the highest mean probability.
        """
        features, targets = labelled(x, y, self.classes, width=self._n_inputs())
        return self._evaluated(self.parameters, features, targets, base=base)

    @torch.no_grad()
    def input_information(self, x: np.ndarray, *, n_draws: int = 5000, base: float = 2) -> float:
        """I(X;T) itself, not a bound, X being one of these x (n, d) with equal chances.

        By Monte Carlo, see `codes.mixture_information`; without noise H(T) of the distinct codes.
        Never above log n, up to chance; near it, it says how many x there were.
        """
        code, _ = self._of(x)
        unit = math.log(validated_base(base))
        if not code.deviations.any():
            return entropy_discrete(code.mean.numpy(), base=base)
        n_draws = whole_number(n_draws, "n_draws")
        return mixture_information(code, self._drawing(), n_draws=n_draws) / unit

    def save(self, path: Path) -> None:
        """Write weights, labels, settings and history to one file, for `load`."""
        self._n_inputs()
        write_model(self, path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; nothing in the file is ever executed.

        Raises FileNotFoundError when there is none, and ValueError when it is damaged, no saved
        bottleneck, or one of another kind.
        """
        return read_model(cls, path)

    def _n_inputs(self) -> int:
        if self.parameters is None:
            raise ValueError(f"this {type(self).__name__} has learnt nothing yet: call fit first")
        return len(self.parameters[0])

    @torch.no_grad()
    def _of(self, x: np.ndarray) -> tuple[Code, Parameters]:
        return self._encoded(self.parameters, inputs(x, width=self._n_inputs()))
