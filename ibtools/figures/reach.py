"""Where in the plane no encoder gets."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from ibtools.bottleneck import IBCurve
from ibtools.figures.theme import TEXT, translucent

COST_TITLES = {"I_XT": "I(X;T)", "H_T": "H(T)"}
N_POINTS = 80
FLATTEST = 1e-9


def reach_limit(curve: IBCurve, end: float, cost: str = "I_XT") -> tuple[np.ndarray, np.ndarray]:
    """Costs from 0 to end and the I(T;Y) that no encoder exceeds for them.

    Where the curve minimised the cost, this is `IBCurve.relevance_limit_at`, which takes its
    points for global optima. Elsewhere only I(T;Y) ≤ I(X;T) ≤ H(T) and I(T;Y) ≤ I(X;Y) are sure.
    """
    own = getattr(curve, cost)
    points = np.r_[own[own < end], curve.I_XY, np.linspace(0, end, N_POINTS)]
    paid = np.unique(points.clip(0, end).round(4))
    if cost == curve.minimised:
        return paid, curve.relevance_limit_at(paid, cost)
    return paid, np.minimum(paid, curve.I_XY)


def slopes(curve: IBCurve) -> np.ndarray:
    """(n,) the slope of the tangent in each point, over the cost that the curve minimised."""
    return np.maximum(1 / curve.multiplier, FLATTEST)


def slope_name(curve: IBCurve) -> str:
    return "slope 1/β" if curve.power == 1 else "slope"


def in_bits(curve: IBCurve) -> IBCurve:
    """The numbers of a curve in bits, whatever its base."""
    # For a power other than 1, β has a unit too, and the multiplier has none. Where that is
    # infinite, a cost of 0 is flat, and no tangent says anything.
    curve = replace(curve, beta=curve.multiplier, power=1.0, solutions=())
    sure = np.isfinite(curve.beta)
    numbers = {name: values[sure] for name, values in curve.arrays().items()}
    bits = np.log2(curve.base)
    in_units = {name: numbers[name] * bits for name in ("I_XT", "I_TY", "H_T")}
    return replace(curve, **(numbers | in_units), I_XY=curve.I_XY * bits, base=2)


def out_of_reach(curve: IBCurve, end: float, top: float, cost: str = "I_XT") -> list[go.Scatter]:
    """The limit as a line from 0 to end, and all above it up to top shaded."""
    x, y = (values.round(4).tolist() for values in reach_limit(curve, end, cost))
    return [
        go.Scatter(
            x=[*x, end, 0],
            y=[*y, top, top],
            fill="toself",
            fillcolor=translucent(TEXT, 0.16),
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
            showlegend=False,
            name="out of reach",
        ),
        go.Scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": TEXT, "width": 1.5},
            hoverinfo="skip",
            showlegend=False,
            name="limit",
        ),
    ]
