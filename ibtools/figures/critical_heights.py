"""Critical points of small networks: their loss, by the number of ways down."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.strips import GOLDEN
from ibtools.figures.theme import layer_colour, rounded, styled
from ibtools.questions import Findings


def critical_heights(findings: Findings) -> go.Figure:
    """A dot for each critical point found; colours are data sets, the slider changes the width.

    findings: of `ibtools.questions.landscape.critical_points`.
    """
    widths, seeds = findings.settings["widths"], findings.settings["seeds"]
    loss, index = findings["loss"].astype(float), findings["index"]
    frames, told = [], []
    for i, width in enumerate(widths):
        traces = []
        for j in range(len(seeds)):
            known = index[i, j] >= 0
            down = index[i, j][known]
            beside = 0.3 * ((np.arange(len(down)) * GOLDEN) % 1 - 0.5)
            traces.append(
                go.Scatter(
                    x=rounded(down + beside, 2),
                    y=rounded(loss[i, j][known], 4),
                    mode="markers",
                    marker={"color": layer_colour((0, 5, 2)[j % 3]), "size": 8, "opacity": 0.7},
                    hovertemplate="loss %{y}<extra></extra>",
                )
            )
        frames.append(go.Frame(name=str(width), data=traces))
        minima = loss[i][index[i] == 0]
        told.append(
            f"{width} hidden units: {(index[i] >= 0).sum()} critical points, minima from "
            f"{minima.min():.3f} to {minima.max():.3f}"
        )
    figure = go.Figure(data=frames[1].data, frames=frames)
    styled(
        figure,
        x="index: ways down",
        y="loss",
        height=500,
        summary=f"Critical points found near the ways down. {'; '.join(told)}.",
    )
    figure.update_xaxes(range=[-0.6, index.max() + 0.6], dtick=2)
    figure.update_yaxes(range=[0, 1.05 * np.nanmax(loss)])
    return with_slider(figure, [f"{width} hidden units" for width in widths], prefix="", start=1)
