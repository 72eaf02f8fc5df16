from dataclasses import replace

import numpy as np
import pytest

from ibtools import figures
from ibtools.bottleneck import IBCurve, Problem, encoder_solution, gaussian_bottleneck_curve
from ibtools.bottleneck.clustering.agglomerative import agglomerative_bottleneck
from ibtools.datasets import icosahedron_rule
from ibtools.figures.clusters import clusters_over_beta, leading_function
from ibtools.figures.reach import in_bits, reach_limit
from ibtools.networks import TrainingSettings
from ibtools.plane import record

# A source of two symbols with flips in one of ten: its critical β is 1.5625.
SYMMETRIC = np.array([[0.45, 0.05], [0.05, 0.45]])
EIGHT = np.c_[np.linspace(0.95, 0.05, 8), np.linspace(0.05, 0.95, 8)] / 8


def flips(probability):
    return np.array([[1 - probability, probability], [probability, 1 - probability]])


@pytest.fixture(scope="module")
def symmetric():
    """The points of the symmetric source that are known to five digits, with made encoders."""
    keeps = {1.2: 0.5, 2: 0.054207, 3: 0.005774, 5: 0.000168}
    solutions = []
    for beta, keep in keeps.items():
        encoder = np.ones((2, 1)) if beta < 1.5625 else flips(keep)
        solutions.append(encoder_solution(SYMMETRIC, encoder, beta=beta))
    return IBCurve.from_solutions(SYMMETRIC, solutions)


@pytest.fixture(scope="module")
def splitting():
    """Eight inputs in 1, 2, 4 and 8 clusters, those in hand-made disorder."""
    rng = np.random.default_rng(0)
    solutions = []
    for beta, n_clusters in ((1, 1), (2, 2), (4, 4), (8, 8)):
        encoder = np.kron(np.eye(n_clusters), np.ones((8 // n_clusters, 1)))
        encoder = encoder[:, rng.permutation(n_clusters)]
        solutions.append(encoder_solution(EIGHT, encoder, beta=beta))
    return IBCurve.from_solutions(EIGHT, solutions)


@pytest.fixture(scope="module")
def tree():
    """Two pairs of similar x."""
    p_y_given_x = np.array([0.9, 0.86, 0.1, 0.2])
    return agglomerative_bottleneck(np.c_[p_y_given_x, 1 - p_y_given_x] / 4)


def trace(figure, name):
    return next(t for t in figure.data if t.name == name)


def test_the_points_are_those_of_the_curve(symmetric):
    figure = figures.ib_curve({"IB": symmetric})
    points = trace(figure, "IB")
    assert points.x == pytest.approx(symmetric.I_XT, abs=6e-5)
    assert points.y == pytest.approx(symmetric.I_TY, abs=6e-5)
    assert [beta for beta, _ in points.customdata] == ["1.2", "2", "3", "5"]
    assert figure.layout.xaxis.title.text == "I(X;T), bits"


def test_what_is_shaded_is_above_every_point_and_below_every_bound(symmetric):
    paid, limit = reach_limit(symmetric, 1.2)
    assert (limit <= np.minimum(paid, symmetric.I_XY) + 1e-9).all()
    assert (np.interp(symmetric.I_XT, paid, limit) >= symmetric.I_TY - 1e-4).all()
    # The tangent at β = 3 passes through its point: there the limit touches the curve.
    touching = np.interp(symmetric.I_XT[2], paid, limit)
    assert touching == pytest.approx(symmetric.I_TY[2], abs=1e-4)


def test_another_cost_is_bounded_by_what_is_sure(symmetric):
    paid, limit = reach_limit(symmetric, 1.2, "H_T")
    np.testing.assert_allclose(limit, np.minimum(paid, symmetric.I_XY), rtol=0, atol=1e-12)
    assert round(symmetric.I_XY, 4) in paid, "the corner"


def test_the_tangent_has_the_slope_of_its_beta(symmetric):
    # 1.57 is nearer to 2 than to 1.2 as a ratio, though not as a difference.
    figure = figures.ib_curve(symmetric, tangent_at=1.57)
    line = trace(figure, "slope 1/β = 0.5")
    (x0, x1), (y0, y1) = line.x, line.y
    assert y1 <= figure.layout.yaxis.range[1] + 1e-4
    steep = trace(figures.ib_curve(symmetric, tangent_at=1), "slope 1/β = 0.833")
    assert steep.y[1] <= figure.layout.yaxis.range[1] + 1e-4
    assert (y1 - y0) / (x1 - x0) == pytest.approx(1 / 2, abs=1e-3)
    assert y0 + (symmetric.I_XT[1] - x0) / 2 == pytest.approx(symmetric.I_TY[1], abs=1e-3)


def test_the_tangent_of_another_power_has_the_slope_of_its_multiplier(symmetric):
    # C² - β I(T;Y) and C - β/(2C) I(T;Y) have the same solutions.
    squared = replace(symmetric[1:], beta=(2 * symmetric.beta * symmetric.I_XT)[1:], power=2.0)
    lines = [
        trace(figures.ib_curve(curve, tangent_at=beta), name)
        for curve, beta, name in (
            (symmetric[1:], 3, "slope 1/β = 0.333"),
            (squared, squared.beta[1], "slope = 0.333"),
        )
    ]
    assert lines[0].y == pytest.approx(lines[1].y)


def test_what_did_not_converge_is_open_and_curves_have_names(symmetric):
    doubtful = replace(symmetric, converged=np.array([True, True, False, True]))
    figure = figures.ib_curve({"IB": symmetric, "doubtful": doubtful}, cost="H_T")
    symbols = trace(figure, "doubtful").marker.symbol
    assert list(symbols) == ["square", "square", "square-open", "square"]
    assert [t.name for t in figure.data if t.showlegend is True] == ["IB", "doubtful"]


def test_a_curve_of_numbers_in_nats_says_so(symmetric):
    nats = symmetric.arrays() | {
        name: getattr(symmetric, name) * np.log(2) for name in ("I_XT", "I_TY", "H_T", "I_XY")
    }
    figure = figures.ib_curve(replace(symmetric, **nats, base=np.e, solutions=()))
    assert "nats" in figure.layout.yaxis.title.text


def test_a_problem_without_information_can_be_drawn():
    independent = np.full((3, 2), 1 / 6)
    curve = IBCurve.from_solutions(
        independent, [encoder_solution(independent, np.ones((3, 1)), beta=2)]
    )
    figure = figures.ib_curve(curve, tangent_at=2)
    assert figure.layout.xaxis.range[1] > 0
    assert [set(t.text) for t in figure.data if t.text] == [{""}]
    assert trace(figures.bifurcation(independent, curve), None).y == (0.5,)


def test_wrong_requests_for_a_curve_are_named(symmetric):
    with pytest.raises(ValueError, match="curves must hold at least one curve"):
        figures.ib_curve({})
    with pytest.raises(ValueError, match="cost must be one of I_XT, H_T"):
        figures.ib_curve(symmetric, cost="I_TY")
    with pytest.raises(ValueError, match="tangent_at must be None for the cost H_T"):
        figures.ib_curve(symmetric, cost="H_T", tangent_at=2)
    with pytest.raises(ValueError, match="curves must have points"):
        figures.ib_curve(symmetric[:0])
    gaussian = gaussian_bottleneck_curve([[2, 1], [1, 2]], 1, [5.0])
    with pytest.raises(ValueError, match="all with a finite H_T"):
        figures.ib_curve({"table": symmetric, "Gaussian": gaussian}, cost="H_T")
    with pytest.raises(ValueError, match="curves must have one base"):
        figures.ib_curve({"a": symmetric, "b": replace(symmetric, base=np.e)})


def test_the_leading_function_is_uncorrelated_with_nothing_and_has_variance_one():
    p = np.random.default_rng(1).dirichlet(np.ones(15)).reshape(5, 3)
    problem = Problem(p)
    function = leading_function(problem)
    assert problem.p_y @ function == pytest.approx(0, abs=1e-12)
    assert problem.p_y @ function**2 == pytest.approx(1)
    explained = problem.p_x @ (problem.p_y_given_x @ function) ** 2
    scaled = p / np.sqrt(np.outer(problem.p_x, problem.p_y))
    assert explained == pytest.approx(np.linalg.svd(scaled)[1][1] ** 2)
    for table in (p, p[:, ::-1], p[::-1], EIGHT, EIGHT[:, ::-1]):
        rising = leading_function(Problem(table))
        assert rising[-1] >= rising[0]


def test_clusters_keep_their_lanes(splitting):
    clusters = clusters_over_beta(EIGHT, splitting)
    # With y = 1 growing along x, the lanes of the finest solution are the inputs in their order.
    np.testing.assert_array_equal(clusters.encoders[3], np.eye(8))
    assert [row.tolist() for row in clusters.rows] == [[x] for x in range(8)]
    for coarse, fine in zip(clusters.encoders[:-1], clusters.encoders[1:], strict=True):
        for lane in np.flatnonzero(coarse.sum(axis=0)):
            assert (coarse[:, lane] >= fine[:, lane]).all()
            assert fine[:, lane].any()


def test_the_order_of_the_betas_and_of_the_clusters_changes_nothing(splitting):
    backwards = replace(splitting, **{name: a[::-1] for name, a in splitting.arrays().items()},
                        solutions=splitting.solutions[::-1])  # fmt: skip
    one, other = (clusters_over_beta(EIGHT, c) for c in (splitting, backwards))
    np.testing.assert_array_equal(one.encoders, other.encoders)
    np.testing.assert_array_equal(other.index, [3, 2, 1, 0])
    assert one.q_y_given_t[1, one.q_t[1] > 0, 1] == pytest.approx([0.24286, 0.75714], abs=1e-3)


def test_rows_and_lanes_rise_with_the_leading_function(splitting):
    """Also where y = 1 falls along x: what says most for the last y stands last."""
    falling = Problem(EIGHT[::-1])
    solutions = [encoder_solution(falling, s.q_t_given_x, beta=s.beta) for s in splitting]
    clusters = clusters_over_beta(falling, IBCurve.from_solutions(falling, solutions))
    assert [row.tolist() for row in clusters.rows] == [[x] for x in range(7, -1, -1)]
    assert (np.diff(clusters.q_y_given_t[3, :, 1]) > 0).all()


def test_many_inputs_share_rows(splitting):
    clusters = clusters_over_beta(EIGHT, splitting, max_rows=4)
    assert [row.tolist() for row in clusters.rows] == [[0, 1], [2, 3], [4, 5], [6, 7]]
    np.testing.assert_allclose(clusters.encoders.sum(axis=2), 1)
    assert clusters.encoders[3, 0, :2].tolist() == [0.5, 0.5]


def test_shared_rows_are_means_over_their_inputs():
    p = np.array([[0.08, 0.02], [0.6, 0.3]])
    curve = IBCurve.from_solutions(p, [encoder_solution(p, np.eye(2), beta=3)])
    clusters = clusters_over_beta(p, curve, max_rows=1)
    assert np.sort(clusters.encoders[0, 0]) == pytest.approx([0.1, 0.9])
    assert clusters.p_y_given_row[0] == pytest.approx([0.68, 0.32])


def test_the_heatmap_has_a_frame_for_each_beta(splitting):
    figure = figures.encoder_heatmap(EIGHT, splitting)
    labels = [step.label for step in figure.layout.sliders[0].steps]
    assert labels == ["1, 1 cluster", "2, 2 clusters", "4, 4 clusters", "8, 8 clusters"]
    assert np.array_equal(figure.frames[3].data[0].z, 100 * np.eye(8))
    assert np.array_equal(
        figure.data[0].z, figure.frames[figure.layout.sliders[0].active].data[0].z
    )
    assert len(figures.encoder_heatmap(EIGHT, splitting, max_frames=2).frames) == 2


def test_the_heatmap_of_a_large_problem_stays_small():
    rng = np.random.default_rng(0)
    p = rng.dirichlet(np.ones(1200)).reshape(300, 4)
    solutions = [
        encoder_solution(p, rng.dirichlet(np.full(12, 0.1), 300), beta=beta)
        for beta in np.geomspace(1, 100, 60)
    ]
    curve = IBCurve.from_solutions(p, solutions)
    figure = figures.encoder_heatmap(p, curve)
    assert len(figure.frames) == 30
    assert len(figure.to_json()) < 100_000
    assert len(figures.bifurcation(p, curve).to_json()) < 100_000
    assert len(figures.ib_curve(curve).to_json()) < 30_000


def test_clusters_split_where_they_should(symmetric):
    figure = figures.bifurcation(SYMMETRIC, symmetric)
    markers = [t for t in figure.data if t.mode == "markers"]
    heights = sorted(t.y[-1] for t in markers)
    assert heights == pytest.approx([0.1, 0.9], abs=1e-3)
    assert sorted(len(t.x) for t in markers) == [3, 4]
    # The new cluster's line begins where the old one was.
    (young,) = [t for t in figure.data if t.mode == "lines" and None in t.x]
    assert (young.x[1], young.y[1]) == (1.2, 0.5)
    split, critical = (shape.x0 for shape in figure.layout.shapes)
    assert split == pytest.approx(np.sqrt(1.2 * 2), abs=1e-4)
    assert critical == pytest.approx(1.5625)
    assert figure.layout.annotations[0].x == pytest.approx(np.log10(1.5625))


def test_a_new_cluster_comes_from_the_nearest_one(splitting):
    lines = [t for t in figures.bifurcation(EIGHT, splitting).data if t.mode == "lines"]
    assert sum(t.x.count(None) for t in lines) == 7
    for line in lines:
        for gap in (i for i, x in enumerate(line.x) if x is None):
            assert abs(line.y[gap + 1] - line.y[gap + 2]) < 0.3


def test_areas_are_shares():
    p = np.array([[0.2, 0.0], [0.0, 0.8]])
    curve = IBCurve.from_solutions(p, [encoder_solution(p, np.eye(2), beta=3)])
    small, large = (
        t.marker.size[0] for t in figures.bifurcation(p, curve).data if t.mode == "markers"
    )
    assert (large / small) ** 2 == pytest.approx(4, rel=0.02)


def test_the_height_of_a_cluster_is_what_is_asked_for():
    p = np.random.default_rng(2).dirichlet(np.ones(12)).reshape(4, 3)
    curve = IBCurve.from_solutions(p, [encoder_solution(p, np.eye(4), beta=3)])
    problem = Problem(p)

    def heights(**asked):
        return sorted(t.y[0] for t in figures.bifurcation(p, curve, **asked).data[1::2])

    assert heights(y=2) == pytest.approx(sorted(problem.p_y_given_x[:, 2]), abs=1e-4)
    led = problem.p_y_given_x @ leading_function(problem)
    assert heights() == pytest.approx(sorted(led), abs=1e-3)
    with pytest.raises(ValueError, match="y must be less than 3"):
        figures.bifurcation(p, curve, y=3)
    assert heights(y=2.0) == heights(y=2)


def test_other_problems_and_curves_without_solutions_are_refused(symmetric):
    with pytest.raises(ValueError, match="solutions of p_xy"):
        figures.encoder_heatmap(EIGHT, symmetric)
    with pytest.raises(ValueError, match="numbers only"):
        figures.bifurcation(SYMMETRIC, replace(symmetric, solutions=()))
    with pytest.raises(ValueError, match="curve must hold at least one solution"):
        figures.encoder_heatmap(SYMMETRIC, symmetric[:0])
    with pytest.raises(ValueError, match="solutions of a table, got a GaussianSolution"):
        figures.bifurcation(SYMMETRIC, gaussian_bottleneck_curve([[2, 1], [1, 2]], 1, [5.0]))


def test_a_tree_has_its_leaves_and_what_is_left(tree):
    figure = figures.merge_tree(tree, ["a", "b", "c", "d"])
    leaves = "".join(figure.layout.yaxis.ticktext)
    assert sorted((leaves[:2], leaves[2:])) == ["ab", "cd"]
    branches, left = figure.data
    ends = np.array([value for value in branches.x if value is not None]).reshape(3, 4).max(axis=1)
    assert sorted(ends) == pytest.approx(tree.I_XY - tree.I_TY[1:], abs=1e-4)
    assert left.x == (4, 3, 2, 1)
    assert left.y == pytest.approx(tree.I_TY, abs=1e-4)


def test_a_tree_is_read_from_above_and_says_how_many_clusters_keep_nearly_all(tree):
    figure = figures.merge_tree(tree)
    assert figure.layout.yaxis.range == (40, 0)
    assert "2 clusters still keep nine tenths" in figure.layout.meta["summary"]
    unlike = agglomerative_bottleneck(np.eye(8) / 8)
    assert "7 clusters still keep" in figures.merge_tree(unlike).layout.meta["summary"]


def test_a_large_tree_shows_its_last_merges():
    n = 400
    y = np.linspace(0.01, 0.99, n)
    tree = agglomerative_bottleneck(np.c_[y, 1 - y] / n)
    figure = figures.merge_tree(tree, max_leaves=10)
    inside = [int(text.strip("()")) if "(" in text else 1 for text in figure.layout.yaxis.ticktext]
    assert (len(inside), sum(inside)) == (10, n)
    assert (figure.data[1].x[0], figure.data[1].x[-1]) == (n, 1)
    assert len(figure.to_json()) < 20_000


def test_trees_that_cannot_be_drawn_are_refused(tree):
    with pytest.raises(ValueError, match="x_names must be one for each of the 4 x, got 2"):
        figures.merge_tree(tree, ["a", "b"])
    with pytest.raises(ValueError, match="tree must have two x or more"):
        figures.merge_tree(agglomerative_bottleneck(np.array([[0.5, 0.5]])))


def test_the_information_plane_shows_its_limit(symmetric):
    settings = TrainingSettings(widths=(4,), n_networks=2, epochs=3)
    trajectory = record(icosahedron_rule(), settings, n_snapshots=2)
    plain, limited = (
        figures.information_plane(trajectory, limit=limit) for limit in (None, symmetric)
    )
    line = trace(limited, "limit")
    assert max(line.y) == pytest.approx(symmetric.I_XY, abs=1e-4)
    assert line.x[-1] == limited.layout.xaxis.range[1]
    assert max(trace(limited, "out of reach").y) == limited.layout.yaxis.range[1]
    assert limited.layout.annotations[0].text == "IB limit"
    assert "0.53 bits" in limited.layout.meta["summary"]
    assert not plain.layout.annotations
    # The frames still move the points of the networks.
    for figure in (plain, limited):
        moving = [figure.data[i].name for i in figure.frames[-1].traces]
        assert moving == ["single networks", "mean"]


def test_a_limit_in_nats_is_drawn_in_bits(symmetric):
    settings = TrainingSettings(widths=(4,), n_networks=2, epochs=3)
    trajectory = record(icosahedron_rule(), settings, n_snapshots=2)
    nats = {name: getattr(symmetric, name) * np.log(2) for name in ("I_XT", "I_TY", "H_T", "I_XY")}
    in_nats = replace(symmetric, **nats, base=np.e)
    lines = [
        trace(figures.information_plane(trajectory, limit=limit), "limit")
        for limit in (symmetric, in_nats)
    ]
    assert lines[0].y == pytest.approx(lines[1].y, abs=2e-4)


def test_a_limit_of_another_power_is_that_of_its_multipliers(symmetric):
    betas = np.maximum(2 * symmetric.beta * symmetric.I_XT, 1e-9)
    squared = replace(symmetric, beta=betas, power=2.0, solutions=())
    assert squared.multiplier[0] == np.inf
    known = symmetric[1:]
    plain, limit = (in_bits(curve).relevance_limit_at([0.1, 0.5]) for curve in (known, squared))
    assert limit == pytest.approx(plain, abs=2e-3)


def test_every_figure_says_what_it_shows(symmetric, tree):
    built = [
        figures.ib_curve(symmetric),
        figures.encoder_heatmap(SYMMETRIC, symmetric),
        figures.bifurcation(SYMMETRIC, symmetric),
        figures.merge_tree(tree),
    ]
    for figure in built:
        assert len(figure.layout.meta["summary"]) > 40
        assert figure.layout.xaxis.title.text


def test_a_rare_cluster_far_away_did_not_split_off():
    p_xy = np.array([[0.33, 0.33, 0.33], [0.01, 0.0, 0.0]])
    encoders = {1.5: np.ones((2, 1)), 2.0: np.eye(2)}
    solutions = [encoder_solution(p_xy, e, beta=beta) for beta, e in encoders.items()]
    figure = figures.bifurcation(p_xy, IBCurve.from_solutions(p_xy, solutions), y=2)
    (young,) = [t for t in figure.data if t.mode == "lines" and len(t.y) and t.y[-1] == 0]
    assert [x for x in young.x if x is not None] == [2.0]


def test_the_curve_that_minimised_the_cost_is_the_optimum(symmetric):
    hard = replace(symmetric, alpha=0.0, H_T=symmetric.H_T + 0.1, solutions=())
    curves = {"soft": symmetric, "hard": hard}
    by_cost = {cost: figures.ib_curve(curves, cost=cost) for cost in ("I_XT", "H_T")}
    texts = {c: {a.text for a in f.layout.annotations} for c, f in by_cost.items()}
    assert "out of reach" in texts["I_XT"]
    assert "nothing found here" in texts["H_T"]
    for cost, name in (("I_XT", "soft"), ("H_T", "hard")):
        labelled = [t.name for t in by_cost[cost].data if t.text]
        assert labelled == [name]
    colours = [
        {t.name: t.marker.color for t in f.data if t.name in curves} for f in by_cost.values()
    ]
    assert colours[0] == colours[1]


def test_the_plane_can_open_at_the_end():
    settings = TrainingSettings(widths=(4,), n_networks=2, epochs=5)
    trajectory = record(icosahedron_rule(), settings, n_snapshots=3)
    figure = figures.information_plane(trajectory, epoch=5)
    (slider,) = figure.layout.sliders
    assert slider.active == len(figure.frames) - 1
    shown = [t for t in figure.data if t.name == "mean"]
    assert shown[-1].x == figure.frames[-1].data[-1].x
