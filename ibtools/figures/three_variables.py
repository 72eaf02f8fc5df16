"""Three circles, seven regions, and a region whose area is negative."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import moving_panels, with_slider
from ibtools.figures.theme import layer_colour, rounded, styled
from ibtools.figures.three_circles import PLACES, add_circles, middle
from ibtools.information import (
    conditional_entropy_from_table,
    conditional_mutual_information_from_table,
    interaction_information_from_table,
)

ALONE, PAIR = layer_colour(0), layer_colour(1)
POSITIVE, NEGATIVE = layer_colour(2), layer_colour(5)
NAMES = ("H(X|Y,Z)", "H(Y|X,Z)", "H(Z|X,Y)", "I(X;Y|Z)", "I(X;Z|Y)", "I(Y;Z|X)", "I(X;Y;Z)")


def three_variables(
    shares: Sequence[float] = (-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1),
) -> go.Figure:
    """The seven regions of the diagram of X, Y and Z in bits; a slider from copies to exclusive or.

    shares: steps of the slider, for `copies_to_xor`.
    The regions add up as areas would, but the middle falls from 1 bit to -1: circles cannot show
    what three variables share. Two circles can, for I(X;Y) is never negative.
    """
    tables = [copies_to_xor(share) for share in shares]
    values = np.array([seven_regions(p) for p in tables])
    words = [_words(share) for share in shares]
    frames = [
        go.Frame(name=f"{share:g}", data=_moving(row), traces=[0, 1, 2])
        for share, row in zip(shares, values, strict=True)
    ]
    figure = moving_panels(frames, (1, 1, 2), row_heights=[0.56, 0.44], vertical_spacing=0.06)
    ends = " ".join(
        f"{word}: what each alone has {row[0]:.2f}, what each pair shares given the third "
        f"{row[3]:.2f}, the middle {row[6]:.2f}."
        for word, row in zip(words, values.round(2) + 0.0, strict=True)
    )
    styled(
        figure,
        x="",
        y="",
        height=740,
        summary=f"The seven regions of the diagram of three fair coins, bits. {ends}",
    )
    add_circles(figure, ALONE)
    figure.update_yaxes(title_text="bits", range=[-1.35, 1.3], row=2)
    figure.update_yaxes(zeroline=True, zerolinewidth=2, dtick=0.5, row=2)
    figure.update_xaxes(tickvals=list(range(7)), ticktext=NAMES, tickangle=-45, row=2)
    figure.update_xaxes(showgrid=False, range=[-0.55, 6.55], row=2)
    return with_slider(figure, words, prefix="", redraw=True)


def copies_to_xor(share: float) -> np.ndarray:
    """A law of three fair coins, p_xyz (2, 2, 2).

    share: -1 for three copies of one coin, 0 for three coins of their own, 1 for Z = X xor Y with X
    and Y independent; between them a mixture, weight |share| on the nearer end.

    Raises ValueError for a share outside -1 to 1.
    """
    if not -1 <= share <= 1:
        raise ValueError(f"share must be from -1 to 1, got {share!r}")
    x, y, z = np.indices((2, 2, 2))
    end = ((x ^ y) == z) / 4 if share > 0 else ((x == y) & (y == z)) / 2
    return abs(share) * end + (1 - abs(share)) / 8


def seven_regions(p_xyz: np.ndarray) -> list[float]:
    """H(X|Y,Z), H(Y|X,Z), H(Z|X,Y), I(X;Y|Z), I(X;Z|Y), I(Y;Z|X) and I(X;Y;Z) of a table, bits.

    They add up to H(X,Y,Z). All but the last are at least 0.
    """
    alone = [
        conditional_entropy_from_table(np.moveaxis(p_xyz, i, 2).reshape(-1, p_xyz.shape[i]))
        for i in range(3)
    ]
    pairs = [
        conditional_mutual_information_from_table(np.moveaxis(p_xyz, given, 2))
        for given in (2, 1, 0)
    ]
    return [*alone, *pairs, interaction_information_from_table(p_xyz)]


def _words(share: float) -> str:
    if share == 0:
        return "three coins"
    kind = "Z = X xor Y" if share > 0 else "three copies"
    return kind if abs(share) == 1 else f"{kind}, {100 * abs(share):.0f} %"


def _number(value: float) -> str:
    """Two digits, a true minus sign, and no -0.00."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _moving(values: np.ndarray) -> list:
    x, y = zip(*PLACES, strict=True)
    numbers = [_number(value) for value in values]
    colour = NEGATIVE if values[6] < 0 else POSITIVE
    return [
        middle(colour, float(abs(values[6]))),
        go.Scatter(
            x=list(x),
            y=list(y),
            mode="text",
            text=[*numbers[:6], f"<b>{numbers[6]}</b>"],
            textfont={"size": [14] * 6 + [18]},
            hovertext=NAMES,
            hoverinfo="text",
        ),
        go.Bar(
            x=list(range(7)),
            y=rounded(values + 0.0, 4),
            marker={"color": [*[ALONE] * 3, *[PAIR] * 3, colour]},
            text=numbers,
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            hovertemplate="%{y:.3f} bits<extra></extra>",
        ),
    ]
