"""One neuron, one weight: five activations under one ruler, and a neuron with noise of its own."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ibtools.figures.theme import TEXT, layer_colour, styled, translucent
from ibtools.information import entropy_discrete
from ibtools.plane.neuron import FUNCTIONS, binned_neuron_information, noisy_neuron_information


def neuron_activations(weights: np.ndarray, *, width: float = 1 / 15) -> go.Figure:
    """Binned I(X;T) of T = f(wX), X ~ N(0, 1), against w, for every activation f.

    One ruler for all: bins of this width, for the bounded activations from -1 to 1.
    What saturates falls, in the end to 1 bit, and what does not goes on rising: under a ruler of
    fixed bins compression is a matter of the activation. Idea: Saxe et al. (2018), section 2.
    """
    weights = np.sort(weights)
    settings = {"n_bins": round(2 / width), "width": width}
    curves = {f: binned_neuron_information(weights, f, **settings) for f in FUNCTIONS}
    figure = go.Figure()
    for i, (name, curve) in enumerate(curves.items()):
        figure.add_trace(_line(weights, curve, layer_colour(i), name))
        # Two pairs of curves end close together: the name of the lower one goes below it.
        figure.add_annotation(
            x=float(np.log10(weights[-1])),
            y=float(curve[-1]),
            text=name,
            font={"color": layer_colour(i)},
            showarrow=False,
            xanchor="right",
            yanchor="middle",
            yshift=-14 if name in ("tanh", "relu") else 14,
        )
    ends = "; ".join(f"{name} {max(c):.2f} and {c[-1]:.2f}" for name, c in curves.items())
    summary = (
        f"Binned information of one neuron, bins of width {width:.3g}. Largest value and "
        f"value at w = {weights[-1]:g}, in bits: {ends}."
    )
    styled(figure, x="weight w (log scale)", y="binned I(X;T), bits", summary=summary)
    figure.update_layout(showlegend=False)
    return _on_log_weights(figure, weights)


def noisy_neuron(
    weights: np.ndarray,
    *,
    noises: Sequence[float] = (0.03, 0.1, 0.3),
    inputs: Sequence[float] = (-3, -1, 1, 3),
    threshold: float = 2.0,
) -> go.Figure:
    """I(X;T) of T = tanh(w (X - threshold)) + N(0, noise²) against w; below, the centres of T.

    inputs: the values of X, equally likely.  threshold: where the neuron divides them.
    As w grows the centres first part, then gather on both sides of the threshold: information
    rises towards log m and falls to the entropy of the side alone. The less noise, the earlier
    the rise and the later the fall. The bands are as wide as the middle noise, to both sides.
    Idea: Goldfeld et al. (2019), the minimal example.
    """
    weights, inputs = np.sort(weights), np.asarray(inputs)
    bias = -threshold * weights
    curves = {
        noise: noisy_neuron_information(weights, bias=bias, inputs=inputs, noise=noise)
        for noise in noises
    }
    centres = np.tanh(weights * inputs[:, None] + bias)
    side, middle = entropy_discrete(inputs > threshold), noises[len(noises) // 2]
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.14)
    for i, (noise, curve) in enumerate(curves.items()):
        figure.add_trace(_line(weights, curve, layer_colour(i), f"noise {noise:g}"), row=1, col=1)
    for i, (value, centre) in enumerate(zip(inputs, centres, strict=True), start=len(noises)):
        figure.add_trace(_band(weights, centre, middle, layer_colour(i)), row=2, col=1)
        line = _line(weights, centre, layer_colour(i), f"X = {value:g}").update(legend="legend2")
        figure.add_trace(line, row=2, col=1)
    peaks = ", ".join(
        f"{curve.max():.2f} at w = {weights[curve.argmax()]:.2g} (noise {noise:g})"
        for noise, curve in curves.items()
    )
    summary = (
        f"Information of a noisy tanh neuron on {len(inputs)} inputs against its weight. It rises, "
        f"peaks in bits at {peaks}, and falls to the {side:.2f} bits of the side of the "
        f"threshold, while the centres, below, first part and then merge into two."
    )
    styled(figure, x="", y="", height=600, summary=summary)
    figure.add_hline(y=side, line={"color": TEXT, "dash": "dash", "width": 1}, row=1, col=1)
    figure.update_yaxes(title_text="I(X;T), bits", rangemode="tozero", row=1, col=1)
    figure.update_yaxes(title_text="centres of T", row=2, col=1)
    figure.update_xaxes(title_text="weight w (log scale)", row=2, col=1)
    figure.update_layout(legend2={"orientation": "h", "y": 0.44, "yanchor": "bottom", "x": 0})
    return _on_log_weights(figure, weights)


def _line(weights: np.ndarray, values: np.ndarray, colour: str, name: str) -> go.Scatter:
    return go.Scatter(
        x=weights.tolist(),
        y=values.round(4).tolist(),
        mode="lines",
        line={"color": colour, "width": 2.5},
        name=name,
    )


def _band(weights: np.ndarray, centre: np.ndarray, noise: float, colour: str) -> go.Scatter:
    return go.Scatter(
        x=np.concatenate([weights, weights[::-1]]).tolist(),
        y=np.concatenate([centre + noise, centre[::-1] - noise]).round(4).tolist(),
        mode="lines",
        fill="toself",
        fillcolor=translucent(colour, 0.2),
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )


def _on_log_weights(figure: go.Figure, weights: np.ndarray) -> go.Figure:
    ends = np.log10(weights[[0, -1]]).tolist()
    return figure.update_xaxes(type="log", dtick=1, range=ends)
