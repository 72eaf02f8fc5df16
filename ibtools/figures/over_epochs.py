"""What changes over the epochs: one run layer by layer, or several runs at one layer."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import LAYER_COLOURS, layer_colour, mean_and_band, styled
from ibtools.plane import Trajectory

AXIS_TITLES = {
    "I_XT": "I(X;T), bits",
    "I_TY": "I(T;Y), bits",
    "train_loss": "training loss, nats",
    "test_loss": "test loss, nats",
    "train_accuracy": "training accuracy",
    "test_accuracy": "test accuracy",
    "n_distinct": "distinct activation patterns",
    "weight_norm": "norm of the weights",
}


def _values(trajectory: Trajectory, quantity: str, layer: int) -> np.ndarray:
    """One quantity (networks, snapshots), of one layer where it has layers."""
    if quantity not in AXIS_TITLES:
        raise ValueError(f"quantity must be one of {', '.join(AXIS_TITLES)}, got {quantity!r}")
    values = getattr(trajectory, quantity)
    return values[..., layer] if values.ndim == 3 else values


def _on_log_epochs(traces: list[go.Scatter], quantity: str, summary: str) -> go.Figure:
    figure = go.Figure(traces)
    styled(figure, x="epoch (log scale, from 1)", y=AXIS_TITLES[quantity], summary=summary)
    figure.update_xaxes(type="log", dtick=1)
    return figure


def layers_over_epochs(trajectory: Trajectory, quantity: str = "I_XT") -> go.Figure:
    """One quantity of every layer over the epochs: mean line, band from least to largest network.

    Raises ValueError for a quantity without layers or an unknown one.
    """
    later = trajectory.epochs > 0
    epochs = trajectory.epochs[later]
    if np.ndim(getattr(trajectory, quantity, None)) != 3:
        raise ValueError(f"quantity must be one that every layer has, got {quantity!r}")
    traces, ends = [], []
    for layer, name in enumerate(trajectory.layer_names):
        values = _values(trajectory, quantity, layer)[:, later]
        traces += mean_and_band(epochs, values, name=name, colour=layer_colour(layer))
        ends.append(f"{name} {values[:, -1].mean():.2f}")
    summary = f"{AXIS_TITLES[quantity]} over the epochs; at the end: {', '.join(ends)}."
    return _on_log_epochs(traces, quantity, summary)


def compare_runs(runs: dict[str, Trajectory], quantity: str, layer: int = -1) -> go.Figure:
    """One quantity of several runs over the epochs: mean line, band from least to largest network.

    layer: which layer, where the quantity has layers; the output by default.
    """
    traces, ends = [], []
    dashes = ("solid", "dash", "dot", "dashdot")
    for i, (name, run) in enumerate(runs.items()):
        later = run.epochs > 0
        values = _values(run, quantity, layer)[:, later]
        traces += mean_and_band(
            run.epochs[later], values, name=name, colour=LAYER_COLOURS[i], dash=dashes[i % 4]
        )
        ends.append(f"{name} {values[:, -1].mean():.2f}")
    summary = f"{AXIS_TITLES[quantity]} over the epochs; at the end: {', '.join(ends)}."
    return _on_log_epochs(traces, quantity, summary)
