import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ibtools.information.bins import bin_indices, ebab_bins, equal_mass_bins, fixed_width_bins

WAYS = [bin_indices, fixed_width_bins, equal_mass_bins, ebab_bins]
ADAPTIVE = [equal_mass_bins, ebab_bins]
# Sixteenths, so that the maps below are exact and keep distinct values distinct.
layers = arrays(
    float, st.tuples(st.integers(1, 30), st.integers(1, 4)), elements=st.integers(-16, 16)
).map(lambda x: x / 16)


def test_equal_bins_and_what_lies_outside():
    values = np.array([[-5.0, -1.0, -0.01, 0.0, 0.99, 1.0, 7.0]])
    assert bin_indices(values, n_bins=2).tolist() == [[0, 0, 0, 1, 1, 1, 1]]


def test_fixed_width_is_unbounded():
    values = np.array([[-0.5, 0.0, 0.49, 0.5, 1000.0]])
    assert fixed_width_bins(values, width=0.5).tolist() == [[-1, 0, 0, 1, 2000]]


def test_equal_mass_counts_activations_and_ebab_levels():
    relu = np.array([0.0] * 6 + [1, 2, 3, 4, 5, 6])[:, None]
    assert equal_mass_bins(relu, n_bins=2)[:, 0].tolist() == [0] * 6 + [1] * 6
    # Seven levels in two bins: three and four.
    assert ebab_bins(relu, n_bins=2)[:, 0].tolist() == [0] * 8 + [1] * 4


def test_ebab_by_hand_with_units_pooled():
    layer = np.array([[0.1, 0.9], [0.2, 0.9], [0.1, 7.0], [0.3, 8.0]])
    assert ebab_bins(layer, n_bins=3).tolist() == [[0, 1], [0, 1], [0, 2], [1, 2]]


@pytest.mark.parametrize("way", ADAPTIVE)
def test_bins_without_ties_hold_the_same_number(way):
    layer = np.random.default_rng(0).normal(size=(60, 5))
    assert np.bincount(way(layer, n_bins=30).ravel()).tolist() == [10] * 30


@given(layers, st.integers(1, 12))
def test_ebab_bins_hold_the_same_number_of_levels(layer, n_bins):
    bins = ebab_bins(layer, n_bins=n_bins)
    levels = [len(np.unique(layer[bins == b])) for b in np.unique(bins)]
    assert max(levels) - min(levels) <= 1
    assert len(levels) == min(n_bins, len(np.unique(layer)))


@pytest.mark.parametrize("way", ADAPTIVE)
@given(layer=layers, n_bins=st.integers(1, 12))
def test_adaptive_bins_survive_increasing_maps(way, layer, n_bins):
    bins = way(layer, n_bins=n_bins)
    for rescaled in (1000 * layer - 3, layer**3 + layer, np.exp(layer)):
        assert (way(rescaled, n_bins=n_bins) == bins).all()


@given(layers, st.integers(1, 12))
def test_ebab_bins_are_those_of_the_ranks(layer, n_bins):
    ranks = np.unique(layer, return_inverse=True)[1].reshape(layer.shape)
    assert (ebab_bins(ranks, n_bins=n_bins) == ebab_bins(layer, n_bins=n_bins)).all()


@pytest.mark.parametrize("way", WAYS)
@given(layer=layers)
def test_bins_rise_with_the_activation_and_never_split_a_level(way, layer):
    order = np.argsort(layer, axis=None)
    values, bins = layer.ravel()[order], way(layer).ravel()[order]
    assert (np.diff(bins) >= 0).all()
    assert (np.diff(bins)[np.diff(values) == 0] == 0).all()


@pytest.mark.parametrize("way", WAYS)
def test_each_layer_of_a_stack_is_cut_by_itself(way):
    rng = np.random.default_rng(1)
    stack = rng.normal(size=(2, 3, 50, 4)) * rng.uniform(0.1, 10, (2, 3, 1, 1))
    bins = way(stack)
    assert bins.shape == stack.shape
    assert (bins[1, 2] == way(stack[1, 2])).all()


@pytest.mark.parametrize("way", ADAPTIVE)
def test_fewer_levels_than_bins_keep_one_each(way):
    layer = np.array([[0.0], [5.0], [0.0], [9.0]])
    assert len(np.unique(way(layer))) == 3
    assert len(np.unique(way(np.ones((5, 2))))) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8, np.uint8, bool])
def test_every_kind_of_number(way, dtype):
    layer = np.array([[0, 1], [1, 1]], dtype=dtype)
    bins = way(layer)
    assert bins.dtype == np.int64
    assert (bins == way(layer.astype(float))).all()
    assert len(np.unique(bins)) == 2


@pytest.mark.parametrize("way", WAYS)
def test_input_is_not_changed(way):
    layer = np.array([[-3.0, 0.5], [2.0, 4.0]])
    before = layer.copy()
    way(layer)
    assert (layer == before).all()


def test_huge_values():
    layer = np.array([[-1e308], [0.0], [1e308]])
    assert bin_indices(layer, n_bins=3)[:, 0].tolist() == [0, 1, 2]
    assert ebab_bins(layer, n_bins=3)[:, 0].tolist() == [0, 1, 2]
    assert fixed_width_bins(layer, width=1e308)[:, 0].tolist() == [-1, 0, 1]
    with pytest.raises(ValueError, match=r"width must be larger for activations of 1e\+308"):
        fixed_width_bins(layer)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("activations", "error", "message"),
    [
        (np.zeros(5), ValueError, "activations must have shape"),
        (np.zeros((0, 3)), ValueError, "activations must have shape"),
        (np.full((5, 1), np.nan), ValueError, "activations must be finite"),
        (np.array([[np.inf], [-np.inf]]), ValueError, "activations must be finite"),
        (np.array([["a"]]), TypeError, "activations must hold real numbers"),
        (np.array([[None]]), TypeError, "activations must hold real numbers"),
    ],
)
def test_bad_activations_are_named(way, activations, error, message):
    with pytest.raises(error, match=message):
        way(activations)


@pytest.mark.parametrize(
    ("way", "settings", "message"),
    [
        (bin_indices, {"n_bins": 0}, "n_bins must be a whole number of at least 1, got 0"),
        (bin_indices, {"low": 1.0, "high": 1.0}, "low must be less than high"),
        (bin_indices, {"low": np.nan}, "low must be less than high"),
        (bin_indices, {"high": np.inf}, "low must be less than high"),
        (bin_indices, {"low": "-1"}, "low must be less than high, both finite, got '-1' and 1.0"),
        (bin_indices, {"high": None}, "low must be less than high, both finite, got -1.0 and None"),
        (equal_mass_bins, {"n_bins": 2.5}, "n_bins must be a whole number"),
        (ebab_bins, {"n_bins": True}, "n_bins must be a whole number"),
        (fixed_width_bins, {"width": 0}, "width must be positive and finite, got 0"),
        (fixed_width_bins, {"width": np.nan}, "width must be positive and finite, got nan"),
        (fixed_width_bins, {"width": "0.1"}, "width must be positive and finite, got '0.1'"),
    ],
)
def test_bad_settings_are_named(way, settings, message):
    with pytest.raises(ValueError, match=message):
        way(np.zeros((5, 1)), **settings)
