"""Which networks are fooled by adversarial examples made for another."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import layer_colour, styled
from ibtools.questions import Findings
from ibtools.questions.adversarial import NETWORKS

SCALE = [[0, "#f2f4f7"], [1, layer_colour(0)]]


def transfer_matrix(findings: Findings) -> go.Figure:
    """Errors in percent, mean over seeds; the slider goes through distortions.

    findings: of `ibtools.questions.adversarial.transfer`. Rows: the network they were made
    for, and noise of the same distortion; columns: the network that sees them.
    """
    letters = "ABCDEF"
    names = [f"{name} ({letter})" for name, letter in zip(NETWORKS, letters, strict=True)]
    sizes = findings.settings["sizes"]
    error = 100 * np.concatenate([findings["error"], findings["noise"][:, None]], axis=1).mean(-1)
    frames = [
        go.Frame(
            name=f"{size:g}",
            data=[
                go.Heatmap(
                    z=error[i].round().astype(int).tolist(),
                    x=list(letters),
                    y=[*names, "noise"],
                    zmin=0,
                    zmax=100,
                    colorscale=SCALE,
                    showscale=False,
                    texttemplate="%{z}",
                    textfont={"size": 13},
                    hovertemplate="made for %{y}, seen by %{x}: %{z} % wrong<extra></extra>",
                )
            ],
        )
        for i, size in enumerate(sizes)
    ]
    start = 1
    figure = go.Figure(data=frames[start].data, frames=frames)
    off = ~np.eye(len(names), dtype=bool)
    told = "; ".join(
        f"distortion {size:g}: {np.diag(error[i][:-1]).mean():.0f} % by the network they were made "
        f"for, {error[i][:-1][off].mean():.0f} % by others, {error[i][-1].mean():.0f} % with noise"
        for i, size in enumerate(sizes)
    )
    styled(
        figure,
        x="seen by",
        y="made for",
        height=540,
        summary=f"Errors on adversarial examples. {told}.",
    )
    figure.update_yaxes(autorange="reversed", showgrid=False).update_xaxes(showgrid=False)
    return with_slider(
        figure, [f"{size:g}" for size in sizes], prefix="distortion ", redraw=True, start=start
    )
