"""What a snapshot says is what its parameters, its noise and its splits give, worked out apart."""

import importlib
from dataclasses import replace

import numpy as np
import pytest
import torch

from ibtools.datasets import icosahedron_rule
from ibtools.networks import ACTIVATIONS, TrainingSettings, initialise, training
from ibtools.networks.mlp import forward, gradients, loss_and_accuracy
from ibtools.networks.noise import disturbance

RULE = icosahedron_rule()
X, Y = torch.from_numpy(RULE.x), torch.from_numpy(RULE.y)
SMALL = TrainingSettings(widths=(6, 4), n_networks=2, train_fraction=0.01, epochs=4)
PLAIN_FUNCTIONS = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "softsign": torch.nn.functional.softsign,
    "softplus": torch.nn.functional.softplus,
    "linear": torch.nn.Identity(),
}


def one_network(snapshot, number):
    return [
        tuple(torch.from_numpy(part[number]).double().requires_grad_() for part in layer)
        for layer in snapshot.parameters
    ]


def probabilities(network, x, activation):
    t = x.double().T
    for weights, bias in network[:-1]:
        t = PLAIN_FUNCTIONS[activation](weights @ t + bias)
    weights, bias = network[-1]
    return torch.softmax(weights @ t + bias, dim=0).T


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_losses_accuracies_norms_and_gradients(activation):
    settings = replace(SMALL, activation=activation, learning_rate=0.02)
    *_, last = training(RULE, settings, [0, 4])
    _, train, test = initialise(RULE, settings)
    for number in range(2):
        network = one_network(last, number)
        p = probabilities(network, X, activation)
        chosen = p.gather(1, Y[:, None])[:, 0].log().detach().numpy()
        right = (p.argmax(1) == Y).double().numpy()
        for split, name in ((train[number], "train"), (test[number], "test")):
            assert getattr(last, f"{name}_loss")[number] == pytest.approx(-chosen[split].mean())
            found = getattr(last, f"{name}_accuracy")[number]
            # Where two classes are within rounding of each other, either may be the answer.
            assert found == pytest.approx(right[split].mean(), abs=1 / len(split))
        norms = [weights.norm().item() for weights, _ in network]
        assert last.weight_norm[number] == pytest.approx(norms, rel=1e-5)

        each = []
        for i in train[number]:
            loss = -probabilities(network, X[[i]], activation)[0, Y[i]].log()
            each.append(torch.autograd.grad(loss, [weights for weights, _ in network]))
        for layer, single in enumerate(map(torch.stack, zip(*each, strict=True))):
            spread = single.var(dim=0, correction=0).sum().sqrt().item()
            mean = single.mean(0).norm().item()
            assert last.gradient_mean[number, layer] == pytest.approx(mean, rel=1e-3)
            assert last.gradient_std[number, layer] == pytest.approx(spread, rel=1e-3)


def test_losses_of_noisy_networks_are_those_with_noise_of_its_own_stream():
    settings = replace(SMALL, noise=0.5)
    first = next(training(RULE, settings, [0]))
    parameters, train, _ = initialise(RULE, settings)
    disturb = disturbance(settings, stream=1, device="cpu")
    logits = forward(parameters, X.T.expand(2, -1, -1), "tanh", disturb=disturb)[-1]
    indices = torch.from_numpy(train)
    loss, accuracy = loss_and_accuracy(logits.take_along_dim(indices[:, None], dim=2), Y[indices])
    assert first.train_loss == pytest.approx(loss.numpy())
    assert first.train_accuracy == pytest.approx(accuracy.numpy())


def test_biases_are_not_decayed_however_large_they_grow():
    settings = replace(SMALL, optimizer="sgd", learning_rate=0.5, batch_size=None, weight_decay=0.3)
    *_, last = training(RULE, settings, [0, 4])
    parameters, train, _ = initialise(RULE, settings)
    x, y = X[train].mT, Y[train]
    for _ in range(4):
        parameters = [
            (weights - 0.5 * (slope + 0.3 * weights), bias - 0.5 * push)
            for (weights, bias), (slope, push) in zip(
                parameters, gradients(parameters, x, y, "tanh"), strict=True
            )
        ]
    for expected, found in zip(parameters, last.parameters, strict=True):
        assert np.allclose(expected[0], found[0], atol=1e-5)
        assert np.allclose(expected[1], found[1], atol=1e-5)
        assert np.abs(found[1]).max() > 1e-3


def test_one_network_that_diverges_is_enough(monkeypatch):
    def one_is_lost(dataset, settings):
        parameters, *splits = initialise(dataset, settings)
        parameters[0][0][1] = np.nan
        return parameters, *splits

    # The function of this name hides the module.
    module = importlib.import_module("ibtools.networks.training")
    monkeypatch.setattr(module, "initialise", one_is_lost)
    with pytest.raises(FloatingPointError, match="the loss is not finite at epoch 0"):
        next(training(RULE, SMALL, [0]))


def test_unshuffled_networks_learn_from_the_first_samples():
    _, train, test = initialise(RULE, replace(SMALL, shuffle_split=False))
    n = train.shape[1]
    assert np.array_equal(train, [np.arange(n)] * 2)
    assert np.array_equal(test, [np.arange(n, 4096)] * 2)


@pytest.mark.parametrize("dtype", [np.uint8, np.int32])
def test_labels_may_be_integers_of_any_size(dtype):
    small = replace(RULE, y=RULE.y.astype(dtype))
    (one,), (other,) = (list(training(data, SMALL, [1])) for data in (RULE, small))
    assert np.array_equal(one.train_loss, other.train_loss)
