"""What a deep linear network knows of the inputs that matter, and of those that do not."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.panels import log_epochs, stacked
from ibtools.figures.theme import LAYER_COLOURS, mean_and_band
from ibtools.plane.linear_trajectory import LinearTrajectory


def irrelevant_inputs(trajectory: LinearTrajectory, *, layer: int = 0) -> go.Figure:
    """Information of a layer about all, relevant and irrelevant inputs over the epochs.

    Below, on a scale of its own, what it tells about the irrelevant ones: I(X_irr;T), to which
    the relevant ones are noise, and I(X_irr;T|X_rel) = I(X;T) - I(X_rel;T), which rises and falls
    with the weights on the irrelevant inputs alone. Mean line, band from least to largest network:
    they learn at different epochs, so that the mean has a lower and broader peak than each.
    """
    later = trajectory.epochs > 0
    epochs = trajectory.epochs[later]
    names = ("I_XT", "I_relevant", "I_irrelevant")
    total, relevant, irrelevant = (getattr(trajectory, name)[:, later, layer] for name in names)
    panels = (
        {"all": total, "relevant": relevant},
        {"irrelevant": irrelevant, "irrelevant, relevant known": total - relevant},
    )
    paths = " ".join(_path(name, values) for panel in panels for name, values in panel.items())
    figure = stacked(
        [f"{trajectory.layer_names[layer]} on all inputs", "on the irrelevant inputs"],
        "bits",
        x="epoch (log scale)",
        height=200,
        summary=(
            f"Information of {trajectory.layer_names[layer]} about the inputs over the epochs, "
            f"means of {trajectory.n_networks} networks, bits. {paths}"
        ),
    )
    colours = iter(LAYER_COLOURS)
    for row, panel in enumerate(panels, start=1):
        for (name, values), dash in zip(panel.items(), ("solid", "dash"), strict=True):
            traces = mean_and_band(epochs, values, name=name, colour=next(colours), dash=dash)
            figure.add_traces(traces, rows=row, cols=1)
    return log_epochs(figure, epochs[-1])


def _path(name: str, values: np.ndarray) -> str:
    mean = values.mean(axis=0)
    start, peak, end = mean[0], mean.max(), mean[-1]
    return f"{name.capitalize()}: from {start:.3f} to {end:.3f}, highest {peak:.3f}."
