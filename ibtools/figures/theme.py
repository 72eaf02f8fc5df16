"""One look for every figure: colours, sizes, and the sentence read out by screen readers."""

from collections.abc import Iterable

import numpy as np
import plotly.graph_objects as go

# Okabe and Ito's colour-blind safe colours and one more; a layer keeps its colour everywhere.
LAYER_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6BB1")
HEIGHT = 440
# Legible on white and on black, for JupyterLab; the site sets each theme's own colours.
TEXT = "#7a7f87"
GRID = "rgba(128,128,128,0.25)"
CLEAR = "rgba(0,0,0,0)"


def layer_colour(layer: int) -> str:
    return LAYER_COLOURS[layer % len(LAYER_COLOURS)]


def translucent(colour: str, opacity: float) -> str:
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({r},{g},{b},{opacity})"


def styled(figure: go.Figure, *, x: str, y: str, summary: str, height: int = HEIGHT) -> go.Figure:
    """Give a figure the course's look. summary: what it shows, for those who do not see it."""
    axis = {
        "gridcolor": GRID,
        "zeroline": False,
        "linecolor": TEXT,
        "ticks": "outside",
        "fixedrange": True,
        "automargin": True,
    }
    figure.update_xaxes(title_text=x, **axis)
    figure.update_yaxes(title_text=y, **axis)
    figure.update_layout(
        template="none",
        height=height,
        margin={"l": 56, "r": 16, "t": 24, "b": 52},
        font={"color": TEXT, "size": 13},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        hovermode="closest",
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        meta={"summary": summary},
    )
    return figure


def rounded(values: np.ndarray, digits: int = 3, *, of_range: bool = False) -> list:
    """Values for a figure; of records too, whose float32 would fill the page with digits.

    of_range: to so many digits after the first of their range (largest less smallest; of their size
    where all are equal), so that values in ±0.01 keep apart and those in thousands lose decimals.
    Values that are not finite stay as they are and do not count.
    """
    values = np.asarray(values, dtype=float)
    known = values[np.isfinite(values)]
    if of_range and known.any():
        size = np.ptp(known) or np.abs(known).max()
        digits -= int(np.floor(np.log10(size)))
    return values.round(digits).tolist()


def significant(values: Iterable[float], digits: int = 4) -> list[float]:
    """Values for a logarithmic axis, to so many digits each, however small they are."""
    return [float(f"{value:.{digits}g}") for value in values]


def with_gaps(lines: Iterable[np.ndarray], digits: int = 3, *, of_range: bool = False) -> list:
    """One coordinate of many lines, rounded, for one trace: None after each and in place of NaN.

    lines: (points,) each, not all of one length. A line ends where its NaN begin.
    """
    lines = [np.asarray(line, dtype=float) for line in lines]
    joined = [part for line in lines for part in (line, [np.nan])]
    values = rounded(np.concatenate([[], *joined]), digits, of_range=of_range)
    return [None if value != value else value for value in values]


def mean_and_band(
    x: np.ndarray,
    values: np.ndarray,
    *,
    name: str,
    colour: str,
    dash: str = "solid",
    share: float = 1.0,
) -> list[go.Scatter]:
    """Mean of values (networks, points) as a line, and the networks as a band.

    share: of the networks that the band holds, the middle ones; from smallest to largest if 1.
    """
    # Where no network has a number, the output of noisy networks for one, there is a gap.
    known = ~np.isnan(values).all(axis=0)
    low, high, mean = np.full((3, len(x)), np.nan)
    if known.any():
        ends = [(1 - share) / 2, (1 + share) / 2]
        low[known], high[known] = np.nanquantile(values[:, known], ends, axis=0)
        mean[known] = np.nanmean(values[:, known], axis=0)
    return [
        _band(x, low, high, name, {"fillcolor": translucent(colour, 0.15)}),
        go.Scatter(
            x=x.tolist(),
            y=rounded(mean, 4),
            mode="lines",
            line={"color": colour, "width": 2.5, "dash": dash},
            name=name,
            legendgroup=name,
        ),
    ]


def bounds_band(
    x: np.ndarray, low: np.ndarray, high: np.ndarray, *, name: str, colour: str
) -> go.Scatter:
    """Hatched between the ends (points,) of what an estimator leaves open: bounds, error bars.

    A band over networks is plain, see `mean_and_band`: no reader shall take one for the other.
    """
    return _band(x, low, high, name, hatched(colour))


def hatched(colour: str) -> dict:
    pattern = {"shape": "/", "size": 5, "solidity": 0.25, "fgcolor": colour, "bgcolor": CLEAR}
    return {"fillpattern": pattern, "fillcolor": colour}


def _band(x: np.ndarray, low: np.ndarray, high: np.ndarray, name: str, fill: dict) -> go.Scatter:
    return go.Scatter(
        x=np.concatenate([x, x[::-1]]).tolist(),
        y=rounded(np.concatenate([high, low[::-1]]), 4),
        mode="lines",
        fill="toself",
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
        legendgroup=name,
        **fill,
    )
