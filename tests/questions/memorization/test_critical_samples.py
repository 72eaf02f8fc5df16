import numpy as np
import pytest
import torch
from torch import nn

from ibtools.questions.memorization import critical_samples, critical_samples_of_linear


@pytest.fixture
def linear(rng):
    model = nn.Linear(20, 4)
    weights, biases = rng.normal(size=(4, 20)), rng.normal(size=4)
    with torch.no_grad():
        model.weight.copy_(torch.as_tensor(weights))
        model.bias.copy_(torch.as_tensor(biases))
    return model, weights, biases


@pytest.mark.parametrize("radius", [0.02, 0.1, 0.3])
def test_the_search_finds_what_is_there_and_nothing_else(rng, linear, radius):
    model, weights, biases = linear
    x = rng.normal(size=(400, 20))
    there = critical_samples_of_linear(weights, biases, x, radius=radius)
    found = critical_samples(model, x, radius=radius, steps=60, low=-10, high=10)
    assert not (found & ~there).any()
    assert found.sum() >= 0.95 * there.sum()
    assert there.mean() > 0.05


def test_two_classes_in_one_dimension_by_hand():
    weights, biases = np.array([[1.0], [-1.0]]), np.zeros(2)
    x = np.array([[0.05], [-0.09], [0.2], [-0.5]])
    there = critical_samples_of_linear(weights, biases, x, radius=0.1)
    assert list(there) == [True, True, False, False]


def test_the_box_ends_where_the_values_end(linear):
    # All values at the upper end and no way up: what would need larger ones is not found.
    model = nn.Linear(3, 2)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[1.0, 1, 1], [-1, -1, -1]]))
        model.bias.copy_(torch.tensor([-6.1, 0]))
    x = np.ones((1, 3))
    assert not critical_samples(model, x, radius=0.5, high=1.0).any()
    assert critical_samples(model, x, radius=0.5, high=2.0).all()


def test_bad_input_is_refused(linear):
    with pytest.raises(ValueError, match=r"x must lie in \[0.0, 1.0\], got 0.0 to 2.0"):
        critical_samples(linear[0], np.array([[0.0, 2.0]]), radius=0.1)
    with pytest.raises(ValueError, match="radius must be positive"):
        critical_samples(linear[0], np.zeros((1, 20)), radius=0)


def test_critical_ratio_comes_out_again(recorded, made_again):
    name = "questions_critical_samples"
    found = recorded(name)
    again = made_again(
        name, seeds=found.settings["seeds"][:1], shares=(0.4,), epochs=found.settings["epochs"][:4]
    )
    i = found.settings["shares"].index(0.4)
    for key, tolerance in (("critical", 0.05), ("test_error", 0.02), ("train_error", 0.02)):
        np.testing.assert_allclose(again[key][0, :, 0], found[key][i, :4, 0], atol=tolerance)


def test_noise_is_learnt_last_and_brings_other_classes_near(recorded):
    found = recorded("questions_critical_samples")
    critical, error = found["critical"].mean(axis=-1), found["test_error"].mean(axis=-1)
    some = [found.settings["shares"].index(share) for share in (0.2, 0.4, 0.6)]
    for i in some:
        # The best test error comes before the noise is learnt, and before the rise.
        best = error[i].argmin()
        assert found["train_error"][i, best].mean() > 0.1
        assert critical[i, -1] - critical[i, best] > 0.1
    assert (np.diff(critical[:5, -1]) > -0.01).all()
