import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ibtools.information import (
    bin_histogram,
    bin_indices,
    entropy,
    layer_information,
    mutual_information,
)

layers = arrays(
    np.float32, st.tuples(st.integers(2, 30), st.integers(1, 4)),
    elements=st.floats(-1, 1, width=32),
)  # fmt: skip


@given(layers, st.integers(1, 40))
def test_agrees_with_the_plain_definition(layer, n_bins):
    y = np.arange(len(layer)) % 3
    bins = bin_indices(layer, n_bins=n_bins)
    i_xt, i_ty = layer_information(layer, y, n_bins=n_bins)
    assert i_xt == pytest.approx(entropy(bins), abs=1e-9)
    assert i_ty == pytest.approx(mutual_information(bins, y), abs=1e-9)


def test_edges_and_overflow():
    values = np.array([[-5.0, -1.0, -0.01, 0.0, 0.99, 1.0, 7.0]])
    assert bin_indices(values, n_bins=2).tolist() == [[0, 0, 0, 1, 1, 1, 1]]


def test_stack_equals_one_by_one():
    rng = np.random.default_rng(0)
    stack = np.tanh(rng.normal(size=(2, 3, 100, 4)))
    y = rng.integers(0, 2, 100)
    i_xt, i_ty = layer_information(stack, y)
    assert i_xt.shape == (2, 3)
    alone = layer_information(stack[1, 2], y)
    assert (i_xt[1, 2], i_ty[1, 2]) == pytest.approx(alone)


def test_wide_layers_are_exact_beyond_64_bits():
    rng = np.random.default_rng(1)
    wide = rng.uniform(-1, 1, (50, 200))
    wide[25:] = wide[:25]
    i_xt, _ = layer_information(wide, np.zeros(50, int))
    assert i_xt == pytest.approx(np.log2(25))
    last_unit_only = np.zeros((64, 200))
    last_unit_only[:, 0] = np.linspace(-1, 1, 64)
    i_xt, _ = layer_information(last_unit_only, np.zeros(64, int), n_bins=64)
    assert i_xt == pytest.approx(6)


def test_limits():
    distinct = np.linspace(-1, 1, 64)[:, None]
    y = np.arange(64) % 2
    assert layer_information(distinct, y, n_bins=1) == pytest.approx((0, 0))
    assert layer_information(distinct, y, n_bins=1000) == pytest.approx((6, 1))


def test_histogram_sums_to_one():
    shares = bin_histogram(np.array([[-1.0, 0.0], [0.0, 1.0]]), n_bins=4)
    assert shares.tolist() == [0.25, 0, 0.5, 0.25]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"activations": np.zeros(5)}, "activations must have shape"),
        ({"activations": np.zeros((0, 3))}, "activations must have shape"),
        ({"activations": np.full((5, 1), np.nan)}, "activations must be finite"),
        ({"activations": np.full((5, 1), np.inf)}, "activations must be finite"),
        ({"y": np.zeros(4, int)}, r"y must have shape \(5,\)"),
        ({"n_bins": 0}, "n_bins must be a whole number of at least 1, got 0"),
        ({"n_bins": 2.5}, "n_bins must be a whole number of at least 1, got 2.5"),
        ({"low": 1.0, "high": 1.0}, "low must be less than high"),
        ({"base": 1}, "base must be greater than 1"),
    ],
)
def test_bad_input_is_named(changes, message):
    arguments = {"activations": np.zeros((5, 1)), "y": np.zeros(5, int)} | changes
    with pytest.raises(ValueError, match=message):
        layer_information(arguments.pop("activations"), arguments.pop("y"), **arguments)
