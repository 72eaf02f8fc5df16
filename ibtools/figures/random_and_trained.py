"""Test error of networks whose hidden units are drawn, beside networks that learn them."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import layer_colour, mean_and_band, styled

DRAWN, LEARNT = layer_colour(2), layer_colour(0)


def random_and_trained(
    drawn_units: np.ndarray,
    drawn_error: np.ndarray,
    learnt_units: np.ndarray,
    learnt_error: np.ndarray,
) -> go.Figure:
    """Errors in percent against the number of hidden units; lines are means, bands hold all seeds.

    drawn_error, learnt_error: (units, seeds), in percent.
    """
    figure = go.Figure()
    styled(
        figure,
        x="hidden units (log scale)",
        y="test error in %",
        summary="Test error. "
        + "; ".join(
            f"{name}: {np.mean(error[-1]):.1f} % with {units[-1]:,} units"
            for name, units, error in (
                ("drawn", drawn_units, drawn_error),
                ("learnt", learnt_units, learnt_error),
            )
        )
        + ".",
    )
    for name, colour, units, error, where in (
        ("units drawn at random", DRAWN, drawn_units, drawn_error, {"at": 0, "xshift": 8}),
        ("units learnt", LEARNT, learnt_units, learnt_error, {"at": -1, "yshift": -16}),
    ):
        units, error = np.asarray(units, dtype=float), np.asarray(error)
        figure.add_traces(mean_and_band(units, error.T, name=name, colour=colour))
        figure.add_annotation(
            x=np.log10(units[where["at"]]),
            y=float(error[where["at"]].mean()),
            text=name,
            font={"color": colour},
            xanchor="left" if where["at"] == 0 else "right",
            xshift=where.get("xshift", 0),
            yshift=where.get("yshift", 0),
            showarrow=False,
        )
    ticks = [1, 10, 100, 1000]
    figure.update_xaxes(type="log", tickvals=ticks, ticktext=[f"{tick:,}" for tick in ticks])
    return figure.update_yaxes(range=[0, 95]).update_layout(showlegend=False)
