"""Training and test error of networks of one kind, from too small to far too large."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, mean_and_band, rounded, styled
from ibtools.questions import Findings

TRAIN, TEST = layer_colour(1), layer_colour(0)


def growing_networks(findings: Findings) -> go.Figure:
    """Errors in percent against the number of parameters; the slider goes through training sizes.

    findings: of `ibtools.questions.memorization.overparametrised`. A line is the mean over seeds,
    its band holds all of them. The upright line is where there are as many parameters as images.
    """
    counts, sizes = findings["parameters"].astype(float), findings.settings["sizes"]
    train, test = 100 * findings["train_error"], 100 * findings["test_error"]
    frames = [
        go.Frame(
            name=str(n),
            data=[
                *mean_and_band(counts, train[i].T, name="training", colour=TRAIN),
                *mean_and_band(counts, test[i].T, name="test", colour=TEST),
                go.Scatter(
                    x=[n, n],
                    y=[0, 92],
                    mode="lines+text",
                    line={"color": TEXT, "dash": "dot"},
                    text=["", f"{n:,} images"],
                    textposition="top right",
                    textfont={"color": TEXT, "size": 12},
                    hoverinfo="skip",
                ),
                go.Scatter(
                    x=[counts[-2]] * 2,
                    y=rounded([test[i].mean(axis=1)[-1], 0]),
                    mode="text",
                    text=["test", "training"],
                    textposition="top center",
                    textfont={"color": [TEST, TRAIN], "size": 13},
                    hoverinfo="skip",
                ),
            ],
        )
        for i, n in enumerate(sizes)
    ]
    start = len(sizes) - 1
    figure = go.Figure(data=frames[start].data, frames=frames)
    best = [
        f"{n:,} images: {rounded(test[i].mean(axis=1)[j], 1)} % at {int(counts[j]):,} parameters"
        for i, n in enumerate(sizes)
        for j in (int(np.argmin(train[i].mean(axis=1) > 0.5)), -1)
    ]
    styled(
        figure,
        x="parameters (log scale)",
        y="error in %",
        summary="Test error where the training error is first about 0, and of the largest network. "
        + "; ".join(best)
        + ".",
    )
    low = np.log10(min(counts[0], *sizes)) - 0.1
    ticks = [10.0**k for k in range(2, 6)]
    figure.update_xaxes(
        type="log",
        range=[low, np.log10(counts[-1]) + 0.05],
        tickvals=ticks,
        ticktext=["100", "1,000", "10,000", "100,000"],
    )
    figure.update_yaxes(range=[-2, 100])
    return with_slider(
        figure, [str(n) for n in sizes], prefix="training images: ", redraw=True, start=start
    )
