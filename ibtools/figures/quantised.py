"""A real number in finer and finer bins: its entropy grows without end."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import moving_panels, with_slider
from ibtools.figures.theme import layer_colour, rounded, styled, translucent
from ibtools.information import (
    entropy_from_table,
    entropy_gaussian_from_covariance,
    normal_in_bins,
)

DENSITY, BINS, FORMULA = layer_colour(5), layer_colour(0), layer_colour(1)
# In standard deviations; further out nothing can be seen.
SEEN = 4.0


def quantised(
    *,
    deviation: float = 1.0,
    widths: Sequence[float] = (8, 4, 2, 1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64),
    start: int = 3,
) -> go.Figure:
    """Above: X ~ N(0, deviation²) in bins of width Δ, a slider over Δ. Below: H(X_Δ) over Δ.

    widths: of the bins, from the widest on.  start: which of them at first.
    The points below are H(X_Δ), the line h(X) - log₂ Δ: together as Δ goes to 0, without end.
    Where Δ is large the line is below 0, where no entropy of bins can be.
    """
    h = entropy_gaussian_from_covariance([[deviation**2]])
    entropies = [entropy_from_table(normal_in_bins(w, deviation=deviation)) for w in widths]
    left = h - np.log2(widths)
    names = [_fraction(width) for width in widths]
    frames = [
        go.Frame(name=name, data=_moving(width, deviation, *row), traces=[0, 1, 2])
        for name, width, *row in zip(names, widths, entropies, left, strict=True)
    ]
    figure = moving_panels(frames, (1, 1, 2), start=start, vertical_spacing=0.2)
    figure.add_trace(_density(deviation), row=1, col=1)
    figure.add_traces(_curves(widths, entropies, left), rows=2, cols=1)
    ends = "; ".join(
        f"Δ = {name}: {entropy:.2f} and {line:.2f}"
        for name, entropy, line in zip(names, entropies, left, strict=True)
    )
    styled(
        figure,
        x="x",
        y="density",
        height=680,
        summary=f"A normal variable with h(X) = {h:.3f} bits in bins of width Δ. H(X_Δ) and "
        f"h(X) - log₂ Δ, bits: {ends}.",
    )
    top = 1 / (np.sqrt(2 * np.pi) * deviation)
    figure.update_xaxes(range=[-SEEN * deviation, SEEN * deviation], row=1)
    figure.update_yaxes(range=[0, 1.3 * top], row=1)
    figure.update_xaxes(title_text="bin width Δ (log scale, finer to the right)", row=2)
    figure.update_xaxes(
        type="log", tickvals=list(widths[1::2]), ticktext=names[1::2], tickangle=0, row=2
    )
    figure.update_xaxes(range=np.log10([1.3 * max(widths), min(widths) / 1.3]).tolist(), row=2)
    figure.update_yaxes(title_text="bits", row=2, zeroline=True, zerolinewidth=2)
    figure.add_annotation(
        x=np.log10(widths[-1]),
        y=min(0.0, *left),
        xref="x2",
        yref="y2",
        text=f'<span style="color: {BINS}">●</span> H(X<sub>Δ</sub>), bins<br>'
        f'<span style="color: {FORMULA}">—</span> h(X) − log₂ Δ',
        align="left",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
    )
    return with_slider(figure, names, prefix="Δ = ", redraw=True, start=start)


def _fraction(width: float) -> str:
    """A width as 4 or 1/16, where it is one."""
    inverse = 1 / width
    return f"1/{inverse:g}" if width < 1 and inverse == round(inverse) else f"{width:g}"


def _moving(width: float, deviation: float, entropy: float, left: float) -> list:
    p = normal_in_bins(width, deviation=deviation)
    centres = width * (np.arange(len(p)) - len(p) // 2)
    seen = np.abs(centres) <= SEEN * deviation
    line = f"{left:.2f}".replace("-", "−")
    return [
        go.Bar(
            x=rounded(centres[seen], 5),
            y=rounded(p[seen] / width, 5),
            width=width,
            marker={
                "color": translucent(BINS, 0.45),
                "line": {"color": BINS, "width": 1 if seen.sum() < 60 else 0},
            },
            customdata=rounded(p[seen], 5),
            hovertemplate="bin at %{x}<br>probability %{customdata}<extra></extra>",
        ),
        go.Scatter(
            x=[SEEN * deviation],
            y=[1.28 / (np.sqrt(2 * np.pi) * deviation)],
            mode="text",
            text=[f"<b>H(X<sub>Δ</sub>) = {entropy:.2f} bits</b><br>h(X) − log₂ Δ = {line}"],
            textposition="bottom left",
            hoverinfo="skip",
        ),
        go.Scatter(
            x=[width],
            y=[round(entropy, 4)],
            mode="markers",
            marker={"color": BINS, "size": 16, "line": {"color": "white", "width": 1}},
            hovertemplate="%{y:.3f} bits<extra></extra>",
        ),
    ]


def _density(deviation: float) -> go.Scatter:
    x = np.linspace(-SEEN, SEEN, 161)
    return go.Scatter(
        x=rounded(deviation * x, 4),
        y=rounded(np.exp(-(x**2) / 2) / (np.sqrt(2 * np.pi) * deviation), 5),
        mode="lines",
        line={"color": DENSITY, "width": 2},
        hoverinfo="skip",
    )


def _curves(widths: Sequence[float], entropies: Sequence[float], left: np.ndarray) -> list:
    return [
        go.Scatter(
            x=list(widths),
            y=rounded(left, 4),
            mode="lines",
            line={"color": FORMULA, "width": 3},
            hovertemplate="h − log₂ Δ = %{y:.3f} bits<extra></extra>",
        ),
        go.Scatter(
            x=list(widths),
            y=rounded(entropies, 4),
            mode="markers",
            marker={"color": BINS, "size": 8},
            hovertemplate="H(X<sub>Δ</sub>) = %{y:.3f} bits<extra></extra>",
        ),
    ]
