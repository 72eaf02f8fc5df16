"""Data learnt by heart: what fits anything, how fast, and what it does to new data."""

from ibtools.questions.memorization.asymptotic_risk import asymptotic_risk
from ibtools.questions.memorization.corruptions import (
    CORRUPTIONS,
    corrupted,
    gaussian_pixels,
    random_label_share,
    random_pixels,
    shuffled_pixels,
)
from ibtools.questions.memorization.critical_samples import (
    critical_ratio,
    critical_samples,
    critical_samples_of_linear,
)
from ibtools.questions.memorization.double_descent import (
    double_descent,
    random_features,
    ridge_weights,
)
from ibtools.questions.memorization.example_difficulty import (
    KINDS,
    example_difficulty,
    learning_data,
)
from ibtools.questions.memorization.fit_anything import (
    TwoLayers,
    fit_anything,
    interpolating_weights,
    thresholds,
)
from ibtools.questions.memorization.fitting_speed import fitting_speed
from ibtools.questions.memorization.gini import gini
from ibtools.questions.memorization.kernel_interpolation import (
    KernelInterpolation,
    gaussian_kernel,
    interpolate,
)
from ibtools.questions.memorization.minimum_norm import descent_on_squares, minimum_norm
from ibtools.questions.memorization.overparametrised import overparametrised
from ibtools.questions.memorization.sensitivity import loss_sensitivity, sensitivity
from ibtools.questions.memorization.standardised_images import standardised_images

__all__ = [
    "CORRUPTIONS",
    "KINDS",
    "KernelInterpolation",
    "TwoLayers",
    "asymptotic_risk",
    "corrupted",
    "critical_ratio",
    "critical_samples",
    "critical_samples_of_linear",
    "descent_on_squares",
    "double_descent",
    "example_difficulty",
    "fit_anything",
    "fitting_speed",
    "gaussian_kernel",
    "gaussian_pixels",
    "gini",
    "interpolate",
    "interpolating_weights",
    "learning_data",
    "loss_sensitivity",
    "minimum_norm",
    "overparametrised",
    "random_features",
    "random_label_share",
    "random_pixels",
    "ridge_weights",
    "sensitivity",
    "shuffled_pixels",
    "standardised_images",
    "thresholds",
]
