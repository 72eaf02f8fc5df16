"""What a deterministic network truly keeps apart, beside what the bins read."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.panels import few_epochs, log_epochs, stacked
from ibtools.figures.theme import TEXT, bounds_band, hatched, layer_colour, rounded
from ibtools.plane import Trajectory
from ibtools.plane.summary import information_of_states, spread


def distinct_states(
    runs: Mapping[str, Trajectory], n: int, layers: Sequence[int] = (-3, -2, -1)
) -> go.Figure:
    """The bounds of the true I(X;T) by the number of states, and the reading, a panel a run.

    n: the number of inputs, equally likely.  layers: which; the last three by default.
    Solid: mean over the networks of log₂ of the number of distinct activation vectors, above
    which the true I(X;T) of a deterministic network cannot be; hatched from there to the least
    that as many states allow, see `information_of_states`. Dotted: mean reading of the estimator.
    """
    figure = stacked(
        [f"<b>{name}</b>" for name in runs],
        "I(X;T), bits",
        x="epoch (log scale)",
        height=220,
        summary=f"Of {n} inputs, at the end, mean (least to largest network). "
        + " ".join(_words(name, run, layers) for name, run in runs.items()),
    )
    for row, run in enumerate(runs.values(), start=1):
        few, epochs = few_epochs(run)
        for layer in layers:
            index = range(len(run.layer_names))[layer]
            name, colour = run.layer_names[index], layer_colour(index)
            least, largest = information_of_states(few.n_distinct[..., index], n)
            lines = {"solid": largest, "dot": few.I_XT[..., index]}
            figure.add_trace(
                bounds_band(
                    epochs, least.mean(axis=0), largest.mean(axis=0), name=name, colour=colour
                ),
                row=row,
                col=1,
            )
            for dash, values in lines.items():
                figure.add_scatter(
                    x=epochs.tolist(),
                    y=rounded(values.mean(axis=0)),
                    mode="lines",
                    line={"color": colour, "width": 2.5, "dash": dash},
                    name=name,
                    legendgroup=name,
                    showlegend=row == 1 and dash == "solid",
                    row=row,
                    col=1,
                )
    figure.add_traces(_keys(), rows=1, cols=1)
    figure.update_yaxes(range=[0, 1.05 * float(np.log2(n))])
    return log_epochs(figure, max(run.epochs[-1] for run in runs.values()))


def _keys() -> list[go.Scatter]:
    shown = [
        ("log₂ of the states", {"line": {"color": TEXT, "width": 2.5}}),
        ("what they allow", {"line": {"width": 0}, "fill": "toself", **hatched(TEXT)}),
        ("reading", {"line": {"color": TEXT, "width": 2.5, "dash": "dot"}}),
    ]
    return [go.Scatter(x=[None], y=[None], mode="lines", name=n, **look) for n, look in shown]


def _words(name: str, run: Trajectory, layers: Sequence[int]) -> str:
    ends = "; ".join(
        f"{run.layer_names[layer]} {spread(run.n_distinct[:, -1, layer], 0)} states, "
        f"reading {spread(run.I_XT[:, -1, layer])} bits"
        for layer in layers
    )
    return f"{name}, {run.n_networks} networks: {ends}."
