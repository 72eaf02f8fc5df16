"""What layers of a convolutional network answer to, and what they are good for elsewhere."""

from ibtools.questions.abstraction.class_information import channel_information, class_information
from ibtools.questions.abstraction.convolutional import (
    activations,
    convolutional,
    from_arrays,
    to_arrays,
    trained_convolutional,
)
from ibtools.questions.abstraction.deconvolution import deconvolution, patch, strongest
from ibtools.questions.abstraction.layer_transfer import WAYS, layer_transfer
from ibtools.questions.abstraction.occlusion import occlusion_map

__all__ = [
    "WAYS",
    "activations",
    "channel_information",
    "class_information",
    "convolutional",
    "deconvolution",
    "from_arrays",
    "layer_transfer",
    "occlusion_map",
    "patch",
    "strongest",
    "to_arrays",
    "trained_convolutional",
]
