"""The tree of an agglomerative bottleneck, and what is left of the information at each step."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots
from scipy.cluster.hierarchy import dendrogram, is_valid_linkage

from ibtools.figures.theme import TEXT, layer_colour, styled
from ibtools.information.estimate import unit_name
from ibtools.information.validation import whole_number

LEAF_HEIGHT = 17
LOWER_HEIGHT = 190


def merge_tree(
    linkage: np.ndarray,
    labels: Sequence[str] | None = None,
    *,
    information: float,
    max_leaves: int = 30,
    base: float = 2,
) -> go.Figure:
    """Which clusters merge when, above I(T;Y) over the number of clusters that are left.

    linkage: (n-1, 4) as in SciPy; its heights are the I(T;Y) lost so far, in units of log `base`.
    labels: names of the n leaves, their numbers by default.
    information: the I(T;Y) before the first merge.
    max_leaves: a larger tree shows its last merges only, and a leaf is then a cluster of as many
    things as its label says.

    Raises ValueError when linkage is none, its heights fall, or labels has another length.
    """
    linkage = np.asarray(linkage, dtype=float)
    is_valid_linkage(linkage, throw=True, name="linkage")
    lost, n = linkage[:, 2], len(linkage) + 1
    if (np.diff(lost) < -1e-9).any():
        raise ValueError("linkage must have heights that never fall: what is lost so far")
    names = [str(i) for i in range(n)] if labels is None else [str(label) for label in labels]
    if len(names) != n:
        raise ValueError(f"labels must be one for each of the {n} leaves, got {len(names)}")
    shown = min(n, whole_number(max_leaves, "max_leaves", at_least=2))
    tree = dendrogram(linkage, no_plot=True, labels=names, truncate_mode="lastp", p=shown)
    leaf_places = 10 * np.arange(len(tree["ivl"])) + 5
    upper = LEAF_HEIGHT * len(leaf_places) + 40
    height = upper + LOWER_HEIGHT + 150
    figure = make_subplots(
        rows=2, row_heights=[upper, LOWER_HEIGHT], vertical_spacing=min(0.3, 70 / height)
    )
    figure.add_trace(_branches(tree), row=1, col=1)
    left = information - np.r_[0, lost]
    counts = np.arange(n, 0, -1)
    figure.add_trace(_left_over(counts, left, unit_name(base)), row=2, col=1)
    half = int(counts[left >= 0.9 * information].min())
    unit = unit_name(base)
    styled(
        figure,
        x="number of clusters (log scale)",
        y=f"I(T;Y), {unit}",
        height=height,
        summary=f"{n} clusters with I(T;Y) = {information:.3f} {unit} merge one pair at a time. "
        f"{half} clusters still keep nine tenths of it; the last merge but one leaves "
        f"{left[-2]:.3f}.",
    )
    figure.update_xaxes(row=1, col=1, title_text=f"I(T;Y) lost so far, {unit}", rangemode="tozero")
    figure.update_yaxes(
        row=1,
        col=1,
        title_text="",
        tickvals=leaf_places.tolist(),
        ticktext=tree["ivl"],
        showgrid=False,
        range=[10 * len(leaf_places), 0],
    )
    figure.update_xaxes(row=2, col=1, type="log", dtick=1)
    figure.update_yaxes(row=2, col=1, rangemode="tozero")
    figure.update_layout(showlegend=False)
    return figure


def _branches(tree: dict) -> go.Scatter:
    """One line with gaps; SciPy's tree grows upwards, this one to the right."""
    across, along = [], []
    for heights, places in zip(tree["dcoord"], tree["icoord"], strict=True):
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
