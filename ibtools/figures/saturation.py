"""Where the activations of a layer lie as training goes on."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import styled
from ibtools.plane import BINNING, Trajectory


def saturation(trajectory: Trajectory, layer: int) -> go.Figure:
    """Share of a layer's activations in each bin (vertical) at each recorded epoch (horizontal).

    All networks, inputs and units of the layer pooled.
    """
    shares = trajectory.histograms[:, layer].astype(float)
    bins = BINNING | trajectory.estimator
    edges = np.linspace(bins["low"], bins["high"], shares.shape[1] + 1)
    name = trajectory.layer_names[layer]
    outer = shares[:, [0, -1]].sum(axis=1)
    figure = go.Figure(
        go.Heatmap(
            x=[str(epoch) for epoch in trajectory.epochs],
            y=((edges[:-1] + edges[1:]) / 2).round(3).tolist(),
            z=shares.T.round(4).tolist(),
            zmin=0,
            zmax=0.5,
            colorscale="Viridis",
            colorbar={"title": {"text": "share"}, "thickness": 12},
            hovertemplate="epoch %{x}<br>activation %{y}<br>share %{z}<extra></extra>",
        )
    )
    styled(
        figure,
        x="epoch (recorded snapshots)",
        y=f"activation of {name}",
        summary=(
            f"Distribution of the activations of {name} over training. The two outermost bins hold "
            f"{outer[0]:.0%} of them at the start and {outer[-1]:.0%} at the end."
        ),
    )
    figure.update_xaxes(type="category", nticks=8)
    return figure
