"""Figures with frames: panels that move together, and a slider with a step for each frame."""

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ibtools.figures.theme import GRID, TEXT

ROOM = 140
# Pixels from the plot's lower edge to buttons and slider, below ticks and title of the axis.
BUTTONS, SLIDER = 62, 80


def moving_panels(
    frames: Sequence[go.Frame], rows: Sequence[int], *, start: int = 0, **layout
) -> go.Figure:
    """Panels one below the other, which show the frame number start.

    rows: of the panel, from 1, for each trace of a frame.  layout: for `make_subplots`.
    """
    figure = make_subplots(rows=max(rows), **layout)
    for trace, row in zip(frames[start].data, rows, strict=True):
        figure.add_trace(trace, row=row, col=1)
    figure.frames = frames
    return figure


def with_slider(
    figure: go.Figure, labels: list[str], *, prefix: str, redraw: bool = False, start: int = 0
) -> go.Figure:
    """Let the reader play the frames of a styled figure or go to one of them.

    labels: what the slider says after the prefix, one for each frame.  redraw: whether plotly
    must draw all anew, as for heatmaps.  start: the frame that the figure shows at first.
    """
    at_once = {"mode": "immediate", "transition": {"duration": 0}}
    playing = {**at_once, "fromcurrent": True, "frame": {"duration": 120, "redraw": redraw}}
    jump = {**at_once, "frame": {"duration": 0, "redraw": redraw}}
    buttons = [
        {"label": "Play", "method": "animate", "args": [None, playing]},
        {"label": "Pause", "method": "animate", "args": [[None], jump]},
    ]
    steps = [
        {"label": label, "method": "animate", "args": [[frame.name], jump]}
        for label, frame in zip(labels, figure.frames, strict=True)
    ]
    plot = figure.layout.height - figure.layout.margin.t - ROOM
    figure.update_layout(
        showlegend=False,
        margin={"b": ROOM},
        updatemenus=[
            {
                "type": "buttons",
                "direction": "left",
                "buttons": buttons,
                "showactive": False,
                "x": 0,
                "xanchor": "left",
                "y": -BUTTONS / plot,
                "yanchor": "top",
                "pad": {"t": 8, "r": 8},
                "bordercolor": GRID,
            }
        ],
        sliders=[
            {
                "steps": steps,
                "active": start,
                "currentvalue": {"prefix": prefix, "xanchor": "right"},
                "x": 0,
                "len": 1,
                "y": -SLIDER / plot,
                "pad": {"t": 36},
                "ticklen": 0,
                "minorticklen": 0,
                "font": {"color": "rgba(0,0,0,0)", "size": 1},
                "currentvalue_font": {"color": TEXT, "size": 13},
            }
        ],
    )
    return figure
