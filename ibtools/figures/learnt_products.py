"""The product of a few numbers, learnt by one layer of more and more units."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.strips import strip
from ibtools.figures.theme import TEXT, layer_colour, styled
from ibtools.questions import Findings


def learnt_products(findings: Findings) -> go.Figure:
    """Relative error on new samples by the number of units, a dot for each seed.

    findings: of `ibtools.questions.distillation.fitted_product`.
    """
    units, factors = findings.settings["units"], findings.settings["n"]
    figure = go.Figure()
    for place, error in enumerate(findings["error"]):
        figure.add_traces(
            strip(place, error.astype(float), name=f"{units[place]} units", colour=layer_colour(0))
        )
    told = ", ".join(
        f"{m} units {np.median(error):.2g}"
        for m, error in zip(units, findings["error"], strict=True)
    )
    styled(
        figure,
        x="hidden units of one layer",
        y="relative error",
        summary=f"Median error of the product of {factors} numbers: {told}.",
    )
    figure.update_layout(showlegend=False)
    figure.update_xaxes(tickvals=list(range(len(units))), ticktext=[str(m) for m in units])
    figure.update_yaxes(range=[-0.03, 1.1])
    at = list(units).index(2**factors)
    figure.add_vline(x=at, line={"color": TEXT, "width": 1.5, "dash": "dot"})
    return figure.add_annotation(
        x=at, y=0.9, text=f"2<sup>{factors}</sup>, for<br>any accuracy", xanchor="left", xshift=6,
        align="left", showarrow=False,
    )  # fmt: skip
