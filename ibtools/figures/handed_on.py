"""Test error from few images, with convolutions handed on, drawn at random, or learnt anew."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import layer_colour, mean_and_band, styled
from ibtools.questions import Findings
from ibtools.questions.abstraction import WAYS

DASHES = {"learnt": "solid", "random": "dot", None: "dash"}


def handed_on(findings: Findings) -> go.Figure:
    """Errors in percent by training images on a log scale; lines are means, bands hold all seeds.

    findings: of `ibtools.questions.abstraction.layer_transfer`. Colours: how many convolutions are
    kept as they are, none, the first, both; solid: learnt on other digits, dotted: random.
    """
    sizes = np.array(findings.settings["sizes"], dtype=float)
    error = 100 * findings["test_error"]
    figure = go.Figure()
    for i, (name, (kept, origin)) in enumerate(WAYS.items()):
        figure.add_traces(
            mean_and_band(
                sizes,
                error[i].T,
                name=name,
                colour=layer_colour((5, 0, 2)[kept]),
                dash=DASHES[origin],
            )
        )
    told = "; ".join(
        f"{name}: {error[i, 0].mean():.0f} % with {int(sizes[0])} images, "
        f"{error[i, -1].mean():.0f} % with {int(sizes[-1])}"
        for i, name in enumerate(WAYS)
    )
    styled(
        figure,
        x="training images (log scale)",
        y="test error in %",
        summary=f"Convolutions kept as they are. {told}.",
    )
    figure.update_xaxes(
        type="log", tickvals=sizes.tolist(), ticktext=[f"{int(each)}" for each in sizes]
    )
    return figure.update_yaxes(range=[0, 46]).update_layout(
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 12}},
        margin={"t": 70},
    )
