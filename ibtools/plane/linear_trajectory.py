"""The path of deep linear networks through the information plane, exact in every point."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from ibtools.information.validation import positive
from ibtools.plane.axes import check_axes, layer_names, nearest, taken

# Axes of each array: n network, s snapshot, l layer.
AXES = {
    "epochs": "s",
    "I_XT": "nsl",
    "I_TY": "nsl",
    "I_relevant": "nsl",
    "I_irrelevant": "nsl",
    "train_error": "ns",
    "generalisation_error": "ns",
}


@dataclass(frozen=True)
class LinearTrajectory:
    """Axes are (network, snapshot, layer), the output last; information is in bits.

    epochs: (snapshots,).  I_XT, I_TY, I_relevant, I_irrelevant: see `linear_information`.
    train_error: mean ‖Y - Ŷ‖² over the samples, and generalisation_error, its expectation on new
    inputs: (networks, snapshots).
    settings: how the networks were trained.  measurement_noise: variance of the noise added to
    every layer to measure it.
    """

    epochs: np.ndarray
    I_XT: np.ndarray
    I_TY: np.ndarray
    I_relevant: np.ndarray
    I_irrelevant: np.ndarray
    train_error: np.ndarray
    generalisation_error: np.ndarray
    settings: dict
    measurement_noise: float

    def __post_init__(self):
        check_axes(self.arrays(), AXES)
        positive(self.measurement_noise, "measurement_noise")

    def arrays(self) -> dict[str, np.ndarray]:
        return {name: getattr(self, name) for name in AXES}

    @property
    def n_networks(self) -> int:
        return self.I_XT.shape[0]

    @property
    def layer_names(self) -> list[str]:
        """T1, T2, … for the hidden layers and Ŷ for the output."""
        return layer_names(self.I_XT.shape[2])

    def at(self, epochs: Iterable[int]) -> "LinearTrajectory":
        """The recorded snapshots nearest to the given epochs, in rising order, each once."""
        return replace(self, **taken(self.arrays(), AXES, "s", nearest(self.epochs, epochs)))


def largest_fall(values: np.ndarray) -> np.ndarray:
    """How far values (networks, snapshots, …) come to lie below what they were before, at most.

    0 where they never fall. (networks, …).
    """
    return (np.maximum.accumulate(values, axis=1) - values).max(axis=1)


def error_at_information(
    trajectory: LinearTrajectory, bits: float, *, layer: int = 0
) -> np.ndarray:
    """Generalisation error of each network when I(X;T) of a layer first reaches bits, (networks,).

    Between two snapshots both are taken to change linearly; NaN where it never gets there.
    """
    errors = np.full(trajectory.n_networks, np.nan)
    for network, information in enumerate(trajectory.I_XT[..., layer]):
        if information.max() >= bits:
            end = int((information >= bits).argmax()) + 1
            pair = slice(max(end - 2, 0), end)
            error = trajectory.generalisation_error[network, pair]
            errors[network] = np.interp(bits, information[pair], error)
    return errors
