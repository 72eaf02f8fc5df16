"""Networks trained on a bottleneck: what they reach over β, and where that is in the plane."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import TEXT, layer_colour, mean_and_band, styled
from ibtools.information.validation import one_of, positive

if TYPE_CHECKING:  # which imports torch
    from ibtools.bottleneck.variational import VariationalSweep

MARKERS = ("circle", "square", "diamond", "triangle-up")
QUANTITIES = {
    "error_test": "error on test samples, %",
    "error_train": "error on training samples, %",
    "I_XT_upper_train": "upper bound on I(X;T), bits",
    "I_TY_lower_train": "lower bound on I(T;Y), training, bits",
    "I_TY_lower_test": "lower bound on I(T;Y), test, bits",
}


def _values(sweep: VariationalSweep, quantity: str) -> np.ndarray:
    """(betas, seeds), errors in per cent."""
    return sweep.last(quantity) * (100 if quantity.startswith("error") else 1)


def reached_over_beta(
    sweeps: Mapping[str, VariationalSweep],
    quantity: str = "error_test",
    *,
    baselines: Mapping[str, VariationalSweep] | None = None,
    top: float | None = None,
) -> go.Figure:
    """What was reached at the end of training over β: mean line, band from least to largest seed.

    baselines: sweeps of one β each, that of no cost, by the names of the sweeps they belong to;
    their means over seeds are dashed lines.
    top: where the vertical axis ends, to look at small values beside large ones.

    Raises ValueError for another quantity, and a baseline that belongs to no sweep.
    """
    title = QUANTITIES[one_of(quantity, "quantity", QUANTITIES)]
    figure, said = go.Figure(), []
    for i, (name, sweep) in enumerate(sweeps.items()):
        values = _values(sweep, quantity)
        figure.add_traces(mean_and_band(sweep.betas, values.T, name=name, colour=layer_colour(i)))
        means = ", ".join(
            f"{mean:.3g} at {beta:g}"
            for beta, mean in zip(sweep.betas, values.mean(axis=1), strict=True)
        )
        said.append(f"{name}: {means}")
    for name, sweep in (baselines or {}).items():
        colour = layer_colour(list(sweeps).index(one_of(name, "name of a baseline", sweeps)))
        level = float(_values(sweep, quantity).mean())
        figure.add_hline(y=level, line={"color": colour, "dash": "dash", "width": 1.5})
        said.append(f"{name} without cost: {level:.3g}")
    styled(figure, x="β (log scale)", y=title, summary=f"{title}, over β. {'; '.join(said)}.")
    figure.update_xaxes(type="log", dtick=1)
    if top is not None:
        figure.update_yaxes(range=[0, top])
    elif quantity.startswith("error"):
        figure.update_yaxes(rangemode="tozero")
    return figure


def reached_in_plane(
    sweeps: Mapping[str, VariationalSweep],
    label_entropy: float,
    *,
    part: str = "train",
    end: float | None = None,
) -> go.Figure:
    """The two bounds against each other: a point a β, the mean over seeds, with its least and most.

    label_entropy: H(Y) in bits.  part: of the samples, train or test.
    end: where the axis of I(X;T) ends; large β spend many bits without telling more.

    The line I(T;Y) = min(I(X;T), H(Y)) is the limit where the label is a function of the input.

    Raises ValueError for a label_entropy that is not positive, and another part.
    """
    one_of(part, "part", ("train", "test"))
    height = positive(label_entropy, "label_entropy")
    figure, said = go.Figure(), []
    for i, (name, sweep) in enumerate(sweeps.items()):
        x, y = sweep.last(f"I_XT_upper_{part}"), sweep.last(f"I_TY_lower_{part}")
        figure.add_trace(_points(name, sweep.betas, x, y, i))
        best = int(y.mean(axis=1).argmax())
        said.append(
            f"{name}: at most {y[best].mean():.2f} bits, for {x[best].mean():.2f} at "
            f"β = {sweep.betas[best]:g}"
        )
    styled(
        figure,
        x="upper bound on I(X;T), bits",
        y="lower bound on I(T;Y), bits",
        summary=f"Lower bound on I(T;Y) over upper bound on I(X;T) of trained bottlenecks, "
        f"H(Y) = {height:.2f} bits. {'; '.join(said)}.",
    )
    largest = max(float(sweep.last(f"I_XT_upper_{part}").max()) for sweep in sweeps.values())
    end = 1.05 * max(height, largest) if end is None else positive(end, "end")
    figure.update_xaxes(range=[-0.02 * end, end])
    figure.add_trace(
        go.Scatter(
            x=[0, height, max(height, end)],
            y=[0, height, height],
            mode="lines",
            line={"color": TEXT, "dash": "dash", "width": 1},
            hoverinfo="skip",
            name="min(I(X;T), H(Y))",
        )
    )
    return figure


def _points(name: str, betas: np.ndarray, x: np.ndarray, y: np.ndarray, position: int):
    mean_x, mean_y = x.mean(axis=1), y.mean(axis=1)
    colour = layer_colour(position)

    def spread(values, mean):
        return {
            "type": "data",
            "array": (values.max(axis=1) - mean).round(4).tolist(),
            "arrayminus": (mean - values.min(axis=1)).round(4).tolist(),
            "thickness": 1,
            "width": 2,
        }

    return go.Scatter(
        x=mean_x.round(4).tolist(),
        y=mean_y.round(4).tolist(),
        error_x=spread(x, mean_x),
        error_y=spread(y, mean_y),
        mode="markers",
        marker={"color": colour, "size": 8, "symbol": MARKERS[position % len(MARKERS)]},
        customdata=[f"{beta:g}" for beta in betas],
        hovertemplate=(
            name + " β = %{customdata}<br>I(X;T) ≤ %{x:.2f} bits<br>"
            "I(T;Y) ≥ %{y:.2f} bits<extra></extra>"
        ),
        name=name,
    )
