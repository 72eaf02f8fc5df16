"""The laws by group, as the error tables use them."""

from collections.abc import Sequence

from ibtools.truth.beyond_normal import beyond_normal
from ibtools.truth.discrete import (
    binary_symmetric_channel,
    identical_symbols,
    independent_symbols,
    random_table,
)
from ibtools.truth.gaussian import correlated_gaussians
from ibtools.truth.law import Law
from ibtools.truth.mixed import half_atoms, uniform_steps, zero_inflated_poisson
from ibtools.truth.neuron import binned_tanh_neuron, labelled_gaussians, noisy_tanh_neuron
from ibtools.truth.zeros import rectified_gaussians, zero_inflated_gaussians

DIMENSIONS = (1, 3, 10)
CORRELATIONS = (0.0, 0.3, 0.6, 0.9, 0.99)


def gaussian_laws(
    dimensions: Sequence[int] = DIMENSIONS, correlations: Sequence[float] = CORRELATIONS
) -> tuple[Law, ...]:
    """Independent pairs: every dimension with every correlation, the correlation changing first."""
    return tuple(correlated_gaussians(d, rho) for d in dimensions for rho in correlations)


def discrete_laws() -> tuple[Law, ...]:
    return (
        binary_symmetric_channel(0.1),
        binary_symmetric_channel(0.4),
        identical_symbols(4),
        identical_symbols(100),
        independent_symbols(2, 2),
        independent_symbols(30, 30),
        random_table(10, 10),
        random_table(100, 30),
    )


def mixed_laws() -> tuple[Law, ...]:
    return (
        uniform_steps(5),
        uniform_steps(50),
        zero_inflated_poisson(0.0),
        zero_inflated_poisson(0.15),
        half_atoms(),
        zero_inflated_gaussians(0.5, 0.8),
        rectified_gaussians(0.6),
        rectified_gaussians(0.95),
        labelled_gaussians(2, 2),
        labelled_gaussians(10, 3),
        binned_tanh_neuron(0.1),
        binned_tanh_neuron(1),
        binned_tanh_neuron(10),
        noisy_tanh_neuron(0.2, 0),
        noisy_tanh_neuron(2, -4),
    )


GROUPS = {
    "beyond-normal": beyond_normal,
    "gaussian": gaussian_laws,
    "discrete": discrete_laws,
    "mixed": mixed_laws,
}


def laws(group: str = "all") -> tuple[Law, ...]:
    """The laws of one group, or of all.

    Raises ValueError, with the groups, for a name that is none.
    """
    if group == "all":
        return tuple(law for members in GROUPS.values() for law in members())
    if group not in GROUPS:
        raise ValueError(f"group must be all or one of {', '.join(GROUPS)}, got {group!r}")
    return GROUPS[group]()
