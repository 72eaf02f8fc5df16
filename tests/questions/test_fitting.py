import numpy as np
import pytest
import torch
from torch import nn

from ibtools.datasets import Dataset
from ibtools.questions.fitting import error_rate, fit, fully_connected, parameter_count
from ibtools.questions.parts import two_parts

RNG = np.random.default_rng(0)
X = RNG.normal(size=(64, 3)).astype(np.float32)
Y = (X[:, 0] > 0).astype(np.int64)


def weights(model):
    return torch.cat([each.detach().flatten() for each in model.parameters()])


def test_a_network_has_the_layers_asked_for():
    model = fully_connected((3, 5, 2), activation="tanh", seed=1)
    assert [type(part) for part in model] == [nn.Linear, nn.Tanh, nn.Linear]
    assert parameter_count(model) == 3 * 5 + 5 + 5 * 2 + 2
    assert torch.equal(weights(model), weights(fully_connected((3, 5, 2), seed=1)))
    assert not torch.equal(weights(model), weights(fully_connected((3, 5, 2), seed=2)))


def test_one_step_of_full_batch_descent_is_that_of_the_formula():
    model = fully_connected((3, 2), seed=0)
    before, bias = (each.detach().clone() for each in model.parameters())
    x, y = torch.as_tensor(X), torch.as_tensor(Y)
    error = torch.softmax(x @ before.T + bias, dim=1) - nn.functional.one_hot(y, 2)
    fit(model, X, Y, epochs=1, learning_rate=0.5, momentum=0, weight_decay=0.1, batch_size=64)
    expected = before - 0.5 * (error.T @ x / 64 + 0.1 * before)
    assert torch.allclose(model[0].weight, expected, atol=1e-6)


def test_training_is_watched_learns_and_leaves_the_global_generator_alone():
    model = fully_connected((3, 16, 2))
    torch.manual_seed(7)
    state = torch.random.get_rng_state()
    errors = fit(model, X, Y, epochs=40, watch=lambda m: (m.training, error_rate(m, X, Y)))
    assert torch.equal(state, torch.random.get_rng_state())
    assert len(errors) == 41
    assert not any(training for training, _ in errors)
    assert errors[-1][1] <= 0.05 < errors[0][1]


def shaken(batch, generator):
    return batch + torch.rand(batch.shape, generator=generator)


def test_the_same_seed_gives_the_same_weights():
    def trained(seed):
        hidden, activation, output = fully_connected((3, 8, 2))
        model = nn.Sequential(hidden, activation, nn.Dropout(0.5), output)
        fit(model, X, Y, epochs=3, batch_size=16, seed=seed, augment=shaken)
        return weights(model)

    assert torch.equal(trained(0), trained(0))
    assert not torch.equal(trained(0), trained(1))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"epochs": -1}, "epochs must be"),
        ({"epochs": 1, "batch_size": 0}, "batch_size must be"),
        ({"epochs": 1, "learning_rate": 0.0}, "learning_rate must be"),
        ({"epochs": 50, "learning_rate": 1e30}, "learning_rate: the loss is"),
    ],
)
def test_settings_out_of_range_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        fit(fully_connected((3, 4, 2)), X, Y, **settings)


def test_arguments_of_a_network_are_checked():
    with pytest.raises(ValueError, match="widths must hold at least inputs and outputs"):
        fully_connected((3,))
    with pytest.raises(ValueError, match="activation must be one of"):
        fully_connected((3, 2), activation="sine")
    with pytest.raises(ValueError, match="x and y must have the same number"):
        fit(fully_connected((3, 2)), X, Y[:-1], epochs=1)


def test_two_parts_share_no_sample():
    data = Dataset("numbers", np.arange(10.0)[:, None], np.arange(10) % 2)
    train, test = two_parts(data, 6, 3, seed=3)
    assert (len(train.x), len(test.x)) == (6, 3)
    assert len({*train.x[:, 0], *test.x[:, 0]}) == 9
    assert (train.y == train.x[:, 0] % 2).all()
    with pytest.raises(ValueError, match="n_train and n_test must be 10 together at most"):
        two_parts(data, 6, 5)
