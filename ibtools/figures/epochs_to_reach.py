"""How long networks need to be as good as wanted."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.strips import strip
from ibtools.figures.theme import TEXT, layer_colour, styled
from ibtools.plane import Trajectory
from ibtools.plane.summary import first_epoch

QUANTITIES = {
    "train_loss": "training loss",
    "test_loss": "test loss",
    "train_accuracy": "training accuracy",
    "test_accuracy": "test accuracy",
}


def epochs_to_reach(
    runs: Mapping[str, Trajectory],
    level: float,
    quantity: str = "test_accuracy",
    *,
    x: str = "hidden layers",
) -> go.Figure:
    """Epochs until each network first reaches a level, for runs by depth or by anything else.

    quantity: an accuracy, or a loss in nats, which reaches the level from above.  x: what the
    names of the runs are.
    A point is a network, on a log scale; the bar is the median of all networks of the run, and is
    missing where half of them never arrive. How many never arrive stands on top.

    Raises ValueError for another quantity.
    """
    if quantity not in QUANTITIES:
        raise ValueError(f"quantity must be one of {', '.join(QUANTITIES)}, got {quantity!r}")
    figure, sentences = go.Figure(), []
    top = max(float(run.epochs[-1]) for run in runs.values())
    for i, (name, run) in enumerate(runs.items()):
        falling = quantity.endswith("loss")
        reached = first_epoch(run.epochs, getattr(run, quantity), level, falling=falling)
        never = int(np.isnan(reached).sum())
        # Who never arrives comes later than everyone, so that nobody is left out of the median.
        median = float(np.median(np.where(np.isnan(reached), np.inf, reached)))
        points, bar = strip(i, reached, name=name, colour=layer_colour(i))
        bar.y = [median] * 2 if np.isfinite(median) else []
        bar.hovertemplate = f"{name}, median<br>%{{y}}<extra></extra>"
        figure.add_traces([points, bar])
        if never:
            figure.add_annotation(
                x=i,
                y=np.log10(top),
                yshift=16,
                text=f"{never} never",
                showarrow=False,
                font={"color": TEXT, "size": 11},
            )
        sentences.append(_words(name, reached, median, never))
    title = QUANTITIES[quantity]
    styled(
        figure,
        x=x,
        y=f"epochs to {title} {level:g} (log scale)",
        summary=f"Recorded epochs at which networks first reach a {title} of {level:g}. "
        + " ".join(sentences),
    )
    figure.update_layout(showlegend=False)
    figure.update_xaxes(tickvals=list(range(len(runs))), ticktext=list(runs))
    ticks = [k * 10**power for power in range(int(np.log10(top)) + 1) for k in (1, 2, 5)]
    return figure.update_yaxes(type="log", tickvals=ticks, ticktext=[str(tick) for tick in ticks])


def _words(name: str, reached: np.ndarray, median: float, never: int) -> str:
    n = len(reached)
    if never == n:
        return f"{name}: none of {n} networks."
    low, high = np.nanmin(reached), np.nanmax(reached)
    span = f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"
    middle = f"median {median:.0f}, " if np.isfinite(median) else ""
    return f"{name}: {middle}{span}, never in {never} of {n} networks."
