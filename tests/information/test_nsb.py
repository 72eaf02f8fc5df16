import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import digamma, entr, gammaln

from ibtools.information import entropy_nsb, entropy_plug_in, nsb_posterior
from ibtools.information.nsb import _log_rising


def expected_entropy(beta, k):
    return digamma(k * beta + 1) - digamma(beta + 1)


def posterior_by_quadrature(counts, k):
    """Posterior mean in nats, integrating over ξ itself, β found by root search."""
    c = np.append(counts, np.zeros(k - len(counts)))
    n = c.sum()

    def at(xi):
        log_beta = brentq(lambda t: expected_entropy(np.exp(t), k) - xi, -40, 25, xtol=1e-13)
        beta = np.exp(log_beta)
        likelihood = np.exp(
            gammaln(k * beta) - gammaln(n + k * beta) + (gammaln(c + beta) - gammaln(beta)).sum()
        )
        share = (c + beta) / (n + k * beta)
        return likelihood, digamma(n + k * beta + 1) - (share * digamma(c + beta + 1)).sum()

    limits = 1e-7, np.log(k) - 1e-7
    mass = quad(lambda xi: at(xi)[0], *limits, epsrel=1e-8, epsabs=0, limit=200)[0]
    return quad(lambda xi: np.prod(at(xi)), *limits, epsrel=1e-8, epsabs=0, limit=200)[0] / mass


@pytest.mark.parametrize(
    ("counts", "k"), [([4, 1], 5), ([1, 1, 1], 20), ([7], 3), ([3, 3, 3], 3), ([10, 2, 1, 1], 6)]
)
def test_agrees_with_quadrature_over_the_expected_entropy(counts, k):
    assert entropy_nsb(counts, k, base=np.e) == pytest.approx(
        posterior_by_quadrature(counts, k), abs=1e-5
    )


def test_moments_agree_with_laws_drawn_from_the_posterior():
    """β from its prior by ξ, laws from Dirichlet(β), each weighed by its likelihood."""
    counts, k = np.array([3, 1, 0, 0]), 4
    rng = np.random.default_rng(0)
    log_beta = np.linspace(-25, 15, 4001)
    xi = rng.uniform(0, np.log(k), 100_000)
    beta = np.exp(np.interp(xi, expected_entropy(np.exp(log_beta), k), log_beta))
    # log Γ(β) variates as log Γ(β+1) + log(U)/β: plain ones vanish for small β.
    gamma = np.log(rng.standard_gamma(beta[:, None] + 1, size=(len(beta), k)))
    gamma += np.log(rng.random((len(beta), k))) / beta[:, None]
    p = np.exp(gamma - gamma.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    entropy = entr(p).sum(axis=1)
    weight = (p**counts).prod(axis=1)
    mean = np.average(entropy, weights=weight)
    deviation = np.sqrt(np.average((entropy - mean) ** 2, weights=weight))
    assert nsb_posterior(counts, k, base=np.e) == pytest.approx((mean, deviation), abs=0.01)


def test_thousand_uniform_symbols_from_five_hundred_samples():
    rng = np.random.default_rng(0)
    draws = rng.multinomial(500, np.full(1000, 1e-3), size=40)
    errors = [entropy_nsb(c, 1000, base=np.e) - np.log(1000) for c in draws]
    assert abs(np.mean(errors)) < 0.05
    plug_in = np.mean([entropy_plug_in(c, base=np.e) for c in draws]) - np.log(1000)
    assert plug_in < -0.95


def test_laws_drawn_from_a_dirichlet_are_within_the_posterior():
    """The standard deviation is honest where the prior holds."""
    rng = np.random.default_rng(3)
    scores = []
    for _ in range(60):
        p = rng.dirichlet(np.full(200, 0.2))
        mean, deviation = nsb_posterior(rng.multinomial(100, p), 200, base=np.e)
        scores.append((mean - entr(p).sum()) / deviation)
    assert abs(np.mean(scores)) < 0.5
    assert 0.7 < np.std(scores) < 1.4


def test_many_samples_bring_the_plug_in_value_and_certainty():
    c = 10**9 * np.array([5, 3, 2])
    mean, deviation = nsb_posterior(c, 3)
    assert mean == pytest.approx(entropy_plug_in(c), abs=1e-8)
    assert 0 < deviation < 1e-4


def test_one_symbol_and_one_sample():
    assert nsb_posterior([17], 1) == (0, 0)
    # One sample says nothing about H by symmetry: what remains is the prior, uniform on [0, log K].
    mean, deviation = nsb_posterior([1], 10**6, base=np.e)
    assert mean == pytest.approx(np.log(10**6) / 2, abs=1e-3)
    assert deviation == pytest.approx(np.log(10**6) / np.sqrt(12), abs=0.02)
    assert entropy_nsb([3, 2]) == entropy_nsb([3, 2], 2)


@given(
    st.lists(st.integers(0, 10**9) | st.integers(0, 3), min_size=1, max_size=8).filter(any),
    st.integers(0, 5) | st.integers(0, 10**15),
)
def test_never_nan_and_between_nothing_and_log_k(counts, unseen):
    k = np.count_nonzero(counts) + unseen
    mean, deviation = nsb_posterior(counts, k, base=np.e)
    assert 0 <= mean <= np.log(k) + 1e-9
    assert 0 <= deviation <= np.log(k) / 2 + 1e-9
    bits, _ = nsb_posterior(counts, k)
    assert bits == pytest.approx(mean / np.log(2), abs=1e-12)


@pytest.mark.parametrize("x", [9e3, 1e4, 3e6])
def test_quotient_of_gamma_functions_is_a_product(x):
    assert _log_rising(x, 50) == pytest.approx(np.log(x + np.arange(50)).sum(), rel=0, abs=1e-9)
