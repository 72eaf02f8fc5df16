"""Errors with and without explicit regularisers, on true and on random labels."""

import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import layer_colour, rounded, styled
from ibtools.questions import Findings
from ibtools.questions.regularization import REGULARIZERS

TRAIN, TEST = layer_colour(1), layer_colour(0)
LABELS = ("true labels", "random labels")


def regularizers(findings: Findings) -> go.Figure:
    """A row for each regulariser, a dot for each seed; the slider changes the labels.

    findings: of `ibtools.questions.regularization.regularizers`.
    """
    names = list(REGULARIZERS)
    frames = []
    for i, labels in enumerate(LABELS):
        traces = []
        for key, colour, lift in (("train_error", TRAIN, -0.12), ("test_error", TEST, 0.12)):
            values = 100 * findings[key][i]
            traces.append(
                go.Scatter(
                    x=rounded(values.ravel(), 1),
                    y=[row + lift for row in range(len(names)) for _ in range(values.shape[1])],
                    mode="markers",
                    marker={"color": colour, "size": 9, "opacity": 0.7},
                    hovertemplate="%{x} %<extra></extra>",
                )
            )
        frames.append(go.Frame(name=labels, data=traces))
    figure = go.Figure(data=frames[0].data, frames=frames)
    test, train = 100 * findings["test_error"].mean(-1), 100 * findings["train_error"].mean(-1)
    told = "; ".join(
        f"{name}: true labels {train[0, j]:.0f} and {test[0, j]:.0f} %, random labels "
        f"{train[1, j]:.0f} and {test[1, j]:.0f} %"
        for j, name in enumerate(names)
    )
    styled(
        figure,
        x="error in %",
        y="",
        height=480,
        summary=f"Training and test error. {told}.",
    )
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.4, -0.9]
    )
    figure.update_xaxes(range=[-2, 100])
    for x, text, colour in ((2, "training", TRAIN), (30, "new images", TEST)):
        figure.add_annotation(
            x=x, y=-0.6, text=text, font={"color": colour}, xanchor="left", showarrow=False
        )
    return with_slider(figure, list(LABELS), prefix="")
