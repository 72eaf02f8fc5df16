"""Two networks of 2n + 1 weights through n points with any labels whatever."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.information.validation import generator, whole_number
from ibtools.questions.memorization import fit_anything

# Thresholds on the points, and a little before them.
SHARES = {1.0: (layer_colour(0), "solid"), 0.7: (layer_colour(5), "dash")}


def exact_fit(n: int = 10, *, draws: int = 8, seed: int = 0) -> go.Figure:
    """The functions that `fit_anything` builds in one dimension; the slider draws new labels.

    n: points, evenly spaced with a jitter.  Labels are drawn evenly from [−1, 1]. The solid line
    has its thresholds on the points, the dashed one 70 % of the way back to the point before.
    Raises ValueError for n below 2 or draws below 1.
    """
    n, draws = whole_number(n, "n", at_least=2), whole_number(draws, "draws")
    rng = generator(seed)
    x = np.arange(n) + rng.uniform(-0.3, 0.3, n)
    across = np.linspace(-0.8, n - 0.6, 20 * n)
    frames, apart = [], []
    for k in range(draws):
        y = rng.uniform(-1, 1, n)
        drawn = [fit_anything(x, y, share=share)(across) for share in SHARES]
        apart.append(np.abs(drawn[0] - drawn[1])[(across > x[0]) & (across < x[-1])].max())
        frames.append(
            go.Frame(
                name=str(k),
                data=[
                    *(_line(across, c, s) for c, s in zip(drawn, SHARES, strict=True)),
                    _points(x, y),
                ],
            )
        )
    figure = go.Figure(data=frames[0].data, frames=frames)
    styled(
        figure,
        x="x",
        y="c(x)",
        summary=f"{n} points, their labels drawn anew {draws} times. Two networks of {2 * n + 1} "
        f"weights pass through all points each time; between the points they are up to "
        f"{min(apart):.1f} to {max(apart):.1f} apart.",
    )
    figure.update_xaxes(range=[-1, n]).update_yaxes(range=[-3, 3])
    return with_slider(figure, [str(k + 1) for k in range(draws)], prefix="labels, draw ")


def _line(across: np.ndarray, values: np.ndarray, share: float) -> go.Scatter:
    colour, dash = SHARES[share]
    return go.Scatter(
        x=rounded(across, 2),
        y=rounded(values, 2),
        mode="lines",
        line={"color": colour, "dash": dash, "width": 2.5},
        hoverinfo="skip",
    )


def _points(x: np.ndarray, y: np.ndarray) -> go.Scatter:
    return go.Scatter(
        x=rounded(x, 3),
        y=rounded(y, 3),
        mode="markers",
        marker={"color": TEXT, "size": 10},
        hovertemplate="label %{y:.2f}<extra></extra>",
    )
