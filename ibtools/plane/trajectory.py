"""The path of every layer of every network through the information plane."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from ibtools.plane.measure import Measurement

# Axes of each array: n network, s snapshot, l layer, b bin.
AXES = {
    "epochs": "s",
    "I_XT": "nsl",
    "I_TY": "nsl",
    "n_distinct": "nsl",
    "gradient_mean": "nsl",
    "gradient_std": "nsl",
    "weight_norm": "nsl",
    "train_loss": "ns",
    "test_loss": "ns",
    "train_accuracy": "ns",
    "test_accuracy": "ns",
    "histograms": "slb",
}


@dataclass(frozen=True)
class Trajectory:
    """Axes are (network, snapshot, layer); information is in bits.

    epochs: (snapshots,).  I_XT, I_TY, n_distinct, gradient_mean, gradient_std, weight_norm:
    (networks, snapshots, layers).  Losses (nats) and accuracies: (networks, snapshots).
    histograms: (snapshots, layers, bins).  See `Measurement` for what each means.
    settings: how the networks were trained.  estimator: its name and settings.
    """

    epochs: np.ndarray
    I_XT: np.ndarray
    I_TY: np.ndarray
    n_distinct: np.ndarray
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

    def __post_init__(self):
        sizes: dict[str, tuple[str, int]] = {}
        for name, axes in AXES.items():
            shape = np.shape(getattr(self, name))
            if len(shape) != len(axes):
                raise ValueError(f"{name} must have {len(axes)} axes, got shape {shape}")
            for axis, size in zip(axes, shape, strict=True):
                first, expected = sizes.setdefault(axis, (name, size))
                if size != expected:
                    raise ValueError(
                        f"{name} has shape {shape}, which does not fit the {expected} of {first}"
                    )

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
        }
        arrays = {
            name: np.moveaxis(values, 0, AXES[name].index("s"))
            for name, values in stacked.items()
            if name in AXES
        }
        return cls(
            epochs=stacked["epoch"],
            histograms=stacked["histogram"],
            settings=settings,
            estimator=estimator,
            **arrays,
        )

    @property
    def n_networks(self) -> int:
        return self.I_XT.shape[0]

    @property
    def layer_names(self) -> list[str]:
        """T1, T2, … for the hidden layers and Ŷ for the output."""
        return [f"T{i}" for i in range(1, self.I_XT.shape[2])] + ["Ŷ"]

    def arrays(self) -> dict[str, np.ndarray]:
        return {name: getattr(self, name) for name in AXES}

    def at(self, epochs: Iterable[int]) -> "Trajectory":
        """The recorded snapshots nearest to the given epochs, in rising order, each once."""
        nearest = sorted({int(np.abs(self.epochs - epoch).argmin()) for epoch in epochs})
        return self._take("s", nearest)

    def networks(self, which: Sequence[int]) -> "Trajectory":
        """Only some networks. The histograms, pooled when measured, stay those of all."""
        return self._take("n", list(which))

    def _take(self, axis: str, indices: list[int]) -> "Trajectory":
        return replace(
            self,
            **{
                name: np.take(values, indices, AXES[name].index(axis))
                for name, values in self.arrays().items()
                if axis in AXES[name]
            },
        )

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
        """Mean over the networks of a quantity of every layer, one line an epoch, as text."""
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
