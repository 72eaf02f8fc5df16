import numpy as np
import pytest

from ibtools.bottleneck import BottleneckWarning, encoder_solution
from ibtools.bottleneck.blahut_arimoto.channel_capacity import channel_capacity
from ibtools.bottleneck.blahut_arimoto.rate_distortion import rate_distortion, rate_distortion_curve
from ibtools.bottleneck.blahut_arimoto.solver import information_bottleneck


def entropy(p):
    p = np.asarray(p)[np.asarray(p) > 0]
    return -(p * np.log2(p)).sum()


def coin(p):
    return entropy([p, 1 - p])


@pytest.mark.parametrize("p", [0.5, 0.3, 0.05])
def test_a_binary_source_with_hamming_distortion(p):
    slopes = np.linspace(5, 12, 5)
    for point in rate_distortion_curve([p, 1 - p], 1 - np.eye(2), slopes):
        assert 0 < point.distortion < p
        assert point.rate == pytest.approx(coin(p) - coin(point.distortion), abs=2e-6)
        assert point.distortion == pytest.approx(1 / (1 + 2**point.slope), abs=1e-5)


@pytest.mark.parametrize("k", [2, 5, 20])
def test_a_uniform_source(k):
    point = rate_distortion(np.full(k, 1 / k), 1 - np.eye(k), 6.0)
    lost = point.distortion
    assert lost == pytest.approx((k - 1) / (k - 1 + 2**6), abs=1e-9)
    expected = np.log2(k) - coin(lost) - lost * np.log2(k - 1)
    assert point.rate == pytest.approx(expected, abs=1e-9)


def test_a_finely_cut_gaussian():
    x = np.linspace(-5, 5, 161)
    p_x = np.exp(-(x**2) / 2)
    p_x /= p_x.sum()
    for slope in (1.0, 2.0):
        point = rate_distortion(p_x, (x[:, None] - x) ** 2, slope, tolerance=1e-4)
        assert point.distortion == pytest.approx(1 / (2 * slope * np.log(2)), abs=2e-3)
        assert point.rate == pytest.approx(np.log2(1 / point.distortion) / 2, abs=1e-4)


def test_what_is_free_costs_nothing():
    point = rate_distortion([0.5, 0.5], 1 - np.eye(2), 1e-6)
    assert point.rate == pytest.approx(0, abs=1e-9)
    assert point.distortion == pytest.approx(0.5, abs=1e-6)
    dear = rate_distortion([0.3, 0.7], 1 - np.eye(2), 1e4)
    assert dear.distortion == 0
    assert dear.rate == pytest.approx(coin(0.3), abs=1e-6)


def test_a_distortion_common_to_all_letters_changes_nothing_but_itself():
    rng = np.random.default_rng(0)
    p_x, d = rng.dirichlet(np.ones(4)), rng.random((4, 3))
    one, other = (rate_distortion(p_x, d + more, 9.0, tolerance=1e-9) for more in (0.0, 1e4))
    assert one.rate == pytest.approx(other.rate, abs=1e-6)
    assert other.distortion == pytest.approx(one.distortion + 1e4, abs=1e-6)
    solution = encoder_solution(p_x[:, None], one.q_t_given_x, beta=1.0)
    assert one.rate == pytest.approx(solution.I_XT, abs=1e-9)
    nats = rate_distortion(p_x, d, 9.0 * np.log(2), tolerance=1e-9, base=np.e)
    assert nats.rate == pytest.approx(one.rate * np.log(2), abs=1e-6)


def test_the_gap_bounds_what_is_missing():
    rng = np.random.default_rng(1)
    p_x, d = rng.dirichlet(np.ones(8)), rng.random((8, 6))
    best = rate_distortion(p_x, d, 4.0, tolerance=1e-10)
    with pytest.warns(BottleneckWarning, match="did not converge in 5 steps"):
        early = rate_distortion(p_x, d, 4.0, tolerance=1e-10, max_steps=5)
    assert not early.converged
    assert best.converged
    above = early.rate + 4 * early.distortion - best.rate - 4 * best.distortion
    assert 0 < above <= early.gap + 1e-10


def test_the_bottleneck_is_rate_distortion_with_its_own_letters():
    rng = np.random.default_rng(2)
    p_xy = rng.dirichlet(np.full(30, 0.5)).reshape(6, 5) + 1e-4
    p_xy /= p_xy.sum()
    solution = information_bottleneck(p_xy, 5.0, tolerance=1e-10)
    p_x = p_xy.sum(axis=1)
    rows = p_xy / p_x[:, None]
    ratio = np.log2(rows[:, None, :] / solution.q_y_given_t[None])
    divergence = (rows[:, None, :] * ratio).sum(axis=2)
    point = rate_distortion(p_x, divergence, 5.0, tolerance=1e-9)
    assert point.rate == pytest.approx(solution.I_XT, abs=1e-5)
    assert point.q_t_given_x == pytest.approx(solution.q_t_given_x, abs=1e-3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0.5, 0.6], np.eye(2), 1.0), "p_x must sum to 1"),
        (([0.5, 0.5], np.eye(3), 1.0), r"distortion must have shape \(2, n_t\), got \(3, 3\)"),
        (([0.5, 0.5], [[0, np.inf], [1, 0]], 1.0), "distortion must be finite"),
        (([0.5, 0.5], np.eye(2), 0.0), "slope must be positive"),
    ],
)
def test_problems_that_are_none(arguments, message):
    with pytest.raises(ValueError, match=message):
        rate_distortion(*arguments)


def test_letters_need_weight():
    with pytest.raises(ValueError, match="q_t must give weight to each of the 2 letters"):
        rate_distortion([0.5, 0.5], np.eye(2), 1.0, q_t=[1.0, 0.0])
    start = rate_distortion([0.5, 0.5], 1 - np.eye(2), 2.0, q_t=[0.9, 0.1])
    assert start.q_t == pytest.approx([0.5, 0.5], abs=1e-3)


@pytest.mark.parametrize("f", [0.001, 0.1, 0.3, 0.5])
def test_capacities_in_closed_form(f):
    symmetric = channel_capacity([[1 - f, f], [f, 1 - f]])
    erasing = channel_capacity([[1 - f, f, 0], [0, f, 1 - f]])
    z = channel_capacity([[1, 0], [f, 1 - f]])
    in_closed_form = (1 - coin(f), 1 - f, np.log2(1 + (1 - f) * f ** (f / (1 - f))))
    for found, expected in zip((symmetric, erasing, z), in_closed_form, strict=True):
        assert found.converged
        assert found.lower - 1e-12 <= expected <= found.upper + 1e-12
        assert found.upper - found.lower < 1e-6


def test_the_bounds_bracket_and_the_lower_rises():
    rng = np.random.default_rng(3)
    channel = rng.dirichlet(np.full(5, 0.3), size=7)
    found = channel_capacity(channel, tolerance=1e-5)
    lower, upper = found.history.T
    assert (np.diff(lower) >= -1e-12).all()
    assert upper.min() >= lower.max()
    joint = found.p_x[:, None] * channel
    assert pytest.approx(found.lower, abs=1e-9) == encoder_solution(joint, np.eye(7), beta=1.0).I_TY
    nats = channel_capacity(channel, tolerance=1e-5, base=np.e)
    assert nats.lower == pytest.approx(found.lower * np.log(2), abs=2e-5)


def test_channels_that_carry_nothing_or_all():
    assert channel_capacity([[0.2, 0.8]] * 3)[:2] == pytest.approx((0, 0), abs=1e-12)
    assert channel_capacity(np.eye(8))[:2] == pytest.approx((3, 3))
    with pytest.warns(BottleneckWarning, match="did not converge in 1 steps"):
        assert not channel_capacity([[1, 0], [0.3, 0.7]], max_steps=1).converged


@pytest.mark.parametrize(
    ("channel", "error", "message"),
    [
        ([0.5, 0.5], ValueError, r"p_y_given_x must have shape \(n_x, n_y\)"),
        ([[0.5, 0.6]], ValueError, r"p_y_given_x\[0\] must sum to 1"),
        ([[1.0, 0.0], [np.nan, 1.0]], ValueError, r"p_y_given_x\[1\] must hold finite"),
        ([["a"]], TypeError, "p_y_given_x must hold real numbers"),
    ],
)
def test_channels_that_are_none(channel, error, message):
    with pytest.raises(error, match=message):
        channel_capacity(channel)
