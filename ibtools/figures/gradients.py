"""Signal and noise of the gradients: drift and diffusion."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import TEXT, layer_colour, styled
from ibtools.plane import Trajectory


def gradient_phases(trajectory: Trajectory, batch_size: int) -> go.Figure:
    """Signal-to-noise ratio of each layer's weight gradient for batches of a given size.

    The median over the networks; above the line at 1 the batches agree on a direction, below it
    their differences are larger than what they have in common.
    """
    later = trajectory.epochs > 0
    epochs = trajectory.epochs[later]
    ratio = np.nanmedian(trajectory.gradient_snr(batch_size), axis=0)[later]
    figure = go.Figure(
        [
            go.Scatter(
                x=epochs.tolist(),
                y=ratio[:, layer].tolist(),
                mode="lines",
                line={"color": layer_colour(layer), "width": 2.5},
                name=f"into {name}",
            )
            for layer, name in enumerate(trajectory.layer_names)
        ]
    )
    peak = epochs[ratio[:, -1].argmax()]
    styled(
        figure,
        x="epoch (log scale, from 1)",
        y=f"signal / noise, batches of {batch_size}",
        summary=(
            f"Gradient signal-to-noise ratio per layer. Into the output it peaks at epoch {peak} "
            f"with {ratio[:, -1].max():.1f} and ends at {ratio[-1, -1]:.2f}."
        ),
    )
    figure.add_hline(y=1, line={"color": TEXT, "dash": "dash", "width": 1})
    figure.update_xaxes(type="log", dtick=1)
    figure.update_yaxes(type="log", dtick=1)
    return figure
