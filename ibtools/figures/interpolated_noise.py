"""Test error of functions that pass through all their training labels, wrong ones included."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled


def interpolated_noise(
    wrong: np.ndarray, test_error: Mapping[float, np.ndarray], *, start: int = 0
) -> go.Figure:
    """Errors in percent against the share of wrong training labels; the slider goes through γ.

    wrong: (shares,), in percent.  test_error: for each γ of the kernel an array (shares,), in
    percent.  The training error is 0 throughout. The diagonal is an error for each wrong label.
    """
    wrong = np.asarray(wrong, dtype=float)
    ends = [0, float(wrong.max())]
    frames = [
        go.Frame(
            name=f"{gamma:g}",
            data=[
                _line(wrong, 0 * wrong, layer_colour(1), "training"),
                _line(wrong, np.asarray(errors), layer_colour(0), "test"),
            ],
        )
        for gamma, errors in test_error.items()
    ]
    diagonal = go.Scatter(
        x=ends,
        y=ends,
        mode="lines",
        line={"color": TEXT, "dash": "dot", "width": 1.5},
        hoverinfo="skip",
    )
    figure = go.Figure(data=[*frames[start].data, diagonal])
    for frame in frames:
        frame.traces = [0, 1]
    figure.frames = frames
    middle = len(wrong) // 2
    styled(
        figure,
        x="wrong training labels in %",
        y="error in %",
        summary=f"All training labels are met. With {wrong[middle]:.0f} % of them wrong the test "
        "error is "
        + ", ".join(
            f"{errors[middle]:.0f} % at γ = {gamma:g}" for gamma, errors in test_error.items()
        )
        + ".",
    )
    for x, y, text, colour, anchor in (
        (0.62 * ends[1], 0.7 * ends[1], "an error for each wrong label", TEXT, "right"),
        (ends[1], 5, "training", layer_colour(1), "right"),
    ):
        figure.add_annotation(
            x=x, y=y, text=text, font={"color": colour}, xanchor=anchor, showarrow=False
        )
    figure.update_xaxes(range=[-2, 1.03 * ends[1]]).update_yaxes(range=[-2, 1.03 * ends[1]])
    return with_slider(figure, [f"{gamma:g}" for gamma in test_error], prefix="γ = ", start=start)


def _line(x: np.ndarray, y: np.ndarray, colour: str, name: str) -> go.Scatter:
    return go.Scatter(
        x=rounded(x, 1),
        y=rounded(y, 1),
        mode="lines+markers",
        line={"color": colour, "width": 2.5},
        marker={"size": 8},
        name=name,
        hovertemplate=f"{name}: %{{y}} % with %{{x}} % wrong labels<extra></extra>",
    )
