"""How far the reading of each layer falls from its peak, network by network."""

from collections.abc import Mapping

import plotly.graph_objects as go

from ibtools.figures.strips import strip
from ibtools.figures.theme import layer_colour, styled
from ibtools.plane import Trajectory
from ibtools.plane.summary import compression, spread


def falls(runs: Mapping[str, Trajectory]) -> go.Figure:
    """Compression of each layer, the fall of I(X;T) from its peak to the end, for several runs.

    runs: by ruler, activation, batch size … all with the same number of layers. A point is a
    network, a bar the mean of the run. 0 is a reading that ends at its highest.
    """
    first = next(iter(runs.values()))
    slot = 0.84 / len(runs)
    figure, sentences = go.Figure(), []
    for i, (name, run) in enumerate(runs.items()):
        fall = compression(run)
        for layer in range(fall.shape[1]):
            centre = layer + (i - (len(runs) - 1) / 2) * slot
            points, mean = strip(
                centre, fall[:, layer], name=name, colour=layer_colour(i), width=0.8 * slot
            )
            mean.showlegend = layer == 0
            figure.add_traces([points, mean])
        ends = ", ".join(
            f"{layer} {spread(values)}"
            for layer, values in zip(run.layer_names, fall.T, strict=True)
        )
        sentences.append(f"{name}, {run.n_networks} networks: {ends}.")
    styled(
        figure,
        x="layer",
        y="fall of I(X;T) from its peak, bits",
        summary="Fall of I(X;T) from its peak to the end, bits, mean (least to largest network). "
        + " ".join(sentences),
    )
    names = first.layer_names
    figure.update_xaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[-0.5, len(names) - 0.5]
    )
    return figure.update_yaxes(rangemode="tozero")
