"""Where an image must not be covered, for the answer to stay."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots
from torch import nn

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import styled
from ibtools.questions.abstraction import occlusion_map

SIDE = 28


def occluded(
    model: nn.Module, images: np.ndarray, labels: Sequence[int], *, size: int = 7
) -> go.Figure:
    """Left an image, right the probability of its label by where a square covers it.

    images: (k, 784), a step of the slider each.  A place of the right picture is the middle of the
    square; dark: covered there, the answer is lost.
    """
    frames, told, least = [], [], []
    for image, label in zip(images, labels, strict=True):
        sure = occlusion_map(model, image, int(label), size=size)
        edge = size // 2
        whole = np.pad(sure, (edge, SIDE - len(sure) - edge), constant_values=np.nan)
        frames.append(
            go.Frame(
                name=str(len(frames)),
                data=[_picture(image.reshape(SIDE, SIDE), "gray"), _picture(whole, "Viridis")],
            )
        )
        least.append(sure.min())
        told.append(f"a {label}: at least {sure.min():.2f}, at most {sure.max():.2f}")
    figure = make_subplots(rows=1, cols=2, horizontal_spacing=0.06)
    for column, trace in enumerate(frames[0].data, start=1):
        figure.add_trace(trace, row=1, col=column)
    figure.frames = frames
    styled(
        figure,
        x="",
        y="",
        height=440,
        summary=f"Probability of the right digit with a square of {size} pixels covered. "
        + "; ".join(told)
        + ".",
    )
    for column, title in enumerate(("image", "sure, covered here"), start=1):
        bare = {"showticklabels": False, "ticks": "", "showgrid": False, "row": 1, "col": column}
        figure.update_xaxes(title_text=title, range=[-0.5, SIDE - 0.5], **bare)
        figure.update_yaxes(
            range=[SIDE - 0.5, -0.5],
            scaleanchor=f"x{column if column > 1 else ''}",
            constrain="domain",
            **bare,
        )
    figure.update_xaxes(showline=False).update_yaxes(showline=False)
    steps = [f"a {label}, least {p:.2f}" for label, p in zip(labels, least, strict=True)]
    return with_slider(figure, steps, prefix="", redraw=True)


def _picture(values: np.ndarray, scale: str) -> go.Heatmap:
    return go.Heatmap(
        z=[[None if np.isnan(v) else int(v) for v in line] for line in np.round(100 * values)],
        zmin=0,
        zmax=100,
        colorscale=scale,
        showscale=False,
        hovertemplate="%{z} %<extra></extra>",
    )
