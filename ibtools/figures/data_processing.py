"""Searches for tables that break the data processing inequality, step by step."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import layer_colour, rounded, styled, translucent
from ibtools.information.data_processing import CROSSED
from ibtools.information.validation import whole_number

CHAIN, OTHER, WALL = layer_colour(0), layer_colour(1), layer_colour(5)


def data_processing(
    chains: tuple[np.ndarray, np.ndarray],
    others: tuple[np.ndarray, np.ndarray],
    *,
    n_frames: int = 40,
) -> go.Figure:
    """Searches in the plane of I(X;Y) and I(X;Z); a slider over the steps of their climb.

    chains, others: I(X;Y) and I(X;Z), each (steps + 1, starts), of `search_for_violation` on Markov
    chains X → Y → Z and for tables in which Z may look at X as well.  n_frames: of the slider, most
    of them early, when most happens.
    Shaded is I(X;Z) > I(X;Y), where no chain can be. The dots run up to the wall, then slide along
    it; the diamonds cross it, by more than the 1e-12 bits that rounding may feign.

    Raises ValueError for arrays of different numbers of steps.
    """
    I_XY, I_XZ = (np.asarray(values) for values in chains)
    other_XY, other_XZ = (np.asarray(values) for values in others)
    if not I_XY.shape == I_XZ.shape or not other_XY.shape == other_XZ.shape:
        raise ValueError("chains and others must each hold two arrays of one shape")
    if len(I_XY) != len(other_XY):
        raise ValueError(
            f"chains and others must have the same steps, got {len(I_XY)} and {len(other_XY)}"
        )
    steps = _few(len(I_XY), whole_number(n_frames, "n_frames", at_least=2))
    end = 1.06 * max(float(values.max()) for values in (I_XY, I_XZ, other_XY, other_XZ))
    top = 1.25 * end
    frames = [
        go.Frame(
            name=str(step),
            data=[
                _dots(other_XY[step], other_XZ[step], OTHER, "diamond", "Z sees X too"),
                _dots(I_XY[step], I_XZ[step], CHAIN, "circle", "chain"),
                _count(I_XZ[step] - I_XY[step], other_XZ[step] - other_XY[step], top),
            ],
            traces=[1, 2, 3],
        )
        for step in steps
    ]
    forbidden = go.Scatter(
        x=[0, 0, end, end],
        y=[0, top, top, end],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=translucent(WALL, 0.14),
        hoverinfo="skip",
    )
    figure = go.Figure(data=[forbidden, *frames[0].data], frames=frames)
    ever = int((I_XZ - I_XY > CROSSED).any(axis=0).sum())
    crossed = int((other_XZ - other_XY > CROSSED)[-1].sum())
    nearest = (I_XZ[-1] / np.maximum(I_XY[-1], 1e-300)).min()
    styled(
        figure,
        x="I(X;Y), bits",
        y="I(X;Z), bits",
        height=600,
        summary=f"{I_XY.shape[1]} Markov chains climb towards I(X;Z) > I(X;Y) for {len(I_XY) - 1} "
        f"steps, run up to this wall and slide along it. {ever or 'None'} of them are beyond it at "
        f"some step; in the end every I(X;Z) is at least {100 * nearest:.0f} % of its I(X;Y). "
        f"Where Z may look at X too, {crossed} of {other_XY.shape[1]} end beyond it.",
    )
    figure.add_shape(
        type="line", x0=0, y0=0, x1=end, y1=end, line={"color": WALL, "width": 2}, layer="below"
    )
    figure.add_annotation(x=0.55 * end, y=0.9 * end, text="no chain gets here", showarrow=False)
    figure.update_xaxes(range=[-0.03 * end, end], dtick=0.25)
    figure.update_yaxes(range=[-0.03 * end, top], dtick=0.25)
    return with_slider(figure, [str(step) for step in steps], prefix="step ")


def _few(n_steps: int, n_frames: int) -> list[int]:
    """Steps from 0 to the last, denser at first: evenly in the square root."""
    places = np.linspace(0, np.sqrt(n_steps - 1), n_frames) ** 2
    return np.unique(places.round().astype(int)).tolist()


def _dots(x: np.ndarray, y: np.ndarray, colour: str, symbol: str, name: str) -> go.Scatter:
    return go.Scatter(
        x=rounded(x),
        y=rounded(y),
        mode="markers",
        marker={
            "color": colour,
            "symbol": symbol,
            "size": 9,
            "opacity": 0.85,
            "line": {"color": "white", "width": 0.5},
        },
        name=name,
        hovertemplate=f"{name}<br>I(X;Y) = %{{x:.3f}}<br>I(X;Z) = %{{y:.3f}} bits<extra></extra>",
    )


def _count(chains: np.ndarray, others: np.ndarray, top: float) -> go.Scatter:
    """How many of each kind have crossed; chains, others: their I(X;Z) - I(X;Y)."""
    crossed = [
        f'<span style="color: {colour}">{sign}</span> {name}: <b>{int((gap > CROSSED).sum())}</b> '
        f"of {len(gap)} crossed"
        for colour, sign, name, gap in (
            (CHAIN, "●", "X → Y → Z", chains),
            (OTHER, "◆", "Z sees X too", others),
        )
    ]
    return go.Scatter(
        x=[0],
        y=[0.985 * top],
        mode="text",
        text=["<br>".join(crossed)],
        textposition="bottom right",
        hoverinfo="skip",
    )
