"""What the hidden units of machines trained on magnets look at."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import layer_colour, rounded, styled
from ibtools.questions import Findings

NEAR, HOT, SHUFFLED = range(3)
# Blue below, orange above, nothing at 0: legible on white and on black.
SIGNED = [[0, "#0072B2"], [0.5, "rgba(128,128,128,0.12)"], [1, "#D55E00"]]


def magnet_fields(study: Findings, *, columns: int = 4) -> go.Figure:
    """Above, weights of some hidden units of the chosen machine; below, how far all of them spread.

    study: the record of `receptive_fields`, three penalties.  The slider chooses the data and the
    penalty. Below, a dot is the median of the units of one seed.
    """
    cases = _cases(study)
    side = study.settings["side"]
    figure = make_subplots(rows=2, row_heights=[0.55, 0.45], vertical_spacing=0.06)
    maps = [_map(fields, side, columns) for _, fields, _ in cases]
    figure.add_trace(maps[0], row=1, col=1)
    names = [name for name, _, _ in cases] + ["untrained"]
    medians = [spread for _, _, spread in cases]
    medians.append(np.nanmedian(study["spread_untrained"], axis=-1))
    dots = go.Scatter(
        x=rounded(np.concatenate(medians), 2),
        y=[name for name, values in zip(names, medians, strict=True) for _ in values],
        mode="markers",
        marker={"color": layer_colour(0), "size": 9, "opacity": 0.7},
        hovertemplate="%{y}: %{x} sites<extra></extra>",
    )
    figure.add_trace(dots, row=2, col=1)
    figure.add_trace(_chosen(names[0], medians[0]), row=2, col=1)
    figure.frames = [
        go.Frame(name=str(i), data=[each, _chosen(names[i], medians[i])], traces=[0, 2])
        for i, each in enumerate(maps)
    ]
    told = [
        f"{name} {np.mean(values, dtype=float):.2f}"
        for name, values in zip(names, medians, strict=True)
    ]
    styled(
        figure,
        x="",
        y="",
        height=740,
        summary=f"Weights of {maps[0].meta} hidden units of machines trained on {side} × {side} "
        "Ising samples, and the median over units of how far the weights spread, in sites, mean "
        f"over {len(study.settings['seeds'])} seeds: {'; '.join(told)}.",
    )
    figure.update_xaxes(visible=False, constrain="domain", row=1, col=1)
    square = {"scaleanchor": "x", "constrain": "domain", "autorange": "reversed"}
    figure.update_yaxes(visible=False, row=1, col=1, **square)
    figure.update_xaxes(title_text="spread of the weights, sites", range=[0, 7], row=2, col=1)
    figure.update_yaxes(autorange="reversed", row=2, col=1)
    return with_slider(figure, names[:-1], prefix="", redraw=True)


def _cases(study: Findings) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Name, fields (units, sites) and median spread (seeds,) of what the slider offers."""
    fields, spread = study["fields"], np.nanmedian(study["spread"], axis=-1)
    undone = np.nanmedian(study["spread_unshuffled"], axis=-1)
    strong = "strong penalty"
    return [
        ("no penalty", fields[NEAR, 0], spread[NEAR, 0]),
        ("weak penalty", fields[NEAR, 1], spread[NEAR, 1]),
        (strong, fields[NEAR, 2], spread[NEAR, 2]),
        ("strong, shuffled", fields[SHUFFLED, 2], spread[SHUFFLED, 2]),
        ("… put back", study["fields_unshuffled"][2], undone[2]),
        ("strong, hot", fields[HOT, 2], spread[HOT, 2]),
    ]


def _chosen(name: str, values: np.ndarray) -> go.Scatter:
    dots = {"color": layer_colour(5), "size": 12}
    y = [name] * len(values)
    return go.Scatter(x=rounded(values, 2), y=y, mode="markers", marker=dots, hoverinfo="skip")


def _map(fields: np.ndarray, side: int, columns: int) -> go.Heatmap:
    """All fields side by side, two sites apart, in percent of each unit's largest weight."""
    rows = -(-len(fields) // columns)
    wide = side + 2
    drawn = np.full((rows * wide - 2, columns * wide - 2), np.nan)
    for i, field in enumerate(fields):
        top, left = i // columns * wide, i % columns * wide
        drawn[top : top + side, left : left + side] = field.reshape(side, side)
    percent = np.round(drawn / 1.27)
    return go.Heatmap(
        z=[[None if value != value else int(value) for value in row] for row in percent],
        zmin=-100,
        zmax=100,
        colorscale=SIGNED,
        showscale=False,
        hoverongaps=False,
        hovertemplate="%{z} % of the unit's largest weight<extra></extra>",
        meta=len(fields),
    )
