import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ibtools.bottleneck import (
    BottleneckWarning,
    Problem,
    discretised_gaussian,
    encoder_solution,
)
from ibtools.bottleneck.blahut_arimoto.annealing import information_bottleneck_curve
from ibtools.bottleneck.blahut_arimoto.equations import Tables
from ibtools.bottleneck.blahut_arimoto.solver import information_bottleneck
from ibtools.bottleneck.correspondence import correspondence
from ibtools.bottleneck.deterministic.generalised import (
    generalised_bottleneck,
    generalised_bottleneck_curve,
    generalised_bottleneck_step,
)
from ibtools.bottleneck.deterministic.generalised_descent import descend_from_encoder
from ibtools.bottleneck.deterministic.intervals import best_intervals, correlation_order
from ibtools.bottleneck.deterministic.moves import best_merges, best_moves
from ibtools.bottleneck.deterministic.partitions import partition_functional
from ibtools.bottleneck.deterministic.search import Limits, descend_from_partition
from ibtools.bottleneck.deterministic.solver import (
    deterministic_bottleneck,
    deterministic_bottleneck_curve,
    deterministic_bottleneck_step,
)

BETAS = np.geomspace(0.8, 50, 12)


def close(value):
    return pytest.approx(value, abs=1e-10)


def table(n_x, n_y, seed, concentration=0.3):
    rng = np.random.default_rng(seed)
    p_x = rng.dirichlet(np.full(n_x, 10.0))
    return p_x[:, None] * rng.dirichlet(np.full(n_y, concentration), size=n_x)


def all_partitions(n_x):
    partitions = [[0]]
    for _ in range(n_x - 1):
        partitions = [[*p, k] for p in partitions for k in range(max(p) + 2)]
    return np.array(partitions)


def best_of_all(p_xy, betas, partitions):
    """The smallest H(T) - β I(T;Y) in nats of all partitions, for each β."""
    tables = np.eye(len(p_xy))[partitions].swapaxes(1, 2) @ p_xy

    def p_log_p(p):
        return p * np.log(np.where(p > 0, p, 1))

    of_t = p_log_p(tables.sum(axis=2)).sum(axis=1)
    relevance = p_log_p(tables).sum(axis=(1, 2)) - of_t - p_log_p(p_xy.sum(axis=0)).sum()
    return (-of_t - np.multiply.outer(betas, relevance)).min(axis=1)


@st.composite
def tables_with_zeros(draw, n_x=(2, 7), n_y=(2, 5)):
    n_x, n_y = draw(st.integers(*n_x)), draw(st.integers(*n_y))
    rows = st.lists(st.integers(0, 4), min_size=n_y, max_size=n_y).filter(any)
    counts = np.array(draw(st.lists(rows, min_size=n_x, max_size=n_x)), dtype=float)
    return counts / counts.sum()


def random_encoder(p_xy, seed, n_t, concentration=0.3):
    return np.random.default_rng(seed).dirichlet(np.full(n_t, concentration), len(p_xy))


seeds = st.integers(0, 2**20)
betas = st.floats(0.1, 200)


@pytest.mark.parametrize("concentration", [0.3, 1.0])
def test_nothing_is_better_among_all_partitions(concentration):
    partitions, missed = all_partitions(7), 0
    for seed in range(12):
        p_xy = table(7, [2, 3, 5][seed % 3], seed, concentration)
        found = deterministic_bottleneck_curve(p_xy, BETAS, base=np.e).functional
        excess = found - best_of_all(p_xy, BETAS, partitions)
        assert excess.min() > -1e-10
        missed += (excess > 1e-9).sum()
    assert missed == 0  # of 144


def test_one_beta_alone_and_few_clusters():
    partitions = all_partitions(7)
    for seed in range(3):
        p_xy = table(7, 4, seed, 1.0)
        for n_clusters in (1, 2, 3, 7):
            few = partitions[partitions.max(axis=1) < n_clusters]
            found = [
                deterministic_bottleneck(p_xy, beta, n_clusters=n_clusters, base=np.e)
                for beta in BETAS[::3]
            ]
            assert max(solution.n_clusters for solution in found) <= n_clusters
            best = best_of_all(p_xy, BETAS[::3], few)
            assert [solution.functional for solution in found] == close(best.tolist())


def test_no_soft_encoder_is_better():
    p_xy = table(5, 3, 0)
    for beta in BETAS[::3]:
        best = deterministic_bottleneck(p_xy, beta)
        for seed in range(50):
            encoder = random_encoder(p_xy, seed, 4, 0.1)
            soft = encoder_solution(p_xy, encoder, beta=beta, alpha=0)
            assert soft.functional >= best.functional - 1e-10


@settings(deadline=None)
@given(tables_with_zeros(n_y=(2, 2)), betas)
def test_intervals_are_exact_for_two_labels(p_xy, beta):
    (labels,) = best_intervals(p_xy, np.array([beta]), n_clusters=len(p_xy))
    best = best_of_all(p_xy, [beta], all_partitions(len(p_xy)))[0]
    assert partition_functional(p_xy, labels, beta) == pytest.approx(best, abs=1e-9)


def test_order_of_two_labels_is_the_order_of_their_probability():
    p_xy = table(9, 2, 0)
    ordered = (p_xy / p_xy.sum(axis=1, keepdims=True))[correlation_order(p_xy), 1]
    assert (np.diff(ordered) > 0).all() or (np.diff(ordered) < 0).all()


@settings(deadline=None)
@given(tables_with_zeros(), seeds, betas)
def test_the_steps_of_the_paper_never_raise_the_functional(p_xy, seed, beta):
    encoder = random_encoder(p_xy, seed, 4)
    values = [encoder_solution(p_xy, encoder, beta=beta, alpha=0).functional]
    for _ in range(4):
        encoder = deterministic_bottleneck_step(p_xy, encoder, beta)
        assert set(encoder.ravel()) <= {0, 1}
        values.append(encoder_solution(p_xy, encoder, beta=beta, alpha=0).functional)
    assert np.diff(values).max() < 1e-10 * (1 + beta)


@settings(deadline=None)
@given(tables_with_zeros(), seeds, betas, st.integers(1, 7))
def test_moves_say_what_they_change(p_xy, seed, beta, n_clusters):
    n_clusters = min(n_clusters, len(p_xy))
    start = np.random.default_rng(seed).integers(n_clusters, size=len(p_xy))
    settings = {"n_clusters": n_clusters, "least_gain": 1e-9, "max_steps": 100}
    labels, history, at_rest = best_moves(p_xy, start, beta, **settings)
    before, after = (partition_functional(p_xy, each, beta) for each in (start, labels))
    assert at_rest
    assert len(set(labels)) <= n_clusters
    assert np.diff([before, *history]).max(initial=0) <= 0
    assert [before, *history][-1] == pytest.approx(after, abs=1e-9 * (1 + beta))
    for x in range(len(labels)):
        for t in range(min(n_clusters, labels.max() + 2)):
            moved = np.where(np.arange(len(labels)) == x, t, labels)
            assert partition_functional(p_xy, moved, beta) > after - 2e-9 * (1 + beta)


@settings(deadline=None)
@given(tables_with_zeros(), betas)
def test_merging_leads_at_least_as_far_as_no_merge_and_one_cluster(p_xy, beta):
    everyone = np.arange(len(p_xy))
    found = partition_functional(
        p_xy, best_merges(p_xy, everyone, beta, n_clusters=len(p_xy)), beta
    )
    assert found <= min(0, partition_functional(p_xy, everyone, beta)) + 1e-9 * (1 + beta)
    assert best_merges(p_xy, everyone, beta, n_clusters=2).max() <= 1


@settings(deadline=None, max_examples=40)
@given(tables_with_zeros(), betas)
def test_solutions_are_what_they_say(p_xy, beta):
    solution = deterministic_bottleneck(p_xy, beta, n_restarts=2)
    assert solution.converged
    assert solution.alpha == 0
    assert set(solution.q_t_given_x.ravel()) <= {0, 1}
    assert close(solution.I_XT) == solution.H_T
    assert len(solution.history) == solution.n_steps + 1
    assert np.diff(solution.history).max(initial=0) <= 0
    assert solution.history[-1] == pytest.approx(solution.functional, abs=1e-9 * (1 + beta))
    assert solution.functional <= 1e-10
    again = deterministic_bottleneck_step(p_xy, solution.q_t_given_x, beta)
    stepped = encoder_solution(p_xy, again, beta=beta, alpha=0)
    assert stepped.functional == pytest.approx(solution.functional, abs=1e-9 * (1 + beta))


def test_along_the_curve():
    p_xy = table(16, 8, 1)
    betas = np.geomspace(1, 30, 15)[::-1]
    curve = deterministic_bottleneck_curve(p_xy, betas)
    assert curve.beta.tolist() == betas.tolist()
    assert curve.I_TY.max() <= curve.I_XY + 1e-12
    assert np.diff(curve.I_TY).max() <= 1e-9
    assert np.diff(curve.H_T).max() <= 1e-9
    assert curve.n_clusters[-1] == 1
    assert curve.I_TY[0] / curve.I_XY > 0.99
    nats = deterministic_bottleneck_curve(p_xy, betas, base=np.e)
    np.testing.assert_allclose(nats.H_T, curve.H_T * np.log(2), atol=1e-10)
    same = deterministic_bottleneck_curve(p_xy, betas, seed=0)
    assert (same.functional == curve.functional).all()


@pytest.mark.parametrize("seed", range(4))
def test_each_bottleneck_is_the_better_one_where_it_pays(seed):
    p_xy = table(12, 6, seed)
    betas = np.geomspace(1.05, 40, 25)
    soft = information_bottleneck_curve(p_xy, betas)
    hard = deterministic_bottleneck_curve(p_xy, betas)
    # A curve of points is compared with the tangents of the other, which nothing crosses.
    assert (hard.relevance_limit_at(soft.H_T, "H_T") - soft.I_TY).min() > -1e-6
    assert (soft.relevance_limit_at(hard.I_XT) - hard.I_TY).min() > -1e-6
    costs = np.linspace(0.2, 0.8, 7) * hard.H_T.max()
    assert (hard.relevance_at(costs, "H_T") >= soft.relevance_at(costs, "H_T") - 1e-6).all()
    assert hard.relevance_at(costs, "H_T").sum() > soft.relevance_at(costs, "H_T").sum() + 0.05
    assert (soft.relevance_at(costs) >= hard.relevance_at(costs) - 1e-6).all()
    assert soft.relevance_at(costs).sum() > hard.relevance_at(costs).sum()


@settings(deadline=None, max_examples=50)
@given(tables_with_zeros(), seeds, betas, st.floats(0.01, 1))
def test_generalised_steps_never_raise_the_functional(p_xy, seed, beta, alpha):
    encoder = random_encoder(p_xy, seed, 4)
    values = [encoder_solution(p_xy, encoder, beta=beta, alpha=alpha).functional]
    for _ in range(6):
        encoder = generalised_bottleneck_step(p_xy, encoder, beta, alpha)
        values.append(encoder_solution(p_xy, encoder, beta=beta, alpha=alpha).functional)
    assert np.diff(values).max() < 1e-10 * (1 + beta)


@settings(deadline=None, max_examples=15)
@given(tables_with_zeros(), st.floats(0.1, 20), st.floats(0.05, 0.9))
def test_generalised_solutions_are_what_they_say(p_xy, beta, alpha):
    solution = generalised_bottleneck(p_xy, beta, alpha, n_restarts=1)
    assert solution.converged
    assert solution.alpha == alpha
    assert np.diff(solution.history).max(initial=0) <= 0
    assert solution.history[-1] == pytest.approx(solution.functional, abs=1e-7)
    assert solution.functional <= 1e-9
    hard = deterministic_bottleneck(p_xy, beta)
    soft = information_bottleneck(p_xy, beta, tolerance=1e-6)
    for other in (hard, soft):
        H_T, I_XT, I_TY = other.H_T, other.I_XT, other.I_TY
        assert solution.functional <= H_T - alpha * (H_T - I_XT) - beta * I_TY + 1e-5


def test_alpha_leads_from_the_hard_to_the_soft_bottleneck():
    p_xy = table(8, 4, 3)
    betas = np.geomspace(1.5, 20, 6)
    hard = deterministic_bottleneck_curve(p_xy, betas)
    almost = generalised_bottleneck_curve(p_xy, betas, 1e-3)
    np.testing.assert_allclose(almost.H_T, hard.H_T, atol=1e-3)
    np.testing.assert_allclose(almost.I_TY, hard.I_TY, atol=1e-3)
    soft = information_bottleneck_curve(p_xy, betas)
    same = generalised_bottleneck_curve(p_xy, betas, 1)
    assert same.functional == pytest.approx(soft.functional, abs=1e-6)
    between = generalised_bottleneck_curve(p_xy, betas, 0.5)
    assert (between.H_T - between.I_XT > -1e-9).all()
    assert (between.functional <= (hard.functional + 1e-9)).all()
    assert (between.functional >= (soft.functional - 1e-6)).all()


def test_the_limit_of_small_alpha_is_the_step_of_the_paper():
    p_xy = table(9, 5, 0)
    encoder = random_encoder(p_xy, 0, 4, 1.0)
    hard = deterministic_bottleneck_step(p_xy, encoder, 5)
    for alpha in (1e-6, 1e-300):
        assert np.abs(generalised_bottleneck_step(p_xy, encoder, 5, alpha) - hard).max() < 1e-9


def test_clusters_that_x_rules_out_stay_ruled_out():
    p_xy = np.array([[0.5, 0.0], [0.0, 0.5]])
    encoder = np.eye(2)
    assert (deterministic_bottleneck_step(p_xy, encoder, 0.01) == np.eye(2)).all()
    # The step is at rest, though below β = 1 one cluster is better: this takes a merge.
    assert deterministic_bottleneck(p_xy, 0.01).n_clusters == 1
    assert deterministic_bottleneck(p_xy, 1.01).n_clusters == 2


def test_edge_tables():
    for p_xy in ([[1.0]], [[0.5, 0.5]], [[0.5], [0.5]], np.full((4, 3), 1 / 12)):
        for solution in (deterministic_bottleneck(p_xy, 10), generalised_bottleneck(p_xy, 10, 0.5)):
            assert solution.n_clusters == 1
            assert solution.functional == close(0)
    equal_rows = np.repeat(table(3, 3, 0), 4, axis=0) / 4
    labels = deterministic_bottleneck(equal_rows, 100).labels
    assert (labels.reshape(3, 4) == labels[::4, None]).all()
    assert len(set(labels)) == 3


def test_correlations_of_rare_values_count():
    """Rows and columns of 1e-200, whose product is 0 in float64."""
    table = np.diag([1.0, 1e-200, 1e-200])
    assert np.linalg.svd(correspondence(table))[1] == close([1, 1, 0])


@pytest.mark.parametrize("solver", [deterministic_bottleneck, generalised_bottleneck])
def test_probabilities_whose_products_underflow(solver):
    """x and y as rare as e^-400: a Gaussian on a grid that reaches very far."""
    settings = {"alpha": 0.5} if solver is generalised_bottleneck else {}
    near, far = (discretised_gaussian(0.9, n, reach=r) for n, r in ((29, 6.0), (141, 30.0)))
    solutions = [solver(p_xy, 8, n_restarts=0, **settings) for p_xy in (near, far)]
    assert solutions[0].functional == pytest.approx(solutions[1].functional, abs=0.02)


def test_more_different_x_than_are_merged_from_the_start():
    p_xy = table(600, 2, 0)
    curve = deterministic_bottleneck_curve(p_xy, [2.0, 20.0], n_restarts=0)
    assert curve.converged.all()
    fewer = deterministic_bottleneck_curve(table(500, 2, 0), [2.0, 20.0], n_restarts=0)
    np.testing.assert_allclose(curve.I_TY / curve.I_XY, fewer.I_TY / fewer.I_XY, atol=0.05)


def largest_gain_of_another(curve):
    """By how much the solution of one β is better for another than the one found there."""
    costs = curve.H_T - curve.alpha * (curve.H_T - curve.I_XT)
    values = costs - curve.beta[:, None] * curve.I_TY
    return (np.diag(values) - values.min(axis=1)).max()


def test_no_solution_is_better_at_another_beta():
    """On these tables the descents of each β alone leave gains of 0.002 and 0.02 to others."""
    hard = deterministic_bottleneck_curve(table(30, 6, 3), np.geomspace(2, 40, 12), n_restarts=0)
    assert largest_gain_of_another(hard) < 1e-9
    betas = np.geomspace(2, 40, 8)
    soft = generalised_bottleneck_curve(table(12, 4, 1), betas, 0.9, n_clusters=3, n_restarts=0)
    assert largest_gain_of_another(soft) < 1e-9


def test_restarts_find_more_and_lose_nothing():
    # Where descent ends without them hangs on last digits, and so on the processor: many tables.
    gains = [
        deterministic_bottleneck(table(30, 6, seed), beta, n_restarts=0).functional
        - deterministic_bottleneck(table(30, 6, seed), beta, n_restarts=10).functional
        for seed in range(3, 8)
        for beta in (3, 6, 10)
    ]
    assert min(gains) > -1e-9
    assert max(gains) > 0.005


def test_merges_go_on_where_no_step_leads():
    """x of different y rule out each other's clusters, and stay apart though none of them pays."""
    tables = Tables.of(Problem(np.eye(3) / 3))
    found = descend_from_encoder(tables, np.eye(3), 0.5, 0.5, 1e-10, 100)
    assert found.converged
    assert found.encoder.shape == (3, 1)
    assert found.history[-1] == close(0)


def test_halves_of_a_cluster_are_counted_once():
    p_xy = table(8, 3, 0)
    assert generalised_bottleneck(p_xy, 3, 1).n_clusters == 2


def test_a_descent_counts_what_it_gained():
    p_xy = table(12, 6, 0)
    tables, limits = Tables.of(Problem(p_xy)), Limits(12, 1e-12, 1000)
    for seed in range(30):
        start = np.random.default_rng(seed).integers(5, size=12)
        found = descend_from_partition(tables, start, 6.0, limits)
        assert found.history[0] == close(partition_functional(p_xy, start, 6.0))
        assert found.history[-1] == close(partition_functional(p_xy, found.labels, 6.0))
        assert (np.diff(found.history) < 0).all()


@pytest.mark.parametrize("solver", [deterministic_bottleneck, deterministic_bottleneck_curve])
def test_the_warning_stands_at_the_line_that_asked(solver):
    betas = 10 if solver is deterministic_bottleneck else [10, 20]
    with pytest.warns(BottleneckWarning) as record:
        solver(table(40, 4, 0), betas, n_restarts=0, max_steps=1)
    assert [warning.filename for warning in record] == [__file__]


def test_running_out_of_steps_warns_once():
    p_xy = table(12, 6, 0)
    with pytest.warns(BottleneckWarning, match="with alpha = 0.9 .*2 values of beta.*max_steps"):
        curve = generalised_bottleneck_curve(p_xy, [3.0, 4.0], 0.9, max_steps=3)
    assert not curve.converged.any()
    hard = table(40, 4, 0)
    with pytest.warns(BottleneckWarning, match="deterministic .* did not converge in 1 steps"):
        solution = deterministic_bottleneck(hard, 10, n_restarts=0, max_steps=1)
    assert not solution.converged
    assert solution.n_steps == 1


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"beta": 0}, "beta must be positive and finite, got 0"),
        ({"beta": np.nan}, "beta must be positive and finite"),
        ({"beta": np.inf}, "beta must be positive and finite"),
        ({"n_clusters": 4}, "n_clusters must be at most n_x = 3, got 4"),
        ({"n_clusters": 0}, "n_clusters must be a whole number of at least 1"),
        ({"n_restarts": -1}, "n_restarts must be a whole number of at least 0"),
        ({"tolerance": 0}, "tolerance must be positive"),
        ({"max_steps": 0}, "max_steps must be a whole number of at least 1"),
        ({"seed": -1}, "seed must be a whole number"),
        ({"base": 1}, "base must be greater than 1"),
        ({"p_xy": np.ones((2, 2))}, "p_xy must sum to 1"),
    ],
)
def test_settings_out_of_range(settings, message):
    arguments = {"p_xy": table(3, 2, 0), "beta": 2.0} | settings
    with pytest.raises(ValueError, match=message):
        deterministic_bottleneck(**arguments)
    with pytest.raises(ValueError, match=message):
        generalised_bottleneck(alpha=0.5, **arguments)


def test_other_bad_input():
    p_xy = table(3, 2, 0)
    with pytest.raises(ValueError, match=r"betas must have shape \(n,\), not empty, got \(0,\)"):
        deterministic_bottleneck_curve(p_xy, [])
    with pytest.raises(ValueError, match=r"betas\[1\] must be positive and finite, got -1\.0"):
        deterministic_bottleneck_curve(p_xy, [1.0, -1.0])
    with pytest.raises(TypeError, match="betas must hold real numbers"):
        generalised_bottleneck_curve(p_xy, ["a"], 0.5)
    for alpha in (0, -1, 1.5, np.nan):
        with pytest.raises(ValueError, match="alpha must be"):
            generalised_bottleneck(p_xy, 2, alpha)
    with pytest.raises(ValueError, match="q_t_given_x must have shape"):
        deterministic_bottleneck_step(p_xy, np.eye(2), 2)
    with pytest.raises(ValueError, match="beta must be positive"):
        generalised_bottleneck_step(Problem(p_xy), np.eye(3), 0, 0.5)
