"""Products of a few numbers, learnt by one layer of more and more units."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.questions import Findings


def learnt_products(findings: Findings) -> go.Figure:
    """Relative error on new samples by units over 2ⁿ: dots are seeds, lines medians.

    findings: of `ibtools.questions.distillation.fitted_product`.  A colour for each number of
    factors, left to right beside each other.
    """
    factors, shares = findings.settings["factors"], np.array(findings.settings["shares"])
    units, error = findings["units"], findings["error"].astype(float)
    figure = go.Figure()
    for i, n in enumerate(factors):
        colour, beside = layer_colour(i), 0.025 * (i - (len(factors) - 1) / 2)
        figure.add_scatter(
            x=rounded(np.repeat(shares + beside, error.shape[2])),
            y=rounded(error[i].ravel()),
            mode="markers",
            marker={"color": colour, "size": 7, "opacity": 0.5},
            hovertemplate=f"{n} factors<br>%{{y}}<extra></extra>",
            showlegend=False,
        )
        figure.add_scatter(
            x=rounded(shares + beside),
            y=rounded(np.median(error[i], axis=1)),
            mode="lines",
            line={"color": colour, "width": 2},
            name=f"{n} factors",
            customdata=units[i].tolist(),
            hovertemplate=f"{n} factors, %{{customdata}} units<br>%{{y}}<extra></extra>",
        )
    told = "; ".join(
        f"{n} factors: "
        + ", ".join(
            f"{m} units {value:.2g}"
            for m, value in zip(units[i], np.median(error[i], axis=1), strict=True)
        )
        for i, n in enumerate(factors)
    )
    styled(
        figure,
        x="hidden units over 2<sup>n</sup>",
        y="relative error",
        summary=f"Median error of learnt products. {told}.",
    )
    figure.update_xaxes(tickvals=shares.tolist(), range=[0.15, shares.max() + 0.1])
    figure.update_yaxes(range=[-0.03, 1.1])
    figure.add_vline(x=1, line={"color": TEXT, "width": 1.5, "dash": "dot"})
    return figure.add_annotation(
        x=1, y=0.95, text="2<sup>n</sup>, for<br>any accuracy", xanchor="left", xshift=6,
        align="left", showarrow=False,
    )  # fmt: skip
