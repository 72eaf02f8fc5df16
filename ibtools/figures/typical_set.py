"""Long sequences of one coin: surprise gathers at the entropy, and few sequences are left."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import moving_panels, with_slider
from ibtools.figures.theme import layer_colour, rounded, styled, translucent
from ibtools.information import coin_surprise, covering_rate, entropy_from_table

NEAR = 0.1
SHARE = 0.99
# Bars below this part of the tallest cannot be seen.
INVISIBLE = 2e-3
# The tallest bar is 1; above it two lines of words, which are in each other's way for some coins.
TOP = 1.5
AROUND, FAR, RATE, ENTROPY = layer_colour(0), layer_colour(4), layer_colour(2), layer_colour(5)


def typical_set(
    p: float = 0.2,
    *,
    ns: Sequence[int] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000),
    start: int = 3,
) -> go.Figure:
    """Above: how likely each surprise per toss is, for n tosses; a slider over n. Below: how many
    sequences are enough for 99 % of the probability.

    p: probability of a one.  ns: numbers of tosses.  start: which of ns at first.
    The bars are the numbers of ones, tallest of height 1; those within 0.1 bits of H are darker.
    The dot below is log₂ of the number of sequences, divided by n: 1 would be all 2ⁿ. All exact.
    A fair coin has one bar: all its sequences surprise alike.

    Raises ValueError for a coin that always falls alike.
    """
    if not 0 < p < 1:
        raise ValueError(f"p must be between 0 and 1, got {p!r}")
    entropy = entropy_from_table([p, 1 - p])
    rates = [covering_rate(p, n, share=SHARE) for n in ns]
    weights = [_near(p, n, entropy) for n in ns]
    frames = [
        go.Frame(name=str(n), data=_moving(p, n, *row, entropy, max(ns)), traces=[0, 1, 2, 3])
        for n, *row in zip(ns, rates, weights, strict=True)
    ]
    figure = moving_panels(frames, (1, 1, 2, 2), start=start, vertical_spacing=0.24)
    figure.add_trace(_path(ns, rates), row=2, col=1)
    ends = "; ".join(
        f"n = {n}: {100 * weight:.0f} % within {NEAR:g} bits of H, {rate:.3f}"
        for n, weight, rate in zip(ns, weights, rates, strict=True)
    )
    styled(
        figure,
        x="",
        y="",
        height=640,
        summary=f"Surprise per toss of a coin with p = {p:g} gathers at H = {entropy:.3f} bits. "
        "And (1/n) log₂ of the number of sequences that carry 99 % of the probability comes "
        f"near it. {ends}.",
    )
    _axes(figure, p, ns, entropy)
    return with_slider(figure, [str(n) for n in ns], prefix="n = ", redraw=True, start=start)


def _end(p: float) -> float:
    """The largest surprise of a toss, and some room."""
    return -np.log2(min(p, 1 - p)) * 1.05


def _near(p: float, n: int, entropy: float) -> float:
    """Probability of a sequence whose surprise per toss is within 0.1 bits of H."""
    surprise, probability, _ = coin_surprise(p, n)
    return float(probability[_is_near(surprise, entropy)].sum())


def _is_near(surprise: np.ndarray, entropy: float) -> np.ndarray:
    # With p = 0.2 some lie just on the edge, where rounding must not decide.
    return np.abs(surprise - entropy) <= NEAR + 1e-8


def _moving(p: float, n: int, rate: float, weight: float, entropy: float, last: int) -> list:
    surprise, probability, _ = coin_surprise(p, n)
    surprise, place = np.unique(surprise.round(9), return_inverse=True)
    probability = np.bincount(place, probability)
    seen = probability > INVISIBLE * probability.max()
    surprise, probability = surprise[seen], probability[seen]
    near = _is_near(surprise, entropy)
    exponent = n * rate
    step = abs(np.log2((1 - p) / p)) / n
    return [
        go.Bar(
            x=rounded(surprise, 5),
            y=rounded(probability / probability.max(), 4),
            width=min(max(0.85 * step if n < 50 else 1.1 * step, 0.006), NEAR),
            marker={
                "color": [AROUND if each else FAR for each in near],
                "line": {"width": 0},
            },
            customdata=rounded(probability, 5),
            hovertemplate="%{x:.3f} bits a toss<br>probability %{customdata:.2g}<extra></extra>",
        ),
        go.Scatter(
            x=[_end(p)],
            y=[TOP - 0.02],
            mode="text",
            text=[f"<b>{100 * weight:.0f} %</b> within {NEAR:g} bits of H"],
            textposition="bottom left",
            hoverinfo="skip",
        ),
        go.Scatter(
            x=[n],
            y=[round(rate, 4)],
            mode="markers",
            marker={"color": RATE, "size": 14, "line": {"color": "white", "width": 1}},
            hovertemplate="n = %{x}: %{y:.3f}<extra></extra>",
        ),
        go.Scatter(
            x=[last],
            y=[0.05],
            mode="text",
            text=[
                f"99 % on <b>2<sup>{round(exponent, int(exponent < 9.95)):g}</sup></b> of "
                f"2<sup>{n}</sup> sequences"
            ],
            textposition="top left",
            textfont={"size": 16},
            hoverinfo="skip",
        ),
    ]


def _path(ns: Sequence[int], rates: Sequence[float]) -> go.Scatter:
    return go.Scatter(
        x=list(ns),
        y=rounded(rates, 4),
        mode="lines",
        line={"color": RATE, "width": 2},
        hoverinfo="skip",
    )


def _axes(figure: go.Figure, p: float, ns: Sequence[int], entropy: float) -> None:
    end = _end(p)
    figure.update_xaxes(title_text="surprise per toss, bits", range=[-0.03, end], row=1)
    figure.update_yaxes(title_text="probability<br>(tallest = 1)", range=[0, TOP], row=1)
    figure.update_yaxes(tickvals=[0, 0.5, 1], row=1)
    ends = np.log10([min(ns), max(ns)])
    figure.update_xaxes(title_text="number of tosses, n (log scale)", type="log", row=2)
    figure.update_xaxes(range=[ends[0] - 0.1, ends[1] + 0.1], dtick=1, row=2)
    figure.update_yaxes(title_text="(1/n) log₂ (number<br>with 99 %)", range=[0, 1.1], row=2)
    figure.add_vrect(
        x0=entropy - NEAR,
        x1=entropy + NEAR,
        fillcolor=translucent(AROUND, 0.15),
        line_width=0,
        layer="below",
        row=1,
        col=1,
    )
    for add, at in (
        (figure.add_vline, {"x": entropy, "row": 1}),
        (figure.add_hline, {"y": entropy, "row": 2}),
    ):
        # In front it would hide the peak, which is no wider than the line where n is large.
        add(line={"color": ENTROPY, "width": 2}, layer="below", col=1, **at)
    for x, y, axis in ((entropy, TOP - 0.2, ""), (float(ends[1]), entropy, "2")):
        figure.add_annotation(
            x=x,
            y=y,
            xref=f"x{axis}",
            yref=f"y{axis}",
            text=f"H = {entropy:.3f}",
            font={"color": ENTROPY},
            showarrow=False,
            xanchor="right",
            yanchor="top",
        )
