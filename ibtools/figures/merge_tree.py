"""The tree of an agglomerative bottleneck, and what is left of the information at each step."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots
from scipy.cluster.hierarchy import dendrogram

from ibtools.bottleneck.clustering.merge_tree import MergeTree
from ibtools.figures.clusters import counted
from ibtools.figures.theme import TEXT, layer_colour, styled
from ibtools.information.estimate import unit_name
from ibtools.information.validation import whole_number

LEAF_HEIGHT = 17
LOWER_HEIGHT = 190


def merge_tree(
    tree: MergeTree, x_names: Sequence[str] | None = None, *, max_leaves: int = 30
) -> go.Figure:
    """Which clusters merge when, above I(T;Y) over the number of clusters that are left.

    tree: of `agglomerative_bottleneck`.  x_names: of its x, their numbers by default.
    max_leaves: a larger tree shows its last merges only, and a leaf is then a cluster of as many
    x as the number in brackets says.

    A branch ends at what is lost of I(T;Y) up to then, in all and not by this merge alone.

    Raises ValueError for a tree of one x, and when x_names are not one for each x.
    """
    n, unit = len(tree.n_clusters), unit_name(tree.base)
    if n < 2:
        raise ValueError("tree must have two x or more, got one, which has nothing to merge with")
    names = [str(name) for name in (range(n) if x_names is None else x_names)]
    if len(names) != n:
        raise ValueError(f"x_names must be one for each of the {n} x, got {len(names)}")
    shown = min(n, whole_number(max_leaves, "max_leaves", at_least=2))
    drawn = dendrogram(tree.linkage, no_plot=True, labels=names, truncate_mode="lastp", p=shown)
    leaf_places = 10 * np.arange(shown) + 5
    upper = LEAF_HEIGHT * shown + 40
    height = upper + LOWER_HEIGHT + 150
    figure = make_subplots(
        rows=2, row_heights=[upper, LOWER_HEIGHT], vertical_spacing=min(0.3, 70 / height)
    )
    figure.add_trace(_branches(drawn), row=1, col=1)
    figure.add_trace(_left_over(tree.n_clusters, tree.I_TY, unit), row=2, col=1)
    enough = int(tree.n_clusters[tree.I_TY >= 0.9 * tree.I_XY].min())
    styled(
        figure,
        x="number of clusters (log scale)",
        y=f"I(T;Y), {unit}",
        height=height,
        summary=f"{n} clusters with I(T;Y) = {tree.I_XY:.3f} {unit} merge, one pair at a time. "
        f"{counted(enough)} still keep nine tenths of it, and the last two {tree.I_TY[-2]:.3f}.",
    )
    figure.update_xaxes(row=1, col=1, title_text=f"I(T;Y) lost so far, {unit}", rangemode="tozero")
    figure.update_yaxes(
        row=1,
        col=1,
        title_text="",
        tickvals=leaf_places.tolist(),
        ticktext=drawn["ivl"],
        showgrid=False,
        range=[10 * shown, 0],
    )
    figure.update_xaxes(row=2, col=1, type="log", dtick=1)
    figure.update_yaxes(row=2, col=1, rangemode="tozero")
    figure.update_layout(showlegend=False)
    return figure


def _branches(drawn: dict) -> go.Scatter:
    """One line with gaps; SciPy's tree grows upwards, this one to the right."""
    across, along = [], []
    for heights, places in zip(drawn["dcoord"], drawn["icoord"], strict=True):
        across += [*np.round(heights, 4).tolist(), None]
        along += [*places, None]
    return go.Scatter(
        x=across,
        y=along,
        mode="lines",
        line={"color": layer_colour(0), "width": 1.5},
        hovertemplate="lost so far: %{x}<extra></extra>",
    )


def _left_over(counts: np.ndarray, left: np.ndarray, unit: str) -> go.Scatter:
    """I(T;Y) by number of clusters, of large trees about a hundred points evenly on the axis."""
    kept = np.unique(len(counts) - np.geomspace(1, len(counts), 100).round().astype(int))
    return go.Scatter(
        x=counts[kept].tolist(),
        y=left[kept].round(4).tolist(),
        mode="lines+markers",
        line={"color": layer_colour(1), "width": 2},
        marker={"size": 5, "color": layer_colour(1), "line": {"color": TEXT, "width": 0.5}},
        hovertemplate=f"%{{x}} clusters: I(T;Y) = %{{y:.3f}} {unit}<extra></extra>",
    )
