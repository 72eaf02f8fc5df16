import numpy as np
import pytest
from scipy.spatial.distance import cdist

from ibtools.questions.memorization import gaussian_kernel, interpolate


def test_the_kernel_is_its_formula(rng):
    x, z = rng.normal(size=(7, 3)), rng.normal(size=(5, 3))
    np.testing.assert_allclose(
        gaussian_kernel(x, z, 0.3), np.exp(-0.3 * cdist(x, z, "sqeuclidean")), atol=1e-12
    )


def test_any_values_are_met_and_two_points_by_hand(rng):
    x, y = rng.normal(size=(60, 4)), rng.normal(size=(60, 2))
    f = interpolate(x, y, gamma=0.5)
    np.testing.assert_allclose(f(x), y, atol=1e-8)
    # Two points: a = (y1 − k y2)/(1 − k²) and the other way round.
    k = np.exp(-2 * 0.25)
    f = interpolate(np.array([[0.0], [0.5]]), np.array([1.0, 3.0]), gamma=2.0)
    np.testing.assert_allclose(f.weights, [(1 - 3 * k) / (1 - k**2), (3 - k) / (1 - k**2)])


def test_points_that_fall_together_are_refused(rng):
    x = np.vstack([rng.normal(size=(3, 2))] * 2)
    with pytest.raises(ValueError, match="x must hold points that a kernel of gamma = 1"):
        interpolate(x, rng.normal(size=6), gamma=1)
    with pytest.raises(ValueError, match="gamma must be positive"):
        interpolate(x, rng.normal(size=6), gamma=0)
