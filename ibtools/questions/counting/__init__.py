"""How many numbers a network learns, counted from the shapes of its layers."""

from ibtools.questions.counting.layers import (
    ALEXNET,
    Convolution,
    Dense,
    fully_connected_layers,
    parameters,
    ungrouped,
)

__all__ = [
    "ALEXNET",
    "Convolution",
    "Dense",
    "fully_connected_layers",
    "parameters",
    "ungrouped",
]
