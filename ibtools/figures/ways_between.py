"""The loss on the way from one minimum to another, by three ways."""

import plotly.graph_objects as go

from ibtools.figures.animation import moving_panels, with_slider
from ibtools.figures.theme import layer_colour, mean_and_band, styled
from ibtools.questions import Findings
from ibtools.questions.landscape import WAYS, barrier

COLOURS = dict(zip(WAYS, (layer_colour(5), layer_colour(1), layer_colour(0)), strict=True))
PANELS = (("train_loss", "training images"), ("test_loss", "new images"))


def ways_between(findings: Findings) -> go.Figure:
    """Above, loss on training images along the way, below on new ones; bands hold all pairs.

    findings: of `ibtools.questions.landscape.paths_between_minima`.  The slider changes the width.
    """
    widths, t = findings.settings["widths"], findings["t"].astype(float)
    frames = []
    for j, width in enumerate(widths):
        traces = [
            trace
            for key, _ in PANELS
            for i, way in enumerate(WAYS)
            for trace in mean_and_band(
                t, findings[key][i, j].astype(float), name=way, colour=COLOURS[way]
            )
        ]
        frames.append(go.Frame(name=str(width), data=traces))
    figure = moving_panels(frames, [1] * 6 + [2] * 6, vertical_spacing=0.12)
    climbs = barrier(t, findings["train_loss"].astype(float)).mean(axis=-1)
    told = "; ".join(
        f"{width} units: " + ", ".join(f"{way} {climbs[i, j]:.2f}" for i, way in enumerate(WAYS))
        for j, width in enumerate(widths)
    )
    styled(
        figure, x="", y="", height=640,
        summary=f"Mean climb of the training loss between two minima, in nats. {told}.",
    )  # fmt: skip
    for row, (key, title) in enumerate(PANELS, start=1):
        top = float(findings[key].max())
        figure.update_yaxes(title_text=f"{title}, nats", range=[-0.03, 1.1 * top], row=row, col=1)
    figure.update_xaxes(range=[0, 1])
    figure.update_xaxes(title_text="place on the way", row=2, col=1)
    for k, way in enumerate(WAYS):
        figure.add_annotation(
            x=0.98, y=0.99 - 0.06 * k, xref="paper", yref="paper", xanchor="right",
            showarrow=False, text=way, font={"color": COLOURS[way]},
        )  # fmt: skip
    return with_slider(
        figure, [f"{width} hidden units" for width in widths], prefix="", redraw=True
    )
