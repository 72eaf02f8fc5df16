"""How far estimators are from the truth as samples, dimension and dependence change."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import GRID, HEIGHT, TEXT, layer_colour, styled
from ibtools.truth import ErrorSweep


def error_by_sample_size(sweeps: Mapping[str, ErrorSweep], correlation: float) -> go.Figure:
    """Mean error in bits of named sweeps against n, with a button for each dimension.

    The last dimension is shown first. The bars are one standard deviation over the seeds. All
    sweeps must have the same dimensions.
    Raises ValueError when a sweep has no such correlation.
    """
    figure, shown = go.Figure(), []
    dimensions = next(iter(sweeps.values())).dimensions
    for j, d in enumerate(dimensions):
        for colour, (name, sweep) in enumerate(sweeps.items()):
            rho = _position(sweep, correlation)
            y, spread = sweep.error[:, j, rho], sweep.spread[:, j, rho]
            first = d == dimensions[-1]
            figure.add_trace(_line(name, colour, np.array(sweep.sizes), y, spread, first))
            shown.append(d)
    styled(
        figure,
        x="number of samples (log scale)",
        y="estimate - truth (bits)",
        summary=f"Error against sample size at correlation {correlation}. "
        + " ".join(
            f"{name} at n = {sweep.sizes[-1]}: "
            + ", ".join(
                f"{sweep.error[-1, j, _position(sweep, correlation)]:+.2f} bits in dimension {d}"
                for j, d in enumerate(dimensions)
            )
            + "."
            for name, sweep in sweeps.items()
        ),
    )
    figure.add_hline(y=0, line={"color": TEXT, "dash": "dash", "width": 1})
    figure.update_xaxes(type="log", dtick=1)
    return _with_buttons(figure, shown, list(dimensions))


def estimate_by_truth(
    sweeps: Mapping[str, ErrorSweep], n: int, ceilings: Mapping[str, float] | None = None
) -> go.Figure:
    """Mean estimate against the true information at n samples, a button for each dimension.

    The last dimension is shown first.  ceilings: name and height (bits) of lines to draw.
    Raises ValueError when a sweep has no n.
    """
    figure, shown = go.Figure(), []
    dimensions = next(iter(sweeps.values())).dimensions
    for j, d in enumerate(dimensions):
        for colour, (name, sweep) in enumerate(sweeps.items()):
            size = _index(sweep.sizes, n, "n")
            truth = sweep.information[j]
            y, spread = sweep.error[size, j] + truth, sweep.spread[size, j]
            figure.add_trace(_line(name, colour, truth, y, spread, d == dimensions[-1]))
            shown.append(d)
        end = float(truth.max())
        figure.add_scatter(
            x=[0, end],
            y=[0, end],
            mode="lines",
            line={"color": TEXT, "dash": "dash", "width": 1},
            name="truth",
            visible=d == dimensions[-1],
        )
        shown.append(d)
    for name, height in (ceilings or {}).items():
        figure.add_hline(
            y=height,
            line={"color": GRID, "dash": "dot", "width": 2},
            annotation={"text": name, "font": {"color": TEXT}},
            annotation_position="top left",
        )
    styled(
        figure,
        x="true I(X;Y) (bits)",
        y="estimated I(X;Y) (bits)",
        summary=f"Estimate against truth for n = {n}. "
        + " ".join(
            f"{name} reads {sweep.error[_index(sweep.sizes, n, 'n'), -1, -1] + end:.1f}"
            f" for {end:.1f} bits in dimension {dimensions[-1]}."
            for name, sweep in sweeps.items()
        ),
    )
    return _with_buttons(figure, shown, list(dimensions))


def _line(
    name: str, colour: int, x: np.ndarray, y: np.ndarray, spread: np.ndarray, visible: bool
) -> go.Scatter:
    return go.Scatter(
        x=x.round(3).tolist(),
        y=y.round(4).tolist(),
        error_y={"array": spread.round(4).tolist(), "thickness": 1},
        mode="lines+markers",
        line={"color": layer_colour(colour), "width": 2.5},
        name=name,
        visible=visible,
    )


def _position(sweep: ErrorSweep, correlation: float) -> int:
    return _index(sweep.correlations, correlation, "correlation")


def _index(values: tuple, value: float, name: str) -> int:
    if value not in values:
        raise ValueError(f"{name} must be one of {', '.join(map(str, values))}, got {value}")
    return values.index(value)


def _with_buttons(figure: go.Figure, shown: list[int], dimensions: list[int]) -> go.Figure:
    """Buttons above, names below; each button shows the traces of one dimension.

    Names take several lines on a telephone: below, they push nothing out of its place.
    """
    buttons = [
        {"label": f"d = {d}", "method": "update", "args": [{"visible": [s == d for s in shown]}]}
        for d in dimensions
    ]
    figure.update_layout(
        updatemenus=[
            {
                "type": "buttons",
                "direction": "right",
                "buttons": buttons,
                "active": len(buttons) - 1,
                "x": 0,
                "y": 1.02,
                "xanchor": "left",
                "yanchor": "bottom",
            }
        ],
        legend={"orientation": "h", "x": 0, "y": -0.34, "yanchor": "top"},
        margin={"t": 56},
        height=HEIGHT + 80,
    )
    return figure
