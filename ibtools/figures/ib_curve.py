"""The information curve: what can be kept about Y for a given cost, and what cannot."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ibtools.bottleneck import IBCurve
from ibtools.figures.reach import COST_TITLES, out_of_reach, slope_name, slopes
from ibtools.figures.theme import TEXT, layer_colour, styled, translucent
from ibtools.information.estimate import unit_name
from ibtools.information.validation import one_of, positive

MARKERS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star")
# The axes of a problem without information still have a length.
SMALLEST = 1e-3


def ib_curve(
    curves: IBCurve | Mapping[str, IBCurve],
    *,
    cost: str = "I_XT",
    tangent_at: float | None = None,
) -> go.Figure:
    """I(T;Y) over the cost: a point for each β, open where the solver did not converge.

    curves: one curve, or several of one problem by name, in units of one base. The first that
    minimised the cost is taken to be the optimum, the first of all where none has.
    cost: I_XT or H_T.  tangent_at: a β, to draw the tangent of slope 1/β in the nearest point of
    the optimum; only where that minimised the cost.

    Below and to the right of the optimum's envelope all can be reached. Shaded is above its lowest
    tangent, where no encoder gets if its points are global optima. Hard clusters are known to be
    that for small tables only: there the figure says that nothing was found. Where the cost was not
    minimised, shaded is what I(T;Y) ≤ min(I(X;T), I(X;Y)) excludes.

    Raises ValueError for no curve, curves without points, of infinite cost (H(T) of Gaussians) or
    of different bases, another cost, and a tangent to a curve that did not minimise the cost.
    """
    named = dict(curves) if isinstance(curves, Mapping) else {"": curves}
    if not named:
        raise ValueError("curves must hold at least one curve, got none")
    if len({curve.base for curve in named.values()}) > 1:
        raise ValueError("curves must have one base")
    one_of(cost, "cost", COST_TITLES)
    for curve in named.values():
        if not len(curve) or not np.isfinite(getattr(curve, cost)).all():
            raise ValueError(f"curves must have points, all with a finite {cost}")
    minimised = [c for c in named.values() if c.minimised == cost]
    first = next(iter([*minimised, *named.values()]))
    unit = unit_name(first.base)
    end = 1.08 * max(SMALLEST, *(float(getattr(curve, cost).max()) for curve in named.values()))
    top = 1.2 * max(SMALLEST, first.I_XY)
    figure = go.Figure([*out_of_reach(first, end, top, cost), _reached(first, end, cost)])
    for i, (name, curve) in enumerate(named.items()):
        figure.add_traces(_line_and_points(name, curve, cost, unit, i, labelled=curve is first))
    styled(
        figure,
        x=f"{COST_TITLES[cost]}, {unit}",
        y=f"I(T;Y), {unit}",
        summary=f"I(T;Y) over {COST_TITLES[cost]} in {unit}, never above I(X;Y) = "
        f"{first.I_XY:.3f}. " + " ".join(_sentence(*item, cost) for item in named.items()),
    )
    figure.add_hline(y=first.I_XY, line={"color": TEXT, "dash": "dash", "width": 1})
    _label(figure, f"I(X;Y) = {first.I_XY:.3g} {unit}", 0, first.I_XY, "left", "bottom")
    sure = first.alpha == 1 or not minimised
    _label(figure, "out of reach" if sure else "nothing found here", 0, top, "left", "top")
    if tangent_at is not None:
        _add_tangent(figure, first, cost, positive(tangent_at, "tangent_at"), end, top)
    figure.update_xaxes(range=[-0.01 * end, end])
    figure.update_yaxes(range=[-0.03 * top, top])
    figure.update_layout(
        legend={"x": 0.98, "xanchor": "right", "y": 0.04, "yanchor": "bottom", "orientation": "v"},
    )
    return figure


def _reached(curve: IBCurve, end: float, cost: str) -> go.Scatter:
    hull = curve.envelope(cost)
    x, y = getattr(hull, cost), hull.I_TY
    high = float(y.max(initial=0))
    return go.Scatter(
        x=[0, *x.round(4).tolist(), end, end],
        y=[0, *y.round(4).tolist(), round(high, 4), 0],
        fill="toself",
        fillcolor=translucent(layer_colour(0), 0.13),
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
        showlegend=False,
        name="reached",
    )


def _line_and_points(
    name: str, curve: IBCurve, cost: str, unit: str, position: int, *, labelled: bool
) -> list[go.Scatter]:
    hull = curve.envelope(cost)
    colour, symbol = layer_colour(position), MARKERS[position % len(MARKERS)]
    symbols = np.where(curve.converged, symbol, f"{symbol}-open").tolist()
    return [
        go.Scatter(
            x=[0, *getattr(hull, cost).round(4).tolist()],
            y=[0, *hull.I_TY.round(4).tolist()],
            mode="lines",
            line={"color": colour, "width": 2},
            hoverinfo="skip",
            showlegend=False,
            legendgroup=name,
        ),
        go.Scatter(
            x=getattr(curve, cost).round(4).tolist(),
            y=curve.I_TY.round(4).tolist(),
            customdata=[
                [f"{beta:.4g}", int(clusters)]
                for beta, clusters in zip(curve.beta, curve.n_clusters, strict=True)
            ],
            mode="markers+text" if labelled else "markers",
            marker={"color": colour, "size": 8, "symbol": symbols},
            hovertemplate=(
                f"{name} β = %{{customdata[0]}}, clusters: %{{customdata[1]}}<br>"
                f"{COST_TITLES[cost]} = %{{x:.3f}} {unit}<br>"
                f"I(T;Y) = %{{y:.3f}} {unit}<extra></extra>"
            ),
            name=name,
            showlegend=bool(name),
            legendgroup=name,
            text=_labels(curve, cost) if labelled else None,
            textposition="bottom right",
            textfont={"color": TEXT, "size": 12},
        ),
    ]


def _labels(curve: IBCurve, cost: str) -> list[str]:
    """β beside some points of the curve, far enough from each other to be read."""
    x = getattr(curve, cost)
    labels, free_from = [""] * len(curve), 0.05 * max(SMALLEST, x.max())
    for i in np.argsort(x, kind="stable"):
        if free_from <= x[i] <= 0.85 * x.max():
            labels[i] = f"β = {curve.beta[i]:.3g}"
            free_from = x[i] + 0.27 * x.max()
    return labels


def _sentence(name: str, curve: IBCurve, cost: str) -> str:
    best = int(np.argmax(curve.I_TY))
    return (
        f"{name or 'The curve'} has {len(curve)} points, β from {curve.beta.min():.3g} to "
        f"{curve.beta.max():.3g}, and tells most, {curve.I_TY[best]:.3f}, for "
        f"{getattr(curve, cost)[best]:.3f}."
    )


def _label(figure: go.Figure, text: str, x: float, y: float, xanchor: str, yanchor: str) -> None:
    figure.add_annotation(
        text=text,
        x=x,
        y=y,
        xanchor=xanchor,
        yanchor=yanchor,
        showarrow=False,
        font={"color": TEXT},
    )


def _add_tangent(
    figure: go.Figure, curve: IBCurve, cost: str, beta: float, end: float, top: float
) -> None:
    if cost != curve.minimised:
        raise ValueError(
            f"tangent_at must be None for the cost {cost}, which the first curve did not minimise"
        )
    nearest = int(np.abs(np.log(curve.beta / beta)).argmin())
    x0, y0, slope = getattr(curve, cost)[nearest], curve.I_TY[nearest], slopes(curve)[nearest]
    # Only as far as the picture goes: from the left or lower edge to the right or upper one.
    x = np.array([max(0, x0 - y0 / slope), min(end, x0 + (top - y0) / slope)])
    y = y0 + slope * (x - x0)
    figure.add_scatter(
        x=x.round(4).tolist(),
        y=y.round(4).tolist(),
        mode="lines",
        line={"color": layer_colour(5), "width": 2, "dash": "dot"},
        hoverinfo="skip",
        name=f"{slope_name(curve)} = {slope:.3g}",
    )
