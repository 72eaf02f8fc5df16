"""How many networks get each example wrong, and how many would by chance."""

import numpy as np
import plotly.graph_objects as go
from scipy.stats import binom

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.questions import Findings
from ibtools.questions.memorization import KINDS

BINS = 20
WORDS = {"real": "real data", "randY": "random labels", "randX": "random pixels"}


def example_difficulty(findings: Findings) -> go.Figure:
    """Examples by the share of networks that get them wrong; the slider goes through the data.

    findings: of `ibtools.questions.memorization.example_difficulty`. Bars count examples; the line
    is the count if all examples were alike: binomial, with the mean error of the same data.
    """
    n = findings.settings["n_networks"]
    edges = np.arange(BINS + 1) * n / BINS
    frames, sentences = [], []
    for i, kind in enumerate(KINDS):
        wrong = findings["wrong"][i].astype(int)
        bins = np.minimum(wrong * BINS // n, BINS - 1)
        counts = np.bincount(bins, minlength=BINS)
        alike = binom.pmf(np.arange(n + 1), n, wrong.mean() / n) * len(wrong)
        alike = np.bincount(np.minimum(np.arange(n + 1) * BINS // n, BINS - 1), weights=alike)
        middles = (edges[:-1] + edges[1:]) / 2 * 100 / n
        bars = go.Bar(
            x=middles.tolist(),
            y=counts.tolist(),
            width=90 / BINS,
            marker={"color": layer_colour(i)},
            hovertemplate="%{y} examples<extra></extra>",
        )
        line = go.Scatter(
            x=middles.tolist(),
            y=rounded(alike, 1),
            mode="lines",
            line={"color": TEXT, "width": 2, "shape": "hvh"},
            hoverinfo="skip",
        )
        frames.append(go.Frame(name=kind, data=[bars, line]))
        sentences.append(
            f"{WORDS[kind]}: {np.mean(wrong == 0):.0%} of the examples are wrong in no network, "
            f"{np.mean(wrong == n):.0%} in all, mean {wrong.mean() / n:.0%}"
        )
    figure = go.Figure(data=frames[0].data, frames=frames)
    highest = max(max(frame.data[1].y) for frame in frames)
    styled(
        figure,
        x="networks that get the example wrong, in %",
        y="examples",
        summary=f"{n} networks after a short training. " + "; ".join(sentences) + ".",
    )
    figure.update_xaxes(range=[0, 100]).update_yaxes(range=[0, 1.15 * highest])
    figure.add_annotation(
        x=98, y=1.08 * highest, text="line: if all examples were alike", xanchor="right",
        font={"color": TEXT}, showarrow=False,
    )  # fmt: skip
    return with_slider(figure, list(WORDS.values()), prefix="", redraw=True)
