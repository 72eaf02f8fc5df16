"""Networks whose hidden units are noisy, T_l = g(W_l T_{l-1} + b_l) + Z_l with Z_l ~ N(0, σ²I).

Source: Goldfeld et al. (2019), arXiv:1810.05728, section 3.
"""

from collections.abc import Callable

import numpy as np
import torch

from ibtools.networks.ensemble import network_numbers
from ibtools.networks.mlp import Parameters, forward, loss_and_accuracy
from ibtools.networks.settings import TrainingSettings

Disturbance = Callable[[torch.Tensor], torch.Tensor]


def disturbance(settings: TrainingSettings, *, stream: int, device: str) -> Disturbance | None:
    """t + Z, each network with a generator of its own; None for networks without noise.

    stream: makes independent noise for another purpose from the same settings.
    """
    if not settings.noise:
        return None
    generators = []
    for number in network_numbers(settings):
        seed = np.random.SeedSequence(settings.seed, spawn_key=(number, stream))
        generators.append(torch.Generator(device).manual_seed(int(seed.generate_state(1)[0])))

    def disturb(t: torch.Tensor) -> torch.Tensor:
        z = torch.stack([t.new_empty(t.shape[1:]).normal_(generator=g) for g in generators])
        return t + z.mul_(settings.noise)

    return disturb


def noisy_gradients(
    parameters: Parameters,
    x: torch.Tensor,
    y: torch.Tensor,
    activation: str,
    disturb: Disturbance,
) -> Parameters:
    """Gradient of each network's mean cross-entropy (nats) for one draw of the noise.

    Noise sits between an activation and the next product, so that the closed form of `mlp` would
    have to keep both sides of it; here PyTorch differentiates.
    """
    leaves = [tuple(part.detach().requires_grad_() for part in layer) for layer in parameters]
    with torch.enable_grad():
        loss, _ = loss_and_accuracy(forward(leaves, x, activation, disturb=disturb)[-1], y)
        flat = torch.autograd.grad(loss.sum(), [part for layer in leaves for part in layer])
    return list(zip(flat[::2], flat[1::2], strict=True))
