"""What single channels tell about the class, before training and after it."""

import plotly.graph_objects as go

from ibtools.figures.strips import strip
from ibtools.figures.theme import TEXT, layer_colour, styled
from ibtools.questions import Findings


def channel_bits(findings: Findings) -> go.Figure:
    """A point for each channel of each seed's network, in bits; a bar at the mean.

    findings: of `ibtools.questions.abstraction.class_information`. Dotted: what the estimate gives
    for labels in random order.
    """
    figure = go.Figure()
    names, told = [], []
    for i, (stage, key) in enumerate((("first stage", "first"), ("second stage", "second"))):
        for j, state in enumerate(("untrained", "trained")):
            bits = findings[key][j].ravel().astype(float)
            place = 2 * i + j
            figure.add_traces(strip(place, bits, name=state, colour=layer_colour(1 - j)))
            names.append(f"{stage.split()[0]},<br>{state}")
            told.append(f"{stage}, {state}: {bits.mean():.2f} ± {bits.std():.2f}")
    chance = float(findings["by_chance"].mean())
    figure.add_scatter(
        x=[-0.5, 3.5], y=[chance] * 2, mode="lines", line={"color": TEXT, "dash": "dot"},
        hoverinfo="skip",
    )  # fmt: skip
    styled(
        figure,
        x="stage",
        y="I(T;Y) of one channel, bits",
        summary="Mean and spread over channels. " + "; ".join(told) + f"; by chance {chance:.2f}.",
    )
    figure.update_xaxes(tickvals=list(range(4)), ticktext=names, range=[-0.6, 3.6], tickangle=0)
    return figure.update_yaxes(rangemode="tozero").update_layout(showlegend=False)
