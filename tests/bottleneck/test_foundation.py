from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial import ConvexHull

from ibtools.bottleneck import (
    IBCurve,
    Problem,
    encoder_solution,
    generalised_bottleneck_curve,
    merge_equal_clusters,
    minimal_sufficient_statistic,
    power_bottleneck_curve,
)
from ibtools.bottleneck.symmetric import (
    binary_symmetric_bottleneck,
    binary_symmetric_relevance_at,
    binary_symmetric_source,
)
from ibtools.information import (
    conditional_entropy_from_table,
    entropy_from_table,
    mutual_information_from_table,
)

TABLE = np.array([[0.35, 0.15], [0.1, 0.4]])


def close(value, tolerance=1e-12):
    return pytest.approx(value, abs=tolerance)


def both(solution):
    return solution.I_XT, solution.I_TY


def told(solution):
    return *both(solution), solution.H_T


def with_rows(n_rows, n_columns):
    """Non-negative rows with zeros, none empty."""
    shape = st.tuples(n_rows, n_columns)
    counts = arrays(float, shape, elements=st.integers(0, 5))
    return counts.filter(lambda rows: rows.sum(axis=1).all())


def tables():
    return with_rows(st.integers(1, 5), st.integers(1, 4)).map(lambda rows: rows / rows.sum())


@st.composite
def tables_with_encoders(draw):
    p_xy = draw(tables())
    rows = draw(with_rows(st.just(len(p_xy)), st.integers(1, 6)))
    return p_xy, rows / rows.sum(axis=1, keepdims=True)


def curve_of(beta, cost, relevance, **kind):
    counts, converged = np.ones(len(beta)), np.full(len(beta), True)
    return IBCurve(beta, cost, relevance, cost, counts, converged, max(relevance), **kind)


# Problem


def test_problem_in_numbers():
    problem = Problem(TABLE)
    assert (problem.n_x, problem.n_y) == (2, 2)
    assert problem.p_x == close([0.5, 0.5])
    assert problem.p_y == close([0.45, 0.55])
    assert problem.p_y_given_x == close(np.array([[0.7, 0.3], [0.2, 0.8]]))
    assert Problem(np.eye(8) / 8).information() == close(3)
    assert Problem(np.eye(8) / 8).information(base=np.e) == close(np.log(8))


def test_problem_stays_and_is_its_own():
    table = TABLE.copy()
    problem = Problem(table)
    table[:] = 0
    assert problem.p_xy == close(TABLE)
    assert Problem.of(problem) is problem
    assert Problem.of(TABLE.tolist()).p_xy == close(TABLE)
    with pytest.raises(FrozenInstanceError):
        problem.p_xy = table


def test_sums_wrong_by_rounding_are_mended():
    problem = Problem((TABLE * (1 + 5e-6)).astype(np.float32))
    assert problem.p_xy.dtype == np.float64
    assert problem.p_xy.sum() == close(1, 1e-15)


@given(tables())
def test_conditionals_put_together_give_the_table(p_xy):
    problem = Problem(p_xy)
    assert problem.p_x[:, None] * problem.p_y_given_x == close(p_xy)
    assert problem.p_y_given_x.sum(axis=1) == close(np.ones(len(p_xy)))
    assert problem.information() == close(mutual_information_from_table(p_xy))


def test_impossible_y_does_no_harm_and_one_symbol_tells_nothing():
    padded = np.insert(TABLE, 1, 0, axis=1)
    assert Problem(padded).information() == close(Problem(TABLE).information())
    assert Problem([[1]]).information() == 0
    assert Problem([[0.25, 0.75]]).information() == 0
    assert Problem([[0.25], [0.75]]).information() == 0


@pytest.mark.parametrize(
    ("table", "error", "words"),
    [
        (TABLE * 2, ValueError, "p_xy must sum to 1, got 2"),
        (-TABLE, ValueError, "p_xy must hold finite numbers, none negative, got -0.4 to -0.1"),
        (TABLE * np.nan, ValueError, "p_xy must hold finite numbers"),
        (TABLE * np.inf, ValueError, "p_xy must hold finite numbers"),
        ([0.5, 0.5], ValueError, r"p_xy must have 2 axes, got shape \(2,\)"),
        (np.ones((1, 1, 1)), ValueError, r"p_xy must have 2 axes, got shape \(1, 1, 1\)"),
        (1.0, ValueError, r"p_xy must have 2 axes, got shape \(\)"),
        (np.empty((0, 2)), ValueError, r"p_xy must be a non-empty table, got shape \(0, 2\)"),
        (np.empty((2, 0)), ValueError, "p_xy must be a non-empty table"),
        ([[1.0], [0.5, 0.5]], ValueError, "p_xy must be an array, all rows of one length"),
        ([[0, 0], [0.5, 0.5], [0, 0]], ValueError, r"no empty rows.* in 2 of 3 rows, first in row"),
        (np.ma.masked_array(TABLE, TABLE > 0.3), ValueError, "p_xy must have no masked values"),
        ([["a"]], TypeError, "p_xy must hold real numbers"),
        ([[1j]], TypeError, "p_xy must hold real numbers"),
        (None, TypeError, "p_xy must hold real numbers"),
    ],
)
def test_bad_tables_are_named(table, error, words):
    for call in (
        Problem,
        minimal_sufficient_statistic,
        lambda table: encoder_solution(table, np.eye(2), beta=1),
        lambda table: merge_equal_clusters(table, np.eye(2)),
    ):
        with pytest.raises(error, match=words):
            call(table)


# Solution


def test_solution_of_the_copying_encoder():
    solution = encoder_solution(TABLE, np.eye(2), beta=4)
    assert solution.q_t == close([0.5, 0.5])
    assert solution.q_y_given_t == close(np.array([[0.7, 0.3], [0.2, 0.8]]))
    assert told(solution) == close((1, Problem(TABLE).information(), 1))
    assert solution.n_clusters == 2
    assert solution.effective_clusters == close(2)
    assert solution.labels.tolist() == [0, 1]
    assert solution.functional == close(1 - 4 * solution.I_TY)
    assert solution.history.shape == (0,)


def test_solution_of_one_cluster_and_of_coins():
    alone = encoder_solution(TABLE, [[1], [1]], beta=1)
    assert told(alone) == close((0, 0, 0))
    assert alone.effective_clusters == close(1)
    assert alone.q_y_given_t[0] == close([0.45, 0.55])
    coins = encoder_solution(TABLE, np.full((2, 4), 1 / 4), beta=1)
    assert told(coins) == close((0, 0, 2))
    assert coins.effective_clusters == close(4)


@given(tables_with_encoders(), st.floats(0.1, 10), st.sampled_from([0.0, 0.5, 1.0]))
def test_informations_of_any_encoder(case, beta, alpha):
    p_xy, encoder = case
    solution = encoder_solution(p_xy, encoder, beta=beta, alpha=alpha)
    p_xt = p_xy.sum(axis=1)[:, None] * encoder
    I_XT, I_TY = (mutual_information_from_table(table) for table in (p_xt, encoder.T @ p_xy))
    assert told(solution) == close((I_XT, I_TY, entropy_from_table(p_xt.sum(axis=0))))
    noise = conditional_entropy_from_table(p_xt)
    expected = solution.H_T - alpha * noise - beta * solution.I_TY
    assert solution.functional == close(expected, 1e-10)
    if alpha == 1:
        lagrangian = solution.I_XT - beta * solution.I_TY
        assert lagrangian == close(expected, 1e-10)
    limits = solution.I_XT, Problem(p_xy).information()
    assert min(limits) >= solution.I_TY - 1e-12
    assert solution.I_XT <= solution.H_T + 1e-12


@given(tables_with_encoders())
def test_marginals_of_any_encoder(case):
    p_xy, encoder = case
    solution = encoder_solution(p_xy, encoder, beta=1)
    assert solution.q_t_given_x.shape == (len(p_xy), solution.n_clusters)
    assert (solution.q_t > 0).all()
    assert solution.q_t.sum() == close(1)
    assert solution.q_y_given_t.sum(axis=1) == close(np.ones(solution.n_clusters))
    assert solution.q_t @ solution.q_y_given_t == close(p_xy.sum(axis=0))
    assert p_xy.sum(axis=1) @ solution.q_t_given_x == close(solution.q_t)
    nats = encoder_solution(p_xy, encoder, beta=1, base=np.e)
    assert both(nats) == close(tuple(np.log(2) * np.array(both(solution))))
    assert nats.effective_clusters == close(solution.effective_clusters, 1e-9)


def test_what_is_told_about_the_run_is_kept():
    solution = encoder_solution(
        TABLE, np.eye(2), beta=2, alpha=0.5, converged=np.False_, history=[3, 2, 1]
    )
    assert (solution.beta, solution.alpha, solution.n_steps) == (2.0, 0.5, 2)
    assert solution.converged is False
    assert solution.history.tolist() == [3, 2, 1]
    text = (
        "Solution(beta=2, I_XT=1.0000, I_TY=0.1912 bits, n_clusters=2, not converged after 2 steps)"
    )
    assert repr(solution) == text
    assert "nats" in repr(encoder_solution(TABLE, np.eye(2), beta=2, base=np.e))


def test_clusters_without_probability_are_left_out():
    solution = encoder_solution(TABLE, [[0, 1, 0, 0], [0, 0.5, 0, 0.5]], beta=1)
    assert solution.q_t_given_x == close(np.array([[1, 0], [0.5, 0.5]]))
    assert solution.q_t == close([0.75, 0.25])


@pytest.mark.parametrize("size", [1e-300, 1e-320, 1.5e-323])
def test_dying_clusters_keep_their_digits(size):
    encoder = [[1, 0, size], [1, size, 2 * size]]
    solution = encoder_solution(TABLE, encoder, beta=1)
    p_y_given_x = Problem(TABLE).p_y_given_x
    assert solution.q_y_given_t[1] == close(p_y_given_x[1])
    assert solution.q_y_given_t[2] == close(p_y_given_x.T @ [1 / 3, 2 / 3])
    assert both(solution) == close((0, 0))
    assert merge_equal_clusters(TABLE, encoder).shape == (2, 3)
    assert merge_equal_clusters(TABLE, encoder, tolerance=1).shape == (2, 1)


@pytest.mark.parametrize(
    ("encoder", "error", "words"),
    [
        ([[0.5, 0.4], [1, 0]], ValueError, "must have rows that sum to 1, got 0.9 in row 0"),
        ([[1.1, -0.1], [1, 0]], ValueError, "must hold finite numbers, none negative, got -0.1"),
        ([[np.nan, 1], [1, 0]], ValueError, "must hold finite numbers"),
        ([[np.inf, 1], [1, 0]], ValueError, "must hold finite numbers"),
        (np.eye(3), ValueError, r"must have shape \(2, n_t\), a row for each row of p_xy, got"),
        ([1, 1], ValueError, "must have shape"),
        (np.empty((2, 0)), ValueError, "must have shape"),
        ([["a"], ["b"]], TypeError, "must hold real numbers"),
    ],
)
def test_bad_encoders_are_named(encoder, error, words):
    for call in (
        lambda: encoder_solution(TABLE, encoder, beta=1),
        lambda: merge_equal_clusters(TABLE, encoder),
    ):
        with pytest.raises(error, match=f"q_t_given_x {words}"):
            call()


def test_encoders_in_single_precision_are_mended():
    encoder = np.full((2, 3), 1 / 3, dtype=np.float32)
    assert encoder_solution(TABLE, encoder, beta=1).q_t.sum() == close(1, 1e-15)


def test_bad_base_is_named():
    with pytest.raises(ValueError, match="base must be greater than 1"):
        encoder_solution(TABLE, np.eye(2), beta=1, base=1)


# Sufficient statistic


def test_statistic_of_equal_rows():
    p_xy = np.array([[0.1, 0.2], [0.2, 0.2], [0.1, 0.2]])
    smaller, statistic = minimal_sufficient_statistic(p_xy)
    assert statistic[0] == statistic[2] != statistic[1]
    assert smaller.p_xy[statistic] == close(np.array([[0.2, 0.4], [0.2, 0.2], [0.2, 0.4]]))
    for p_xy in ([[1.0]], np.outer([0.1, 0.2, 0.7], [0.4, 0.6])):
        smaller, statistic = minimal_sufficient_statistic(p_xy)
        assert (smaller.n_x, statistic.any()) == (1, False)
    assert minimal_sufficient_statistic(Problem(np.eye(4) / 4))[0].n_x == 4


def test_statistic_tells_small_differences_apart():
    rows = np.array([[0.5, 0.5], [0.5 + 1e-9, 0.5 - 1e-9], [0.5 + 1e-14, 0.5 - 1e-14]]) / 3
    _, statistic = minimal_sufficient_statistic(rows)
    assert statistic.tolist() == [0, 1, 0]


@given(tables(), st.data())
def test_statistic_keeps_all_information_and_only_that(p_xy, data):
    origin = data.draw(arrays(int, st.integers(1, 8), elements=st.integers(0, len(p_xy) - 1)))
    weight = data.draw(arrays(float, len(origin), elements=st.integers(1, 5)))
    rows = weight[:, None] * Problem(p_xy).p_y_given_x[origin]
    repeated = Problem(rows / rows.sum())
    smaller, statistic = minimal_sufficient_statistic(repeated)
    assert statistic.shape == (len(origin),)
    assert smaller.information() == close(repeated.information(), 1e-11)
    assert smaller.p_y_given_x[statistic] == close(repeated.p_y_given_x, 1e-11)
    gaps = np.abs(smaller.p_y_given_x[:, None] - smaller.p_y_given_x).max(axis=2)
    assert (gaps + np.eye(smaller.n_x) > 1e-3).all()
    assert minimal_sufficient_statistic(smaller)[0].p_xy == close(smaller.p_xy)


@given(tables_with_encoders(), st.data())
def test_encoders_of_the_statistic_are_as_good(case, data):
    p_xy, encoder = case
    of_x = encoder_solution(p_xy, encoder, beta=1)
    smaller, statistic = minimal_sufficient_statistic(p_xy)
    p_xt = p_xy.sum(axis=1)[:, None] * encoder
    p_st = np.zeros((smaller.n_x, encoder.shape[1]))
    np.add.at(p_st, statistic, p_xt)
    q_t_given_s = p_st / smaller.p_x[:, None]
    of_s = encoder_solution(smaller, q_t_given_s, beta=1)
    assert both(of_s)[1] == close(of_x.I_TY, 1e-10)
    assert of_s.I_XT <= of_x.I_XT + 1e-10
    lifted = encoder_solution(p_xy, q_t_given_s[statistic], beta=1)
    assert both(lifted) == close(both(of_s), 1e-10)


# Merging


def test_halves_of_a_cluster_become_one():
    whole = np.array([[0.5, 0.5], [0.25, 0.75]])
    halves = np.c_[whole[:, 0], 0.2 * whole[:, 1], 0.8 * whole[:, 1], [0, 0]]
    assert merge_equal_clusters(TABLE, halves) == close(whole)
    assert merge_equal_clusters(TABLE, halves[:, ::-1]) == close(whole[:, ::-1])
    coins = np.full((2, 5), 1 / 5)
    assert merge_equal_clusters(TABLE, coins) == close(np.ones((2, 1)))


def test_tolerance_is_the_largest_difference():
    for tolerance, n_clusters in [(0, 2), (0.499, 2), (0.501, 1), (np.inf, 1)]:
        assert merge_equal_clusters(TABLE, np.eye(2), tolerance=tolerance).shape[1] == n_clusters
    chain = np.array([[0.3, 0.7], [0.39, 0.61], [0.5, 0.5], [0.59, 0.41]]) / 4
    merged = merge_equal_clusters(chain, np.eye(4), tolerance=0.12)
    assert merged == close(np.repeat(np.eye(2), 2, axis=0))
    for tolerance in (-1e-9, np.nan, None, "1"):
        with pytest.raises(ValueError, match="tolerance must be 0 or more"):
            merge_equal_clusters(TABLE, np.eye(2), tolerance=tolerance)


@given(tables_with_encoders())
def test_merging_keeps_what_is_told_and_saves_cost(case):
    p_xy, encoder = case
    before = encoder_solution(p_xy, encoder, beta=1)
    merged = merge_equal_clusters(p_xy, encoder)
    after = encoder_solution(p_xy, merged, beta=1)
    assert merged.sum(axis=1) == close(np.ones(len(p_xy)))
    assert both(after)[1] == close(before.I_TY, 1e-8)
    assert after.I_XT <= before.I_XT + 1e-12
    assert after.H_T <= before.H_T + 1e-12
    assert merge_equal_clusters(p_xy, merged) == close(merged)
    gaps = np.abs(after.q_y_given_t[:, None] - after.q_y_given_t).max(axis=2)
    assert (gaps + np.eye(after.n_clusters) > 1e-6).all()


@given(st.permutations(range(5)))
def test_clusters_keep_their_order(order):
    p_xy = np.c_[np.arange(1, 6), np.ones(5)] / 20
    encoder = np.eye(5)[:, order]
    assert merge_equal_clusters(p_xy, encoder) == close(encoder)
    doubled = np.c_[encoder, encoder[:, ::-1]] / 2
    assert merge_equal_clusters(p_xy, doubled) == close(encoder)


# Curve


def binary_symmetric_curve(betas):
    solutions = [binary_symmetric_bottleneck(0.1, beta) for beta in betas]
    return IBCurve.from_solutions(binary_symmetric_source(0.1), solutions)


def test_curve_keeps_the_order_and_behaves_as_a_list():
    betas = [3.0, 1.0, 1.7, 1.0]
    curve = binary_symmetric_curve(betas)
    assert len(curve) == 4
    assert curve.beta.tolist() == betas
    assert [solution.beta for solution in curve] == betas
    assert curve[-1].beta == curve[np.int64(1)].beta == 1
    assert [s.I_XT for s in curve] == curve.I_XT.tolist()
    assert [s.I_TY for s in curve] == curve.I_TY.tolist()
    assert [s.H_T for s in curve] == curve.H_T.tolist()
    assert curve.n_clusters.tolist() == [2, 1, 2, 1]
    assert curve.converged.all()
    assert binary_symmetric_source(0.1).information() == close(curve.I_XY)
    part = curve[2:0:-1]
    assert isinstance(part, IBCurve)
    assert part.beta.tolist() == [1.7, 1.0]
    assert part[0] is curve[2]
    assert part.I_XY == curve.I_XY
    with pytest.raises(IndexError):
        curve[4]
    with pytest.raises(TypeError):
        curve[1.0]


def test_the_height_of_a_curve_has_its_unit():
    solutions = [encoder_solution(TABLE, np.eye(2), beta=2, base=np.e)]
    curve = IBCurve.from_solutions(TABLE, solutions)
    assert close(mutual_information_from_table(TABLE, base=np.e)) == curve.I_XY
    assert curve.relevance_limit_at(5) == close(curve.I_XY)


def test_curve_of_numbers_only():
    curve = curve_of([2.0, 4.0], [0.1, 0.5], [0.05, 0.2])
    assert curve[:1].beta.tolist() == [2]
    assert curve.functional == close([0.1 - 2 * 0.05, 0.5 - 4 * 0.2])
    with pytest.raises(ValueError, match="has kept its numbers only"):
        curve[0]
    with pytest.raises(ValueError, match="has kept its numbers only"):
        list(curve)


def test_curves_that_cannot_be():
    with pytest.raises(ValueError, match="solutions must hold at least one solution, got none"):
        IBCurve.from_solutions(TABLE, [])
    copy = encoder_solution(TABLE, np.eye(2), beta=1)
    for other in ({"alpha": 0}, {"base": np.e}, {"power": 2}):
        others = [copy, encoder_solution(TABLE, np.eye(2), beta=1, **other)]
        with pytest.raises(ValueError, match=r"must be of one \(alpha, power, base\), got \[\("):
            IBCurve.from_solutions(TABLE, others)
    with pytest.raises(ValueError, match=r"must have one length \(n,\), got .*'H_T': \(3,\)"):
        IBCurve(*[np.ones(2)] * 3, np.ones(3), *[np.ones(2)] * 2, 1.0)
    with pytest.raises(ValueError, match="must have one length"):
        IBCurve(*[np.ones((2, 2))] * 6, 1.0)
    with pytest.raises(
        ValueError, match="solutions must be one for each beta or none, got 1 for 3"
    ):
        IBCurve(*[np.ones(3)] * 6, 1.0, solutions=(copy,))


@given(tables_with_encoders(), st.sampled_from([0.0, 0.3, 1.0]))
def test_functional_of_a_curve_is_that_of_its_solutions(case, alpha):
    p_xy, encoder = case
    ways = (encoder, np.eye(len(p_xy)), np.ones((len(p_xy), 1)))
    solutions = [encoder_solution(p_xy, way, beta=b, alpha=alpha) for b, way in enumerate(ways, 1)]
    curve = IBCurve.from_solutions(p_xy, solutions)
    assert curve.functional == close([s.functional for s in solutions], 1e-10)
    assert (curve.alpha, curve.base) == (alpha, 2)


def test_slopes_and_by_how_much_they_are_wrong():
    beta = [2.0, 4.0, 4.0, 8.0, 10.0, 20.0]
    cost = [0.0, 1.0, 1.0, 2.0, 3.0, 4.0]
    relevance = [0.0, 0.6, 0.6, 0.8, 0.85, 0.9]
    curve = curve_of(beta, cost, relevance)
    assert curve.slopes()[[0, 2, 3, 4]] == close([0.6, 0.2, 0.05, 0.05])
    backwards = curve[::-1]
    for excess in (curve.slope_excess(), backwards.slope_excess()[::-1]):
        assert np.isnan(excess).tolist() == [False, True, False, False, False]
        assert excess[[0, 2, 3, 4]] == close([0.1, 0, 0.05, 0])
    assert np.array_equal(backwards.slopes()[::-1], curve.slopes(), equal_nan=True)


def test_optimal_points_have_no_excess_and_others_have():
    curve = binary_symmetric_curve(np.geomspace(1.57, 30, 60))
    assert np.nanmax(curve.slope_excess()) < 1e-9
    worse = curve.I_TY.copy()
    worse[20] -= 1e-4
    assert np.nanmax(curve_of(curve.beta, curve.I_XT, worse).slope_excess()) > 1e-3


@pytest.mark.parametrize("alpha", [0.3, 0.8])
def test_slopes_are_over_the_cost_that_was_minimised(alpha):
    betas = np.geomspace(1.7, 40, 12)
    curve = generalised_bottleneck_curve(TABLE, betas, alpha, n_restarts=1)
    assert curve.minimised is None
    assert np.nanmax(curve.slope_excess()) < 1e-4
    assert np.nanmax(replace(curve, alpha=1.0).slope_excess()) > 5e-3


@given(st.integers(1, 12), st.integers(0, 10**6))
def test_envelope_is_the_convex_hull(n, seed):
    rng = np.random.default_rng(seed)
    cost, relevance = rng.uniform(0, 2, n), rng.uniform(-0.2, 1, n).clip(0)
    assume(relevance.max() > 1e-3)
    curve = curve_of(rng.uniform(1, 9, n), cost, relevance)
    corners = [(0, 0), (3, relevance.max()), (3, -1), (0, -1)]
    planes = ConvexHull(np.vstack([corners, np.c_[cost, relevance]])).equations
    upper = planes[planes[:, 1] > 1e-9]
    grid = np.linspace(0, 2.5, 41)
    hull = np.min([-(a * grid + c) / b for a, b, c in upper], axis=0)
    assert curve.relevance_at(grid) == close(hull, 1e-9)
    envelope = curve.envelope()
    assert (np.diff(envelope.I_XT) > 0).all()
    assert (np.diff(envelope.I_TY) > 0).all()
    assert (np.diff(envelope.slopes()) < 1e-12).all()
    assert set(envelope.I_TY) <= set(relevance)
    assert envelope.envelope().I_TY.tolist() == envelope.I_TY.tolist()


def test_envelope_leaves_out_what_lies_on_it():
    curve = curve_of(np.ones(5), np.arange(5) / 4, [0, 0.25, 0.5, 0.625, 0.625])
    assert curve.envelope().I_XT.tolist() == [0.5, 0.75]


def test_envelope_takes_points_with_their_solutions():
    curve = binary_symmetric_curve([5.0, 1.0, 1.7, 1.7])
    envelope = curve.envelope()
    assert envelope.beta.tolist() == [1.7, 5.0]
    assert envelope[1] is curve[0]
    assert len(curve[1:2].envelope()) == 0
    assert curve[1:2].relevance_at([0, 1]).tolist() == [0, 0]


def test_envelope_by_entropy():
    rows = [[1, 0], [0.5, 0.5]]
    noisy, hard = (encoder_solution(TABLE, way, beta=2, alpha=0) for way in (rows, np.eye(2)))
    curve = IBCurve.from_solutions(TABLE, [noisy, hard])
    entropies = curve.envelope("H_T").H_T
    assert curve.relevance_at(entropies, "H_T") == close(curve.envelope("H_T").I_TY)
    assert curve.relevance_at(1.0, "H_T") == close(hard.I_TY)
    assert curve.relevance_limit_at(0.5, "H_T") <= 0.5


def test_relevance_between_points_and_beyond():
    curve = curve_of([2.0, 4.0], [0.4, 1.0], [0.3, 0.5])
    expected = [0, 0.15, 0.3, 0.4, 0.5, 0.5]
    assert curve.relevance_at([0, 0.2, 0.4, 0.7, 1, 9]) == close(expected)
    assert curve.relevance_at(np.full((2, 3), 0.2)).shape == (2, 3)
    assert curve.relevance_at(0.2) == close(0.15)


def test_cost_of_a_relevance_reads_the_envelope_from_the_other_side():
    curve = curve_of([2.0, 3.0, 4.0], [0.4, 0.9, 1.0], [0.3, 0.3, 0.5])
    assert curve.cost_at([0, 0.15, 0.3, 0.4, 0.5]) == close([0, 0.2, 0.4, 0.7, 1])
    assert np.isnan(curve.cost_at([0.51, np.inf])).all()
    assert curve.cost_at(np.full((2, 3), 0.2)).shape == (2, 3)
    asked = np.linspace(0, 0.5, 21)
    assert curve.relevance_at(curve.cost_at(asked)) == close(asked)
    with pytest.raises(ValueError, match="relevance must be 0 or more"):
        curve.cost_at(-0.1)
    with pytest.raises(ValueError, match="cost must be one of I_XT, H_T"):
        curve.cost_at(0.1, "I_TY")


def test_square_of_the_cost_on_the_diagonal():
    beta = np.array([0.5, 1.0, 1.5])
    curve = curve_of(beta, beta / 2, beta / 2, power=2.0)
    assert curve.functional == close(-(beta**2) / 4)
    assert curve.multiplier == close(np.ones(3))
    assert curve.slope_excess() == close(np.zeros(2))
    assert curve.relevance_limit_at([0.1, 0.6]) == close([0.1, 0.6])
    assert curve_of(beta, beta / 2, beta / 2).multiplier == close(beta)


def test_square_of_the_cost_where_nothing_is_known():
    nothing = curve_of([0.5, 50.0], [0.0, 0.0], [0.0, 0.0], power=2.0)
    assert nothing.relevance_limit_at([0, 1]) == close([0, 0])
    assert np.isnan(nothing.slope_excess()).all()
    assert np.isinf(nothing.multiplier).all()


def test_limit_is_the_lowest_tangent():
    curve = curve_of([2.0, 4.0], [0.4, 1.0], [0.3, 0.5])
    costs = np.array([0, 0.1, 0.3, 0.5, 1.0, 9])
    first, second = 0.3 + (costs - 0.4) / 2, 0.5 + (costs - 1.0) / 4
    expected = np.min([first, second, costs, np.full(6, 0.5)], axis=0)
    assert curve.relevance_limit_at(costs) == close(expected)
    assert curve.relevance_limit_at(0.3) == close(0.25)
    assert curve.relevance_limit_at(np.full((2, 3), 0.2)).shape == (2, 3)
    entropic = curve_of([2.0, 4.0], [0.4, 1.0], [0.3, 0.5], alpha=0.0)
    assert entropic.relevance_limit_at(costs, "H_T") == close(expected)


@given(st.lists(st.floats(1.01, 50), min_size=1, max_size=8), st.floats(0, 1.2))
def test_optimal_points_bound_the_curve_from_both_sides(betas, cost):
    curve = binary_symmetric_curve(betas)
    exact = binary_symmetric_relevance_at(0.1, cost)
    assert curve.relevance_at(cost) <= exact + 1e-9
    assert exact <= curve.relevance_limit_at(cost) + 1e-9
    assert curve.relevance_at(curve.I_XT) == close(curve.I_TY, 1e-9)
    assert curve.relevance_limit_at(curve.I_XT) == close(curve.I_TY, 1e-9)


def test_curve_without_points():
    empty = binary_symmetric_curve([2.0])[:0]
    assert len(empty) == len(empty.envelope()) == len(empty.slopes()) == 0
    assert empty.slope_excess().shape == (0,)
    assert empty.relevance_at([0, 5]).tolist() == [0, 0]
    assert empty.relevance_limit_at([0.1, 5]) == close([0.1, empty.I_XY])
    assert list(empty) == []


def test_bad_costs_are_named():
    curve = binary_symmetric_curve([2.0, 3.0])
    for call in (curve.relevance_at, curve.relevance_limit_at):
        for cost in (-0.1, np.nan, [0.1, -1.0]):
            with pytest.raises(ValueError, match="cost_value must be 0 or more"):
                call(cost)
        with pytest.raises(TypeError, match="cost_value must hold real numbers"):
            call("0.1")
        with pytest.raises(ValueError, match="cost must be one of I_XT, H_T, got 'I_TY'"):
            call(0.1, "I_TY")
    with pytest.raises(ValueError, match="cost must be one of I_XT, H_T, got 'beta'"):
        curve.envelope("beta")
    with pytest.raises(ValueError, match="cost must be what alpha = 1 minimises, got 'H_T'"):
        curve.relevance_limit_at(0.1, "H_T")
    halfway = curve_of([2.0], [0.4], [0.3], alpha=0.5)
    with pytest.raises(ValueError, match=r"cost must be what alpha = 0.5 minimises, got 'I_XT'"):
        halfway.relevance_limit_at(0.1)


def test_nothing_crosses_the_limit_of_a_squared_cost():
    """Y = X of four values: I(T;Y) = I(X;T) up to 2 bits; β = 1e-9 leaves a point at cost 0."""
    labels = np.eye(4) / 4
    curve = power_bottleneck_curve(labels, [1e-9, 0.5, 2, 3])
    paid = np.linspace(0, 2.5, 26)
    assert (curve.relevance_limit_at(paid) >= np.minimum(paid, 2) - 1e-6).all()
    assert curve.relevance_limit_at(curve.I_XT) == pytest.approx(curve.I_TY, abs=1e-6)


def test_costs_are_the_envelope_from_the_other_side():
    solutions = [binary_symmetric_bottleneck(0.1, beta) for beta in (1.6, 2, 3, 9)]
    curve = IBCurve.from_solutions(binary_symmetric_source(0.1), solutions)
    told = np.linspace(0, curve.I_TY.max(), 20)
    assert curve.relevance_at(curve.cost_at(told)) == close(told)
    assert np.isnan(curve.cost_at(curve.I_TY.max() + 1e-6))
    with pytest.raises(ValueError, match=r"relevance must be 0 or more, got -1"):
        curve.cost_at(-1)
