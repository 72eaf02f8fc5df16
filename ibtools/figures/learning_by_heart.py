"""Training error by epoch on data that make less and less sense."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled, translucent
from ibtools.questions import Findings
from ibtools.questions.memorization import CORRUPTIONS

LAST = 30


def learning_by_heart(findings: Findings) -> go.Figure:
    """Training error in percent, mean over seeds; the slider lights up one kind of data.

    findings: of `ibtools.questions.memorization.fitting_speed`. All seeds are drawn for the kind
    that is lit, and its test error is said. The first 30 epochs are shown.
    """
    train, test = 100 * findings["train_error"], 100 * findings["test_error"]
    frames = [_frame(train, test, i) for i in range(len(CORRUPTIONS))]
    figure = go.Figure(data=frames[0].data, frames=frames)
    ends = [
        f"{kind}: {np.median(np.argmax(train[i] <= 1, axis=1)):.0f} epochs, "
        f"test error {test[i].mean():.0f} %"
        for i, kind in enumerate(CORRUPTIONS)
    ]
    styled(
        figure,
        x="epoch",
        y="training error in %",
        summary=f"Epochs to a training error of 1 %, median of {train.shape[1]} networks, and test "
        "error at the end. " + "; ".join(ends) + ".",
    )
    figure.update_xaxes(range=[0, LAST]).update_yaxes(range=[-2, 100])
    return with_slider(figure, list(CORRUPTIONS), prefix="")


def _frame(train: np.ndarray, test: np.ndarray, lit: int) -> go.Frame:
    epochs = list(range(LAST + 1))
    shown = train[:, :, : LAST + 1]
    lines = [
        go.Scatter(
            x=epochs,
            y=rounded(shown[i].mean(axis=0), 1),
            mode="lines",
            line={
                "color": layer_colour(i) if i == lit else translucent(layer_colour(i), 0.45),
                "width": 3.5 if i == lit else 1.5,
            },
            name=kind,
            hovertemplate=f"{kind}<br>epoch %{{x}}: %{{y}} %<extra></extra>",
        )
        for i, kind in enumerate(CORRUPTIONS)
    ]
    seeds = go.Scatter(
        x=[epoch for _ in shown[lit] for epoch in [*epochs, None]],
        y=[value for seed in shown[lit] for value in [*rounded(seed, 1), None]],
        mode="lines",
        line={"color": translucent(layer_colour(lit), 0.3), "width": 1},
        hoverinfo="skip",
    )
    said = go.Scatter(
        x=[LAST - 0.5] * 2,
        y=[92, 84],
        mode="text",
        text=[
            f"{CORRUPTIONS[lit]}: {train[lit, :, -1].mean():.0f} % wrong in training,",
            f"{test[lit].mean():.0f} % wrong on new images",
        ],
        textposition="middle left",
        textfont={"color": TEXT, "size": 13},
        hoverinfo="skip",
    )
    return go.Frame(name=CORRUPTIONS[lit], data=[*lines, seeds, said])
