"""Noisy networks over the epochs: information, the entropy of a ruler's reading, and clustering."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ibtools.figures.theme import layer_colour, mean_and_band, styled

PANELS = ("I(X;T), bits", "binned entropy, bits", "spread of classes")


def noisy_networks(
    epochs: Sequence[int],
    information: np.ndarray,
    binned_entropy: np.ndarray,
    spread: np.ndarray,
    *,
    layers: Sequence[int] | None = None,
) -> go.Figure:
    """Three views of every hidden layer over the epochs, one above the other.

    information: I(X;T) of the noisy network in bits, see `ibtools.plane.noisy`.
    binned_entropy: of the same layers with the noise off, in bits, see
    `ibtools.information.layer_information`.  spread: mean squared distance within classes over
    that between them, see `ibtools.plane.clustering`.  All (networks, snapshots, layers).
    layers: those to show, counted from 0; all by default. A first layer at log n would leave the
    others little room.
    Lines are means over networks, bands go from the least to the largest. Where all three curves
    of a layer fall, the noisy network compresses as its activations cluster. Early on, spread
    falls while information rises: the weights grow, and with them all distances beside the noise.

    Raises ValueError for shapes that do not fit.
    """
    epochs = np.asarray(epochs)
    panels = [np.asarray(values, dtype=float) for values in (information, binned_entropy, spread)]
    shape = panels[0].shape
    if len(shape) != 3 or shape[1] != len(epochs) or any(p.shape != shape for p in panels):
        raise ValueError(
            f"information, binned_entropy and spread must all have shape (networks, "
            f"{len(epochs)} snapshots, layers), got {', '.join(str(p.shape) for p in panels)}"
        )
    chosen = range(shape[2]) if layers is None else layers
    later = epochs > 0
    figure = make_subplots(rows=3, shared_xaxes=True, vertical_spacing=0.05)
    for row, values in enumerate(panels, start=1):
        for layer in chosen:
            traces = mean_and_band(
                epochs[later],
                values[:, later, layer],
                name=f"T{layer + 1}",
                colour=layer_colour(layer),
            )
            for trace in traces:
                trace.showlegend = row == 1 and trace.fill is None
                figure.add_trace(trace, row=row, col=1)
    changes = " ".join(_since_its_peak(panels, epochs, layer) for layer in chosen)
    summary = (
        f"Information of noisy layers, entropy of the same layers binned without noise, and the "
        f"spread of classes, over epochs {epochs[0]} to {epochs[-1]}. {changes}"
    )
    styled(figure, x="", y="", height=760, summary=summary)
    for row, title in enumerate(PANELS, start=1):
        figure.update_yaxes(title_text=title, rangemode="tozero", row=row, col=1)
    figure.update_xaxes(type="log", dtick=1)
    return figure.update_xaxes(title_text="epoch (log scale, from 1)", row=3, col=1)


def _since_its_peak(panels: list[np.ndarray], epochs: np.ndarray, layer: int) -> str:
    """What the three curves, averaged over networks, do from the largest information on."""
    means = [panel[..., layer].mean(axis=0) for panel in panels]
    peak = int(means[0].argmax())
    information, entropy, spread = (mean[-1] - mean[peak] for mean in means)
    return (
        f"T{layer + 1} has most information, {means[0][peak]:.2f} bits, at epoch {epochs[peak]}; "
        f"from there to the end it changes by {information:.2f} bits, the binned entropy by "
        f"{entropy:.2f} bits and the spread by {spread:.2f}."
    )
