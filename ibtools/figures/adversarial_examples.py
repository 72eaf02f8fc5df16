"""An image, a change, and the adversarial example that a network takes for something else."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import styled
from ibtools.questions import Findings

SIDE = 28


def adversarial_examples(findings: Findings) -> go.Figure:
    """Image, change, adversarial example; the slider goes through images.

    findings: of `ibtools.questions.adversarial.transfer`. Changes are drawn five times too strong,
    mid-grey is none.
    """
    images, changed = findings["image"], findings["adversarial"]
    before, after = findings["image_label"], findings["adversarial_label"]
    change = changed - images
    sizes = np.sqrt((change**2).mean(axis=1))
    frames = [
        go.Frame(
            name=str(k),
            data=[_picture(images[k]), _picture(0.5 + 2.5 * change[k]), _picture(changed[k])],
        )
        for k in range(len(images))
    ]
    figure = make_subplots(cols=3, rows=1, horizontal_spacing=0.03)
    for column, trace in enumerate(frames[0].data, start=1):
        figure.add_trace(trace, row=1, col=column)
    figure.frames = frames
    told = ", ".join(
        f"{a} to {b} with {size:.3f}" for a, b, size in zip(before, after, sizes, strict=True)
    )
    styled(
        figure,
        x="",
        y="",
        height=400,
        summary=f"{len(images)} images, changes, and what they become. Answer and distortion: "
        f"{told}.",
    )
    for column, title in enumerate(("image", "change × 5", "adversarial"), start=1):
        figure.update_xaxes(
            title_text=title,
            showticklabels=False,
            ticks="",
            showgrid=False,
            showline=False,
            row=1,
            col=column,
        )
        figure.update_yaxes(
            autorange="reversed",
            scaleanchor=f"x{column if column > 1 else ''}",
            showticklabels=False,
            ticks="",
            showgrid=False,
            showline=False,
            row=1,
            col=column,
        )
    labels = [
        f"answer {a}, then {b}; distortion {size:.3f}"
        for a, b, size in zip(before, after, sizes, strict=True)
    ]
    return with_slider(figure, labels, prefix="", redraw=True)


def _picture(values: np.ndarray) -> go.Heatmap:
    return go.Heatmap(
        z=(100 * np.clip(values, 0, 1)).round().astype(int).reshape(SIDE, SIDE).tolist(),
        zmin=0,
        zmax=100,
        colorscale="gray",
        showscale=False,
        hoverinfo="skip",
    )
