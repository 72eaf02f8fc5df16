from itertools import pairwise

import numpy as np
import pytest
import torch

from ibtools.datasets import icosahedron_rule
from ibtools.information.kernel import layer_information_monte_carlo
from ibtools.networks import TrainingSettings, training
from ibtools.plane.neuron import FUNCTIONS, noisy_neuron_information
from ibtools.plane.noisy import noisy_layer_information

RNG = np.random.default_rng(0)
X = RNG.normal(size=(120, 4))
Y = (X[:, 0] + X[:, 1] > 0).astype(int) + (X[:, 2] > 1)


def random_parameters(sizes, n_networks=1, scale=1.0, seed=0):
    rng = np.random.default_rng(seed)
    return [
        (
            scale * rng.normal(size=(n_networks, n_out, n_in)) / np.sqrt(n_in),
            0.1 * rng.normal(size=(n_networks, n_out, 1)),
        )
        for n_in, n_out in pairwise(sizes)
    ]


def without_bias(parameters):
    return [(weights, np.zeros_like(bias)) for weights, bias in parameters]


def linear_layers(parameters, noise):
    """M and C of every hidden layer: T_l = M X + N(0, C)."""
    M, C, layers = np.eye(parameters[0][0].shape[2]), 0, []
    for (w,), _ in parameters[:-1]:
        M = w @ M
        C = (w @ C @ w.T if layers else 0) + noise**2 * np.eye(len(w))
        layers.append((M, C))
    return layers


def standard_errors_off(value, error, exact, exact_error=0.0):
    return np.abs(value - exact) / np.hypot(error, exact_error)


@pytest.mark.parametrize("activation", ["tanh", "relu", "softplus"])
def test_the_first_layer_is_a_mixture_of_one_gaussian_for_each_input(activation):
    parameters = random_parameters([4, 3, 2], n_networks=2)
    settings = {"activation": activation, "noise": 0.4}
    result = noisy_layer_information(parameters, X, Y, **settings, n_samples=6000)
    weights, bias = parameters[0]
    centres = FUNCTIONS[activation]((weights @ X.T + bias).swapaxes(1, 2))
    exact = layer_information_monte_carlo(centres, Y, noise_variance=0.16, n_samples=50)
    assert result.I_XT.shape == (2, 1)
    for name in ("I_XT", "I_TY"):
        value, error = getattr(result, name)[:, 0], getattr(result, name + "_error")[:, 0]
        truth = getattr(exact, name), getattr(exact, name + "_error")
        assert (standard_errors_off(value, error, *truth) < 4).all()
    assert result.I_XT_correction.max() < 1e-5


def test_deep_linear_network():
    """Noise of all layers together is one Gaussian: whitened, a layer is a plain mixture."""
    parameters, noise = random_parameters([4, 4, 3, 2, 2], seed=1), 0.3
    settings = {"activation": "linear", "noise": noise, "n_samples": 8000}
    result = noisy_layer_information(parameters, X, Y, **settings, n_conditional=256, n_marginal=8)
    for layer, (M, C) in enumerate(linear_layers(parameters, noise)):
        whitened = X @ np.linalg.solve(np.linalg.cholesky(C), M).T
        exact = layer_information_monte_carlo(whitened, Y, noise_variance=1.0, n_samples=100)
        assert result.I_XT[0, layer] == pytest.approx(exact.I_XT, abs=0.08)
        assert result.I_TY[0, layer] == pytest.approx(exact.I_TY, abs=0.05)


def test_linear_network_on_gaussian_input():
    """I(X;T) = ½ log det(1 + C⁻¹ M Mᵀ) for X ~ N(0, 1), as long as it is far below log n."""
    parameters = without_bias(random_parameters([3, 3, 2, 2], seed=2))
    x = np.random.default_rng(3).normal(size=(2000, 3))
    settings = {"activation": "linear", "noise": 0.7, "n_samples": 4000}
    result = noisy_layer_information(parameters, x, x[:, 0] > 0, **settings)
    for layer, (M, C) in enumerate(linear_layers(parameters, 0.7)):
        exact = np.linalg.slogdet(np.eye(len(C)) + np.linalg.solve(C, M @ M.T))[1] / 2
        assert result.I_XT[0, layer] == pytest.approx(exact / np.log(2), abs=0.08)


def test_two_noisy_neurons_in_a_row():
    """p(t₂|x) by quadrature over t₁."""
    inputs, y, noise = np.array([-3.0, -1, 1, 3]), np.array([0, 0, 0, 1]), 0.25
    (w, b), (v, c) = (0.5, -0.6), (1.5, 0.2)
    parameters = [
        (np.array([[[weight]]]), np.array([[[bias]]])) for weight, bias in ((w, b), (v, c), (1, 0))
    ]
    grid = np.linspace(-3, 3, 1201)
    step = grid[1] - grid[0]
    unit = step / np.sqrt(2 * np.pi * noise**2)
    first = unit * np.exp(-((grid - np.tanh(w * inputs + b)[:, None]) ** 2) / (2 * noise**2))
    kernel = unit * np.exp(-((grid - np.tanh(v * grid + c)[:, None]) ** 2) / (2 * noise**2))
    given_x = first @ kernel
    assert given_x.sum(axis=1) == pytest.approx(1)
    marginal = given_x.mean(axis=0)
    given_y = np.stack([given_x[:3].mean(axis=0), given_x[3]])
    i_xt = (given_x * np.log2(given_x / marginal)).sum(axis=1).mean()
    i_ty = [0.75, 0.25] @ (given_y * np.log2(given_y / marginal)).sum(axis=1)

    settings = {"activation": "tanh", "noise": noise, "n_samples": 8000}
    result = noisy_layer_information(parameters, inputs[:, None], y, **settings, n_marginal=16)
    alone = noisy_neuron_information(w, bias=b, noise=noise)
    assert standard_errors_off(result.I_XT, result.I_XT_error, [[alone, i_xt]]).max() < 4
    assert standard_errors_off(result.I_TY, result.I_TY_error, i_ty)[0, 1] < 4


def test_no_layer_has_more_than_the_one_before():
    parameters = random_parameters([4, 6, 5, 4, 3, 2], n_networks=3, scale=2)
    result = noisy_layer_information(parameters, X, Y, activation="tanh", noise=0.1)
    slack = 3 * result.I_XT_error
    assert (np.diff(result.I_XT) < (slack[:, 1:] + slack[:, :-1])).all()
    assert (result.I_XT[:, 0] - result.I_XT[:, -1] > 1).all()
    assert (np.diff(result.I_TY) < 3 * (result.I_TY_error[:, 1:] + result.I_TY_error[:, :-1])).all()
    assert (result.I_TY < result.I_XT + 1e-6).all()
    assert (np.log2(120) + 1e-5 >= result.I_XT).all()


def test_limits():
    parameters = random_parameters([4, 5, 4, 2])
    clear = noisy_layer_information(parameters, X, Y, activation="tanh", noise=1e-4)
    p = np.bincount(Y) / 120
    assert np.abs(clear.I_XT - np.log2(120)).max() < 1e-3
    assert clear.I_XT_error.max() < 1e-3
    assert np.abs(clear.I_TY + (p * np.log2(p)).sum()).max() < 2e-3
    nothing = [(0 * weights, bias) for weights, bias in parameters]
    blind = noisy_layer_information(nothing, X, Y, activation="tanh", noise=0.1, base=np.e)
    assert np.abs(blind.I_XT).max() < 1e-5
    assert np.abs(blind.I_TY).max() < 1e-5


def test_corrections_take_out_the_bias_of_few_passes_and_say_how_much():
    parameters, noise = without_bias(random_parameters([4, 4, 3, 2], seed=4)), 0.3
    M, C = linear_layers(parameters, noise)[1]
    whitened = X @ np.linalg.solve(np.linalg.cholesky(C), M).T
    exact = layer_information_monte_carlo(whitened, Y, noise_variance=1.0, n_samples=100)
    settings = {"activation": "linear", "noise": noise, "n_samples": 8000}
    few, many = (
        noisy_layer_information(parameters, X, Y, n_conditional=m, n_marginal=k, **settings)
        for m, k in ((16, 2), (256, 8))
    )
    assert few.I_XT_correction[0, 1] > 0.15
    assert many.I_XT_correction[0, 1] < 0.05
    assert abs(few.I_XT[0, 1] - exact.I_XT) < few.I_XT_correction[0, 1] / 2
    assert abs(many.I_XT[0, 1] - exact.I_XT) < 0.05


def test_standard_errors_are_those_of_repetitions():
    parameters = random_parameters([4, 5, 3, 2], scale=2, seed=5)
    settings = {"activation": "tanh", "noise": 0.2, "n_samples": 240}
    runs = [noisy_layer_information(parameters, X, Y, seed=s, **settings) for s in range(30)]
    for name in ("I_XT", "I_TY"):
        spread = np.std([getattr(run, name) for run in runs], axis=0, ddof=1)
        claimed = np.mean([getattr(run, name + "_error") for run in runs], axis=0)
        # Draws spread over all inputs make the truth smaller than the claim, never much larger.
        assert (spread < 1.5 * claimed).all()
        assert (spread > 0.3 * claimed).all()


def test_a_network_keeps_its_noise_in_any_company():
    parameters = random_parameters([4, 3, 2], n_networks=3)
    settings = {"activation": "tanh", "noise": 0.3, "n_samples": 50}
    together = noisy_layer_information(parameters, X, Y, **settings)
    first = [(weights[:1], bias[:1]) for weights, bias in parameters]
    state = torch.random.get_rng_state()
    alone = noisy_layer_information(first, X, Y, **settings)
    assert alone.I_XT[0] == pytest.approx(together.I_XT[0], abs=1e-9)
    assert torch.equal(state, torch.random.get_rng_state())
    other = noisy_layer_information(first, X, Y, **settings, seed=1)
    assert other.I_XT[0] != pytest.approx(alone.I_XT[0], abs=1e-9)


def test_every_network_of_an_ensemble_has_draws_of_its_own():
    twins = np.repeat(RNG.normal(size=(1, 3, 4)), 2, axis=0)
    parameters = [(twins, np.zeros((2, 3, 1))), (np.ones((2, 2, 3)), np.zeros((2, 2, 1)))]
    found = noisy_layer_information(parameters, X, Y, activation="tanh", noise=0.3, n_samples=50)
    assert found.I_XT[0] != pytest.approx(found.I_XT[1], abs=1e-9)


def test_the_order_of_the_samples_and_the_names_of_the_labels_do_not_matter():
    parameters = random_parameters([4, 3, 3, 2])
    settings = {"activation": "tanh", "noise": 0.3, "n_samples": 6000}
    order = RNG.permutation(120)
    one = noisy_layer_information(parameters, X, Y, **settings)
    other = noisy_layer_information(
        parameters, X[order], np.array(["c", "a", "b"])[Y[order]], **settings
    )
    assert (standard_errors_off(one.I_XT, one.I_XT_error, other.I_XT, other.I_XT_error) < 4).all()
    assert (standard_errors_off(one.I_TY, one.I_TY_error, other.I_TY, other.I_TY_error) < 4).all()


def test_inputs_of_one_number_need_no_second_axis():
    rng = np.random.default_rng(0)
    network = [(rng.normal(size=(1, 3, 1)), rng.normal(size=(1, 3, 1)))]
    network.append((rng.normal(size=(1, 2, 3)), np.zeros((1, 2, 1))))
    x, y = rng.normal(size=8), np.arange(8) % 2
    flat, column = (
        noisy_layer_information(
            network, each, y, activation="tanh", noise=0.3, n_samples=16, n_conditional=4
        )
        for each in (x, x[:, None])
    )
    assert np.array_equal(flat.I_XT, column.I_XT)
    with pytest.raises(ValueError, match="x must have shape"):
        noisy_layer_information(network, 5.0, [0], activation="tanh", noise=0.3)


def test_a_network_that_was_trained_with_noise():
    rule = icosahedron_rule()
    settings = TrainingSettings(widths=(6, 3), n_networks=2, epochs=40, noise=0.1)
    before, after = (
        noisy_layer_information(
            snapshot.parameters, rule.x, rule.y, activation="tanh", noise=0.1, n_samples=256
        )
        for snapshot in training(rule, settings, [0, 40])
    )
    assert (after.I_TY[:, -1] > before.I_TY[:, -1] + 0.1).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"noise": 0.0}, "noise must be positive"),
        ({"activation": "step"}, "activation must be one of"),
        ({"n_samples": 0}, "n_samples must be"),
        ({"n_conditional": 0}, "n_conditional must be"),
        ({"n_marginal": 1}, "n_marginal must be a whole number of at least 2"),
        ({"y": Y[:5]}, "y must have shape"),
        ({"x": X[:1], "y": Y[:1]}, "x must hold at least two samples"),
        ({"x": X[:, :3]}, "parameters must have weights"),
        ({"parameters": random_parameters([4, 2])}, "parameters must have a hidden layer"),
        ({"parameters": random_parameters([4, 3, 2], scale=np.inf)}, "parameters must be finite"),
    ],
)
def test_what_does_not_fit_is_named(arguments, message):
    fitting = {"parameters": random_parameters([4, 3, 2]), "x": X, "y": Y}
    fitting |= {"activation": "tanh", "noise": 0.1}
    with pytest.raises(ValueError, match=message):
        noisy_layer_information(**{**fitting, **arguments})
