"""The information plane: every layer a point that moves as the networks learn."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import GRID, TEXT, layer_colour, styled
from ibtools.plane import Trajectory


def _points(trajectory: Trajectory, snapshot: int) -> list[go.Scatter]:
    """The single networks and their mean at one snapshot: the two traces that move."""
    i_xt, i_ty = trajectory.I_XT[:, snapshot], trajectory.I_TY[:, snapshot]
    colours = [layer_colour(layer) for layer in range(i_xt.shape[1])]
    return [
        go.Scatter(
            x=i_xt.ravel().round(2).tolist(),
            y=i_ty.ravel().round(3).tolist(),
            mode="markers",
            marker={"color": colours * len(i_xt), "size": 6, "opacity": 0.45},
            hoverinfo="skip",
            name="single networks",
        ),
        go.Scatter(
            x=i_xt.mean(axis=0).round(2).tolist(),
            y=i_ty.mean(axis=0).round(3).tolist(),
            mode="markers+text",
            marker={"color": colours, "size": 15, "line": {"color": "white", "width": 1.5}},
            text=trajectory.layer_names,
            # The first two layers share the upper right corner.
            textposition=["middle right", "top center", *["bottom center"] * len(colours)][
                : len(colours)
            ],
            hovertemplate="%{text}<br>I(X;T) = %{x} bits<br>I(T;Y) = %{y} bits<extra></extra>",
            name="mean",
        ),
    ]


def information_plane(trajectory: Trajectory) -> go.Figure:
    """All layers in the plane of I(X;T) and I(T;Y), in bits, animated over the recorded epochs.

    Lines are the mean paths over the networks, from first to last snapshot; small points are the
    single networks, large ones their mean, at the epoch that the slider shows.
    """
    i_xt, i_ty = trajectory.I_XT.mean(axis=0), trajectory.I_TY.mean(axis=0)
    paths = [
        go.Scatter(
            x=i_xt[:, layer].round(2).tolist(),
            y=i_ty[:, layer].round(3).tolist(),
            mode="lines",
            line={"color": layer_colour(layer), "width": 1.5},
            opacity=0.6,
            hoverinfo="skip",
            name=name,
        )
        for layer, name in enumerate(trajectory.layer_names)
    ]
    moving = [len(paths), len(paths) + 1]
    epochs = [str(epoch) for epoch in trajectory.epochs]
    figure = go.Figure(
        data=[*paths, *_points(trajectory, 0)],
        frames=[
            go.Frame(name=epoch, data=_points(trajectory, snapshot), traces=moving)
            for snapshot, epoch in enumerate(epochs)
        ],
    )
    at_once = {"mode": "immediate", "transition": {"duration": 0}}
    playing = {**at_once, "fromcurrent": True, "frame": {"duration": 120, "redraw": False}}
    jump = {**at_once, "frame": {"duration": 0, "redraw": False}}
    buttons = [
        {"label": "Play", "method": "animate", "args": [None, playing]},
        {"label": "Pause", "method": "animate", "args": [[None], jump]},
    ]
    steps = [{"label": e, "method": "animate", "args": [[e], jump]} for e in epochs]
    first, last = i_xt[0], i_xt[-1]
    moves = ", ".join(
        f"{name} from {a:.1f} to {b:.1f}"
        for name, a, b in zip(trajectory.layer_names, first, last, strict=True)
    )
    styled(
        figure,
        x="I(X;T), bits",
        y="I(T;Y), bits",
        height=520,
        summary=(
            f"Information plane of {trajectory.n_networks} networks over epochs {epochs[0]} to "
            f"{epochs[-1]}. Mean I(X;T) in bits: {moves}. Mean I(T;Y) of the output: from "
            f"{i_ty[0, -1]:.2f} to {i_ty[-1, -1]:.2f} bits."
        ),
    )
    figure.update_xaxes(range=[0, np.ceil(trajectory.I_XT.max()) + 1.5])
    figure.update_yaxes(range=[-0.08, 1.1 * max(1.0, float(trajectory.I_TY.max()))])
    figure.update_layout(
        showlegend=False,
        margin={"b": 140},
        updatemenus=[
            {
                "type": "buttons",
                "direction": "left",
                "buttons": buttons,
                "showactive": False,
                "x": 0,
                "xanchor": "left",
                "y": -0.2,
                "yanchor": "top",
                "pad": {"t": 8, "r": 8},
                "bordercolor": GRID,
            }
        ],
        sliders=[
            {
                "steps": steps,
                "currentvalue": {"prefix": "epoch ", "xanchor": "right"},
                "x": 0,
                "len": 1,
                "y": -0.27,
                "pad": {"t": 36},
                "ticklen": 0,
                "minorticklen": 0,
                "font": {"color": "rgba(0,0,0,0)", "size": 1},
                "currentvalue_font": {"color": TEXT, "size": 13},
            }
        ],
    )
    return figure
