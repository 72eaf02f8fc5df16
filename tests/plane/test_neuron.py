import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from ibtools.information import entropy_from_table
from ibtools.information.bins import bin_indices, fixed_width_bins
from ibtools.information.kernel import layer_information_monte_carlo
from ibtools.plane.neuron import (
    FUNCTIONS,
    binned_neuron_information,
    noisy_neuron_information,
)
from ibtools.truth.neuron import noisy_symbol_information

INPUTS = np.array([-3, -1, 1, 3])
activations = pytest.mark.parametrize("activation", FUNCTIONS)


def test_published_model_of_one_tanh_neuron():
    """30 equal bins on [-1, 1]; at 0.1 the value is 2.6445."""
    weights = [0.05, 0.1, 0.5, 1, 2, 5, 10, 50, 500]
    bits = [1.729, 2.645, 4.631, 4.877, 4.157, 2.775, 2.044, 1.274, 1.036]
    assert binned_neuron_information(weights) == pytest.approx(bits, abs=6e-4)


def test_published_model_of_one_relu_neuron():
    weights = [0.05, 0.1, 0.5, 1, 2, 5, 10, 50]
    bits = [0.464, 1.144, 2.725, 3.325, 3.888, 4.595, 5.114, 6.293]
    result = binned_neuron_information(weights, "relu", width=1 / 15)
    assert result == pytest.approx(bits, abs=5.1e-4)


def test_what_saturates_falls_and_the_rest_rises():
    weights = np.geomspace(0.05, 500, 60)
    curves = {f: binned_neuron_information(weights, f, width=1 / 15) for f in FUNCTIONS}
    for f in ("tanh", "softsign"):
        peak = curves[f].argmax()
        assert 5 < peak < 50
        assert (np.diff(curves[f][peak:]) < 0).all()
        assert curves[f][-1] < 1.3
    for f in ("relu", "linear", "softplus"):
        assert (np.diff(curves[f]) > 0).all()


@activations
@pytest.mark.parametrize("weight", [-0.3, 1.7, 30])
def test_agrees_with_a_fine_grid_of_inputs(activation, weight):
    """A million equally likely quantiles of X, binned as a layer is."""
    x = ndtri((np.arange(300_000) + 0.5) / 300_000)[:, None]
    layer = FUNCTIONS[activation](weight * x)
    if activation in ("tanh", "softsign"):
        bins = bin_indices(layer, n_bins=13, low=-0.7, high=0.9)
    else:
        bins = fixed_width_bins(layer, width=0.31)
    _, counts = np.unique(bins, return_counts=True)
    exact = binned_neuron_information(
        weight, activation, n_bins=13, low=-0.7, high=0.9, width=0.31, base=np.e
    )
    assert exact == pytest.approx(entropy_from_table(counts / counts.sum(), base=np.e), abs=5e-4)


def test_fine_bins_of_a_linear_neuron_read_the_differential_entropy():
    width, weight = 1e-3, 2.0
    nats = np.log(2 * np.pi * np.e * weight**2) / 2 - np.log(width)
    result = binned_neuron_information(weight, "linear", width=width, base=np.e)
    assert result == pytest.approx(nats, abs=1e-7)


@activations
def test_weights_of_any_shape_and_no_weight_at_all(activation):
    weights = np.array([[0.0, -2.0], [2.0, 1e9 if activation in ("tanh", "softsign") else 1.0]])
    result = binned_neuron_information(weights, activation)
    assert result.shape == (2, 2)
    assert result[0, 0] == 0
    assert result[0, 1] == result[1, 0] == binned_neuron_information(2, activation)
    assert np.isfinite(result).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"activation": "sigmoid"}, "activation must be one of tanh"),
        ({"weights": [np.nan]}, "weights must be finite"),
        ({"n_bins": 0}, "n_bins must be"),
        ({"low": 1.0}, "low must be less than high"),
        ({"width": 0}, "width must be positive"),
        ({"activation": "linear", "width": 1e-9}, "width must be larger"),
    ],
)
def test_bad_rulers_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        binned_neuron_information(**{"weights": [1.0], **arguments})


@given(
    st.floats(-20, 20),
    st.floats(-20, 20),
    st.floats(1e-3, 10),
    st.sampled_from(list(FUNCTIONS)),
)
def test_quadrature_agrees_with_the_adaptive_one(weight, bias, noise, activation):
    centres = FUNCTIONS[activation](weight * INPUTS + bias)
    result = noisy_neuron_information(weight, bias=bias, noise=noise, activation=activation)
    # What the adaptive one grants itself, in bits.
    assert result == pytest.approx(noisy_symbol_information(centres, noise), abs=1e-7)


@pytest.mark.parametrize("noise", [0.07, 0.2, 0.5])
def test_monte_carlo_agrees(noise):
    weights = np.array([0.1, 0.4, 1.3])
    exact = noisy_neuron_information(weights, bias=-2 * weights, noise=noise)
    centres = np.tanh(weights[:, None] * INPUTS - 2 * weights[:, None])[..., None]
    sampled = layer_information_monte_carlo(
        centres, np.zeros(4), noise_variance=noise**2, n_samples=20_000
    )
    assert (np.abs(sampled.I_XT - exact) < 4 * sampled.I_XT_error).all()


def test_limits():
    assert noisy_neuron_information(0, bias=0.3) == 0
    assert noisy_neuron_information(1, activation="linear", noise=0.1) == pytest.approx(2)
    assert noisy_neuron_information(1, activation="linear", noise=1e-300) == pytest.approx(2)
    one_of_four = -(0.25 * np.log2(0.25) + 0.75 * np.log2(0.75))
    assert noisy_neuron_information(50, bias=-100) == pytest.approx(one_of_four, abs=1e-9)
    assert noisy_neuron_information(3, inputs=[2.0]) == 0
    # Far centres never have more than their number; much noise leaves a Gaussian channel.
    channel = np.log2(1 + np.var(INPUTS) / 100**2) / 2
    much = noisy_neuron_information(1, activation="linear", noise=100)
    assert much == pytest.approx(channel, rel=1e-3)


def test_information_rises_as_centres_part_and_falls_as_they_cluster():
    weights = np.geomspace(0.01, 30, 80)
    curve = noisy_neuron_information(weights, bias=-2 * weights, noise=0.1)
    peak = curve.argmax()
    assert curve[peak] > 1.6
    assert (np.diff(curve[: peak + 1]) > 0).all()
    assert (np.diff(curve[peak:]) < 1e-12).all()


def test_weights_biases_and_noises_broadcast():
    weights, noise = np.array([0.2, 1.0]), np.array([[0.1], [0.5], [2.0]])
    result = noisy_neuron_information(weights, bias=weights, noise=noise)
    assert result.shape == (3, 2)
    assert (np.diff(result, axis=0) < 0).all()
    alone = noisy_neuron_information(0.2, bias=0.2, noise=0.5)
    assert result[1, 0] == pytest.approx(alone, abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"activation": "step"}, "activation must be one of"),
        ({"noise": 0}, "noise must be positive"),
        ({"inputs": []}, "inputs must have shape"),
        ({"bias": np.inf}, "bias must be finite"),
        ({"base": 1}, "base must be greater than 1"),
    ],
)
def test_bad_neurons_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        noisy_neuron_information(1.0, **arguments)
