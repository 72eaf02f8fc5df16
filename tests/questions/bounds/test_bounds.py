import numpy as np
import pytest
from scipy.stats import binom

from ibtools.questions.bounds import (
    StochasticNetwork,
    allowed_variance,
    binary_kl,
    capacity_by_weights,
    held_out_bound,
    kl_inverse,
    margin_bound,
    normal_kl,
    pac_bayes_bound,
    rademacher_of_norms,
    spectral_complexity,
    train_stochastic_network,
)


def test_kl_inverse_in_closed_form_and_by_search():
    for budget in (0.001, 0.3, 5):
        assert kl_inverse(0, budget) == pytest.approx(-np.expm1(-budget))
    grid = np.linspace(0, 1, 100_001)[1:-1]
    for q, budget in ((0.1, 0.05), (0.5, 0.2), (0.03, 1.0)):
        allowed = grid[[binary_kl(q, p) <= budget for p in grid]]
        assert kl_inverse(q, budget) == pytest.approx(allowed.max(), abs=2e-5)
        assert kl_inverse(q, budget) < q + np.sqrt(budget / 2)
    assert kl_inverse(0.2, 0) == 0.2
    assert kl_inverse(1, 0.1) == 1
    assert kl_inverse(0.5, 1e6) == 1


def test_binary_kl_by_hand_and_at_the_ends():
    assert binary_kl(0.5, 0.25) == pytest.approx(0.5 * np.log(2) + 0.5 * np.log(2 / 3))
    assert binary_kl(0, 0) == binary_kl(1, 1) == 0
    assert binary_kl(0.1, 0) == np.inf
    with pytest.raises(ValueError, match=r"q must lie in \[0, 1\], got 1.2"):
        binary_kl(1.2, 0.5)
    with pytest.raises(ValueError, match="budget must be 0 or more"):
        kl_inverse(0.5, -1)


def test_held_out_bound_is_the_binomial_tail():
    bound = held_out_bound(7, 200, delta=0.05)
    assert binom.cdf(7, 200, bound) == pytest.approx(0.05)
    assert held_out_bound(200, 200) == 1
    assert held_out_bound(0, 100) == pytest.approx(1 - 0.05 ** (1 / 100))
    with pytest.raises(ValueError, match="errors must be 10 at most, got 11"):
        held_out_bound(11, 10)


def test_normal_kl_against_the_integral(rng):
    mean, variance = np.array([0.3, -1.0]), np.array([0.5, 2.0])
    x = mean + np.sqrt(variance) * rng.normal(size=(200_000, 2))

    def log_density(m, v):
        return (-0.5 * ((x - m) ** 2 / v + np.log(2 * np.pi * v))).sum(axis=1)

    sampled = (log_density(mean, variance) - log_density(np.zeros(2), 0.8)).mean()
    assert normal_kl(mean, variance, np.zeros(2), 0.8) == pytest.approx(sampled, abs=0.02)
    assert normal_kl(mean, np.full(2, 0.8), mean, 0.8) == 0
    with pytest.raises(ValueError, match="variance must hold positive numbers"):
        normal_kl(mean, [1.0, 0.0], mean, 1)


def test_the_variances_allowed_are_one_percent_apart():
    variance, j = allowed_variance(0.05)
    assert variance == pytest.approx(0.1 * np.exp(-j / 100))
    assert variance == pytest.approx(0.05, rel=0.006)
    assert allowed_variance(7.0)[1] == 1


def test_pac_bayes_bound_grows_with_all_that_costs():
    base = {"n": 4000, "draws": 1000, "j": 300}
    bound = pac_bayes_bound(0.05, 1000, **base)
    by_hand = kl_inverse(0.05, np.log(2 / 0.01) / 1000)
    budget = (1000 + np.log(np.pi**2 * 300**2 / 6 / 0.025) + np.log(2 * np.sqrt(4000))) / 4000
    assert bound == pytest.approx(kl_inverse(by_hand, budget))
    for dearer in ({"n": 2000}, {"draws": 100}, {"j": 3000}, {"delta": 0.001}):
        assert pac_bayes_bound(0.05, 1000, **base | dearer) > bound
    with pytest.raises(ValueError, match="delta must lie between 0 and 1"):
        pac_bayes_bound(0.05, 1000, **base, delta=0)


def test_a_linear_class_has_the_complexity_of_its_norm(rng):
    # One layer, norm M: E sup over ‖w‖ ≤ M of the mean of ε_i w·x_i is M E‖Σ ε_i x_i‖/n.
    x, w = rng.normal(size=(50, 6)), rng.normal(size=(1, 6))
    signs = rng.choice([-1, 1], size=(2000, 50))
    exact = np.linalg.norm(w) * np.linalg.norm(signs @ x, axis=1).mean() / 50
    assert exact < rademacher_of_norms(x, w) < 3 * exact


def test_norms_scale_as_they_should(rng):
    x, first, last = rng.normal(size=(40, 5)), rng.normal(size=(7, 5)), rng.normal(size=(1, 7))
    whole = rademacher_of_norms(x, first, last)
    assert rademacher_of_norms(2 * x, first, 3 * last) == pytest.approx(6 * whole)
    zero = [(first, 0 * first), (last, 0 * last)]
    spectral = spectral_complexity(x, *zero)
    scaled = [(2 * first, 0 * first), (last, 0 * last)]
    assert spectral_complexity(x, *scaled) == pytest.approx(2 * spectral)
    assert spectral_complexity(x, (first, first), (last, last)) == 0
    # One row: all norms of it are its length.
    assert spectral_complexity(x, (last @ first, 0)) == pytest.approx(
        np.linalg.norm(x) / 40 * np.linalg.norm(last @ first)
    )


def test_margin_bound_is_the_best_of_all_margins(rng):
    margins = rng.normal(1, 1, size=500)
    found = margin_bound(margins, 0.05)
    grid = np.linspace(0.01, 6, 20_000)
    by_search = min((margins < g).mean() + 2 * 0.05 / g for g in grid)
    confidence = 3 * np.sqrt(np.log(2 / 0.05) / 1000)
    assert found == pytest.approx(by_search + confidence, abs=1e-3)
    assert margin_bound(-np.ones(5), 0.1) == np.inf
    with pytest.raises(ValueError, match="complexity must be positive"):
        margin_bound(margins, 0)


def test_capacity_by_weights():
    assert capacity_by_weights(1024, 3) == 1024 * 3 * 10


def test_a_stochastic_network_learns_and_random_labels_cannot_be_bounded(rng):
    x = rng.normal(size=(400, 10)).astype(np.float32)
    first = [rng.normal(size=(8, 10)).astype(np.float32) / 3, rng.normal(size=(1, 8)).astype("f4")]
    for y, (low, high) in (
        (np.where(x[:, 0] > 0, 1, -1), (0.0, 0.45)),
        (rng.choice([-1, 1], size=400), (0.5, 1.0)),
    ):
        found = train_stochastic_network(x, y, first=first, learnt=first, epochs=150, batch_size=50)
        error = found.error(x, y, draws=400)
        bound = pac_bayes_bound(error, found.divergence, n=400, draws=400, j=found.j)
        assert low < bound <= high
        assert found.divergence > 0


def test_computed_bounds_come_out_again(recorded, made_again):
    found = recorded("questions_bounds")
    again = made_again(
        "questions_bounds",
        seeds=found.settings["seeds"][:1],
        widths=(20,),
        random_labels=(False,),
        posterior_epochs=1,
        draws=10,
    )
    for key, tolerance in (("test_error", 0.01), ("by_norms", 0.1), ("by_spectra", 0.1)):
        assert again[key][0, 0] == pytest.approx(found[key][0, 0], abs=tolerance)
    assert again["parameters"][0, 0] == 20 * 785


def test_no_bound_of_the_record_promises_what_cannot_be(recorded):
    found = recorded("questions_bounds")
    # Nothing is to be known of random labels.
    noise = found.settings["random_labels"].index(True)
    for key in ("by_weights", "by_norms", "by_spectra", "pac_bayes", "by_test_set"):
        assert found[key][noise].min() >= 0.45, key
        assert (found[key][:2] > found["test_error"][:2]).all()
    assert (found["pac_bayes"] > found["stochastic_test_error"]).all()


def test_draws_have_the_means_and_variances_of_the_network(rng):
    means, variances = (
        [np.full((3, 2), 5.0), np.zeros((1, 3))],
        [np.full((3, 2), 4.0), np.ones((1, 3))],
    )
    network = StochasticNetwork(means, variances, prior_variance=1.0, j=1, divergence=0.0)
    drawn = [network.draw(rng) for _ in range(4000)]
    first, last = (np.array([each[k] for each in drawn]) for k in range(2))
    np.testing.assert_allclose(first.mean(axis=0), 5, atol=0.15)
    np.testing.assert_allclose(first.std(axis=0), 2, atol=0.1)
    np.testing.assert_allclose(last.std(axis=0), 1, atol=0.05)
