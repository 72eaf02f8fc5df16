import numpy as np
import pytest

from ibtools.questions.memorization import (
    asymptotic_risk,
    minimum_norm,
    random_features,
    ridge_weights,
)


@pytest.mark.parametrize("gamma", [0.5, 0.8, 1.5, 4.0])
def test_minimum_norm_has_the_risk_of_the_formula(rng, gamma):
    n, signal, noise = 300, 2.0, 0.5
    d = int(gamma * n)
    risks = []
    for _ in range(12):
        w = rng.normal(size=d)
        w *= np.sqrt(signal) / np.linalg.norm(w)
        x = rng.normal(size=(n, d))
        found = minimum_norm(x, x @ w + np.sqrt(noise) * rng.normal(size=n))
        risks.append(((found - w) ** 2).sum())
    expected = asymptotic_risk(gamma, signal=signal, noise=noise)
    assert np.mean(risks) == pytest.approx(float(expected), rel=0.08)


def test_the_risk_explodes_at_one_and_only_with_noise():
    assert np.isinf(asymptotic_risk(1.0, signal=1, noise=0.1))
    assert asymptotic_risk(1.0, signal=1, noise=0) == 0
    assert asymptotic_risk(1e9, signal=3, noise=1) == pytest.approx(3)
    with pytest.raises(ValueError, match="gamma must be positive, got 0"):
        asymptotic_risk([0.0, 1.0], signal=1, noise=1)
    with pytest.raises(ValueError, match="noise must be 0 or more, got -1"):
        asymptotic_risk(2.0, signal=1, noise=-1)


def test_features_do_not_depend_on_how_many_follow(rng):
    x = rng.normal(size=(6, 9))
    few, many = random_features(x, 4, seed=5), random_features(x, 40, seed=5)
    np.testing.assert_allclose(few, many[:, :4])
    assert (many >= 0).all()
    # A direction of length 1 never stretches.
    assert (many.max(axis=1) <= np.linalg.norm(x, axis=1)).all()


def test_ridge_solves_its_equations_and_tends_to_the_minimum_norm(rng):
    for shape in ((20, 8), (8, 20)):
        x, y = rng.normal(size=shape), rng.normal(size=(shape[0], 3))
        shortest, ridge, nearly = ridge_weights(x, y, (0.0, 2.0, 1e-9))
        np.testing.assert_allclose(shortest, minimum_norm(x, y), atol=1e-10)
        left = x.T @ (x @ ridge - y) + 2.0 * ridge
        np.testing.assert_allclose(left, 0, atol=1e-10)
        np.testing.assert_allclose(nearly, shortest, atol=1e-6)


def test_double_descent_comes_out_again(recorded, made_again):
    name = "questions_double_descent"
    found = recorded(name)
    features = found.settings["features"]
    again = made_again(
        name, seeds=found.settings["seeds"][:1], features=(100, features[-1]), noise=(0.0, 0.2)
    )
    where = [features.index(100), len(features) - 1]
    then = found["test_error"][:, :, where, 0][[0, 2]]
    np.testing.assert_allclose(again["test_error"][..., 0], then, atol=0.01)


def test_the_record_rises_to_its_peak_at_as_many_features_as_images(recorded):
    found = recorded("questions_double_descent")
    features, n = found.settings["features"], found.settings["n_train"]
    error = found["test_error"].mean(axis=-1)
    for m in range(3):
        assert features[error[m, 0].argmax()] == n
        assert error[m, 0, -1] < error[m, 0, : features.index(n)].min()
        assert error[m, 1].max() == error[m, 1, 0]
