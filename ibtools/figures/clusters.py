"""Clusters and inputs over β in places that stay, so that a picture of them does not jump."""

from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.optimize import linear_sum_assignment

from ibtools.bottleneck import IBCurve, Problem, Solution
from ibtools.bottleneck.correspondence import correspondence
from ibtools.information.validation import whole_number


@dataclass(frozen=True, eq=False)
class ClustersOverBeta:
    """The encoders of a curve by rising β, every cluster in a lane that it keeps.

    index: (n,) where each solution stands in the curve; beta: (n,).
    rows: the x of every row; x that say similar things about Y are neighbours.
    p_y_given_row: (n_rows, n_y).  encoders: (n, n_rows, n_lanes) q(t|row).
    q_t: (n, n_lanes), 0 in an empty lane.  q_y_given_t: (n, n_lanes, n_y), NaN in an empty lane.
    """

    index: np.ndarray
    beta: np.ndarray
    rows: list[np.ndarray]
    p_y_given_row: np.ndarray
    encoders: np.ndarray
    q_t: np.ndarray
    q_y_given_t: np.ndarray


def counted(n_clusters: int) -> str:
    return "1 cluster" if n_clusters == 1 else f"{n_clusters} clusters"


def leading_function(problem: Problem) -> np.ndarray:
    """(n_y,) the function of Y, of mean 0 and variance 1, that X tells most about.

    See `correspondence`; its sign is such that the last y does not come before the first.
    """
    used = problem.p_y > 0
    p_xy = problem.p_xy[:, used]
    function = np.zeros(problem.n_y)
    if min(p_xy.shape) > 1:
        right = np.linalg.svd(correspondence(p_xy), full_matrices=False)[2]
        function[used] = right[0] / np.sqrt(problem.p_y[used])
    return -function if function[-1] < function[0] else function


def clusters_over_beta(
    p_xy: np.ndarray | Problem, curve: IBCurve, *, max_rows: int = 64
) -> ClustersOverBeta:
    """Put the clusters of all solutions of a curve into lanes and the x into rows.

    Each solution hands its lanes on to the next one by the largest common probability, from the
    solution with most clusters downwards and upwards in β. More than max_rows inputs share rows.

    Raises ValueError when the curve holds no solutions, solutions of another problem or of
    Gaussians, and the errors of Problem.
    """
    problem = Problem.of(p_xy)
    if not len(curve):
        raise ValueError("curve must hold at least one solution, got none")
    index = np.argsort(curve.beta, kind="stable")
    solutions = [_fitting(curve[int(i)], problem) for i in index]
    lanes = _lanes(problem, solutions)
    n_lanes = max(len(lane) for lane in lanes)
    finest = int(np.argmax([s.n_clusters for s in solutions]))
    home = lanes[finest][solutions[finest].labels]
    order = np.lexsort((problem.p_y_given_x @ leading_function(problem), home))
    rows = np.array_split(order, min(problem.n_x, whole_number(max_rows, "max_rows")))
    q_t = np.zeros((len(index), n_lanes))
    q_y_given_t = np.full((len(index), n_lanes, problem.n_y), np.nan)
    encoders = np.zeros((len(index), len(rows), n_lanes))
    for i, (solution, lane) in enumerate(zip(solutions, lanes, strict=True)):
        q_t[i, lane] = solution.q_t
        q_y_given_t[i, lane] = solution.q_y_given_t
        for row, xs in enumerate(rows):
            encoders[i, row, lane] = np.average(
                solution.q_t_given_x[xs], axis=0, weights=problem.p_x[xs]
            )
    p_y_given_row = [
        np.average(problem.p_y_given_x[xs], axis=0, weights=problem.p_x[xs]) for xs in rows
    ]
    return ClustersOverBeta(
        index, curve.beta[index], rows, np.array(p_y_given_row), encoders, q_t, q_y_given_t
    )


def _fitting(solution: Solution, problem: Problem) -> Solution:
    if not isinstance(solution, Solution):
        raise ValueError(f"curve must hold solutions of a table, got a {type(solution).__name__}")
    shapes = solution.q_t_given_x.shape[:1] + solution.q_y_given_t.shape[1:]
    if shapes != problem.p_xy.shape:
        raise ValueError(
            f"curve must hold solutions of p_xy {problem.p_xy.shape}, got one of {shapes}"
        )
    return solution


def _lanes(problem: Problem, solutions: list[Solution]) -> list[np.ndarray]:
    """For every solution the lane (n_t,) of each of its clusters."""
    finest = int(np.argmax([s.n_clusters for s in solutions]))
    first = np.empty(solutions[finest].n_clusters, dtype=int)
    first[_leaf_order(problem, solutions[finest])] = np.arange(len(first))
    lanes = {finest: first}
    for way in (range(finest - 1, -1, -1), range(finest + 1, len(solutions))):
        in_lane = np.empty((problem.n_x, len(first)))
        in_lane[:, first] = solutions[finest].q_t_given_x
        for i in way:
            encoder = solutions[i].q_t_given_x
            common = encoder.T @ (problem.p_x[:, None] * in_lane)
            lanes[i] = linear_sum_assignment(common, maximize=True)[1]
            in_lane[:, lanes[i]] = encoder
    return [lanes[i] for i in range(len(solutions))]


def _leaf_order(problem: Problem, solution: Solution) -> np.ndarray:
    """Clusters that say similar things about Y beside each other."""
    if solution.n_clusters == 1:
        return np.zeros(1, dtype=int)
    distances = linkage(np.sqrt(solution.q_y_given_t), "average", optimal_ordering=True)
    order = leaves_list(distances)
    ends = solution.q_y_given_t[order[[0, -1]]] @ leading_function(problem)
    return order[::-1] if ends[0] > ends[1] else order
