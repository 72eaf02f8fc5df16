"""One step up the loss, the same size in every pixel."""

import numpy as np
import torch
from torch import nn

from ibtools.information.validation import finite_number, same_length


def gradient_sign(
    model: nn.Module,
    x: np.ndarray,
    y: np.ndarray,
    epsilon: float,
    *,
    low: float = 0.0,
    high: float = 1.0,
) -> np.ndarray:
    """x + ε sign ∂L/∂x (n, d), cut to [low, high], for the cross-entropy L of the labels y (n,).

    For a loss that is linear in x this is the worst change of at most ε in each coordinate.
    Source: Goodfellow, Shlens, Szegedy (2015), section 4.
    Raises ValueError for a negative epsilon.
    """
    same_length(x=x, y=y)
    if finite_number(epsilon, "epsilon") < 0:
        raise ValueError(f"epsilon must be 0 or more, got {epsilon}")
    seen = torch.as_tensor(x, dtype=torch.float32).requires_grad_()
    loss = nn.functional.cross_entropy(model(seen), torch.as_tensor(y), reduction="sum")
    (gradient,) = torch.autograd.grad(loss, seen)
    return np.clip(x + epsilon * gradient.sign().numpy(), low, high).astype(np.float32)
