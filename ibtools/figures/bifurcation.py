"""How clusters split as β grows."""

import numpy as np
import plotly.graph_objects as go

from ibtools.bottleneck import IBCurve, Problem
from ibtools.bottleneck.blahut_arimoto.critical import cluster_splits, critical_beta
from ibtools.figures.clusters import ClustersOverBeta, clusters_over_beta, leading_function
from ibtools.figures.theme import GRID, TEXT, layer_colour, styled
from ibtools.information.validation import whole_number

LARGEST = 18
# Total of |q(y|t) - q(y|t')| from which on t is no part of t'.
FAR = 1.0


def bifurcation(p_xy: np.ndarray | Problem, curve: IBCurve, *, y: int | None = None) -> go.Figure:
    """What every cluster says about Y over β: one point a cluster, its area the share q(t).

    y: the value of Y whose q(y|t) is the height; 1 by default where Y has two values, and where
    it has more the mean over the cluster of the function of Y that X tells most about, see
    `leading_function`; in this view two clusters can lie on each other and differ all the same.

    Dotted lines are where the number of clusters grows from one β to the next; a dashed one is at
    `critical_beta`, if it is in the picture.

    Raises ValueError for a y that is none and when the curve holds no solutions or solutions of
    another problem.
    """
    problem = Problem.of(p_xy)
    clusters = clusters_over_beta(problem, curve, max_rows=1)
    chosen = (1 if problem.n_y == 2 else None) if y is None else whole_number(y, "y", at_least=0)
    if chosen is None:
        height = clusters.q_y_given_t @ leading_function(problem)
        title = "mean of the leading g(y) in the cluster"
    elif chosen >= problem.n_y:
        raise ValueError(f"y must be less than {problem.n_y}, the number of values of Y, got {y}")
    else:
        height = clusters.q_y_given_t[..., chosen]
        title = f"q(y = {chosen} | t)"
    figure = go.Figure()
    for lane in range(height.shape[1]):
        figure.add_traces(_lane(clusters, height, lane))
    at_first = curve.n_clusters[clusters.index[0]]
    splits = [split for split in cluster_splits(curve) if split.n_above > split.n_below]
    growth = [f"{split.n_above} from β = {split.high:.3g}" for split in splits]
    styled(
        figure,
        x="β (log scale)",
        y=title,
        summary=f"What the clusters say about Y over β from {clusters.beta[0]:.3g} to "
        f"{clusters.beta[-1]:.3g}. Clusters: {', '.join([str(at_first), *growth])}.",
    )
    for split in splits:
        at = round(float(np.sqrt(split.low * split.high)), 4)
        figure.add_vline(x=at, line={"color": GRID, "dash": "dot", "width": 2})
    critical = critical_beta(problem)
    if clusters.beta[0] <= critical <= clusters.beta[-1]:
        figure.add_vline(x=critical, line={"color": TEXT, "dash": "dash", "width": 1.5})
        # On a log axis plotly places lines by the value and texts by its logarithm.
        figure.add_annotation(
            text=f"critical β = {critical:.5g}",
            x=float(np.log10(critical)),
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            font={"color": TEXT},
        )
    figure.update_xaxes(type="log", dtick="D2")
    figure.update_layout(showlegend=False)
    return figure


def _lane(clusters: ClustersOverBeta, height: np.ndarray, lane: int) -> list[go.Scatter]:
    """The points of one cluster, and the line from where it split off.

    A cluster far from all others has not split off: it came in rare and grows.
    """
    used = clusters.q_t[:, lane] > 0
    x, y = [], []
    for i in np.flatnonzero(used):
        if i > 0 and not used[i - 1]:
            away = np.abs(clusters.q_y_given_t[i - 1] - clusters.q_y_given_t[i, lane]).sum(axis=1)
            near = np.nanmin(away) < FAR
            x += [None, *([clusters.beta[i - 1]] if near else [])]
            y += [None, *([height[i - 1, np.nanargmin(away)]] if near else [])]
        x.append(clusters.beta[i])
        y.append(height[i, lane])
    colour = layer_colour(lane)
    return [
        go.Scatter(
            x=_rounded(x),
            y=_rounded(y),
            mode="lines",
            line={"color": colour, "width": 1.5},
            opacity=0.6,
            hoverinfo="skip",
        ),
        go.Scatter(
            x=_rounded(clusters.beta[used]),
            y=_rounded(height[used, lane]),
            mode="markers",
            marker={
                "color": colour,
                "size": (LARGEST * np.sqrt(clusters.q_t[used, lane])).round(1).tolist(),
                "line": {"color": "white", "width": 0.5},
            },
            customdata=(100 * clusters.q_t[used, lane]).round(1).tolist(),
            hovertemplate=(
                "β = %{x:.3g}<br>height %{y:.3f}<br>q(t) = %{customdata} %<extra></extra>"
            ),
        ),
    ]


def _rounded(values) -> list:
    return [None if value is None else float(f"{value:.4g}") for value in values]
