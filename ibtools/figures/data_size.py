"""What the number of training samples does to the layers and to the answers."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.panels import stacked
from ibtools.figures.theme import layer_colour, mean_and_band, rounded
from ibtools.plane import Trajectory
from ibtools.plane.summary import spread

PANELS = {"I_XT": "I(X;T), bits", "I_TY": "I(T;Y), bits", "test_accuracy": "test accuracy"}


def data_size(runs: Sequence[Trajectory], layers: Sequence[int] = (-2, -1)) -> go.Figure:
    """I(X;T), I(T;Y) and test accuracy against the share of the data that was learnt from.

    runs: the same networks with other shares, in any order.  layers: which; the last hidden layer
    and the output by default.
    Solid lines are means at the end, with a band from the least to the largest network; dotted
    lines are means of each network's highest value over training, so that what lies between the
    two was had and lost again. Information is over all inputs, learnt from or not.
    """
    runs = sorted(runs, key=lambda run: run.settings["train_fraction"])
    shares = np.array([100 * run.settings["train_fraction"] for run in runs])
    figure = stacked(
        list(PANELS.values()),
        "",
        x="share of the data to learn from, %",
        summary=_summary(runs, layers),
    )
    for row, quantity in enumerate(PANELS, start=1):
        for layer in layers if quantity != "test_accuracy" else [None]:
            values = [_values(run, quantity, layer) for run in runs]
            look = {
                "name": "accuracy" if layer is None else runs[0].layer_names[layer],
                "colour": layer_colour(len(runs[0].layer_names) + (-1 if layer is None else layer)),
            }
            at_end = _padded([each[:, -1] for each in values])
            traces = mean_and_band(shares.round(1), at_end, **look)
            traces[1].update(mode="lines+markers", showlegend=row == 1)
            figure.add_traces(traces, rows=row, cols=1)
            peak = [each.max(axis=1).mean() for each in values]
            figure.add_scatter(
                x=rounded(shares, 1),
                y=rounded(peak),
                mode="lines",
                line={"color": look["colour"], "width": 2, "dash": "dot"},
                name=f"{look['name']}, highest",
                showlegend=row == 1,
                row=row,
                col=1,
            )
    return figure


def _values(run: Trajectory, quantity: str, layer: int | None) -> np.ndarray:
    values = getattr(run, quantity)
    return values if layer is None else values[..., layer]


def _padded(columns: Sequence[np.ndarray]) -> np.ndarray:
    """(networks, runs) from runs that may have different numbers of networks; NaN where none is."""
    table = np.full((max(map(len, columns)), len(columns)), np.nan)
    for i, column in enumerate(columns):
        table[: len(column), i] = column
    return table


def _summary(runs: Sequence[Trajectory], layers: Sequence[int]) -> str:
    sentences = []
    for run in runs:
        ends = "; ".join(
            f"{run.layer_names[layer]} I(X;T) {spread(run.I_XT[:, -1, layer])}, "
            f"I(T;Y) {spread(run.I_TY[:, -1, layer])} bits"
            for layer in layers
        )
        accuracy = spread(run.test_accuracy[:, -1])
        share = f"{100 * run.settings['train_fraction']:.0f} %"
        sentences.append(f"{share}, {run.n_networks} networks: {ends}; test accuracy {accuracy}.")
    return "At the end of training, mean (least to largest network). " + " ".join(sentences)
