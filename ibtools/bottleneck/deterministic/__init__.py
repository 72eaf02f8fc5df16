"""Hard clusters, paid for by their entropy, and what lies between them and soft ones."""

from ibtools.bottleneck.deterministic.generalised import (
    generalised_bottleneck,
    generalised_bottleneck_curve,
    generalised_bottleneck_step,
)
from ibtools.bottleneck.deterministic.solver import (
    deterministic_bottleneck,
    deterministic_bottleneck_curve,
    deterministic_bottleneck_step,
)

__all__ = [
    "deterministic_bottleneck",
    "deterministic_bottleneck_curve",
    "deterministic_bottleneck_step",
    "generalised_bottleneck",
    "generalised_bottleneck_curve",
    "generalised_bottleneck_step",
]
