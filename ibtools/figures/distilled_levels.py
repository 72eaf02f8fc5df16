"""What the levels of a tree tell about its root: odds handed upward lose nothing, votes some."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import moving_panels, with_slider
from ibtools.figures.theme import layer_colour, rounded, styled
from ibtools.questions.distillation import information_by_level, leaf_states, upward, votes

ODDS, VOTES = layer_colour(0), layer_colour(5)


def distilled_levels(
    flips: tuple[float, ...] = (0.02, 0.05, 0.1, 0.15, 0.2), *, depth: int = 3
) -> go.Figure:
    """Above, entropy of each level in bits; below, its share of what the leaves tell of the root.

    From the leaves to the root, for log odds and for votes. The slider changes the probability of a
    flip.
    """
    states, levels = leaf_states(depth), np.arange(depth + 1)
    frames, told = [], []
    for flip in flips:
        found = [information_by_level(way, flip) for way in (upward(states, flip), votes(states))]
        traces = [
            _line(levels, way[panel] * (100 / way[panel][0] if panel else 1), *look)
            for panel in range(2)
            for way, look in zip(found[::-1], ((VOTES, "dash"), (ODDS, "solid")), strict=True)
        ]
        frames.append(go.Frame(name=f"{flip:g}", data=traces))
        told.append(
            f"flip {flip:g}: leaves {found[0][1][0]:.3f} bits, odds at the root "
            f"{found[0][1][-1]:.3f}, votes {found[1][1][-1]:.3f}"
        )
    start = len(flips) // 2
    figure = moving_panels(frames, [1, 1, 2, 2], start=start, vertical_spacing=0.12)
    styled(
        figure, x="", y="", height=600,
        summary=f"Information of the levels about the root. {'; '.join(told)}.",
    )  # fmt: skip
    names = ["leaves", *(f"level {k}" for k in range(1, depth)), "root"]
    for row in (1, 2):
        figure.update_xaxes(
            tickvals=levels.tolist(), ticktext=names, range=[-0.2, depth + 0.2], row=row, col=1
        )
    figure.update_yaxes(title_text="H(T), bits", range=[0, 2**depth + 0.3], row=1, col=1)
    figure.update_yaxes(title_text="I(T;Y) in % of I(X;Y)", range=[80, 102], row=2, col=1)
    for text, colour, y in (("odds", ODDS, 0.97), ("votes", VOTES, 0.87)):
        figure.add_annotation(
            x=1, y=y, xref="paper", yref="paper", xanchor="right", showarrow=False,
            text=text, font={"color": colour},
        )  # fmt: skip
    return with_slider(figure, [f"{flip:g}" for flip in flips], prefix="flip ", start=start)


def _line(x: np.ndarray, y: np.ndarray, colour: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=x.tolist(),
        y=rounded(y, 3),
        mode="lines+markers",
        line={"color": colour, "width": 2.5, "dash": dash},
        marker={"size": 9},
        hovertemplate="%{y}<extra></extra>",
    )
