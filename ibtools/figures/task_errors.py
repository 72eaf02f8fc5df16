"""How far estimators are from the truth, law by law."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import styled
from ibtools.truth import ErrorTable

# Relative errors beyond this all look alike: half of the information missing or invented.
WORST = 0.5


def task_errors(tables: Mapping[str, ErrorTable]) -> go.Figure:
    """Relative error of named error tables on the same laws: a row a law, a column an estimator."""
    first = next(iter(tables.values()))
    errors = np.array([table.relative_error for table in tables.values()]).T
    text = [[_cell(error) for error in row] for row in errors]
    names = [_short(name) for name in first.names]
    figure = go.Figure(
        go.Heatmap(
            x=list(tables),
            y=names,
            z=np.clip(errors, -WORST, WORST).round(3).tolist(),
            text=text,
            texttemplate="%{text}",
            textfont={"size": 9},
            zmin=-WORST,
            zmax=WORST,
            zmid=0,
            colorscale=[(0, "#0072B2"), (0.5, "#f7f7f7"), (1, "#D55E00")],
            showscale=False,
            xgap=1,
            ygap=1,
            hovertemplate="%{y}<br>%{x}: %{text} %<extra></extra>",
        )
    )
    styled(
        figure,
        x="error in % of the truth",
        y="",
        height=110 + 19 * len(first.names),
        summary="Relative errors, law by law. Within 10 %: "
        + ", ".join(f"{name} {table.n_within(0.1)}" for name, table in tables.items())
        + f" of {len(first.names)}.",
    )
    figure.update_yaxes(autorange="reversed", tickfont={"size": 10}, ticks="")
    figure.update_xaxes(side="top", ticks="")
    return figure


def _cell(error: float) -> str:
    if np.isnan(error):
        return "failed"
    return f"{100 * error:+z.0f}"


def _short(name: str) -> str:
    """A name that leaves room for the plot on a telephone."""
    for long, short in [
        ("Multinormal", "N"),
        ("Bivariate normal", "N"),
        ("Normal CDF", "CDF"),
        (" (2-pair)", ", sparse"),
        (" (dense)", ", dense"),
        ("Student-t", "Student"),
        ("(dof=", "(ν "),
        ("additive noise=", "noise "),
        (" @ ", " · "),
        (" × ", "×"),
    ]:
        name = name.replace(long, short)
    return name
