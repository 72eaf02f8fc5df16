"""What changes over the epochs: one run layer by layer, or several runs at one layer."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.panels import band_keys, few_epochs, log_epochs, reference_line, stacked
from ibtools.figures.theme import bounds_band, layer_colour, mean_and_band, styled
from ibtools.plane import Trajectory
from ibtools.plane.summary import spread

AXIS_TITLES = {
    "I_XT": "I(X;T), bits",
    "I_TY": "I(T;Y), bits",
    "train_loss": "training loss, nats",
    "test_loss": "test loss, nats",
    "train_accuracy": "training accuracy",
    "test_accuracy": "test accuracy",
    "n_distinct": "distinct activation patterns",
    "weight_norm": "norm of the weights",
}


def layer_values(trajectory: Trajectory, quantity: str, layer: int) -> np.ndarray:
    """One quantity (networks, snapshots), of one layer where it has layers.

    Raises ValueError for a quantity that is not in AXIS_TITLES.
    """
    if quantity not in AXIS_TITLES:
        raise ValueError(f"quantity must be one of {', '.join(AXIS_TITLES)}, got {quantity!r}")
    values = getattr(trajectory, quantity)
    return values[..., layer] if values.ndim == 3 else values


def check_layered(trajectory: Trajectory, quantity: str) -> None:
    """Raise ValueError for a quantity without layers or an unknown one."""
    layered = [q for q in AXIS_TITLES if np.ndim(getattr(trajectory, q)) == 3]
    if quantity not in layered:
        raise ValueError(
            f"quantity must be one that every layer has, {', '.join(layered)}, got {quantity!r}"
        )


def has_bounds(trajectory: Trajectory, quantity: str) -> bool:
    return getattr(trajectory, f"{quantity}_low", None) is not None


def layer_traces(
    trajectory: Trajectory, epochs: np.ndarray, quantity: str, layer: int, *, share: float = 1.0
) -> list[go.Scatter]:
    """Band and mean line of a layer: hatched between mean bounds if any, else over networks."""
    look = {"name": trajectory.layer_names[layer], "colour": layer_colour(layer)}
    values = layer_values(trajectory, quantity, layer)
    band, line = mean_and_band(epochs, values, share=share, **look)
    if has_bounds(trajectory, quantity):
        bounds = [getattr(trajectory, f"{quantity}_{end}")[..., layer] for end in ("low", "high")]
        band = bounds_band(epochs, *(bound.mean(axis=0) for bound in bounds), **look)
    return [band, line]


def layers_over_epochs(trajectory: Trajectory, quantity: str = "I_XT") -> go.Figure:
    """One quantity of every layer over the epochs: mean line, band from least to largest network.

    Where the trajectory has bounds the band is hatched, from mean lower to mean upper bound.
    Raises ValueError for a quantity without layers or an unknown one.
    """
    check_layered(trajectory, quantity)
    few, epochs = few_epochs(trajectory)
    figure, ends = go.Figure(), []
    for layer, name in enumerate(trajectory.layer_names):
        figure.add_traces(layer_traces(few, epochs, quantity, layer))
        ends.append(f"{name} {spread(layer_values(trajectory, quantity, layer)[:, -1])}")
    if has_bounds(trajectory, quantity):
        figure.add_traces(band_keys(networks=False, bounds=True))
    summary = f"{AXIS_TITLES[quantity]} over the epochs; at the end: {', '.join(ends)}."
    styled(figure, x="epoch (log scale)", y=AXIS_TITLES[quantity], summary=summary)
    return log_epochs(figure, trajectory.epochs[-1])


def compare_runs(
    runs: Mapping[str, Trajectory],
    quantity: str | Sequence[str],
    layer: int = -1,
    *,
    start: bool = False,
    references: Mapping[str, float] | None = None,
) -> go.Figure:
    """One quantity of several runs over the epochs: mean line, band from least to largest network.

    quantity: or several, each in a panel of its own.
    layer: which layer, where the quantity has layers; the output by default.
    start: from epoch 0 on, before any step; it stands at the left end of the log scale.
    references: names and heights of lines across the (first) panel, such as chance.
    Bounds are not drawn; `layers_over_epochs` and `layer_panels` show them.
    """
    quantities = [quantity] if isinstance(quantity, str) else list(quantity)
    sentences = [_moves(runs, each, layer) for each in quantities]
    look = {"x": "epoch (log scale)", "summary": " ".join(sentences)}
    if len(quantities) == 1:
        figure = styled(go.Figure(), y=_title(quantities[0], runs, layer), **look)
    else:
        figure = stacked([_title(each, runs, layer) for each in quantities], "", **look)
    dashes = ("solid", "dash", "dot", "dashdot")
    for i, (name, run) in enumerate(runs.items()):
        few, epochs = few_epochs(run, start=start)
        for row, each in enumerate(quantities, start=1):
            traces = mean_and_band(
                epochs,
                layer_values(few, each, layer),
                name=name,
                colour=layer_colour(i),
                dash=dashes[i % 4],
            )
            traces[1].showlegend = row == 1
            places = {"rows": row, "cols": 1} if len(quantities) > 1 else {}
            figure.add_traces(traces, **places)
            if each in ("I_XT", "I_TY"):
                # A reading at its ceiling would fill its panel with noise.
                figure.update_yaxes(rangemode="tozero", **{k[:-1]: v for k, v in places.items()})
    for name, height in (references or {}).items():
        reference_line(figure, name, height)
        figure.layout.meta["summary"] += f" Line across: {name}, {height:.3g}."
    return log_epochs(figure, max(run.epochs[-1] for run in runs.values()), start=start)


def _title(quantity: str, runs: Mapping[str, Trajectory], layer: int) -> str:
    first = next(iter(runs.values()))
    if np.ndim(getattr(first, quantity)) == 2:
        return AXIS_TITLES[quantity]
    names = {run.layer_names[layer] for run in runs.values()}
    # Runs of several depths share no name.
    name = names.pop() if len(names) == 1 else {-2: "last hidden"}.get(layer, f"layer {layer}")
    return f"{AXIS_TITLES[quantity]} (T: {name})"


def _moves(runs: Mapping[str, Trajectory], quantity: str, layer: int) -> str:
    """From the first to the last epoch, run by run, mean (least to largest network)."""
    moves = []
    for name, run in runs.items():
        values = layer_values(run, quantity, layer)
        first, last = spread(values[:, 0]), spread(values[:, -1])
        moves.append(f"{name}: {first} at epoch {run.epochs[0]}, {last} at epoch {run.epochs[-1]}")
    return f"{_title(quantity, runs, layer)}, mean (least to largest network). {'; '.join(moves)}."
