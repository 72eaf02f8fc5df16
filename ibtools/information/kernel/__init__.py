"""Layers with Gaussian noise: bounds and Monte Carlo for mixtures of Gaussians."""

from ibtools.information.kernel.bounds import (
    MixtureInformation,
    layer_information_kernel,
    mixture_entropy_bounds,
)
from ibtools.information.kernel.centres import adaptive_noise_variance
from ibtools.information.kernel.monte_carlo import (
    SampledInformation,
    layer_information_monte_carlo,
    mixture_entropy_monte_carlo,
)
from ibtools.information.kernel.samples import entropy_mixture, mutual_information_mixture

__all__ = [
    "MixtureInformation",
    "SampledInformation",
    "adaptive_noise_variance",
    "entropy_mixture",
    "layer_information_kernel",
    "layer_information_monte_carlo",
    "mixture_entropy_bounds",
    "mixture_entropy_monte_carlo",
    "mutual_information_mixture",
]
