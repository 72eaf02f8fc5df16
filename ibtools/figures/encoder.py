"""The encoder q(t|x) as a picture, over β."""

import numpy as np
import plotly.graph_objects as go

from ibtools.bottleneck import IBCurve, Problem
from ibtools.figures.animation import with_slider
from ibtools.figures.clusters import clusters_over_beta, counted
from ibtools.figures.theme import layer_colour, styled, translucent
from ibtools.information.validation import whole_number


def encoder_heatmap(
    p_xy: np.ndarray | Problem, curve: IBCurve, *, max_rows: int = 48, max_frames: int = 30
) -> go.Figure:
    """q(t|x) of the solutions of a curve, x down and t across, with a slider over β.

    x that say similar things about Y stand beside each other, and a cluster keeps its column over
    β, so that splitting clusters are splitting blocks. More than max_rows inputs share rows, whose
    shade is then the mean of q(t|x) over them; of many β only max_frames are shown, ends included.

    Raises ValueError when the curve holds no solutions or solutions of another problem.
    """
    clusters = clusters_over_beta(p_xy, curve, max_rows=max_rows)
    n = len(clusters.beta)
    kept = np.linspace(0, n - 1, min(n, whole_number(max_frames, "max_frames"))).round().astype(int)
    per_cent = np.rint(100 * clusters.encoders[kept]).astype(int)
    start = len(kept) - 1
    n_rows, n_lanes = per_cent.shape[1:]
    shared = n_rows < curve[0].q_t_given_x.shape[0]
    dark = layer_colour(0)
    heatmap = go.Heatmap(
        z=per_cent[start].tolist(),
        x=list(range(1, n_lanes + 1)),
        y=list(range(1, n_rows + 1)),
        zmin=0,
        zmax=100,
        colorscale=[[0, translucent(dark, 0.05)], [1, dark]],
        xgap=2,
        colorbar={"title": {"text": "q(t|x)"}, "ticksuffix": " %", "thickness": 12, "nticks": 5},
        hovertemplate="row %{y}, cluster %{x}: %{z} %<extra></extra>",
    )
    figure = go.Figure(
        data=[heatmap],
        frames=[
            go.Frame(name=str(i), data=[{"type": "heatmap", "z": shades.tolist()}], traces=[0])
            for i, shades in enumerate(per_cent)
        ],
    )
    n_clusters = (clusters.q_t[kept] > 0).sum(axis=1)
    beta = clusters.beta[kept]
    styled(
        figure,
        x="cluster t",
        y="x, similar p(y|x) together" if not shared else "groups of x, similar p(y|x) together",
        height=520,
        summary=f"The encoder q(t|x) for {len(kept)} values of β, {beta[0]:.3g} to "
        f"{beta[-1]:.3g}: {counted(n_clusters[0])} at the smallest, "
        f"{counted(n_clusters[-1])} at the largest. Each is a block of inputs that say similar "
        "things about Y.",
    )
    figure.update_xaxes(dtick=max(1, n_lanes // 10), showgrid=False)
    figure.update_yaxes(autorange="reversed", showgrid=False, showticklabels=False, ticks="")
    labels = [f"{b:.3g}, {counted(count)}" for b, count in zip(beta, n_clusters, strict=True)]
    return with_slider(figure, labels, prefix="β = ", redraw=True, start=start)
