from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar

from ibtools.bottleneck import BottleneckWarning, encoder_solution
from ibtools.bottleneck.blahut_arimoto.annealing import information_bottleneck_curve
from ibtools.bottleneck.blahut_arimoto.solver import information_bottleneck
from ibtools.bottleneck.deterministic_labels import (
    deterministic_labels_power_optimum,
    erasure_encoder,
)
from ibtools.bottleneck.power import power_bottleneck, power_bottleneck_curve

SYMMETRIC = np.array([[0.45, 0.05], [0.05, 0.45]])


def labelled(seed=0, n_x=12, n_y=4):
    """A table in which x determines y, and all y come."""
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(n_x) % n_y)
    return np.eye(n_y)[labels] * rng.dirichlet(np.full(n_x, 5.0))[:, None]


def table(n_x, n_y, seed):
    rng = np.random.default_rng(seed)
    p_x = rng.dirichlet(np.full(n_x, 10.0))
    return p_x[:, None] * rng.dirichlet(np.full(n_y, 0.3), size=n_x)


def coin(p):
    return -p * np.log2(p) - (1 - p) * np.log2(1 - p)


def gerber(r):
    """The information curve of SYMMETRIC in bits (Mrs Gerber's lemma)."""
    q = brentq(lambda q: coin(q) - (1 - r), 1e-15, 0.5) if r > 0 else 0.5
    return 1 - coin(0.1 * (1 - q) + 0.9 * q)


@pytest.mark.parametrize("base", [2, np.e])
@pytest.mark.parametrize("beta", [0.3, 1.0, 2.0, 3.5, 8.0])
def test_squared_cost_where_x_determines_y(beta, base):
    p_xy = labelled()
    solution = power_bottleneck(p_xy, beta, base=base)
    label_entropy = encoder_solution(p_xy, erasure_encoder(p_xy, 1), beta=1, base=base).H_T
    expected = min(label_entropy, beta / 2)
    assert solution.converged
    assert pytest.approx(expected, abs=1e-6) == solution.I_XT
    assert pytest.approx(expected, abs=1e-6) == solution.I_TY
    assert solution.functional == pytest.approx(expected**2 - beta * expected, abs=1e-6)


@pytest.mark.parametrize("power", [1.2, 3, 6])
def test_other_powers_where_x_determines_y(power):
    p_xy = labelled(1)
    for beta in (0.2, 0.9, 2.5, 20):
        solution = power_bottleneck(p_xy, beta, power=power)
        expected = deterministic_labels_power_optimum(p_xy, beta, power=power)
        assert solution.power == power
        assert pytest.approx(expected, abs=1e-6) == solution.I_XT
        assert pytest.approx(expected, abs=1e-6) == solution.I_TY


def test_beta_has_a_unit():
    p_xy = table(6, 4, 0)
    for power in (2, 3):
        bits = power_bottleneck(p_xy, 1.5, power=power)
        same = power_bottleneck(p_xy, 1.5 * np.log(2) ** (power - 1), power=power, base=np.e)
        assert pytest.approx(bits.I_XT * np.log(2), abs=1e-3) == same.I_XT
        functional = bits.functional * np.log(2) ** power
        assert same.functional == pytest.approx(functional, abs=2e-7)
        other = power_bottleneck(p_xy, 1.5, power=power, base=np.e)
        assert abs(other.I_XT / np.log(2) - bits.I_XT) > 0.05


@pytest.mark.parametrize("beta", [0.2, 0.7, 1.5, 4.0])
def test_squared_cost_on_the_symmetric_source(beta):
    best = minimize_scalar(
        lambda r: r**2 - beta * gerber(r), bounds=(0, 1), method="bounded", options={"xatol": 1e-10}
    )
    solution = power_bottleneck(SYMMETRIC, beta)
    assert solution.functional == pytest.approx(best.fun, abs=2e-7)
    assert pytest.approx(best.x, abs=2e-3) == solution.I_XT


def test_every_part_of_a_strictly_concave_curve_is_reached():
    betas = np.geomspace(0.05, 30, 40)
    curve = power_bottleneck_curve(SYMMETRIC, betas)
    assert curve.beta.tolist() == betas.tolist()
    assert curve.converged.all()
    assert (np.diff(curve.I_XT) > -1e-4).all()
    assert np.diff(np.r_[0, curve.I_XT, 1]).max() < 0.1
    expected = [gerber(min(r, 1)) for r in curve.I_XT]
    np.testing.assert_allclose(curve.I_TY, expected, atol=1e-6)
    # The Lagrangian stays at 0 until β = 1.5625 and has left the lower half of the curve at 2.
    lagrangian = information_bottleneck_curve(SYMMETRIC, betas)
    assert np.diff(np.r_[0, lagrangian.I_XT, 1]).max() > 0.3


@pytest.mark.parametrize("seed", range(3))
def test_the_optimum_is_one_of_the_lagrangian_at_the_multiplier(seed):
    p_xy = table(8, 5, seed)
    curve = power_bottleneck_curve(p_xy, [0.3, 1.0, 3.0, 10.0])
    lagrangian = information_bottleneck_curve(p_xy, curve.multiplier)
    excess = curve.I_XT - curve.multiplier * curve.I_TY - lagrangian.functional
    np.testing.assert_allclose(excess / curve.multiplier, 0, atol=2e-6)
    assert curve.slope_excess().max() < 1e-3
    alone = [power_bottleneck(p_xy, beta).functional for beta in curve.beta]
    np.testing.assert_allclose(curve.functional, alone, atol=1e-7)


@settings(deadline=None, max_examples=15)
@given(
    st.integers(0, 1000),
    st.floats(0.05, 10),
    st.sampled_from([1.5, 2, 4]),
    st.sampled_from([table, labelled]),
)
def test_no_encoder_is_better(seed, beta, power, kind):
    p_xy = kind(n_x=6, n_y=3, seed=seed)
    solution = power_bottleneck(p_xy, beta, power=power, tolerance=1e-6)
    assert solution.converged
    assert len(solution.history) == solution.n_steps + 1
    assert np.diff(solution.history).max(initial=0) < 1e-12 * (1 + beta)
    assert solution.functional == pytest.approx(solution.history[-1], abs=1e-6)
    rng = np.random.default_rng(seed)
    for concentration in (0.05, 0.3, 1.0):
        encoder = rng.dirichlet(np.full(4, concentration), size=len(p_xy))
        other = encoder_solution(p_xy, encoder, beta=beta, power=power)
        assert solution.functional <= other.functional + 1e-6
    for keep in (0.2, 0.5, 1):
        other = encoder_solution(p_xy, erasure_encoder(p_xy, keep), beta=beta, power=power)
        assert solution.functional <= other.functional + 1e-6


@pytest.mark.parametrize("power", [1.001, 1.1, 2, 100])
@pytest.mark.parametrize("beta", [1e-300, 1e-8, 0.5, 10, 1e6])
def test_costs_below_rounding_and_powers_beyond_float64(beta, power):
    """The best I(X;T), (β/p)^(1/(p-1)), lies between 0 and infinity in float64."""
    p_xy = labelled()
    solution = power_bottleneck(p_xy, beta, power=power)
    expected = deterministic_labels_power_optimum(p_xy, beta, power=power)
    assert solution.converged
    assert solution.functional <= expected**power - beta * expected + 1e-7 * max(1, beta)
    noisy = power_bottleneck(table(5, 3, 0), beta, power=power)
    assert noisy.converged
    assert noisy.functional <= 1e-7


def test_where_nothing_can_be_told():
    for p_xy in ([[1.0]], np.full((3, 2), 1 / 6), np.full((3, 1), 1 / 3)):
        solution = power_bottleneck(p_xy, 2)
        assert solution.converged
        assert (solution.n_clusters, solution.functional) == (1, 0)


def test_one_encoder_where_one_is_good_enough():
    """Mixtures of neighbours on the curve are hardly better, and have twice as many clusters."""
    solution = power_bottleneck(SYMMETRIC, 1.0, tolerance=0.01)
    assert solution.n_clusters == 2
    assert 0.01 < solution.I_XT < 0.99
    assert power_bottleneck(labelled(), 1.0).n_clusters > 2


def test_what_rests_on_a_bottleneck_that_does_not_has_not_converged(monkeypatch):
    def restless(*arguments, **settings):
        return replace(information_bottleneck(*arguments, **settings), converged=False)

    monkeypatch.setattr("ibtools.bottleneck.power.information_bottleneck", restless)
    with pytest.warns(BottleneckWarning, match="did not converge in 20 steps"):
        assert not power_bottleneck(SYMMETRIC, 1, max_steps=20).converged


def test_running_out_of_steps_warns():
    with pytest.warns(BottleneckWarning, match="power 2 did not converge in 1 steps .* max_steps"):
        solution = power_bottleneck(SYMMETRIC, 1, max_steps=1)
    assert not solution.converged
    assert solution.n_steps == 1


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"beta": 0}, "beta must be positive and finite, got 0"),
        ({"beta": -1.0}, "beta must be positive and finite"),
        ({"beta": np.nan}, "beta must be positive and finite"),
        ({"power": 1}, "power must be above 1 and at most 100, got 1: for 1 use information"),
        ({"power": 0.5}, "power must be above 1"),
        ({"power": 101}, "power must be above 1 and at most 100, got 101"),
        ({"power": np.inf}, "power must be positive and finite"),
        ({"n_restarts": -1}, "n_restarts must be a whole number of at least 0"),
        ({"tolerance": 0}, "tolerance must be positive"),
        ({"max_steps": 0}, "max_steps must be a whole number of at least 1"),
        ({"seed": 0.5}, "seed must be a whole number"),
        ({"base": 1}, "base must be greater than 1"),
        ({"p_xy": [[0.5, -0.5], [0.5, 0.5]]}, "p_xy .* none negative"),
    ],
)
def test_settings_out_of_range(settings, message):
    arguments = {"p_xy": SYMMETRIC, "beta": 2.0} | settings
    with pytest.raises(ValueError, match=message):
        power_bottleneck(**arguments)


def test_betas_out_of_range():
    with pytest.raises(ValueError, match=r"betas must have shape \(n,\)"):
        power_bottleneck_curve(SYMMETRIC, 2.0)
