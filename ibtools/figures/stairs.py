"""A function, and a staircase that comes as close as one likes."""

from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.questions.approximation import staircase


def stairs(
    function: Callable[[np.ndarray], np.ndarray],
    units: Sequence[int] = (2, 4, 8, 16, 32, 64, 128),
    *,
    largest_slope: float,
    start: int = 2,
) -> go.Figure:
    """The function on [0, 1] and its staircase; the slider goes through numbers of units.

    largest_slope: of the function, Λ; the bound Λ/2(n + 1) is said beside the error that is found.
    """
    x = np.linspace(0, 1, 4001)
    wanted = function(x)
    frames, labels = [], []
    for n in units:
        found = staircase(function, n)
        error = np.abs(found(x) - wanted).max()
        edges = np.concatenate([[0], found.thresholds, [1]])
        values = found.offset + np.concatenate([[0], np.cumsum(found.heights)])
        tread = go.Scatter(
            x=rounded(np.repeat(edges, 2)[1:-1], 4),
            y=rounded(np.repeat(values, 2), 4),
            mode="lines",
            line={"color": layer_colour(0), "width": 2.5},
            hoverinfo="skip",
        )
        frames.append(go.Frame(name=str(n), data=[tread]))
        labels.append(f"{n} units: error {error:.3f}, bound {largest_slope / 2 / (n + 1):.3f}")
    curve = go.Scatter(
        x=rounded(x[::20], 4),
        y=rounded(wanted[::20], 4),
        mode="lines",
        line={"color": TEXT, "width": 1.5},
        hoverinfo="skip",
    )
    figure = go.Figure(data=[*frames[start].data, curve], frames=frames)
    styled(
        figure,
        x="x",
        y="f(x)",
        summary="A function and its staircase. " + "; ".join(labels) + ".",
    )
    return with_slider(figure, labels, prefix="", redraw=True, start=start)
