import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import brentq
from scipy.special import entr

from ibtools.bottleneck import BottleneckWarning, encoder_solution
from ibtools.bottleneck.blahut_arimoto.annealing import information_bottleneck_curve
from ibtools.bottleneck.blahut_arimoto.equations import blahut_arimoto_step
from ibtools.bottleneck.blahut_arimoto.optimality import optimality_gap
from ibtools.bottleneck.blahut_arimoto.solver import information_bottleneck

FLIP = 0.1
SOURCE = np.array([[1 - FLIP, FLIP], [FLIP, 1 - FLIP]]) / 2
ONSET = 1.5625


def random_table(n_x, n_y):
    rng = np.random.default_rng(n_x * 1000 + n_y)
    p_x = rng.dirichlet(np.full(n_x, 10.0))
    return p_x[:, None] * rng.dirichlet(np.full(n_y, 0.3), size=n_x)


def with_zeros(n_rows, n_columns):
    rows = arrays(float, (n_rows, n_columns), elements=st.integers(0, 6))
    return rows.filter(lambda t: (t.sum(axis=1) > 0).all())


def problems():
    shapes = st.tuples(st.integers(1, 6), st.integers(1, 4))
    return shapes.flatmap(lambda shape: with_zeros(*shape)).map(lambda t: t / t.sum())


def encoders(p_xy):
    rows = st.integers(1, 5).flatmap(lambda n_t: with_zeros(len(p_xy), n_t))
    return rows.map(lambda t: t / t.sum(axis=1, keepdims=True))


def coin(p):
    return entr([p, 1 - p]).sum() / np.log(2)


def gerber(information_x):
    """The most that T can tell about Y when it stores so much about X (Wyner & Ziv 1973)."""
    flips = brentq(lambda p: coin(p) - (1 - information_x), 0, 0.5, xtol=1e-15)
    return 1 - coin(flips * (1 - FLIP) + (1 - flips) * FLIP)


betas_of_any_size = st.sampled_from([0.1, 0.9, 1.0, 1.3, 2.0, 5.0, 30.0, 1e3, 1e6])


@given(st.data(), betas_of_any_size)
def test_a_step_never_raises_the_functional(data, beta):
    p_xy = data.draw(problems())
    encoder = data.draw(encoders(p_xy))
    before = encoder_solution(p_xy, encoder, beta=beta)
    after = encoder_solution(p_xy, blahut_arimoto_step(p_xy, encoder, beta), beta=beta)
    assert after.functional <= before.functional + 1e-12 * max(1, beta)


def test_a_step_is_the_two_formulas():
    p_xy, rng = random_table(5, 4), np.random.default_rng(0)
    encoder = rng.dirichlet(np.ones(3), size=5)
    before = encoder_solution(p_xy, encoder, beta=3.0)
    p_y_given_x = p_xy / p_xy.sum(axis=1, keepdims=True)
    ratio = p_y_given_x[:, None, :] / before.q_y_given_t[None]
    divergence = (p_y_given_x[:, None, :] * np.log(ratio)).sum(axis=2)
    expected = before.q_t * np.exp(-3.0 * divergence)
    expected /= expected.sum(axis=1, keepdims=True)
    assert blahut_arimoto_step(p_xy, encoder, 3.0) == pytest.approx(expected, abs=1e-13)


@settings(max_examples=60, deadline=None)
@given(problems(), betas_of_any_size)
def test_descent_only_goes_down_and_its_end_is_what_it_says(p_xy, beta):
    solution = information_bottleneck(p_xy, beta)
    rounding = 1e-12 * max(1, beta)
    assert solution.converged
    assert (np.diff(solution.history) <= rounding).all()
    assert len(solution.history) == solution.n_steps + 1
    assert solution.functional == pytest.approx(solution.history[-1], abs=1e-9 * max(1, beta))
    identity = encoder_solution(p_xy, np.eye(len(p_xy)), beta=beta)
    assert solution.functional <= min(0, identity.functional) + rounding
    again = blahut_arimoto_step(p_xy, solution.q_t_given_x, beta)
    assert encoder_solution(p_xy, again, beta=beta).functional >= solution.functional - 1e-6
    assert optimality_gap(p_xy, solution) < 1e-4


@pytest.mark.parametrize(
    ("beta", "stored", "told"),
    [
        (1.58, 0.06373, 0.04057),
        (1.7, 0.36660, 0.22603),
        (2, 0.69643, 0.40723),
        (3, 0.94895, 0.51660),
        (5, 0.99784, 0.53062),
    ],
)
def test_the_symmetric_source_at_known_points(beta, stored, told):
    solution = information_bottleneck(SOURCE, beta, tolerance=1e-9)
    assert pytest.approx(stored, abs=6e-6) == solution.I_XT
    assert pytest.approx(told, abs=6e-6) == solution.I_TY


@pytest.mark.parametrize("method", ["reverse", "forward", "both"])
def test_the_curve_of_the_symmetric_source_is_mrs_gerbers(method):
    betas = np.r_[np.linspace(ONSET + 0.03, 2, 30), np.geomspace(2, 1e6, 20)]
    curve = information_bottleneck_curve(SOURCE, betas, method=method)
    assert curve.converged.all()
    assert (curve.n_clusters == 2).all()
    assert pytest.approx([gerber(stored) for stored in curve.I_XT], abs=1e-10) == curve.I_TY
    assert np.nanmax(curve.slope_excess()) < 1e-4


def test_nothing_is_stored_below_the_critical_beta_and_little_just_above():
    curve = information_bottleneck_curve(SOURCE, [0.01, 1, ONSET - 1e-4, ONSET, ONSET + 1e-4])
    assert (curve.n_clusters == [1, 1, 1, 1, 2]).all()
    assert (curve.I_XT[:4] == 0).all()
    assert curve.I_TY[:4] == pytest.approx(0, abs=1e-15)
    assert 0 < curve.I_XT[4] < 1e-3
    for beta in (ONSET - 1e-4, ONSET):
        assert information_bottleneck(SOURCE, beta).n_clusters == 1


def test_labels_are_stored_whole_or_not_at_all():
    p_xy = np.zeros((6, 3))
    p_xy[np.arange(6), [0, 0, 0, 1, 1, 2]] = np.array([1, 2, 3, 2, 2, 2]) / 12
    below, above = (information_bottleneck(p_xy, beta) for beta in (0.99, 1.01))
    assert below.n_clusters == 1
    assert below.I_XT == 0
    assert above.n_clusters == 3
    assert pytest.approx(0, abs=1e-12) == above.I_XT - above.I_TY
    assert pytest.approx(1.459148, abs=1e-6) == above.I_TY


def test_everything_is_told_at_a_large_beta():
    p_xy = random_table(12, 5)
    solution = information_bottleneck(p_xy, 1e6)
    assert solution.n_clusters == 12
    assert pytest.approx(information_bottleneck_curve(p_xy, [1.0]).I_XY, abs=1e-9) == solution.I_TY


def test_one_point_for_each_beta_in_the_order_given():
    p_xy, betas = random_table(10, 4), [3.0, 8.0, 3.0, 1.0, 5.0]
    curve = information_bottleneck_curve(p_xy, betas)
    assert curve.beta.tolist() == betas
    assert curve.functional[0] == pytest.approx(curve.functional[2], abs=1e-9)
    for solution in curve:
        alone = information_bottleneck(p_xy, solution.beta)
        assert solution.functional == pytest.approx(alone.functional, abs=1e-6)


def test_no_start_gives_less_than_annealing():
    p_xy, betas = random_table(32, 16), np.linspace(1, 25, 9)
    down = information_bottleneck_curve(p_xy, betas)
    up = information_bottleneck_curve(p_xy, betas, method="forward")
    assert down.functional == pytest.approx(up.functional, abs=1e-6)
    assert max(optimality_gap(p_xy, solution) for solution in down) < 1e-5
    rng = np.random.default_rng(0)
    for reached in down:
        for _ in range(3):
            start = 0.5 * np.eye(32) + 0.5 * rng.dirichlet(np.ones(32), size=32)
            local = information_bottleneck(p_xy, reached.beta, encoder=start)
            assert reached.functional <= local.functional + 1e-6
    assert np.nanmax(down.slope_excess()) < 1e-6


def test_new_clusters_come_in_where_a_start_has_none():
    # Nothing leads sweeps away from a single cluster, which is a saddle.
    p_xy, single = random_table(10, 4), np.ones((10, 1))
    assert information_bottleneck(p_xy, 10.0, encoder=single).n_clusters == 1
    rising = information_bottleneck_curve(p_xy, [0.5, 10.0], method="forward")
    assert rising.functional[1] == pytest.approx(
        information_bottleneck(p_xy, 10.0).functional, abs=1e-6
    )


def test_equal_x_share_their_encoder():
    p_xy = random_table(5, 3)
    twins = (
        np.repeat(p_xy, [1, 4, 2, 1, 3], axis=0)
        / np.repeat([1, 4, 2, 1, 3], [1, 4, 2, 1, 3])[:, None]
    )
    solution, small = (information_bottleneck(table, 6.0) for table in (twins, p_xy))
    assert (solution.q_t_given_x[1:5] == solution.q_t_given_x[1]).all()
    assert solution.functional == pytest.approx(small.functional, abs=1e-9)
    assert pytest.approx(small.I_XT, abs=1e-6) == solution.I_XT


def test_a_limited_number_of_clusters():
    p_xy = random_table(12, 5)
    free = information_bottleneck(p_xy, 10.0)
    last = free.functional
    for n_clusters in (6, 3, 2, 1):
        limited = information_bottleneck(p_xy, 10.0, n_clusters=n_clusters, n_restarts=20)
        assert limited.n_clusters <= n_clusters
        assert limited.functional >= last - 1e-9
        last = limited.functional
    one = information_bottleneck(p_xy, 10.0, n_clusters=3, seed=1)
    more = information_bottleneck(p_xy, 10.0, n_clusters=3, seed=1, n_restarts=5)
    assert more.functional <= one.functional + 1e-12
    same = information_bottleneck(p_xy, 10.0, n_clusters=3, seed=1)
    assert (same.q_t_given_x == one.q_t_given_x).all()
    curve = information_bottleneck_curve(p_xy, [2.0, 5.0, 10.0], n_clusters=3, n_restarts=10)
    assert curve.n_clusters.max() <= 3
    assert curve.functional[2] >= free.functional


def test_the_gap_knows_a_local_minimum():
    p_xy = random_table(12, 5)
    best = information_bottleneck(p_xy, 10.0)
    assert 0 <= optimality_gap(p_xy, best) < 1e-6
    for n_clusters in (1, 2, 5):
        limited = information_bottleneck(p_xy, 10.0, n_clusters=n_clusters)
        above = limited.functional - best.functional
        assert above > 0.01
        assert optimality_gap(p_xy, limited) >= above
    with pytest.raises(ValueError, match="solution must be one of the information bottleneck"):
        optimality_gap(p_xy, encoder_solution(p_xy, np.eye(12), beta=2.0, alpha=0))


def test_base_changes_units_only():
    p_xy = random_table(8, 4)
    bits, nats = (information_bottleneck(p_xy, 4.0, base=base) for base in (2, np.e))
    assert pytest.approx(bits.I_XT * np.log(2), abs=1e-12) == nats.I_XT
    assert nats.history == pytest.approx(bits.history * np.log(2), abs=1e-12)


def test_what_has_not_converged_says_so():
    p_xy = random_table(12, 5)
    with pytest.warns(BottleneckWarning, match="in 2 steps for 1 of 1 values of beta, first 3"):
        solution = information_bottleneck(p_xy, 3.0, max_steps=2)
    assert not solution.converged
    with pytest.warns(BottleneckWarning, match="did not converge in 3 steps for 2 of 3") as caught:
        curve = information_bottleneck_curve(p_xy, [3.0, 1e5, 2.5], max_steps=3)
    assert len(caught) == 1
    assert curve.converged.tolist() == [False, True, False]


@pytest.mark.parametrize("beta", [0, -1, np.nan, np.inf])
def test_beta_must_be_positive(beta):
    with pytest.raises(ValueError, match="beta must be positive and finite"):
        information_bottleneck(SOURCE, beta)
    with pytest.raises(ValueError, match=r"betas\[1\] must be positive and finite"):
        information_bottleneck_curve(SOURCE, [1.0, beta])
    with pytest.raises(ValueError, match="beta must be positive and finite"):
        blahut_arimoto_step(SOURCE, np.eye(2), beta)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n_clusters": 3}, "n_clusters must be at most n_x = 2, got 3"),
        ({"n_clusters": 0}, "n_clusters must be a whole number of at least 1"),
        ({"n_clusters": 2, "encoder": np.eye(2)}, "n_clusters must be None when encoder"),
        ({"encoder": np.eye(3)}, r"q_t_given_x must have shape \(2, n_t\)"),
        ({"n_restarts": -1}, "n_restarts must be a whole number of at least 0"),
        ({"tolerance": 0}, "tolerance must be positive"),
        ({"max_steps": 0}, "max_steps must be a whole number of at least 1"),
        ({"seed": -1}, "seed must be a whole number"),
        ({"base": 1}, "base must be greater than 1"),
    ],
)
def test_settings_out_of_range(arguments, message):
    with pytest.raises(ValueError, match=message):
        information_bottleneck(SOURCE, 2.0, **arguments)


def test_curves_of_nothing():
    for betas in ([], 2.0, [[1.0, 2.0]]):
        with pytest.raises(ValueError, match=r"betas must have shape \(n,\)"):
            information_bottleneck_curve(SOURCE, betas)
    with pytest.raises(TypeError, match="betas must hold real numbers"):
        information_bottleneck_curve(SOURCE, ["a"])
    with pytest.raises(ValueError, match="method must be one of reverse, forward, both"):
        information_bottleneck_curve(SOURCE, [2.0], method="sideways")
    with pytest.raises(ValueError, match="p_xy must sum to 1"):
        information_bottleneck_curve([[0.5, 0.6]], [2.0])
