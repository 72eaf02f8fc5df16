"""Panels one below the other, epochs on a log scale, and keys that say what a band is."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ibtools.figures.theme import TEXT, hatched, styled, translucent
from ibtools.plane import Trajectory

MOST_EPOCHS = 60
# Where epoch 0 stands on a log axis.
BEFORE = 0.5


def few_epochs(trajectory: Trajectory, *, start: bool = False) -> tuple[Trajectory, np.ndarray]:
    """At most 60 of the recorded epochs, evenly on a log scale, and where they stand on it.

    start: with epoch 0, which stands left of 1 where a log scale has no place for it.
    """
    later = trajectory.epochs[trajectory.epochs > 0]
    if len(later) > MOST_EPOCHS:
        later = np.geomspace(later[0], later[-1], MOST_EPOCHS)
    few = trajectory.at([0, *later] if start else later)
    return few, np.maximum(few.epochs, BEFORE) if start else few.epochs


def stacked(
    titles: Sequence[str], y: str | Sequence[str], *, summary: str, x: str, height: int = 170
) -> go.Figure:
    """An empty figure of panels with titles, the same x for all.

    y: the title of every panel's axis, or one a panel.  height: of a panel, pixels.
    """
    n = len(titles)
    y = [y] * n if isinstance(y, str) else y
    total = n * height + 120
    figure = make_subplots(
        rows=n,
        shared_xaxes=True,
        vertical_spacing=min(30 / total, 1 / n),
        subplot_titles=list(titles),
    )
    figure.update_annotations(x=0, xanchor="left", font={"color": TEXT, "size": 13})
    styled(figure, x="", y="", height=total, summary=summary)
    for row, title in enumerate(y, start=1):
        figure.update_yaxes(title_text=title, row=row)
    figure.update_xaxes(title_text=x, row=n)
    # The legend stands above the first panel's title.
    return figure.update_layout(margin={"t": 40}, legend={"y": 1 + 24 / (total - 92)})


def log_epochs(figure: go.Figure, last: int, *, start: bool = False) -> go.Figure:
    """A log scale of epochs to the last; start: from epoch 0, which stands at its left end."""
    ticks = [10**power for power in range(int(np.log10(last)) + 1)]
    ends = np.log10([BEFORE if start else 1, last])
    return figure.update_xaxes(
        type="log",
        tickvals=[BEFORE, *ticks] if start else ticks,
        ticktext=[str(tick) for tick in ([0, *ticks] if start else ticks)],
        range=[ends[0] - 0.03, ends[1] + 0.03],
    )


def band_keys(*, networks: bool, bounds: bool) -> list[go.Scatter]:
    """Entries of the legend for the bands that there are."""
    wanted = [
        (networks, "middle half of networks", {"fillcolor": translucent(TEXT, 0.3)}),
        (bounds, "left open by the ruler", hatched(TEXT)),
    ]
    return [
        go.Scatter(
            x=[None], y=[None], mode="lines", fill="toself", line={"width": 0}, name=name, **fill
        )
        for shown, name, fill in wanted
        if shown
    ]


def reference_line(figure: go.Figure, name: str, height: float) -> None:
    """A named line across the only, or the first, panel."""
    figure.add_shape(
        type="line",
        xref="x domain",
        yref="y",
        x0=0,
        x1=1,
        y0=height,
        y1=height,
        line={"color": TEXT, "dash": "dash", "width": 1},
    )
    figure.add_annotation(
        text=name,
        xref="x domain",
        yref="y",
        x=0,
        y=height,
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"color": TEXT},
    )
