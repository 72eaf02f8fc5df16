"""Test error of learners that take something for granted, where it holds and where it does not."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, mean_and_band, styled
from ibtools.questions import Findings
from ibtools.questions.priors import EXPERIMENTS

HOLDS, DOES_NOT = layer_colour(0), layer_colour(5)


def priors(findings: Findings) -> go.Figure:
    """Error over the variance of the answers, by training samples; the slider changes the prior.

    findings: of `ibtools.questions.priors.three_priors`. At the dotted line whoever always says the
    mean is as good. Lines are means over seeds, bands hold all of them.
    """
    frames, told = [], []
    for name in EXPERIMENTS:
        sizes = np.array(findings.settings[name]["sizes"], dtype=float)
        on, off = findings[f"{name}_with_prior"], findings[f"{name}_without"]
        frames.append(
            go.Frame(
                name=name,
                data=[
                    *mean_and_band(sizes, np.minimum(off, 3).T, name="no", colour=DOES_NOT),
                    *mean_and_band(sizes, on.T, name="holds", colour=HOLDS),
                ],
            )
        )
        told.append(
            f"{name}, {int(sizes[-1])} samples: {on[-1].mean():.2g} where it holds, "
            f"{off[-1].mean():.2g} where not"
        )
    level = go.Scatter(
        x=[8, 4000], y=[1, 1], mode="lines", line={"color": TEXT, "dash": "dot"}, hoverinfo="skip"
    )
    figure = go.Figure(data=[*frames[0].data, level], frames=frames)
    styled(
        figure,
        x="training samples (log scale)",
        y="test error / variance",
        summary="; ".join(told) + ".",
    )
    ticks = [10, 30, 100, 300, 1000, 3000]
    figure.update_xaxes(
        type="log", range=[0.9, 3.6], tickvals=ticks, ticktext=[f"{tick:,}" for tick in ticks]
    )
    figure.update_yaxes(range=[-0.1, 3])
    for y, text, colour in (
        (2.85, "the prior does not hold", DOES_NOT), (2.6, "it holds", HOLDS),
    ):  # fmt: skip
        figure.add_annotation(
            x=3.55, y=y, text=text, font={"color": colour}, xanchor="right", showarrow=False
        )
    return with_slider(figure, list(EXPERIMENTS), prefix="prior: ", redraw=True)
