"""Test error against the number of features, through the peak and beyond."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, mean_and_band, styled
from ibtools.questions import Findings

SHORTEST, RIDGE, TRAIN = layer_colour(0), layer_colour(2), layer_colour(1)


def double_descent(findings: Findings) -> go.Figure:
    """Test error in percent of least squares on random features; the slider adds label noise.

    findings: of `ibtools.questions.memorization.double_descent`, whose first penalty is 0.
    Lines are means over seeds, bands hold all. The upright line: as many features as images.
    """
    counts = findings.settings["features"]
    n, noise = findings.settings["n_train"], findings.settings["noise"]
    ridge = findings.settings["penalties"][-1]
    test, train = 100 * findings["test_error"], 100 * findings["train_error"]
    x = np.array(counts, dtype=float)
    frames = [
        go.Frame(
            name=f"{share:g}",
            data=[
                *mean_and_band(x, train[m, 0].T, name="training", colour=TRAIN),
                *mean_and_band(x, test[m, -1].T, name=f"ridge, λ = {ridge:g}", colour=RIDGE),
                *mean_and_band(x, test[m, 0].T, name="smallest norm", colour=SHORTEST),
            ],
        )
        for m, share in enumerate(noise)
    ]
    upright = go.Scatter(
        x=[n, n], y=[0, 100], mode="lines", line={"color": TEXT, "dash": "dot"}, hoverinfo="skip"
    )
    figure = go.Figure(data=[*frames[0].data, upright], frames=frames)
    peak = list(counts).index(n)
    styled(
        figure,
        x="random features (log scale)",
        y="error in %",
        summary=f"Test error of the smallest norm that fits {n} images: "
        + "; ".join(
            f"{share:.0%} of labels random: least {test[m, 0, :peak].mean(axis=-1).min():.0f} % "
            f"below {n} features, {test[m, 0, peak].mean():.0f} % at {n}, "
            f"{test[m, 0, -1].mean():.0f} % at {counts[-1]:,}"
            for m, share in enumerate(noise)
        )
        + ".",
    )
    ticks = [10, 30, 100, 300, 1000, 3000]
    figure.update_xaxes(
        type="log", tickvals=ticks, ticktext=[f"{tick:,}" for tick in ticks], range=[0.95, 3.65]
    )
    figure.update_yaxes(range=[-2, 100])
    for x_at, y_at, text, colour, anchor in (
        (2.52, 94, "smallest norm", SHORTEST, "left"),
        (2.52, 9, f"ridge, λ = {ridge:g}", RIDGE, "left"),
        (1.05, 30, "training", TRAIN, "left"),
        (2.45, 98, f"{n} images", TEXT, "right"),
    ):
        figure.add_annotation(
            x=x_at, y=y_at, text=text, font={"color": colour}, xanchor=anchor, showarrow=False
        )
    labels = [f"{share:.0%}" for share in noise]
    return with_slider(figure, labels, prefix="random labels: ", redraw=True)
