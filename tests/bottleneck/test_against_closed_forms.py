"""The solver of tables against the problems whose answer is known."""

import numpy as np
import pytest

from ibtools.bottleneck.blahut_arimoto.annealing import information_bottleneck_curve
from ibtools.bottleneck.gaussian.curve import gaussian_bottleneck_curve, gaussian_relevance_at
from ibtools.bottleneck.gaussian.discretised import discretised_gaussian
from ibtools.bottleneck.symmetric import (
    binary_symmetric_bottleneck,
    binary_symmetric_relevance_at,
    binary_symmetric_source,
)
from ibtools.information import entropy_from_table


def close(value, tolerance):
    return pytest.approx(value, abs=tolerance)


def points(curve):
    return np.c_[curve.I_XT, curve.I_TY]


@pytest.mark.parametrize("flip", [0.02, 0.1, 0.3, 0.9])
def test_symmetric_binary_source(flip):
    critical = 1 / (1 - 2 * flip) ** 2
    betas = critical * np.array([3, 0.6, 0.96, 1.02, 1.1, 1.3, 2])
    curve = information_bottleneck_curve(binary_symmetric_source(flip), betas, tolerance=1e-11)
    exact = [binary_symmetric_bottleneck(flip, beta) for beta in betas]
    assert points(curve) == close(np.array([[s.I_XT, s.I_TY] for s in exact]), 1e-5)
    assert curve.n_clusters.tolist() == [2, 1, 1, 2, 2, 2, 2]
    assert binary_symmetric_relevance_at(flip, curve.I_XT) == close(curve.I_TY, 1e-10)


def test_symmetric_binary_source_is_held_between_points_and_tangents():
    betas = np.linspace(1.2, 6, 40)
    curve = information_bottleneck_curve(binary_symmetric_source(0.1), betas, tolerance=1e-11)
    costs = np.linspace(0, 1.2, 200)
    exact = binary_symmetric_relevance_at(0.1, costs)
    assert (curve.relevance_at(costs) <= exact + 1e-9).all()
    assert (exact <= curve.relevance_limit_at(costs) + 1e-9).all()
    assert np.nanmax(curve.slope_excess()) < 1e-4


@pytest.mark.parametrize(("correlation", "n_points"), [(0.5, 30), (-0.8, 30), (0.9, 36)])
def test_gaussian_on_a_grid(correlation, n_points):
    # Up to a cost of log 1/h the grid itself changes less than 1e-7 bits: it is the solver that is
    # compared here.
    cov = np.array([[1, correlation], [correlation, 1]])
    betas = np.array([0.5, 0.9, 1.1, 1.2, 1.5, 2, 2.5]) / correlation**2
    table = discretised_gaussian(correlation, n_points)
    curve = information_bottleneck_curve(table, betas, tolerance=1e-5)
    exact = gaussian_bottleneck_curve(cov, 1, betas)
    assert gaussian_relevance_at(cov, 1, curve.I_XT) == close(curve.I_TY, 1e-6)
    assert curve.functional == close(exact.functional, 1e-5)
    assert points(curve) == close(points(exact), 1e-3)
    assert not points(curve)[:2].any()
    assert curve.n_clusters[:2].tolist() == [1, 1]


def test_a_grid_too_coarse_for_its_beta_is_better_than_the_gaussian():
    cov = np.array([[1, 0.8], [0.8, 1]])
    curve = information_bottleneck_curve(discretised_gaussian(0.8, 21), [60.0], tolerance=1e-5)
    exact = gaussian_bottleneck_curve(cov, 1, [60.0])
    assert curve.functional[0] < exact.functional[0] - 0.1


@pytest.mark.parametrize("seed", range(3))
def test_labels_without_noise_leave_only_the_corner(seed):
    rng = np.random.default_rng(seed)
    label, p_x = np.r_[0:3, rng.integers(3, size=7)], rng.dirichlet(np.ones(10))
    p_xy = p_x[:, None] * np.eye(3)[label]
    entropy = entropy_from_table(p_xy.sum(axis=0))
    betas = [2.0, 0.2, 0.95, 1.05, 50.0]
    curve = information_bottleneck_curve(p_xy, betas, tolerance=1e-11)
    corner = np.array([entropy, 0, 0, entropy, entropy])
    assert points(curve) == close(np.c_[corner, corner], 1e-6)
    assert curve.n_clusters.tolist() == [3, 1, 1, 3, 3]


def test_independent_variables_are_never_worth_a_bit():
    p_xy = np.outer([0.1, 0.2, 0.3, 0.4], [0.3, 0.7])
    curve = information_bottleneck_curve(p_xy, [0.5, 10.0, 1000.0])
    assert points(curve) == close(np.zeros((3, 2)), 1e-12)
    assert curve.n_clusters.tolist() == [1, 1, 1]
