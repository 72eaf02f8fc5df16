"""How unevenly the sensitivity of the loss is shared out among the examples, over training."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import layer_colour, mean_and_band, styled
from ibtools.questions import Findings
from ibtools.questions.memorization import KINDS

WORDS = {"real": "real data", "randY": "random labels", "randX": "random pixels"}


def uneven_sensitivity(findings: Findings) -> go.Figure:
    """Gini coefficient by epoch; lines are means over seeds, bands hold all of them.

    findings: of `ibtools.questions.memorization.sensitivity`.
    """
    coefficients = findings["gini"]
    epochs = np.arange(1, coefficients.shape[-1] + 1)
    figure = go.Figure()
    last = [f"{WORDS[kind]} {coefficients[i, :, -1].mean():.2f}" for i, kind in enumerate(KINDS)]
    styled(
        figure,
        x="epoch",
        y="Gini coefficient of the sensitivities",
        summary=f"After {epochs[-1]} epochs: " + ", ".join(last) + ".",
    )
    for i, kind in enumerate(KINDS):
        colour = layer_colour(i)
        figure.add_traces(mean_and_band(epochs, coefficients[i], name=WORDS[kind], colour=colour))
        figure.add_annotation(
            x=epochs[-1],
            y=float(coefficients[i, :, -1].mean()),
            text=WORDS[kind],
            font={"color": colour},
            xanchor="right",
            yanchor="bottom",
            yshift=4,
            showarrow=False,
        )
    figure.update_layout(showlegend=False)
    return figure.update_xaxes(range=[0, epochs[-1]]).update_yaxes(range=[0, 1])
