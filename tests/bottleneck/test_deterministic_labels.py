import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ibtools.bottleneck import encoder_solution
from ibtools.bottleneck.blahut_arimoto.annealing import information_bottleneck_curve
from ibtools.bottleneck.deterministic.solver import deterministic_bottleneck_curve
from ibtools.bottleneck.deterministic_labels import (
    deterministic_labels_curve,
    deterministic_labels_power_optimum,
    erasure_encoder,
    has_deterministic_labels,
)
from ibtools.information import entropy_from_table


def close(value):
    return pytest.approx(value, abs=1e-10)


def labelled(seed=0, n_x=12, n_y=4):
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(n_x) % n_y)
    return np.eye(n_y)[labels] * rng.dirichlet(np.full(n_x, 5.0))[:, None]


NOISY = np.array([[0.45, 0.05], [0.05, 0.45]])


def test_labels_that_x_determines():
    assert has_deterministic_labels(labelled())
    assert has_deterministic_labels([[1.0]])
    assert has_deterministic_labels([[0.2, 0, 0], [0.3, 0, 0], [0, 0, 0.5]])
    assert not has_deterministic_labels(NOISY)
    almost = np.array([[0.5, 1e-9], [0, 0.5 - 1e-9]])
    assert not has_deterministic_labels(almost)
    assert has_deterministic_labels(almost, tolerance=1e-8)


def test_the_curve_is_known():
    p_xy = labelled()
    H_Y = entropy_from_table(p_xy.sum(axis=0))
    costs = np.array([0, 0.3, H_Y, 5])
    np.testing.assert_allclose(deterministic_labels_curve(p_xy, costs), [0, 0.3, H_Y, H_Y])
    assert deterministic_labels_curve(p_xy, 0.3) == close(0.3)
    assert deterministic_labels_curve(p_xy, 9, base=np.e) == close(H_Y * np.log(2))


@settings(deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 3))
def test_no_encoder_is_above_the_curve(seed, concentration):
    p_xy = labelled(seed, 6, 3)
    encoder = np.random.default_rng(seed).dirichlet(np.full(4, concentration), 6)
    solution = encoder_solution(p_xy, encoder, beta=1)
    assert deterministic_labels_curve(p_xy, solution.I_XT) + 1e-10 >= solution.I_TY


@settings(deadline=None)
@given(st.integers(0, 1000), st.floats(0, 1))
def test_erasure_leads_along_the_curve(seed, keep):
    p_xy = labelled(seed, 7, 3)
    H_Y = entropy_from_table(p_xy.sum(axis=0))
    solution = encoder_solution(p_xy, erasure_encoder(p_xy, keep), beta=1)
    assert close(keep * H_Y) == solution.I_XT
    assert close(keep * H_Y) == solution.I_TY
    assert deterministic_labels_curve(p_xy, solution.I_XT) == close(solution.I_TY)
    # At β = 1 all of them are equally good.
    assert solution.functional == close(0)


@pytest.mark.parametrize("seed", range(3))
def test_the_lagrangian_sees_only_the_corners(seed):
    p_xy = labelled(seed)
    H_Y = entropy_from_table(p_xy.sum(axis=0))
    betas = np.array([0.3, 0.9, 0.999, 1.001, 1.1, 5.0])
    for curve in (
        information_bottleneck_curve(p_xy, betas),
        deterministic_bottleneck_curve(p_xy, betas),
    ):
        np.testing.assert_allclose(curve.I_XT, H_Y * (betas > 1), atol=1e-5)
        np.testing.assert_allclose(curve.I_TY, H_Y * (betas > 1), atol=1e-5)
        assert curve.n_clusters.tolist() == [1, 1, 1, 4, 4, 4]
    for beta in betas:
        values = [
            encoder_solution(p_xy, erasure_encoder(p_xy, keep), beta=beta).functional
            for keep in np.linspace(0, 1, 11)
        ]
        assert np.argmin(values) == (10 if beta > 1 else 0)
        np.testing.assert_allclose(np.diff(values), (1 - beta) * H_Y / 10, atol=1e-10)


@pytest.mark.parametrize("base", [2, np.e])
@pytest.mark.parametrize("power", [1.5, 2, 3])
def test_the_optimum_of_a_power_is_the_best_erasure(power, base):
    p_xy = labelled()
    keeps = np.linspace(0, 1, 2001)
    H_Y = entropy_from_table(p_xy.sum(axis=0), base=base)
    for beta in (0.1, 1.0, 2.5, 40.0):
        values = (keeps * H_Y) ** power - beta * keeps * H_Y
        found = deterministic_labels_power_optimum(p_xy, beta, power=power, base=base)
        assert found == pytest.approx(H_Y * keeps[values.argmin()], abs=H_Y / 2000)
    assert deterministic_labels_power_optimum(p_xy, 1, base=base) == close(0.5)


def test_optima_beyond_float64_are_the_corner_or_nothing():
    p_xy = labelled()
    H_Y = entropy_from_table(p_xy.sum(axis=0))
    assert deterministic_labels_power_optimum(p_xy, 10, power=1.001) == close(H_Y)
    assert deterministic_labels_power_optimum(p_xy, 0.1, power=1.001) == 0


def test_erasure_where_labels_are_noisy():
    encoder = erasure_encoder(NOISY, 0.6)
    assert encoder == pytest.approx(np.array([[0.54, 0.06, 0.4], [0.06, 0.54, 0.4]]))
    solution = encoder_solution(NOISY, encoder, beta=1)
    assert solution.I_TY < solution.I_XT - 0.05


def test_labels_are_known_to_any_tolerance():
    assert has_deterministic_labels(labelled(), tolerance=1e-300)
    assert not has_deterministic_labels([[0.5, 1e-15], [0, 0.5]], tolerance=1e-300)


def test_bad_input():
    p_xy = labelled()
    for keep in (-0.1, 1.1, np.nan, [0.5, 0.5]):
        with pytest.raises(ValueError, match="keep must be a probability, from 0 to 1"):
            erasure_encoder(p_xy, keep)
    with pytest.raises(ValueError, match=r"p_xy must have one y for each x, .* in row 0"):
        deterministic_labels_curve(NOISY, 0.5)
    with pytest.raises(ValueError, match="p_xy must have one y for each x"):
        deterministic_labels_power_optimum(NOISY, 1)
    for cost in (-1, [0.5, np.nan]):
        with pytest.raises(ValueError, match="I_XT must be 0 or more"):
            deterministic_labels_curve(p_xy, cost)
    with pytest.raises(ValueError, match="power must be above 1"):
        deterministic_labels_power_optimum(p_xy, 1, power=1)
    with pytest.raises(ValueError, match="beta must be positive"):
        deterministic_labels_power_optimum(p_xy, 0)
    with pytest.raises(ValueError, match="tolerance must be positive"):
        has_deterministic_labels(p_xy, tolerance=0)
    with pytest.raises(ValueError, match="p_xy must sum to 1"):
        has_deterministic_labels(np.eye(3))
