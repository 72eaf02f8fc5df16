"""Do networks that compress more answer better?"""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.plane import Trajectory
from ibtools.plane.summary import compression, compression_ranks

SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross")


def compression_and_accuracy(runs: Mapping[str, Trajectory], layer: int = -2) -> go.Figure:
    """A point a network: how far I(X;T) of a layer fell from its peak, and its test accuracy.

    runs: by activation, say.  layer: the last hidden one by default.  The points and the rank
    correlation of each run, with its 95 % interval, are of the living networks; how many are dead
    stands below. A correlation over initialisations is no cause: who is further in training may
    have more of both. And none found is no proof that there is none.
    Question: Saxe et al. (2018), claim 2.
    Raises ValueError for a run with fewer than 4 living networks.
    """
    figure, sentences, missing = go.Figure(), [], []
    for i, (name, run) in enumerate(runs.items()):
        alive = np.flatnonzero(~run.dead)
        living = run.networks(alive)
        ranks = compression_ranks(living).in_words(layer)
        figure.add_scatter(
            x=rounded(compression(living)[:, layer]),
            y=rounded(living.test_accuracy[:, -1], 4),
            mode="markers",
            marker={
                "color": layer_colour(i),
                "symbol": SYMBOLS[i % len(SYMBOLS)],
                "size": 8,
                "opacity": 0.6,
            },
            name=f"{name}: ρ = {ranks}",
            hovertemplate=f"{name}<br>fell %{{x}} bits<br>accuracy %{{y}}<extra></extra>",
        )
        if run.dead.any():
            missing.append(f"{name} {run.dead.sum()} of {run.n_networks}")
        sentences.append(f"{name}: {ranks}, {len(alive)} of {run.n_networks} networks alive.")
    first = next(iter(runs.values()))
    styled(
        figure,
        x=f"fall of I(X;{first.layer_names[layer]}) from its peak, bits",
        y="test accuracy at the end",
        summary="Rank correlation between the fall and the test accuracy over the networks that "
        "are alive. " + " ".join(sentences),
    )
    if missing:
        figure.add_annotation(
            text=f"dead, not drawn: {', '.join(missing)}",
            xref="paper",
            yref="paper",
            x=1,
            y=0,
            showarrow=False,
            font={"color": TEXT},
        )
    return figure.update_layout(showlegend=True)
