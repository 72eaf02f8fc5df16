"""Minimum-norm least squares on isotropic features, in the limit of many samples and features."""

import numpy as np


def asymptotic_risk(gamma: np.ndarray, *, signal: float, noise: float) -> np.ndarray:
    """Risk E‖ŵ − w‖² of minimum-norm least squares, for γ = features/samples; its limit.

    y = x·w + ε, features independent of mean 0 and variance 1, ‖w‖² = signal, Var ε = noise:

        γ < 1:  noise · γ/(1 − γ)
        γ > 1:  signal · (1 − 1/γ) + noise/(γ − 1)

    At γ = 1 it is infinite (unless noise is 0), and beyond it falls again.
    Source: Hastie, Montanari, Rosset, Tibshirani (2022), theorem 1.
    Raises ValueError for gamma ≤ 0 and negative signal or noise.
    """
    gamma = np.asarray(gamma, dtype=float)
    if not (gamma > 0).all():
        raise ValueError(f"gamma must be positive, got {gamma.min()}")
    for value, name in ((signal, "signal"), (noise, "noise")):
        if not value >= 0:
            raise ValueError(f"{name} must be 0 or more, got {value}")
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.where(gamma < 1, gamma / (1 - gamma), 1 / (gamma - 1))
    bias = signal * np.maximum(0, 1 - 1 / gamma)
    return bias + (noise * variance if noise else 0.0)
