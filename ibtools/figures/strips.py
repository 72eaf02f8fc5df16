"""Every network a point, beside the others of its run, and the mean of the run."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import rounded

# Multiples of the golden ratio, modulo 1, never crowd: an even spread without random numbers.
GOLDEN = (5**0.5 - 1) / 2


def strip(
    centre: float, values: np.ndarray, *, name: str, colour: str, width: float = 0.6
) -> list[go.Scatter]:
    """The points of the networks, spread over `width` at a centre, and a bar at their mean.

    NaN are left out: say in words how many.
    """
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    places = centre + width * ((np.arange(len(known)) * GOLDEN) % 1 - 0.5)
    return [
        go.Scatter(
            x=rounded(places),
            y=rounded(known),
            mode="markers",
            marker={"color": colour, "size": 6, "opacity": 0.4},
            name=name,
            legendgroup=name,
            showlegend=False,
            hovertemplate=f"{name}<br>%{{y}}<extra></extra>",
        ),
        go.Scatter(
            x=rounded([centre - width / 2, centre + width / 2]),
            y=rounded([known.mean()] * 2 if known.size else []),
            mode="lines",
            line={"color": colour, "width": 3},
            name=name,
            legendgroup=name,
            hovertemplate=f"{name}, mean<br>%{{y}}<extra></extra>",
        ),
    ]
