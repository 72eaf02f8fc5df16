"""The product of n numbers, by gates in layers and by one layer: units, and what they can reach."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import moving_panels, with_slider
from ibtools.figures.ring import ring
from ibtools.figures.theme import layer_colour, significant, styled
from ibtools.questions.distillation import (
    flat_product,
    flat_units,
    layered_product,
    layered_units,
    relative_error,
)

LAYERED, FLAT = layer_colour(0), layer_colour(5)
FACTORS = (2, 3, 4, 5, 6, 7, 8)
BIAS = 0.7


def flattened_product(*, n_samples: int = 100, seed: int = 0) -> go.Figure:
    """Above, hidden units by the number of factors; below, relative error by scale.

    Factors are uniform in [−1, 1], units softplus with bias 0.7. The slider adds factors.
    """
    rng = np.random.default_rng(seed)
    scales = np.logspace(1, -4, 36)
    units = [[count(n) for n in FACTORS] for count in (layered_units, flat_units)]
    frames, least = [], []
    for i, n in enumerate(FACTORS):
        x = rng.uniform(-1, 1, size=(n_samples, n))
        errors = [
            np.array([relative_error(product(x, bias=BIAS, scale=float(s)), x) for s in scales])
            for product in (layered_product, flat_product)
        ]
        least.append([each.min() for each in errors])
        traces = []
        for counts, colour in zip(units, (LAYERED, FLAT), strict=True):
            traces += [
                _line(FACTORS, counts, colour, "lines+markers"),
                ring(n, counts[i], colour=colour),
            ]
        for error, colour in zip(errors, (LAYERED, FLAT), strict=True):
            traces.append(_line(scales, error, colour, "lines"))
        frames.append(go.Frame(name=str(n), data=traces))
    figure = moving_panels(frames, [1] * 4 + [2] * 2, start=2, vertical_spacing=0.17)
    told = "; ".join(
        f"{n} factors: {layered_units(n)} units in layers reach {deep:.0e}, {flat_units(n)} in one "
        f"{flat:.0e}"
        for n, (deep, flat) in zip(FACTORS, least, strict=True)
    )
    styled(figure, x="", y="", height=660, summary=f"Units and least relative errors. {told}.")
    figure.update_xaxes(title_text="factors", dtick=1, row=1, col=1)
    powers = {"type": "log", "exponentformat": "power", "col": 1}
    figure.update_yaxes(title_text="hidden units", range=[0.4, 2.7], dtick=1, row=1, **powers)
    figure.update_xaxes(
        title_text="scale λ of the inputs", range=[1, -4.05], dtick=1, row=2, **powers
    )
    figure.update_yaxes(title_text="relative error", range=[-9, 2], dtick=2, row=2, **powers)
    for text, colour, x, y in (
        ("one layer, all signs", FLAT, 5.4, 2.25),
        ("gates in layers", LAYERED, 7, 1.05),
    ):
        figure.add_annotation(
            x=x, y=y, xref="x", yref="y", xanchor="right" if colour == FLAT else "center",
            showarrow=False, text=text, font={"color": colour},
        )  # fmt: skip
    return with_slider(figure, [f"{n} factors" for n in FACTORS], prefix="", redraw=True, start=2)


def _line(x, y, colour: str, mode: str) -> go.Scatter:
    return go.Scatter(
        x=significant(x),
        y=significant(y),
        mode=mode,
        line={"color": colour, "width": 2},
        hovertemplate="%{y}<extra></extra>",
    )
