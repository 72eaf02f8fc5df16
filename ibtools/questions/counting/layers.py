"""Parameters of a layer from its shape: a weight for each connection it learns, and its biases.

A dense layer from m inputs to k outputs learns k·m weights and k biases.  A convolution slides the
same k filters over the image, so that the size of the image does not count: a filter of s×s pixels
that looks at c channels learns s·s·c weights and one bias.  In a convolution of g groups each
filter looks at the channels of its own group only, c/g of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ibtools.information.validation import whole_number


@dataclass(frozen=True)
class Convolution:
    """filters of size×size pixels that look at channels/groups channels each.

    Raises ValueError for numbers below 1, and where the groups do not divide channels and filters.
    """

    name: str
    channels: int
    filters: int
    size: int
    groups: int = 1

    def __post_init__(self) -> None:
        for what in ("channels", "filters", "size", "groups"):
            whole_number(getattr(self, what), what)
        if self.channels % self.groups or self.filters % self.groups:
            raise ValueError(
                f"groups must divide channels and filters, got {self.groups} groups of "
                f"{self.channels} channels and {self.filters} filters"
            )

    @property
    def parameters(self) -> int:
        return self.filters * (self.size**2 * self.channels // self.groups + 1)


@dataclass(frozen=True)
class Dense:
    """Every output sees every input.  Raises ValueError for numbers below 1."""

    name: str
    inputs: int
    outputs: int

    def __post_init__(self) -> None:
        whole_number(self.inputs, "inputs")
        whole_number(self.outputs, "outputs")

    @property
    def parameters(self) -> int:
        return self.outputs * (self.inputs + 1)


# Krizhevsky, Sutskever and Hinton (2012), section 3.5. Layers 2, 4 and 5 are split in two groups,
# one on each of the two graphics cards that the network was trained on. What is left of the image
# after the fifth convolution and its pooling is 6×6 pixels of 256 channels.
ALEXNET = (
    Convolution("conv 1", channels=3, filters=96, size=11),
    Convolution("conv 2", channels=96, filters=256, size=5, groups=2),
    Convolution("conv 3", channels=256, filters=384, size=3),
    Convolution("conv 4", channels=384, filters=384, size=3, groups=2),
    Convolution("conv 5", channels=384, filters=256, size=3, groups=2),
    Dense("dense 6", inputs=6 * 6 * 256, outputs=4096),
    Dense("dense 7", inputs=4096, outputs=4096),
    Dense("dense 8", inputs=4096, outputs=1000),
)


def parameters(layers: Iterable[Convolution | Dense]) -> int:
    """All numbers that the layers learn together."""
    return sum(layer.parameters for layer in layers)


def fully_connected_layers(widths: Sequence[int]) -> tuple[Dense, ...]:
    """Dense layers with these widths, from inputs to outputs.

    Raises ValueError for fewer than two widths and a width below 1.
    """
    if len(widths) < 2:
        raise ValueError(f"widths must hold at least inputs and outputs, got {tuple(widths)}")
    return tuple(Dense(f"dense {i}", *ends) for i, ends in enumerate(pairwise(widths), start=1))


def ungrouped(layers: Iterable[Convolution | Dense]) -> tuple[Convolution | Dense, ...]:
    """The same layers, every filter looking at all channels: what one large card would allow."""
    return tuple(
        replace(layer, groups=1) if isinstance(layer, Convolution) else layer for layer in layers
    )
