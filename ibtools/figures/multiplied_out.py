"""Units of a formula in layers, and of the same formula multiplied out."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import layer_colour, styled
from ibtools.information.validation import whole_number

DEEP, SHALLOW = layer_colour(0), layer_colour(5)


def multiplied_out(largest: int = 5) -> go.Figure:
    """n − 1 units in layers and 2^(√n − 1) products, for n = 4, 16, …, 4^largest inputs; log scale.

    Raises ValueError for largest below 1 or above 8, where the numbers are no longer drawn.
    """
    if whole_number(largest, "largest") > 8:
        raise ValueError(f"largest must be 8 at most, got {largest}")
    n = 4.0 ** np.arange(1, largest + 1)
    deep, shallow = np.log10(n - 1), (np.sqrt(n) - 1) * np.log10(2)
    figure = go.Figure()
    for name, exponents, colour, anchor in (
        ("in layers: n − 1 units", deep, DEEP, "top"),
        ("multiplied out: 2^(√n − 1) products", shallow, SHALLOW, "bottom"),
    ):
        figure.add_scatter(
            x=n.tolist(),
            y=(10**exponents).tolist(),
            mode="lines+markers",
            line={"color": colour, "width": 2.5},
            marker={"size": 9},
            hovertemplate="%{x} inputs: %{y:,.0f}<extra></extra>",
        )
        figure.add_annotation(
            x=float(np.log10(n[-1])),
            y=float(exponents[-1]),
            text=name,
            font={"color": colour},
            xanchor="right",
            yanchor=anchor,
            xshift=-14 if anchor == "bottom" else 0,
            yshift=6 if anchor == "bottom" else -26,
            showarrow=False,
        )
    styled(
        figure,
        x="inputs n (log scale)",
        y="units (log scale)",
        summary="; ".join(
            f"{int(size):,} inputs: {10**a:.0f} units in layers, "
            + (f"{10**b:,.0f}" if b < 7 else f"about 10^{b:.0f}")
            + " products multiplied out"
            for size, a, b in zip(n, deep, shallow, strict=True)
        )
        + ".",
    )
    figure.update_xaxes(type="log", tickvals=n.tolist(), ticktext=[f"{int(each):,}" for each in n])
    figure.update_yaxes(type="log", range=[0, 1.15 * float(max(shallow))], exponentformat="power")
    return figure.update_layout(showlegend=False)
