import numpy as np
import pytest

from ibtools.datasets import mnist_5000
from ibtools.questions.memorization import fit_anything, interpolating_weights, thresholds


def test_three_points_by_hand():
    z, y = np.array([1.0, 2.0, 3.0]), np.array([5.0, -1.0, 4.0])
    b = thresholds(z)
    np.testing.assert_allclose(b, [0.5, 1.5, 2.5])
    # 0.5 w1 = 5;  1.5 w1 + 0.5 w2 = -1;  2.5 w1 + 1.5 w2 + 0.5 w3 = 4
    np.testing.assert_allclose(interpolating_weights(z, b, y), [10, -32, 54])


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_thresholds_take_turns_with_the_points(rng, share):
    z = np.sort(rng.normal(size=50))
    b = thresholds(z, share=share)
    assert (b < z).all()
    assert (b[1:] >= z[:-1]).all()
    np.testing.assert_allclose((z - b)[1:], share * np.diff(z))


def test_any_numbers_at_any_points(rng):
    x, y = rng.normal(size=(200, 7)), rng.normal(size=200)
    network = fit_anything(x, y, seed=3)
    assert network.n_weights == 2 * 200 + 7
    np.testing.assert_allclose(network(x), y, atol=1e-6)
    # The function is the one the formula says, unit by unit.
    by_hand = sum(
        w * np.maximum(0, x @ network.a - b) for w, b in zip(network.w, network.b, strict=True)
    )
    np.testing.assert_allclose(network(x), by_hand, atol=1e-6)
    assert np.abs(network(rng.normal(size=(200, 7))) - y).max() > 0.1


def test_a_single_point_and_points_on_a_line():
    network = fit_anything(np.array([[2.0, 1.0]]), np.array([3.0]))
    np.testing.assert_allclose(network(np.array([[2.0, 1.0]])), [3.0])
    line = np.array([0.0, 4.0, 1.0])
    np.testing.assert_allclose(fit_anything(line, [1, 0, -1])(line), [1, 0, -1], atol=1e-12)


def test_images_with_labels_that_mean_nothing(rng):
    x, y = mnist_5000().x[:300], rng.normal(size=300)
    np.testing.assert_allclose(fit_anything(x, y)(x), y, atol=1e-4)


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([[1.0], [1.0], [2.0]], [0, 1, 2], "points that fall together cannot be told apart"),
        ([[1.0], [2.0]], [0, 1, 2], "x and y must have the same number of samples, got 2 and 3"),
        ([[1.0], [np.nan]], [0, 1], "x must be"),
    ],
)
def test_what_cannot_be_fitted_is_refused(x, y, words):
    with pytest.raises(ValueError, match=words):
        fit_anything(np.array(x), np.array(y))


def test_shadows_too_close_for_rounding_are_refused(rng):
    z = np.cumsum(np.r_[1.0, rng.choice([1e-9, 1.0], size=60)])
    with pytest.raises(ValueError, match="far enough apart"):
        interpolating_weights(z, thresholds(z), rng.normal(size=61))


def test_thresholds_refuse_disorder_and_shares_beyond_the_gap():
    with pytest.raises(ValueError, match="z must increase from point to point, got 2 and then 1"):
        thresholds(np.array([2.0, 1.0]))
    with pytest.raises(ValueError, match=r"share must lie in \(0, 1\], got 0"):
        thresholds(np.array([1.0, 2.0]), share=0)
    with pytest.raises(ValueError, match="b must take turns with z"):
        interpolating_weights([1.0, 2.0], [0.5, 0.7], [0, 0])
