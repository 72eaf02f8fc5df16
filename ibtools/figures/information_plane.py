"""The information plane: every layer a point that moves as the networks learn."""

import numpy as np
import plotly.graph_objects as go

from ibtools.bottleneck import IBCurve
from ibtools.figures.animation import with_slider
from ibtools.figures.panels import few_epochs
from ibtools.figures.reach import in_bits, out_of_reach
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.plane import Trajectory


def _places(trajectory: Trajectory, snapshot: int) -> list[go.Scatter]:
    """Where the single networks and their mean are at one snapshot: what moves of two traces."""
    i_xt, i_ty = trajectory.I_XT[:, snapshot], trajectory.I_TY[:, snapshot]
    means = go.Scatter(x=rounded(i_xt.mean(axis=0), 2), y=rounded(i_ty.mean(axis=0)))
    if trajectory.I_XT_low is not None:
        low, high = (a[:, snapshot] for a in (trajectory.I_XT_low, trajectory.I_XT_high))
        means.error_x = {
            "symmetric": False,
            "array": rounded((high - i_xt).mean(axis=0)),
            "arrayminus": rounded((i_xt - low).mean(axis=0)),
        }
    return [go.Scatter(x=rounded(i_xt.ravel(), 2), y=rounded(i_ty.ravel())), means]


def _points(trajectory: Trajectory, snapshot: int) -> list[go.Scatter]:
    """The two traces that move, as they look at one snapshot."""
    networks, means = _places(trajectory, snapshot)
    colours = [layer_colour(layer) for layer in range(len(trajectory.layer_names))]
    if trajectory.I_XT_low is not None:
        means.update(error_x={"color": TEXT, "thickness": 1.5, "width": 5})
    return [
        networks.update(
            mode="markers",
            marker={"color": colours * trajectory.n_networks, "size": 6, "opacity": 0.45},
            hoverinfo="skip",
            name="single networks",
        ),
        means.update(
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


def information_plane(
    trajectory: Trajectory, *, limit: IBCurve | None = None, epoch: int = 0
) -> go.Figure:
    """All layers in the plane of I(X;T) and I(T;Y), in bits, animated over the recorded epochs.

    Lines are the mean paths over the networks, from first to last snapshot; small points are the
    single networks, large ones their mean, at the epoch that the slider shows. Where a trajectory
    has bounds, bars go from the mean lower to the mean upper bound of I(X;T); the spread of the
    networks is that of the small points. The bounds of I(T;Y) are differences of such bounds,
    often wider than the plane is high: the summary says how wide.
    Of more than 60 recorded epochs 60 are shown.

    limit: the exact IB curve of the task in bits, whose points are taken for global optima; above
    it nothing can be, and the figure shades that. Estimates can be there all the same, and the
    distance tells how wrong they are.
    epoch: the figure shows the nearest recorded one at first.
    Layers without numbers, such as the output of noisy networks, are left out.

    Raises ValueError where no layer has any.
    """
    trajectory, _ = few_epochs(trajectory, start=True)
    finite = np.isfinite(trajectory.I_XT) & np.isfinite(trajectory.I_TY)
    if not finite.any():
        raise ValueError("trajectory must have numbers for I_XT and I_TY, got none")
    measured = np.flatnonzero(finite.all(axis=(0, 1))).tolist()
    end = float(np.ceil(trajectory.I_XT[finite].max()) + 1.5)
    highest = float(trajectory.I_TY[finite].max())
    i_xt, i_ty = trajectory.I_XT.mean(axis=0), trajectory.I_TY.mean(axis=0)
    paths = [
        go.Scatter(
            x=rounded(i_xt[:, layer], 2),
            y=rounded(i_ty[:, layer]),
            mode="lines",
            line={"color": layer_colour(layer), "width": 1.5},
            opacity=0.6,
            hoverinfo="skip",
            name=name,
        )
        for layer, name in enumerate(trajectory.layer_names)
    ]
    heights = [1.0, highest, *([in_bits(limit).I_XY] if limit else [])]
    top = 1.1 * max(heights)
    behind = out_of_reach(in_bits(limit), end, top) if limit else []
    epochs = [str(epoch) for epoch in trajectory.epochs]
    fixed = [*behind, *paths]
    start = int(np.abs(trajectory.epochs - epoch).argmin())
    moving = [len(fixed), len(fixed) + 1]
    figure = go.Figure(
        data=[*fixed, *_points(trajectory, start)],
        frames=[
            go.Frame(name=epoch, data=_places(trajectory, snapshot), traces=moving)
            for snapshot, epoch in enumerate(epochs)
        ],
    )
    names = ["the output" if name == "Ŷ" else name for name in trajectory.layer_names]
    moves = ", ".join(
        f"{trajectory.layer_names[layer]} from {i_xt[0, layer]:.1f} to {i_xt[-1, layer]:.1f}"
        for layer in measured
    )
    relevance = "".join(
        f" Mean I(T;Y) of {names[layer]}: from {i_ty[0, layer]:.2f} to {i_ty[-1, layer]:.2f} bits."
        for layer in measured[-1:]
    )
    styled(
        figure,
        x="I(X;T), bits",
        y="I(T;Y), bits",
        height=520,
        summary=(
            f"Information plane of {trajectory.n_networks} networks over epochs {epochs[0]} to "
            f"{epochs[-1]}. Mean I(X;T) in bits: {moves}.{relevance}"
        ),
    )
    if trajectory.I_XT_low is not None:
        apart = np.nanmean(trajectory.I_TY_high - trajectory.I_TY_low)
        figure.layout.meta["summary"] += (
            " The bars are what the estimator leaves open of I(X;T); of I(T;Y), not drawn, it "
            f"leaves {apart:.1f} bits on average."
        )
    if limit:
        height = in_bits(limit).I_XY
        figure.layout.meta["summary"] += (
            f" Nothing can be above the IB limit, which rises to {height:.2f} bits."
        )
        figure.add_annotation(
            text="IB limit", x=0.3 * end, y=height, yshift=10, showarrow=False, font={"color": TEXT}
        )
    figure.update_xaxes(range=[0, end])
    figure.update_yaxes(range=[-0.08, top])
    return with_slider(figure, epochs, prefix="epoch ", start=start)
