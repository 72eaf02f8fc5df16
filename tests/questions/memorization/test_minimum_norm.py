import numpy as np
import pytest

from ibtools.questions.memorization import descent_on_squares, minimum_norm


def test_the_formula_and_the_shortest_of_all_that_fit(rng):
    x, y = rng.normal(size=(12, 40)), rng.normal(size=12)
    w = minimum_norm(x, y)
    np.testing.assert_allclose(w, x.T @ np.linalg.inv(x @ x.T) @ y, atol=1e-10)
    np.testing.assert_allclose(x @ w, y, atol=1e-10)
    for _ in range(5):
        across = rng.normal(size=40)
        across -= x.T @ np.linalg.lstsq(x.T, across, rcond=None)[0]
        np.testing.assert_allclose(x @ (w + across), y, atol=1e-9)
        assert np.linalg.norm(w + across) > np.linalg.norm(w)


def test_descent_from_zero_arrives_there_and_keeps_what_lies_across(rng):
    x, y = rng.normal(size=(12, 40)), rng.normal(size=(12, 2))
    w = minimum_norm(x, y)
    path = descent_on_squares(x, y, start=np.zeros((40, 2)), steps=2000)
    np.testing.assert_allclose(path[-1], w, atol=1e-6)
    start = rng.normal(size=(40, 2))
    end = descent_on_squares(x, y, start=start, steps=2000)[-1]
    across = start - minimum_norm(x, x @ start)
    np.testing.assert_allclose(end, w + across, atol=1e-6)


def test_more_samples_than_features_is_least_squares(rng):
    x, y = rng.normal(size=(30, 3)), rng.normal(size=30)
    w = minimum_norm(x, y)
    np.testing.assert_allclose(x.T @ (x @ w - y), 0, atol=1e-10)


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="x and y must have the same number of samples"):
        minimum_norm(np.ones((3, 2)), np.ones(2))
    with pytest.raises(ValueError, match="step_size must be positive"):
        descent_on_squares(np.eye(2), [1, 2], start=[0, 0], steps=1, step_size=0)
