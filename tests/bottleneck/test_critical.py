import numpy as np
import pytest

from ibtools.bottleneck import IBCurve, discretised_gaussian, encoder_solution
from ibtools.bottleneck.blahut_arimoto.annealing import information_bottleneck_curve
from ibtools.bottleneck.blahut_arimoto.critical import (
    Split,
    cluster_splits,
    critical_beta,
    onset_beta,
)
from ibtools.bottleneck.blahut_arimoto.solver import information_bottleneck

RARE = np.array([[0.02, 0.0], [0.49, 0.49]])


def symmetric(flip):
    return np.array([[1 - flip, flip], [flip, 1 - flip]]) / 2


@pytest.mark.parametrize("flip", [0.0, 0.01, 0.1, 0.3, 0.49])
def test_the_symmetric_source(flip):
    expected = pytest.approx(1 / (1 - 2 * flip) ** 2, rel=1e-9)
    assert critical_beta(symmetric(flip)) == expected
    assert onset_beta(symmetric(flip)) == pytest.approx(1 / (1 - 2 * flip) ** 2, rel=1e-5)


def test_independent_and_known():
    independent = np.outer([0.2, 0.3, 0.5], [0.6, 0.4])
    for beta_of in (critical_beta, onset_beta):
        assert beta_of(independent) == np.inf
        assert beta_of(np.array([[0.3], [0.7]])) == np.inf
        labels = np.array([[0.2, 0, 0], [0.3, 0, 0], [0, 0.4, 0.1]])
        assert beta_of(labels) == pytest.approx(1, abs=1e-9)
        with pytest.raises(ValueError, match="p_xy must sum to 1"):
            beta_of([[0.5, 0.6]])


def test_a_second_singular_value_by_another_way():
    # The eigenvalues of p(x'|x) = Σ_y p(x'|y) p(y|x) are the squared singular values.
    p_xy = np.random.default_rng(0).dirichlet(np.ones(20)).reshape(5, 4)
    back_and_forth = (p_xy / p_xy.sum(axis=1, keepdims=True)) @ (p_xy / p_xy.sum(axis=0)).T
    second = np.sort(np.linalg.eigvals(back_and_forth).real)[-2]
    assert critical_beta(p_xy) == pytest.approx(1 / second, rel=1e-9)


def test_rare_inputs_pay_long_before_the_critical_beta():
    # With r = (1 - s, s), brute force over s: the smallest β at which Σ p(x) e^{β a(x)} = 1.
    onsets = []
    p_y = RARE.sum(axis=0)
    for s in np.linspace(1e-4, p_y[1] - 1e-3, 400):
        exponents = RARE / RARE.sum(axis=1, keepdims=True) @ np.log([(1 - s) / p_y[0], s / p_y[1]])
        betas = np.linspace(1.01, 60, 5000)
        pays = RARE.sum(axis=1) @ np.exp(np.outer(exponents, betas)) > 1
        onsets.append(betas[pays.argmax()] if pays.any() else np.inf)
    onset = onset_beta(RARE)
    assert onset == pytest.approx(min(onsets), rel=3e-3)
    assert critical_beta(RARE) == pytest.approx(51)
    assert information_bottleneck(RARE, onset * 0.999).I_XT == 0
    above = information_bottleneck(RARE, onset * 1.01)
    assert above.n_clusters == 2
    assert above.functional < -1e-5


def test_no_curve_leaves_zero_below_the_onset():
    for seed in range(3):
        rng = np.random.default_rng(seed)
        p_xy = rng.dirichlet(np.full(40, 0.3)).reshape(10, 4) + 1e-6
        p_xy /= p_xy.sum()
        onset = onset_beta(p_xy)
        assert 1 < onset <= critical_beta(p_xy) * (1 + 1e-12)
        curve = information_bottleneck_curve(p_xy, onset * np.array([0.9, 0.999, 1.02]))
        assert (curve.I_XT[:2] == 0).all()
        assert curve.I_XT[2] > 0


def test_splits_of_a_curve():
    betas = [1.7, 1.5, 3.0, 1.6]
    curve = information_bottleneck_curve(symmetric(0.1), betas)
    assert cluster_splits(curve) == [Split(1.5, 1.6, 1, 2)]
    encoders = {1.0: np.ones((4, 1)), 2.0: np.eye(4), 3.0: np.repeat(np.eye(2), 2, axis=0)}
    solutions = [encoder_solution(np.eye(4) / 4, q, beta=beta) for beta, q in encoders.items()]
    assert cluster_splits(IBCurve.from_solutions(np.eye(4) / 4, solutions)) == [
        Split(1.0, 2.0, 1, 4),
        Split(2.0, 3.0, 4, 2),
    ]
    assert cluster_splits(curve[:1]) == []


def test_probabilities_whose_product_underflows():
    """A Gaussian grid out to 30 deviations: the correlation of the law it stands for is 0.5."""
    assert critical_beta(discretised_gaussian(0.5, 100, reach=30)) == pytest.approx(4, rel=1e-3)
