"""Signal and noise of the gradients: drift and diffusion."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.panels import few_epochs, log_epochs
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.plane import Trajectory
from ibtools.plane.summary import first_epoch


def gradient_phases(trajectory: Trajectory, batch_size: int) -> go.Figure:
    """Signal-to-noise ratio of each layer's weight gradient for batches of a given size.

    The median over the networks; above the line at 1 the batches agree on a direction, below it
    their differences are larger than what they have in common.
    """
    few, epochs = few_epochs(trajectory)
    ratio = np.nanmedian(few.gradient_snr(batch_size), axis=0)
    figure = go.Figure(
        [
            go.Scatter(
                x=epochs.tolist(),
                y=rounded(ratio[:, layer], 4),
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
        x="epoch (log scale)",
        y=f"signal / noise, batches of {batch_size}",
        summary=(
            f"Gradient signal-to-noise ratio per layer. Into the output it peaks at epoch {peak} "
            f"with {ratio[:, -1].max():.1f} and ends at {ratio[-1, -1]:.2f}. "
            + _crossing(few, batch_size)
        ),
    )
    figure.add_hline(y=1, line={"color": TEXT, "dash": "dash", "width": 1})
    log_epochs(figure, trajectory.epochs[-1])
    figure.update_yaxes(type="log", dtick=1)
    return figure


def _crossing(trajectory: Trajectory, batch_size: int) -> str:
    """When the ratio of the output's gradient first is below 1 after its peak, in the networks."""
    ratio = trajectory.gradient_snr(batch_size)[..., -1]
    peak = np.where(np.isnan(ratio), 0, ratio).argmax(axis=1)
    rising = np.arange(ratio.shape[1]) < peak[:, None]
    crossed = first_epoch(trajectory.epochs, np.where(rising, np.inf, ratio), 1, falling=True)
    n = int((~np.isnan(crossed)).sum())
    if n == 0:
        return f"It never falls below 1 in any of {trajectory.n_networks} networks."
    low, middle, high = np.nanquantile(crossed, [0, 0.5, 1])
    return (
        f"It first falls below 1 at epoch {middle:.0f} in the median, {low:.0f} to {high:.0f}, in "
        f"{n} of {trajectory.n_networks} networks."
    )
