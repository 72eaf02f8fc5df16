from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize

from ibtools.bottleneck import encoder_solution
from ibtools.bottleneck.symmetric import (
    binary_symmetric_beta_at,
    binary_symmetric_bottleneck,
    binary_symmetric_relevance_at,
    binary_symmetric_source,
)


def close(value, tolerance=1e-12):
    return pytest.approx(value, abs=tolerance)


def both(solution):
    return solution.I_XT, solution.I_TY


def coin(p):
    return -p * np.log2(p) - (1 - p) * np.log2(1 - p)


def test_the_table():
    assert binary_symmetric_source(0.1).p_xy == close(np.array([[0.45, 0.05], [0.05, 0.45]]))
    assert binary_symmetric_source(Fraction(1, 4)).p_xy.tolist() == [[0.375, 0.125], [0.125, 0.375]]
    assert binary_symmetric_source(0.1).information() == close(1 - coin(0.1))


@pytest.mark.parametrize(
    ("beta", "I_XT", "I_TY"),
    [
        (1.58, 0.06373, 0.04057),
        (1.7, 0.36660, 0.22603),
        (2, 0.69643, 0.40723),
        (3, 0.94895, 0.51660),
        (5, 0.99784, 0.53062),
    ],
)
def test_points_from_an_independent_solver(beta, I_XT, I_TY):
    solution = binary_symmetric_bottleneck(0.1, beta)
    assert both(solution) == close((I_XT, I_TY), 5e-6)
    assert solution.n_clusters == 2
    assert binary_symmetric_relevance_at(0.1, solution.I_XT) == close(solution.I_TY)
    assert binary_symmetric_beta_at(0.1, solution.I_XT) == pytest.approx(beta, rel=1e-9)


@given(st.floats(0.001, 0.499), st.floats(0.001, 0.999))
def test_curve_is_mrs_gerbers(flip, cost):
    noise = brentq(lambda p: 1 - coin(p) - cost, 1e-15, 0.5, xtol=1e-15)
    told = 1 - coin(flip * (1 - noise) + (1 - flip) * noise)
    assert binary_symmetric_relevance_at(flip, cost) == close(told, 1e-10)
    assert binary_symmetric_relevance_at(1 - flip, cost) == close(told, 1e-10)
    nats = binary_symmetric_relevance_at(flip, cost * np.log(2), base=np.e)
    assert nats == close(told * np.log(2), 1e-10)


@given(st.floats(0.01, 0.45), st.floats(0.02, 0.98))
def test_beta_is_one_over_the_slope(flip, cost):
    low, high = binary_symmetric_relevance_at(flip, [cost - 1e-4, cost + 1e-4])
    assert binary_symmetric_beta_at(flip, cost) == pytest.approx(2e-4 / (high - low), rel=1e-3)


@given(st.floats(0.001, 0.49), st.floats(1.001, 6))
def test_beta_leads_to_a_cost_and_back(flip, factor):
    beta = factor / (1 - 2 * flip) ** 2
    solution = binary_symmetric_bottleneck(flip, beta)
    assert solution.q_t == close([0.5, 0.5])
    if solution.I_XT < 1 - 1e-6:
        assert binary_symmetric_beta_at(flip, solution.I_XT) == pytest.approx(beta, rel=1e-6)
        same = binary_symmetric_beta_at(flip, solution.I_XT * np.log(2), base=np.e)
        assert same == pytest.approx(beta, rel=1e-6)


@pytest.mark.parametrize("beta", [1.5, 1.6, 2.0, 4.0])
def test_no_encoder_of_three_clusters_does_better(beta):
    source, best = binary_symmetric_source(0.1), binary_symmetric_bottleneck(0.1, beta)

    def functional(logits):
        encoder = np.exp(logits.reshape(2, 3))
        encoder /= encoder.sum(axis=1, keepdims=True)
        return encoder_solution(source, encoder, beta=beta).functional

    found = [minimize(functional, s).fun for s in np.random.default_rng(0).normal(size=(5, 6))]
    assert min(found) >= best.functional - 1e-9
    assert min(found) == close(best.functional, 1e-5)


def test_critical_beta():
    assert binary_symmetric_beta_at(0.1, 0) == close(1.5625)
    for beta in (0.5, 1.5625):
        solution = binary_symmetric_bottleneck(0.1, beta)
        assert (*both(solution), solution.n_clusters) == (0, 0, 1)
    beyond = binary_symmetric_bottleneck(0.1, 1.5626)
    assert beyond.n_clusters == 2
    assert 0 < beyond.I_XT < 1e-3


@pytest.mark.parametrize("flip", [0, 1])
def test_without_noise_all_is_told(flip):
    assert binary_symmetric_relevance_at(flip, [0, 0.3, 1, 5]) == close([0, 0.3, 1, 1])
    assert binary_symmetric_beta_at(flip, [0, 0.3, 1]).tolist() == [1, pytest.approx(1), np.inf]
    assert binary_symmetric_bottleneck(flip, 1.0).I_XT == 0
    assert binary_symmetric_bottleneck(flip, 1.001).q_t_given_x == close(np.eye(2))


def test_nothing_but_noise_tells_nothing():
    assert binary_symmetric_relevance_at(0.5, [0, 0.3, 1, 5]) == close(np.zeros(4))
    assert (binary_symmetric_beta_at(0.5, [0, 0.3, 1]) == np.inf).all()
    assert binary_symmetric_bottleneck(0.5, 1e9).n_clusters == 1


def test_large_beta_copies_x_and_large_costs_buy_no_more():
    solution = binary_symmetric_bottleneck(0.1, 1e9)
    assert both(solution) == close((1, 1 - coin(0.1)))
    assert binary_symmetric_relevance_at(0.1, [1, 2, np.inf]) == close(np.full(3, 1 - coin(0.1)))
    assert (binary_symmetric_beta_at(0.1, [1, 2, np.inf]) == np.inf).all()
    assert binary_symmetric_relevance_at(0.1, np.ones((2, 3))).shape == (2, 3)
    assert binary_symmetric_relevance_at(0.1, 0.5).shape == ()


def test_bad_input_is_named():
    for flip in (-0.1, 1.1, np.nan, None, "0.1"):
        for call in (
            binary_symmetric_source,
            lambda flip: binary_symmetric_bottleneck(flip, 2.0),
            lambda flip: binary_symmetric_relevance_at(flip, 0.5),
            lambda flip: binary_symmetric_beta_at(flip, 0.5),
        ):
            with pytest.raises(ValueError, match="flip_probability must be between 0 and 1"):
                call(flip)
    for call in (binary_symmetric_relevance_at, binary_symmetric_beta_at):
        for cost in (-0.1, np.nan, [0.5, -1]):
            with pytest.raises(ValueError, match="cost_value must be 0 or more"):
                call(0.1, cost)
        with pytest.raises(ValueError, match="base must be greater than 1"):
            call(0.1, 0.5, base=0)
    for beta in (0, -1, np.nan, np.inf):
        with pytest.raises(ValueError, match="beta must be positive and finite"):
            binary_symmetric_bottleneck(0.1, beta)
