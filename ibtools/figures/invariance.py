"""The same information in bent coordinates, and what four rulers read off it."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import moving_panels, with_slider
from ibtools.figures.theme import layer_colour, rounded, styled
from ibtools.information import (
    mutual_information_binned,
    mutual_information_gaussian_from_covariance,
    mutual_information_ksg,
)
from ibtools.information.validation import generator

RULERS = ("formula for<br>normal laws", "ten bins", "neighbours<br>(KSG)")
COLOURS = (layer_colour(3), layer_colour(1), layer_colour(0))
POINTS, TRUTH = layer_colour(2), layer_colour(5)


def invariance(
    *,
    correlation: float = 0.9,
    n: int = 1000,
    bends: Sequence[float] = tuple(np.arange(17) / 4),
    seed: int = 0,
) -> go.Figure:
    """Samples of normal X and Y with Y bent to sinh(sY)/s, and three readings of I(X;Y).

    correlation: ρ of X and Y before they are bent; the truth is -½ log₂(1-ρ²) for every s.
    n: samples.  bends: values of s for the slider; 0 leaves Y as it is. The axis of the bent Y is
    scaled anew at every step, to ±1.
    The formula for normal laws is given the exact correlation of what is bent, so its error is not
    one of the sample; ten bins of equal width and the three nearest neighbours see the samples.
    The neighbours hold up to about s = 2 and then fail too (0.67 bits of 1.20 at 3, 0.18 at 4): all
    but a few of the samples lie in one spot. No estimator here is invariant, only I is.

    Raises ValueError for a correlation that is not between -1 and 1.
    """
    if not -1 < correlation < 1:
        raise ValueError(f"correlation must be between -1 and 1, got {correlation!r}")
    rng = generator(seed)
    x, noise = rng.standard_normal((2, n))
    y = correlation * x + np.sqrt(1 - correlation**2) * noise
    bent = [bend(y, s) for s in bends]
    correlations = [bent_correlation(correlation, s) for s in bends]
    truth = _formula(correlation)
    readings = np.array(
        [
            [
                _formula(r),
                mutual_information_binned(x, b, bins="equal"),
                mutual_information_ksg(x, b),
            ]
            for r, b in zip(correlations, bent, strict=True)
        ]
    )
    end = 1.15 * max(truth, readings.max())
    frames = [
        go.Frame(
            name=f"{s:g}",
            data=_moving(x, *row, end),
            traces=[0, 1, 2],
        )
        for s, *row in zip(bends, bent, correlations, readings, strict=True)
    ]
    figure = moving_panels(frames, (1, 1, 2), row_heights=[0.62, 0.38], vertical_spacing=0.2)
    sentences = " ".join(
        f"s = {s:g}: correlation {r:.2f}, formula {row[0]:.2f}, ten bins {row[1]:.2f}, "
        f"KSG {row[2]:.2f}."
        for s, r, row in zip(bends, correlations, readings, strict=True)
    )
    styled(
        figure,
        x="X",
        y="Y bent, largest = 1",
        height=680,
        summary=f"I(X;Y) is {truth:.2f} bits however Y is bent. {sentences}",
    )
    figure.update_yaxes(range=[-1.08, 1.3], tickvals=[-1, 0, 1], row=1)
    figure.update_xaxes(title_text="I(X;Y), bits", range=[0, end], row=2)
    figure.update_yaxes(title_text="", range=[2.6, -1], showgrid=False, row=2)
    figure.update_yaxes(tickvals=[0, 1, 2], ticktext=RULERS, ticks="", row=2)
    figure.add_vline(x=truth, line={"color": TRUTH, "width": 3}, row=2, col=1)
    figure.add_annotation(
        x=truth,
        y=-0.98,
        xref="x2",
        yref="y2",
        text=f"truth {truth:.2f} ",
        showarrow=False,
        xanchor="right",
        yanchor="top",
    )
    return with_slider(figure, [f"{s:g}" for s in bends], prefix="bend s = ", redraw=True)


def bend(y: np.ndarray, s: float) -> np.ndarray:
    """sinh(s y) / s: increasing, so nothing is lost; steeper and steeper outwards. y for s = 0."""
    return np.sinh(s * y) / s if s else np.asarray(y)


def bent_correlation(correlation: float, s: float) -> float:
    """Correlation of X and sinh(sY), X and Y standard normal: ρ s / √(sinh s²).

    E[X sinh sY] = ρ s E[cosh sY] (Stein's lemma) = ρ s exp(s²/2), and the variance of sinh sY is
    (exp(2s²) - 1)/2.
    """
    return correlation * float(s / np.sqrt(np.sinh(s * s))) if s else correlation


def _formula(correlation: float) -> float:
    covariance = [[1, correlation], [correlation, 1]]
    return mutual_information_gaussian_from_covariance(covariance, 1)


def _moving(
    x: np.ndarray, y: np.ndarray, correlation: float, readings: np.ndarray, end: float
) -> list:
    return [
        go.Scatter(
            x=rounded(x, 2),
            y=rounded(y / np.abs(y).max()),
            mode="markers",
            marker={"color": POINTS, "size": 4, "opacity": 0.6},
            hoverinfo="skip",
        ),
        go.Scatter(
            x=[-3.4],
            y=[1.28],
            mode="text",
            text=[f"correlation <b>{correlation:.2f}</b>"],
            textposition="bottom right",
            textfont={"size": 15},
            hoverinfo="skip",
        ),
        go.Bar(
            x=rounded(readings),
            y=[0, 1, 2],
            orientation="h",
            width=0.62,
            marker={"color": COLOURS},
            text=[f"{value:.2f}" for value in readings],
            # Of itself plotly leaves out what does not fit into a bar of next to nothing.
            textposition=["inside" if value > end / 5 else "outside" for value in readings],
            textangle=0,
            insidetextfont={"size": 13, "color": ["black", "black", "white"]},
            hovertemplate="%{x:.3f} bits<extra></extra>",
        ),
    ]
