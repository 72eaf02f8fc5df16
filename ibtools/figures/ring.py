"""A ring around the point that the slider stands for."""

import plotly.graph_objects as go

from ibtools.figures.theme import significant


def ring(x: float, y: float, *, colour: str) -> go.Scatter:
    marker = {"color": colour, "size": 14, "symbol": "circle-open", "line": {"width": 3}}
    x, y = significant([x]), significant([y])
    return go.Scatter(x=x, y=y, mode="markers", marker=marker, hoverinfo="skip")
