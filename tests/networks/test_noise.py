import numpy as np
import pytest
import torch

from ibtools.datasets import icosahedron_rule
from ibtools.networks import TrainingSettings, initialise, training
from ibtools.networks.mlp import forward, gradients
from ibtools.networks.noise import disturbance, noisy_gradients

RULE = icosahedron_rule()


def noisy(**changes):
    return TrainingSettings(**({"widths": (6, 4), "n_networks": 3, "noise": 0.1} | changes))


def problem(settings):
    parameters, train, _ = initialise(RULE, settings)
    return parameters, torch.from_numpy(RULE.x)[train].mT, torch.from_numpy(RULE.y)[train]


def test_hidden_units_are_disturbed_and_the_output_is_not():
    settings = noisy(n_networks=2)
    parameters, x, _ = problem(settings)
    disturb = disturbance(settings, stream=0, device="cpu")
    quiet, loud = (forward(parameters, x, "tanh", disturb=d) for d in (None, disturb))
    z = loud[0] - quiet[0]
    assert z.std().item() == pytest.approx(0.1, rel=0.02)
    assert abs(z.mean().item()) < 0.002
    weights, bias = parameters[-1]
    assert torch.equal(loud[-1], torch.bmm(weights, loud[-2]).add_(bias))


def test_every_network_has_a_noise_of_its_own_that_the_others_do_not_change():
    t = torch.zeros(3, 4, 50)
    three = disturbance(noisy(), stream=0, device="cpu")(t)
    last = disturbance(noisy(first_network=2, n_networks=1), stream=0, device="cpu")(t[2:])
    other = disturbance(noisy(), stream=1, device="cpu")(t)
    assert torch.equal(three[2], last[0])
    assert not torch.equal(three[0], three[1])
    assert not torch.equal(three, other)


def test_gradients_with_noise_tend_to_those_without():
    settings = noisy(noise=1e-7)
    parameters, x, y = problem(settings)
    disturb = disturbance(settings, stream=0, device="cpu")
    expected = gradients(parameters, x, y, "tanh")
    found = noisy_gradients(parameters, x, y, "tanh", disturb)
    for a, b in zip(expected, found, strict=True):
        assert torch.allclose(a[0], b[0], atol=1e-5)
        assert torch.allclose(a[1], b[1], atol=1e-5)


def test_a_noisy_network_learns_and_is_shown_with_its_noise_off():
    first, last = training(RULE, noisy(epochs=60, learning_rate=3e-3), [0, 60])
    assert last.train_loss.mean() < first.train_loss.mean() - 0.1
    parameters = [tuple(map(torch.from_numpy, layer)) for layer in last.parameters]
    x = torch.from_numpy(RULE.x).T.expand(3, -1, -1)
    quiet = forward(parameters, x, "tanh")
    assert np.array_equal(quiet[0].mT.numpy(), last.activations[0])


def test_same_seed_same_noisy_training():
    a, b = (next(training(RULE, noisy(epochs=3), [3])) for _ in range(2))
    assert np.array_equal(a.activations[0], b.activations[0])
