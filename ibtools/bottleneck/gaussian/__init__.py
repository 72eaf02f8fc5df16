"""The bottleneck of jointly Gaussian variables, in closed form."""

from ibtools.bottleneck.gaussian.curve import gaussian_bottleneck_curve, gaussian_relevance_at
from ibtools.bottleneck.gaussian.discretised import discretised_gaussian
from ibtools.bottleneck.gaussian.solver import (
    GaussianSolution,
    gaussian_bottleneck,
    gaussian_bottleneck_from_samples,
    gaussian_critical_betas,
)

__all__ = [
    "GaussianSolution",
    "discretised_gaussian",
    "gaussian_bottleneck",
    "gaussian_bottleneck_curve",
    "gaussian_bottleneck_from_samples",
    "gaussian_critical_betas",
    "gaussian_relevance_at",
]
