"""A small machine in training: the divergence falls, the identity holds, ΔF goes its own way."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ibtools.figures.animation import with_slider
from ibtools.figures.ring import ring
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.questions.renormalization import (
    BoltzmannMachine,
    coarse_grained,
    free_energy_difference,
    kl_divergence,
    log_hidden_weights,
    spin_states,
)

DIVERGENCE, FREE_ENERGY, STATES = layer_colour(0), layer_colour(5), layer_colour(2)
STOPS = (0, 1, 3, 10, 30, 100, 300, 1000)


def training_and_coarse_graining(
    way: Sequence[BoltzmannMachine], log_weights: np.ndarray
) -> go.Figure:
    """Above, KL and |ΔF| along the way; below, −H of each hidden state by both definitions.

    way: machines after 0, 1, 2, … steps.  log_weights: −H[v] of the data.  The slider chooses one.
    """
    stops = [k for k in STOPS if k < len(way)]
    shown = sorted({*stops, *np.unique(np.geomspace(1, len(way), 60).astype(int) - 1).tolist()})
    kl = {k: kl_divergence(way[k], log_weights) for k in shown}
    energy = {k: abs(free_energy_difference(way[k], log_weights)) for k in shown}
    states = spin_states(len(way[0].hidden_bias))
    pairs = [
        (log_hidden_weights(way[k], states), coarse_grained(way[k], log_weights)) for k in stops
    ]
    lines = (
        ("KL, in bits", DIVERGENCE, kl),
        ("|ΔF|, in nats", FREE_ENERGY, energy),
    )
    figure = make_subplots(rows=2, row_heights=[0.52, 0.48], vertical_spacing=0.2)
    for _, colour, values in lines:
        x, y = [k + 1 for k in shown], rounded(np.array(list(values.values())), 4)
        line = {"color": colour, "width": 2.5}
        figure.add_trace(go.Scatter(x=x, y=y, mode="lines", line=line), row=1, col=1)
    ends = [float(np.min(pairs)) - 0.5, float(np.max(pairs)) + 0.5]
    diagonal = {"color": TEXT, "width": 1.5, "dash": "dot"}
    figure.add_trace(go.Scatter(x=ends, y=ends, mode="lines", line=diagonal), row=2, col=1)

    def moving(i: int) -> list[go.Scatter]:
        k = stops[i]
        rings = [ring(k + 1, values[k], colour=colour) for _, colour, values in lines]
        own, coarse = (rounded(values, 4) for values in pairs[i])
        dots = {"color": STATES, "size": 11, "opacity": 0.8}
        return [*rings, go.Scatter(x=own, y=coarse, mode="markers", marker=dots)]

    for trace, panel in zip(moving(0), (1, 1, 2), strict=True):
        figure.add_trace(trace, row=panel, col=1)
    figure.frames = [
        go.Frame(name=str(i), data=moving(i), traces=[3, 4, 5]) for i in range(len(stops))
    ]
    first, last = shown[0], shown[-1]
    styled(
        figure,
        x="",
        y="",
        height=700,
        summary=f"Training a machine for {last} steps takes the divergence from {kl[first]:.2f} to "
        f"{kl[last]:.3f} bits, while the difference of free energies goes from {energy[first]:.1f} "
        f"to {energy[last]:.1f} nats in size. The two Hamiltonians of the hidden units agree at "
        "every step, before training as after it.",
    )
    ticks = {"tickvals": [k + 1 for k in stops], "ticktext": [str(k) for k in stops]}
    figure.update_xaxes(type="log", title_text="steps of training", row=1, col=1, **ticks)
    top = 1.12 * max(*kl.values(), *energy.values())
    figure.update_yaxes(
        title_text="KL in bits, |ΔF| in nats", range=[-0.05 * top, top], row=1, col=1
    )
    figure.update_xaxes(title_text="−H of the machine, one dot a state", row=2, col=1)
    figure.update_yaxes(title_text="−H coarse grained", row=2, col=1)
    for text, colour, values in lines:
        y = values[last] + 0.07 * top if values is kl else values[last] * 0.97
        figure.add_annotation(
            text=text,
            font={"color": colour},
            x=np.log10(0.9 * (last + 1)) - (0 if values is kl else 0.35),
            y=y,
            xanchor="right",
            showarrow=False,
            row=1,
            col=1,
        )
    return with_slider(figure, [str(k) for k in stops], prefix="steps: ")
