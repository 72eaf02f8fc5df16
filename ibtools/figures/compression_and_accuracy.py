"""Do networks that compress more answer better?"""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.theme import layer_colour, rounded, styled
from ibtools.plane import Trajectory
from ibtools.plane.summary import compression, compression_ranks

SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross")


def compression_and_accuracy(runs: Mapping[str, Trajectory], layer: int = -2) -> go.Figure:
    """A point a network: how far I(X;T) of a layer fell from its peak, and its test accuracy.

    runs: by activation, say.  layer: the last hidden one by default.  An × is a dead network; the
    rank correlation of each run, with its 95 % interval, is over the living ones. A correlation
    over initialisations is no cause, and none found is no proof that there is none.
    Question: Saxe et al. (2018), claim 2.
    Raises ValueError for a run with fewer than 4 living networks.
    """
    figure, sentences = go.Figure(), []
    for i, (name, run) in enumerate(runs.items()):
        alive = np.flatnonzero(~run.dead)
        ranks = compression_ranks(run.networks(alive)).in_words(layer)
        figure.add_scatter(
            x=rounded(compression(run)[:, layer]),
            y=rounded(run.test_accuracy[:, -1], 4),
            mode="markers",
            marker={
                "color": layer_colour(i),
                "symbol": ["x-thin-open" if dead else SYMBOLS[i % 5] for dead in run.dead],
                "size": 8,
                "opacity": 0.6,
            },
            name=f"{name}: ρ = {ranks}",
            hovertemplate=f"{name}<br>fell %{{x}} bits<br>accuracy %{{y}}<extra></extra>",
        )
        sentences.append(f"{name}: {ranks}, {len(alive)} of {run.n_networks} networks alive.")
    first = next(iter(runs.values()))
    styled(
        figure,
        x=f"fall of I(X;{first.layer_names[layer]}) from its peak, bits",
        y="test accuracy at the end",
        summary="Rank correlation between the fall and the test accuracy over the networks that "
        "are alive. " + " ".join(sentences),
    )
    return figure
