"""The linear regions of a network that folds the plane, layer by layer."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled, translucent
from ibtools.questions.regions import regions_in_plane
from ibtools.questions.regions.networks import Layers


def folded_regions(
    networks: Sequence[Layers], names: Sequence[str], *, start: int = 0
) -> go.Figure:
    """Regions of [0, 1]² for one network after another; the slider goes through them.

    Every other region is shaded, so far as neighbours allow.  names: for the slider.
    """
    frames, counts = [], []
    for layers in networks:
        polygons = regions_in_plane(layers)
        counts.append(len(polygons))
        shaded = [p for k, p in enumerate(polygons) if k % 2]
        frames.append(go.Frame(name=str(len(frames)), data=[_fill(shaded), _outline(polygons)]))
    figure = go.Figure(data=frames[start].data, frames=frames)
    labels = [f"{name}: {n:,} regions" for name, n in zip(names, counts, strict=True)]
    styled(figure, x="x₁", y="x₂", height=560, summary="; ".join(labels) + ".")
    figure.update_xaxes(range=[0, 1], showgrid=False, constrain="domain")
    figure.update_yaxes(range=[0, 1], showgrid=False, scaleanchor="x")
    return with_slider(figure, labels, prefix="", redraw=True, start=start)


def _closed(polygons: list[np.ndarray], axis: int) -> list:
    values = []
    for polygon in polygons:
        values += [*rounded(polygon[:, axis], 3), round(float(polygon[0, axis]), 3), None]
    return values


def _fill(polygons: list[np.ndarray]) -> go.Scatter:
    return go.Scatter(
        x=_closed(polygons, 0),
        y=_closed(polygons, 1),
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=translucent(layer_colour(0), 0.35),
        hoverinfo="skip",
    )


def _outline(polygons: list[np.ndarray]) -> go.Scatter:
    return go.Scatter(
        x=_closed(polygons, 0),
        y=_closed(polygons, 1),
        mode="lines",
        line={"color": TEXT, "width": 0.8},
        hoverinfo="skip",
    )
