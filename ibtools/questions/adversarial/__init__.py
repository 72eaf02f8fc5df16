"""Inputs changed a little, answers changed altogether."""

from ibtools.questions.adversarial.gradient_sign import gradient_sign
from ibtools.questions.adversarial.minimal_distortion import (
    distortion,
    linear_distance,
    minimal_distortion,
    scaled_to,
)
from ibtools.questions.adversarial.transfer import NETWORKS, trained_networks, transfer

__all__ = [
    "NETWORKS",
    "distortion",
    "gradient_sign",
    "linear_distance",
    "minimal_distortion",
    "scaled_to",
    "trained_networks",
    "transfer",
]
