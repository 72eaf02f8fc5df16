"""The path of every layer of every network through the information plane."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from ibtools.plane.axes import check_axes, layer_names, nearest, taken
from ibtools.plane.measure import Measurement

# Axes of each array: n network, s snapshot, l layer, b bin.
AXES = {
    "epochs": "s",
    "I_XT": "nsl",
    "I_TY": "nsl",
    "n_distinct": "nsl",
    "n_constant": "nsl",
    "gradient_mean": "nsl",
    "gradient_std": "nsl",
    "weight_norm": "nsl",
    "train_loss": "ns",
    "test_loss": "ns",
    "train_accuracy": "ns",
    "test_accuracy": "ns",
    "histograms": "slb",
}
BANDS = {"I_XT_low": "nsl", "I_XT_high": "nsl", "I_TY_low": "nsl", "I_TY_high": "nsl"}
OPTIONAL = BANDS | {"class_spread": "nsl"}
ALL_AXES = AXES | OPTIONAL


@dataclass(frozen=True)
class Trajectory:
    """Axes are (network, snapshot, layer); information is in bits.

    epochs: (snapshots,).  I_XT, I_TY, n_distinct, n_constant, gradient_mean, gradient_std,
    weight_norm: (networks, snapshots, layers).  Losses (nats) and accuracies: (networks,
    snapshots).  histograms: (snapshots, layers, bins).  I_XT_low … I_TY_high, class_spread: shape
    of I_XT, or None where the estimator gives none.  See `Measurement` for what each means.
    settings: how the networks were trained.  estimator: its name and settings.
    """

    epochs: np.ndarray
    I_XT: np.ndarray
    I_TY: np.ndarray
    n_distinct: np.ndarray
    n_constant: np.ndarray
    gradient_mean: np.ndarray
    gradient_std: np.ndarray
    weight_norm: np.ndarray
    train_loss: np.ndarray
    test_loss: np.ndarray
    train_accuracy: np.ndarray
    test_accuracy: np.ndarray
    histograms: np.ndarray
    settings: dict
    estimator: dict
    I_XT_low: np.ndarray | None = None
    I_XT_high: np.ndarray | None = None
    I_TY_low: np.ndarray | None = None
    I_TY_high: np.ndarray | None = None
    class_spread: np.ndarray | None = None

    def __post_init__(self):
        bands = [getattr(self, name) is not None for name in BANDS]
        if any(bands) != all(bands):
            raise ValueError(f"{', '.join(BANDS)} must be given together or not at all")
        check_axes(self.arrays(), ALL_AXES)

    @classmethod
    def from_measurements(
        cls, measurements: Sequence[Measurement], *, settings: dict, estimator: dict
    ) -> "Trajectory":
        """Put measurements of successive snapshots in a row."""
        if not measurements:
            raise ValueError("measurements must hold at least one snapshot, got none")
        stacked = {
            field.name: np.stack([getattr(m, field.name) for m in measurements])
            for field in fields(Measurement)
            if getattr(measurements[0], field.name) is not None
        }
        stacked["epochs"], stacked["histograms"] = stacked.pop("epoch"), stacked.pop("histogram")
        arrays = {
            name: np.moveaxis(values, 0, ALL_AXES[name].index("s"))
            for name, values in stacked.items()
        }
        return cls(settings=settings, estimator=estimator, **arrays)

    @classmethod
    def concatenate(cls, parts: Sequence["Trajectory"]) -> "Trajectory":
        """One ensemble from its parts, trained apart: their networks in the order of the parts.

        Raises ValueError for no parts, when they differ in epochs, estimator or any setting but the
        networks' numbers, or when these do not follow one another.
        """
        if not parts:
            raise ValueError("parts must hold at least one trajectory, got none")
        first = parts[0]
        number = first.settings["first_network"]
        for part in parts:
            numbers = {"first_network": number, "n_networks": part.n_networks}
            if (
                part.settings != first.settings | numbers
                or part.estimator != first.estimator
                or not np.array_equal(part.epochs, first.epochs)
            ):
                raise ValueError("parts must be of one ensemble, in order, and equally long")
            number += part.n_networks
        arrays = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in first.arrays()
            if "n" in ALL_AXES[name]
        }
        sizes = [part.n_networks for part in parts]
        histograms = np.average([part.histograms for part in parts], axis=0, weights=sizes)
        settings = first.settings | {"n_networks": sum(sizes)}
        return replace(first, settings=settings, histograms=histograms, **arrays)

    @property
    def n_networks(self) -> int:
        return self.I_XT.shape[0]

    @property
    def layer_names(self) -> list[str]:
        """T1, T2, … for the hidden layers and Ŷ for the output."""
        return layer_names(self.I_XT.shape[2])

    def arrays(self) -> dict[str, np.ndarray]:
        """By name, those of AXES and those of OPTIONAL that there are."""
        named = {name: getattr(self, name) for name in ALL_AXES}
        return {name: values for name, values in named.items() if values is not None}

    def at(self, epochs: Iterable[int]) -> "Trajectory":
        """The recorded snapshots nearest to the given epochs, in rising order, each once."""
        indices = nearest(self.epochs, epochs)
        return replace(self, **taken(self.arrays(), ALL_AXES, "s", indices))

    def networks(self, which: Sequence[int]) -> "Trajectory":
        """Only some networks. The histograms, pooled when measured, stay those of all."""
        return replace(self, **taken(self.arrays(), ALL_AXES, "n", list(which)))

    @property
    def dead(self) -> np.ndarray:
        """Which networks end with a layer that answers every input alike: (networks,) truths.

        Nothing reaches the output of such a network any more. Happens with ReLU.
        """
        return (self.n_distinct[:, -1, :] == 1).any(axis=1)

    def living(self) -> "Trajectory":
        """Only the networks that are not dead; say how many that leaves."""
        return self.networks(np.flatnonzero(~self.dead).tolist())

    def gradient_snr(self, batch_size: int) -> np.ndarray:
        """‖mean‖ / (spread of the mean over a batch), (networks, snapshots, layers).

        Above 1 the batches agree on a direction (drift), below 1 their noise wins (diffusion).
        """
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, got {batch_size}")
        spread = self.gradient_std / np.sqrt(batch_size)
        # A dead layer has neither gradient nor spread: no ratio, shown as a gap.
        return np.divide(
            self.gradient_mean, spread, out=np.full_like(spread, np.nan), where=spread > 0
        )

    def table(self, quantity: str, epochs: Iterable[int], *, decimals: int = 2) -> str:
        """Mean over the networks of a quantity of every layer, one line an epoch, as text.

        Raises ValueError for a quantity without layers, or one that is not there.
        """
        layered = [name for name in self.arrays() if ALL_AXES[name] == "nsl"]
        if quantity not in layered:
            raise ValueError(f"quantity must be one of {', '.join(layered)}, got {quantity!r}")
        chosen = self.at(epochs)
        means = getattr(chosen, quantity).mean(axis=0)
        lines = ["epoch " + "".join(f"{name:>9}" for name in self.layer_names)]
        for epoch, row in zip(chosen.epochs, means, strict=True):
            lines.append(f"{epoch:5} " + "".join(f"{value:9.{decimals}f}" for value in row))
        return "\n".join(lines)

    def figure(self):
        """The information plane of this trajectory: see ibtools.figures.information_plane."""
        from ibtools.figures import information_plane

        return information_plane(self)
