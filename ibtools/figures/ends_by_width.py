"""Where descent ends from many starts, by the width of the network."""

import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.strips import strip
from ibtools.figures.theme import layer_colour, styled
from ibtools.questions import Findings

SHOWN = (
    ("test_loss", "loss on new images, nats", 1),
    ("train_loss", "loss on training images, nats", 1),
    ("test_error", "errors on new images, %", 100),
)


def ends_by_width(findings: Findings) -> go.Figure:
    """A dot for each network, a strip for each width; the slider changes what is measured.

    findings: of `ibtools.questions.landscape.losses_by_width`.
    """
    widths = findings.settings["widths"]
    frames = []
    for key, title, factor in SHOWN:
        values = factor * findings[key].astype(float)
        traces = [
            trace
            for place, row in enumerate(values)
            for trace in strip(place, row, name=f"{widths[place]} units", colour=layer_colour(0))
        ]
        axis = {"title": {"text": title}, "range": [0, 1.08 * float(values.max())]}
        frames.append(go.Frame(name=key, data=traces, layout={"yaxis": axis}))
    figure = go.Figure(data=frames[0].data, frames=frames)
    test = findings["test_loss"].astype(float)
    told = "; ".join(
        f"{width} units {row.mean():.3f} ± {row.std():.3f}"
        for width, row in zip(widths, test, strict=True)
    )
    styled(
        figure, x="hidden units", y=SHOWN[0][1], height=500,
        summary=f"Loss on new images at the end of descent, mean and spread: {told}.",
    )  # fmt: skip
    figure.update_xaxes(tickvals=list(range(len(widths))), ticktext=[str(each) for each in widths])
    figure.update_yaxes(range=[0, 1.08 * float(test.max())])
    labels = ["new images", "training images", "errors"]
    return with_slider(figure, labels, prefix="", redraw=True)
