"""One neuron, one weight: what a ruler with bins reads."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import LAYER_COLOURS, styled
from ibtools.plane.neuron import binned_neuron_information


def binned_neuron(weights: np.ndarray, n_bins: tuple[int, ...] = (10, 30, 100)) -> go.Figure:
    """Binned I(X;T) of T = tanh(w X), X ~ N(0, 1), against the weight w, for several rulers.

    Exact, see `ibtools.plane.neuron`. The unbinned information is infinite for every w ≠ 0.
    Idea of the model: Saxe et al. (2018), section 2.
    """
    curves = {bins: binned_neuron_information(weights, n_bins=bins) for bins in n_bins}
    figure = go.Figure(
        [
            go.Scatter(
                x=list(weights),
                y=np.round(curve, 4).tolist(),
                mode="lines",
                line={"color": LAYER_COLOURS[i], "width": 2.5},
                name=f"{bins} bins",
            )
            for i, (bins, curve) in enumerate(curves.items())
        ]
    )
    peaks = ", ".join(f"{bins} bins {max(curve):.2f}" for bins, curve in curves.items())
    styled(
        figure,
        x="weight w (log scale)",
        y="binned I(X;T), bits",
        summary=f"Each curve rises, peaks and falls towards 1 bit. Peaks in bits: {peaks}.",
    )
    figure.update_xaxes(type="log", dtick=1)
    return figure
