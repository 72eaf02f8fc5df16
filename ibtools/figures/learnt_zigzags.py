"""Sawtooths that a deep and a shallow network were to learn, and how well they did."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import moving_panels, with_slider
from ibtools.figures.strips import strip
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.questions import Findings
from ibtools.questions.approximation import sawtooth

DEEP, SHALLOW = layer_colour(0), layer_colour(5)


def learnt_zigzags(findings: Findings) -> go.Figure:
    """Above the sawtooth, below the error of each seed's network; the slider adds folds.

    findings: of `ibtools.questions.approximation.learnt_sawtooth`.
    """
    depths = findings.settings["depths"]
    x = np.linspace(0, 1, 2 ** max(depths) * 8 + 1)
    frames = []
    for i, depth in enumerate(depths):
        traces = [
            go.Scatter(
                x=rounded(x, 4),
                y=rounded(sawtooth(x, depth), 3),
                mode="lines",
                line={"color": TEXT, "width": 2},
                hoverinfo="skip",
            )
        ]
        for place, (name, colour) in enumerate((("deep", DEEP), ("shallow", SHALLOW))):
            traces += strip(place, findings[name][i].astype(float), name=name, colour=colour)
        frames.append(go.Frame(name=str(depth), data=traces))
    figure = moving_panels(frames, [1, 2, 2, 2, 2], start=1, vertical_spacing=0.18)
    told = "; ".join(
        f"{2**depth} pieces: deep {np.median(findings['deep'][i]):.2g}, "
        f"shallow {np.median(findings['shallow'][i]):.2g}"
        for i, depth in enumerate(depths)
    )
    styled(
        figure, x="", y="", height=620,
        summary=f"Median error over the variance of the sawtooth. {told}.",
    )  # fmt: skip
    figure.update_xaxes(title_text="x", row=1, col=1)
    figure.update_yaxes(title_text="sawtooth", range=[-0.05, 1.05], row=1, col=1)
    figure.update_xaxes(
        tickvals=[0, 1], ticktext=["deep", "shallow"], range=[-0.6, 1.6], row=2, col=1
    )
    figure.update_yaxes(title_text="error / variance", range=[-0.05, 1.4], row=2, col=1)
    labels = [f"{2**depth} pieces" for depth in depths]
    return with_slider(figure, labels, prefix="", redraw=True, start=1)
