"""The images that a unit answers most strongly to, and its answers led back to the pixels."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots
from torch import nn

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import styled
from ibtools.questions.abstraction import activations, deconvolution

SIDE = 28


def led_back(
    models: Sequence[nn.Sequential],
    x: np.ndarray,
    channels: Sequence[tuple[int, int]],
    *,
    n_images: int = 3,
    names: Sequence[str] = ("learnt", "random"),
) -> go.Figure:
    """Rows: the images of strongest answer and their deconvolution, for each of two networks.

    x: (n, 784).  channels: (stage, channel) of each step of the slider.
    """
    frames, labels = [], []
    for stage, channel in channels:
        rows = []
        for model in models:
            strongest = activations(model, x, stage)[:, channel].max(axis=(1, 2))
            best = x[np.argsort(-strongest, kind="stable")[:n_images]]
            back = [deconvolution(model, image, stage, channel) for image in best]
            rows += [_row(best.reshape(-1, SIDE, SIDE)), _row([_signed(each) for each in back])]
        frames.append(go.Frame(name=f"{stage}-{channel}", data=rows))
        labels.append(f"stage {stage}, channel {channel}")
    figure = make_subplots(rows=4, cols=1, vertical_spacing=0.03)
    for row, trace in enumerate(frames[0].data, start=1):
        figure.add_trace(trace, row=row, col=1)
    figure.frames = frames
    styled(
        figure,
        x="",
        y="",
        height=760,
        summary=f"For {len(channels)} channels: the {n_images} images of strongest answer, and "
        "that answer led back to the pixels, in a network that has learnt and in one that has not.",
    )
    titles = [f"{name},<br>{what}" for name in names for what in ("images", "led back")]
    for row, title in enumerate(titles, start=1):
        figure.update_xaxes(showticklabels=False, ticks="", showgrid=False, row=row, col=1)
        figure.update_yaxes(
            title_text=title, autorange="reversed", showticklabels=False, ticks="", showgrid=False,
            scaleanchor=f"x{row if row > 1 else ''}", constrain="domain", row=row, col=1,
        )  # fmt: skip
    figure.update_xaxes(showline=False).update_yaxes(showline=False)
    return with_slider(figure, labels, prefix="", redraw=True)


def _row(images: Sequence[np.ndarray]) -> go.Heatmap:
    gap = np.full((SIDE, 2), np.nan)
    parts = [part for image in images for part in (image, gap)][:-1]
    values = np.round(100 * np.concatenate(parts, axis=1))
    return go.Heatmap(
        z=[[None if np.isnan(v) else int(v) for v in line] for line in values],
        zmin=0,
        zmax=100,
        colorscale="gray",
        showscale=False,
        hoverinfo="skip",
    )


def _signed(values: np.ndarray) -> np.ndarray:
    """From −1 … 1 of the largest size to 0 … 1: mid-grey is nothing."""
    return 0.5 + 0.5 * values / max(np.abs(values).max(), 1e-12)
