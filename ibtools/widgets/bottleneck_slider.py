"""The bottleneck slider: along an IB curve by hand, while encoder and clusters follow.

All solutions are computed before and sent along, so that the same ES module
(bottleneck_slider.js) works in a live kernel and on the course's site, where no kernel runs.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import traitlets

from ibtools.bottleneck import IBCurve, Problem, Solution
from ibtools.figures.clusters import ClustersOverBeta, clusters_over_beta
from ibtools.figures.reach import COST_TITLES, slope_name, slopes
from ibtools.figures.theme import LAYER_COLOURS
from ibtools.information.estimate import unit_name
from ibtools.information.validation import positive
from ibtools.widgets.module import bundle
from ibtools.widgets.page_widget import PageWidget, limit_line, rounded, thinned

MODULE = Path(__file__).with_suffix(".js")
MAX_ROWS = 48
MAX_SOLUTIONS = 60
MAX_BYTES = 190_000
# Not more than there are colours.
MAX_VALUES_OF_Y = len(LAYER_COLOURS)


class BottleneckSlider(PageWidget):
    """A slider over β: the point on the curve, the encoder q(t|x) and what clusters say about Y.

    p_xy, curve: a problem and solutions of it; the curve is taken for the optimum, and what no
    encoder reaches then is shaded.  beta: where the slider stands first (the nearest of the
    curve), by default in the middle.  x_names, y_names: what to call the values of X and Y.

    More than 48 x share rows, each the mean of its inputs; the rarest of more than 7 y are one;
    of more than 60 solutions, or more than fit into 190 kB, some are left out, the ends never.
    `solution` is the one that the slider shows.

    Raises ValueError when the curve holds no solutions or solutions of another problem, and for
    names that are not one for each value.
    """

    _esm = bundle(MODULE)
    _module = MODULE
    _address = "slider"
    _height = 520

    curve = traitlets.Dict().tag(sync=True)
    index = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        p_xy: np.ndarray | Problem,
        curve: IBCurve,
        *,
        beta: float | None = None,
        x_names: Sequence[str] | None = None,
        y_names: Sequence[str] | None = None,
    ):
        problem = Problem.of(p_xy)
        x_names = _names(x_names, "x_names", problem.n_x)
        y_names = _names(y_names, "y_names", problem.n_y)
        clusters = clusters_over_beta(problem, curve, max_rows=MAX_ROWS)
        y_groups = _groups_of_y(problem)
        fixed = _plane(curve) | {
            "y_names": [y_names[ys[0]] if len(ys) == 1 else "others" for ys in y_groups],
            "x_names": [x_names[xs[0]] if len(xs) == 1 else "" for xs in clusters.rows],
            "rows": _per_cent(_summed(clusters.p_y_given_row, y_groups)),
        }
        self._solutions = curve
        state = thinned(
            lambda kept: fixed | _moving(curve, clusters, y_groups, kept),
            len(curve),
            at_most=MAX_SOLUTIONS,
            max_bytes=MAX_BYTES,
        )
        wanted = state["beta"][len(state["beta"]) // 2] if beta is None else positive(beta, "beta")
        index = int(np.abs(np.log(np.array(state["beta"]) / wanted)).argmin())
        super().__init__(curve=state, index=index)

    @property
    def solution(self) -> Solution:
        return self._solutions[self.curve["places"][self.index]]

    def summary(self) -> str:
        betas, cost, unit = self.curve["beta"], self.curve["cost_name"], self.curve["unit"]
        return (
            f"A slider over β from {betas[0]:.3g} to {betas[-1]:.3g} along the information curve, "
            f"with the encoder and its clusters. At β = {betas[self.index]:.3g}: "
            f"{cost} = {self.curve['cost'][self.index]:.2f} {unit}, "
            f"I(T;Y) = {self.curve['relevance'][self.index]:.2f} {unit}."
        )

    def page_state(self) -> dict:
        return {"curve": self.curve, "index": self.index}


def _names(names: Sequence[str] | None, argument: str, n: int) -> list[str]:
    names = range(n) if names is None else names
    if len(names) != n:
        raise ValueError(f"{argument} must be {n} names, one for each value, got {len(names)}")
    return [str(name) for name in names]


def _groups_of_y(problem: Problem) -> list[np.ndarray]:
    """Every y by itself, or all but the likeliest together where there are too many to tell."""
    ys = np.arange(problem.n_y)
    if problem.n_y <= MAX_VALUES_OF_Y:
        return list(ys[:, None])
    likely = np.sort(np.argsort(-problem.p_y, kind="stable")[: MAX_VALUES_OF_Y - 1])
    return [*likely[:, None], np.setdiff1d(ys, likely)]


def _summed(p_of_y: np.ndarray, groups: list[np.ndarray]) -> np.ndarray:
    return np.stack([p_of_y[..., ys].sum(axis=-1) for ys in groups], axis=-1)


def _per_cent(shares: np.ndarray) -> list:
    return np.rint(100 * shares).astype(int).tolist()


def _significant(values: np.ndarray) -> list:
    return [float(f"{value:.4g}") for value in values]


def _plane(curve: IBCurve) -> dict:
    """What stands still in the plane."""
    cost = curve.minimised or "I_XT"
    hull = curve.envelope(cost)
    end = 1.08 * max(float(getattr(curve, cost).max()), 1e-3)
    return {
        "cost_name": COST_TITLES[cost],
        "unit": unit_name(curve.base),
        "end": end,
        "information": round(curve.I_XY, 4),
        "limit": limit_line(curve, end, cost),
        "reached": {"x": rounded(getattr(hull, cost), 4), "y": rounded(hull.I_TY, 4)},
        "has_tangent": curve.minimised is not None,
        "slope_name": slope_name(curve),
    }


def _moving(
    curve: IBCurve, clusters: ClustersOverBeta, y_groups: list[np.ndarray], kept: np.ndarray
) -> dict:
    """What follows the slider, by rising β. An empty lane tells nothing: null."""
    places = clusters.index[kept]
    cost = curve.minimised or "I_XT"
    told = _summed(np.nan_to_num(clusters.q_y_given_t[kept]), y_groups)
    return {
        "places": places.tolist(),
        "beta": _significant(clusters.beta[kept]),
        "slope": _significant(slopes(curve)[places]),
        "cost": rounded(getattr(curve, cost)[places], 4),
        "relevance": rounded(curve.I_TY[places], 4),
        "n_clusters": curve.n_clusters[places].tolist(),
        "encoders": _per_cent(clusters.encoders[kept]),
        "shares": rounded(clusters.q_t[kept], 5),
        "told": _per_cent(told),
    }
