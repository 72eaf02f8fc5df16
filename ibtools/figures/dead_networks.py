"""Networks that die, when, and what they do to a mean that does not look."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.panels import few_epochs, log_epochs, stacked
from ibtools.figures.theme import TEXT, layer_colour, mean_and_band, rounded, styled
from ibtools.plane import Trajectory
from ibtools.plane.summary import dead_over_epochs, spread


def dead_networks(runs: Mapping[str, Trajectory]) -> go.Figure:
    """How many networks are dead, and which share of the hidden units is constant, over epochs.

    runs: by activation, say. Dead is a network with a layer that answers every input alike;
    constant a unit that does. Constant units by themselves do no harm that an accuracy shows.
    The band runs from the least to the largest network.
    """
    figure = stacked(
        ["dead networks", "constant hidden units, %"],
        "",
        x="epoch (log scale)",
        height=200,
        summary=" ".join(_fate(name, run) for name, run in runs.items()),
    )
    most = 1
    for i, (name, run) in enumerate(runs.items()):
        few, epochs = few_epochs(run, start=True)
        dead = dead_over_epochs(few).sum(axis=0)
        most = max(most, int(dead.max()))
        look = {"name": f"{name}: {dead[-1]} of {run.n_networks} dead", "colour": layer_colour(i)}
        figure.add_scatter(
            x=rounded(epochs),
            y=dead.tolist(),
            mode="lines",
            line={"color": look["colour"], "width": 2.5, "shape": "hv"},
            name=look["name"],
            legendgroup=look["name"],
            row=1,
            col=1,
        )
        band, line = mean_and_band(epochs, _constant_share(few), **look)
        figure.add_traces([band, line.update(showlegend=False)], rows=2, cols=1)
    figure.update_yaxes(range=[0, 1.1 * most], tickformat="d", nticks=min(most + 1, 6), row=1)
    figure.update_yaxes(rangemode="tozero", row=2)
    return log_epochs(figure, max(run.epochs[-1] for run in runs.values()), start=True)


def dead_in_the_mean(trajectory: Trajectory, layer: int = -2) -> go.Figure:
    """Mean I(X;T) of a layer over all networks, over those alive at the end, and over the dead.

    What the first line falls below the second is no compression: it is the dead averaged in.
    The band is of the living, from the least to the largest network.
    Raises ValueError when no network is dead, or all are.
    """
    dead = trajectory.dead
    if dead.all() or not dead.any():
        raise ValueError(f"trajectory must have dead and living networks, got {dead.sum()} dead")
    few, epochs = few_epochs(trajectory)
    values = few.I_XT[..., layer]
    groups = {
        f"{(~dead).sum()} alive": (values[~dead], layer_colour(0), "solid"),
        f"all {len(dead)}": (values, TEXT, "dash"),
        f"{dead.sum()} dead": (values[dead], layer_colour(5), "dot"),
    }
    figure = go.Figure()
    for i, (name, (group, colour, dash)) in enumerate(groups.items()):
        traces = mean_and_band(epochs, group, name=name, colour=colour, dash=dash)
        figure.add_traces(traces if i == 0 else traces[1:])
    ends = "; ".join(f"{name} {spread(group[:, -1])}" for name, (group, *_) in groups.items())
    title = f"I(X;{trajectory.layer_names[layer]}), bits"
    styled(
        figure,
        x="epoch (log scale)",
        y=title,
        summary=f"{title}, at the end, mean (least to largest network): {ends}.",
    )
    figure.update_yaxes(rangemode="tozero")
    return log_epochs(figure, trajectory.epochs[-1])


def _constant_share(run: Trajectory) -> np.ndarray:
    """Percent of the hidden units, (networks, snapshots)."""
    return 100 * run.n_constant[..., :-1].sum(axis=-1) / sum(run.settings["widths"])


def _fate(name: str, run: Trajectory) -> str:
    dead = dead_over_epochs(run).sum(axis=0)
    constant = spread(_constant_share(run)[:, -1], 0)
    first = f", the first at epoch {run.epochs[(dead > 0).argmax()]}" if dead.any() else ""
    return (
        f"{name}: dead networks {dead[-1]} of {run.n_networks} at epoch {run.epochs[-1]}"
        f"{first}; constant hidden units {constant} %."
    )
