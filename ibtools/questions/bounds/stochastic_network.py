"""The search for a posterior over weights: few errors, and not far from the prior."""

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn.functional import softplus

from ibtools.information.validation import positive, same_length, whole_number
from ibtools.questions.bounds.pac_bayes import LARGEST_VARIANCE, PER_E, allowed_variance, normal_kl

# ln λ at the start.
LOG_PRIOR = -7.0


@dataclass(frozen=True)
class StochasticNetwork:
    """Weights of f(x) = w₂ᵀ max(0, W₁ x) are normal, each with a mean and a variance of its own.

    means, variances: arrays [W₁ (k, d), w₂ (1, k)].  prior_variance: λ_j.  j: its step.
    divergence: from the prior, normal around the first weights, in nats.
    """

    means: list[np.ndarray]
    variances: list[np.ndarray]
    prior_variance: float
    j: int
    divergence: float

    def draw(self, rng: np.random.Generator) -> list[np.ndarray]:
        """One network's weights."""
        return [
            m + np.sqrt(v) * rng.standard_normal(m.shape)
            for m, v in zip(self.means, self.variances, strict=True)
        ]

    def error(
        self, x: np.ndarray, y: np.ndarray, *, draws: int, batch_size: int = 100, seed: int = 0
    ) -> float:
        """Mean error over draws of a network and a batch to try it on; unbiased for ê(Q)."""
        rng = np.random.default_rng(seed)
        wrong = 0.0
        for _ in range(whole_number(draws, "draws")):
            batch = rng.choice(len(x), size=min(batch_size, len(x)), replace=False)
            first, last = self.draw(rng)
            output = np.maximum(0, x[batch] @ first.T) @ last[0]
            wrong += (np.where(output > 0, 1, -1) != y[batch]).mean()
        return wrong / draws


def train_stochastic_network(
    x: np.ndarray,
    y: np.ndarray,
    *,
    first: list[np.ndarray],
    learnt: list[np.ndarray],
    epochs: int,
    batch_size: int = 100,
    learning_rate: float = 1e-2,
    delta: float = 0.025,
    seed: int = 0,
) -> StochasticNetwork:
    """Lower the loss of sampled weights plus √((KL + ln(2√n π² j²/6δ))/2n), by Adam.

    x: (n, d).  y: labels ±1.  first: weights before training, the prior's mean.
    learnt: those after it, where the posterior's mean starts; its variances start where the prior's
    does.  The loss is the logistic one over ln 2, which lies above the error. The square root is
    Pinsker's form of the bound, smooth enough to descend on; `pac_bayes_bound` computes the bound.
    """
    same_length(x=x, y=y)
    positive(learning_rate, "learning_rate")
    whole_number(epochs, "epochs")
    inputs, labels = torch.as_tensor(x), torch.as_tensor(y, dtype=torch.float32)
    prior = [torch.as_tensor(each) for each in first]
    means = [torch.tensor(each, requires_grad=True) for each in learnt]
    logs = [torch.full(w.shape, LOG_PRIOR / 2, requires_grad=True) for w in learnt]
    log_prior = torch.tensor(LOG_PRIOR, requires_grad=True)
    optimizer = torch.optim.Adam([*means, *logs, log_prior], lr=learning_rate)
    generator = torch.Generator().manual_seed(seed)
    n = len(inputs)
    for _ in range(epochs):
        for batch in torch.randperm(n, generator=generator).split(batch_size):
            one, two = (
                mean + log.exp() * torch.randn(mean.shape, generator=generator)
                for mean, log in zip(means, logs, strict=True)
            )
            margin = labels[batch] * (torch.relu(inputs[batch] @ one.T) @ two[0])
            loss = softplus(-margin).mean() / np.log(2)
            price = _price(means, logs, prior, log_prior, n, delta)
            optimizer.zero_grad()
            (loss + price).backward()
            optimizer.step()
            with torch.no_grad():
                log_prior.clamp_(max=np.log(LARGEST_VARIANCE))
    variance, j = allowed_variance(float(log_prior.detach().exp()))
    learnt_means = [each.detach().numpy() for each in means]
    variances = [(2 * each.detach()).exp().numpy() for each in logs]
    divergence = sum(
        normal_kl(mean, own, start, variance)
        for mean, own, start in zip(learnt_means, variances, first, strict=True)
    )
    return StochasticNetwork(learnt_means, variances, variance, j, divergence)


def _price(means, logs, prior, log_prior, n, delta) -> torch.Tensor:
    divergence = sum(
        0.5
        * (
            ((2 * log).exp() + (mean - start) ** 2) / log_prior.exp() - 1 - 2 * log + log_prior
        ).sum()
        for mean, log, start in zip(means, logs, prior, strict=True)
    )
    j = PER_E * (np.log(LARGEST_VARIANCE) - log_prior)
    union = 2 * torch.log(j.clamp(min=1)) + np.log(np.pi**2 / (6 * delta))
    return torch.sqrt((divergence + union + np.log(2 * np.sqrt(n))) / (2 * n))
