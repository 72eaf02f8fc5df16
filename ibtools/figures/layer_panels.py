"""Every layer over the epochs, a panel for each ruler or each activation."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.over_epochs import AXIS_TITLES, check_layered, has_bounds, layer_traces
from ibtools.figures.panels import band_keys, few_epochs, log_epochs, stacked
from ibtools.plane import Trajectory
from ibtools.plane.summary import spread


def layer_panels(runs: Mapping[str, Trajectory], quantity: str = "I_XT") -> go.Figure:
    """One quantity of every layer over the epochs, a panel a run, all on one scale.

    runs: the trajectories of one training by estimator, as `load_records` gives them, and the
    panels show what the ruler does; or trajectories by activation, and they show what that does.

    Lines are means over the networks. A plain band holds the middle half of them, for all of them
    overlap from layer to layer; the summary has the least and the largest.
    Where a trajectory has bounds the band is hatched, from the mean lower to the mean upper one:
    what the ruler leaves open, and no spread of networks. The line of mixtures is their upper
    bound, which Saxe et al. plot.
    Raises ValueError for a quantity without layers or an unknown one, and for runs of networks
    with other layers than the first.
    """
    names = next(iter(runs.values())).layer_names
    for name, run in runs.items():
        check_layered(run, quantity)
        if run.layer_names != names:
            raise ValueError(
                f"runs must all have the layers {', '.join(names)}, "
                f"got {', '.join(run.layer_names)} of {name}"
            )
    title = AXIS_TITLES[quantity]
    bounded = {has_bounds(run, quantity) for run in runs.values()}
    figure = stacked(
        [f"<b>{name}</b>" for name in runs],
        title,
        x="epoch (log scale)",
        summary=f"{title}, of each layer at the end, mean (least to largest network). "
        + " ".join(_ends(name, run, quantity) for name, run in runs.items()),
    )
    for row, run in enumerate(runs.values(), start=1):
        few, epochs = few_epochs(run)
        for layer in range(len(run.layer_names)):
            band, line = layer_traces(few, epochs, quantity, layer, share=0.5)
            line.showlegend = row == 1
            figure.add_traces([band, line], rows=row, cols=1)
    keys = band_keys(networks=False in bounded, bounds=True in bounded)
    figure.add_traces(keys, rows=1, cols=1)
    top = max(float(np.nanmax(getattr(run, quantity))) for run in runs.values())
    figure.update_yaxes(range=[-0.03 * top, 1.05 * top])
    return log_epochs(figure, max(run.epochs[-1] for run in runs.values()))


def _ends(name: str, run: Trajectory, quantity: str) -> str:
    ends = ", ".join(
        f"{layer} {spread(values)}"
        for layer, values in zip(run.layer_names, getattr(run, quantity)[:, -1].T, strict=True)
    )
    if has_bounds(run, quantity):
        low, high = (getattr(run, f"{quantity}_{end}") for end in ("low", "high"))
        ends += f"; left open, {np.nanmean(high - low):.2f} bits on average"
    return f"{name}, {run.n_networks} networks: {ends}."
