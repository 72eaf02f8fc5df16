import numpy as np
import pytest
import torch

from ibtools.questions.adversarial import (
    distortion,
    gradient_sign,
    linear_distance,
    minimal_distortion,
    scaled_to,
)
from ibtools.questions.fitting import fully_connected


@pytest.fixture
def linear():
    model = fully_connected([30, 4], seed=3)
    return model, *(each.detach().numpy() for each in model.parameters())


def answers(model, x):
    with torch.no_grad():
        return model(torch.as_tensor(np.asarray(x, dtype=np.float32))).argmax(dim=1).numpy()


def test_a_linear_model_is_fooled_at_the_distance_of_its_boundary(rng, linear):
    model, weights, biases = linear
    x = rng.uniform(0.4, 0.6, size=(20, 30))
    own = answers(model, x)
    for label in range(4):
        least = linear_distance(weights, biases, x, label)
        assert (least[own == label] == 0).all()
        for one, r in zip(x, least, strict=True):
            found = minimal_distortion(model, one, label, halvings=14)
            assert answers(model, found[None])[0] == label
            # A third class may be in the way: then the least is larger.
            assert np.linalg.norm(found - one) > r - 1e-4
    nearest = np.array([linear_distance(weights, biases, x, k) for k in range(4)])
    nearest[own, np.arange(20)] = np.inf
    # The nearest of all classes has nothing in its way.
    for one, label, r in zip(x, nearest.argmin(axis=0), nearest.min(axis=0), strict=True):
        found = minimal_distortion(model, one, int(label), halvings=18)
        # The loss also keeps away from third classes, which costs a little.
        assert np.linalg.norm(found - one) < 1.25 * r + 2e-3


def test_with_two_classes_it_is_the_distance(rng):
    model = fully_connected([30, 2], seed=5)
    weights, biases = (each.detach().numpy() for each in model.parameters())
    x = rng.uniform(0.4, 0.6, size=(10, 30))
    own = answers(model, x)
    for one, label in zip(x, 1 - own, strict=True):
        r = linear_distance(weights, biases, one[None], label)[0]
        found = minimal_distortion(model, one, int(label), halvings=18)
        assert np.linalg.norm(found - one) == pytest.approx(r, rel=0.02, abs=1e-3)


def test_the_adversarial_example_stays_in_the_box(linear):
    model, weights, _ = linear
    x = np.where(weights[0] > weights[1], 1.0, 0.0)
    found = minimal_distortion(model, x, 1)
    assert found.min() >= 0
    assert found.max() <= 1
    assert answers(model, found[None])[0] == 1


def test_what_cannot_be_is_refused(linear):
    model, _, _ = linear
    with pytest.raises(ValueError, match=r"x must lie in \[0.0, 1.0\], got -1 to 0"):
        minimal_distortion(model, np.r_[-1.0, np.zeros(29)], 1)
    with pytest.raises(ValueError, match=r"x must lie in \[0.0, 1.0\], got 0 to 2"):
        minimal_distortion(model, np.r_[2.0, np.zeros(29)], 1)
    with torch.no_grad():
        for each in model.parameters():
            each.zero_()
    with pytest.raises(ValueError, match="label must be one that the model gives near x, got 2"):
        minimal_distortion(model, np.full(30, 0.5), 2)


def test_distortion_is_the_root_mean_square_of_a_pixel(rng):
    x = rng.uniform(0.3, 0.7, size=(5, 16))
    np.testing.assert_allclose(distortion(x, x + 0.1), 0.1)
    changed = x + rng.normal(size=x.shape)
    for size in (0.01, 0.1):
        np.testing.assert_allclose(distortion(x, scaled_to(x, changed, size)), size)
    with pytest.raises(ValueError, match="changed must differ from x in every row"):
        scaled_to(x, np.vstack([x[:1], changed[1:]]), 0.1)


def test_gradient_sign_is_the_worst_change_of_its_size_for_two_linear_classes(rng):
    model = fully_connected([12, 2], seed=1)
    w = model[0].weight.detach().numpy()
    x, y = rng.uniform(0.3, 0.7, size=(6, 12)).astype(np.float32), np.zeros(6, dtype=int)
    changed = gradient_sign(model, x, y, 0.1)
    np.testing.assert_allclose(changed - x, 0.1 * np.sign(w[1] - w[0]) * np.ones((6, 1)), atol=1e-6)
    lead = (x - changed) @ (w[0] - w[1])
    np.testing.assert_allclose(lead, 0.1 * np.abs(w[0] - w[1]).sum(), rtol=1e-4)
    assert (gradient_sign(model, x, y, 0) == x).all()
    assert gradient_sign(model, x, y, 5).max() <= 1
    with pytest.raises(ValueError, match="epsilon must be 0 or more, got -1"):
        gradient_sign(model, x, y, -1)
