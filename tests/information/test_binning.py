import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import norm

from ibtools.information.binning import (
    bin_histogram,
    entropy_binned,
    layer_information,
    mutual_information_binned,
)
from ibtools.information.bins import bin_indices, ebab_bins, equal_mass_bins, fixed_width_bins
from ibtools.information.cells import cell_information
from ibtools.information.discrete import symbols
from ibtools.information.tables import mutual_information_from_table

layers = arrays(
    np.float32, st.tuples(st.integers(1, 30), st.integers(1, 4)),
    elements=st.floats(-1, 1, width=32),
)  # fmt: skip
pairs = arrays(float, st.tuples(st.integers(1, 40), st.just(2)), elements=st.integers(-9, 9))
WAYS = {
    "equal": bin_indices,
    "width": fixed_width_bins,
    "equal-mass": equal_mass_bins,
    "ebab": ebab_bins,
}


def plain_entropy(rows):
    p = np.unique(rows, axis=0, return_counts=True)[1] / len(rows)
    return float(-(p * np.log2(p)).sum())


def plain_information(rows, y):
    joint = np.column_stack([rows, y])
    return plain_entropy(rows) + plain_entropy(np.asarray(y)[:, None]) - plain_entropy(joint)


@pytest.mark.parametrize("way", WAYS)
@given(layer=layers)
def test_agrees_with_the_plain_definition(way, layer):
    y = np.arange(len(layer)) % 3
    bins = WAYS[way](layer)
    i_xt, i_ty = layer_information(layer, y, bins=way)
    assert i_xt == pytest.approx(plain_entropy(bins), abs=1e-9)
    assert i_ty == pytest.approx(plain_information(bins, y), abs=1e-9)


@pytest.mark.parametrize("way", WAYS)
@given(layer=layers, seed=st.integers(0, 2**16))
def test_label_probabilities_agree_with_the_joint_table(way, layer, seed):
    y = np.random.default_rng(seed).dirichlet([0.3] * 3, size=len(layer))
    cells = symbols(WAYS[way](layer))
    p_ty = np.eye(cells.max() + 1)[cells].T @ y / len(layer)
    i_xt, i_ty = layer_information(layer, y, bins=way)
    assert i_xt == pytest.approx(plain_entropy(cells[:, None]), abs=1e-9)
    assert i_ty == pytest.approx(mutual_information_from_table(p_ty), abs=1e-9)


def test_certain_probabilities_are_labels():
    rng = np.random.default_rng(0)
    stack, y = rng.normal(size=(2, 3, 50, 2)) / 2, rng.integers(3, size=50)
    certain, labelled = (layer_information(stack, of, n_bins=5) for of in (np.eye(3)[y], y))
    assert np.allclose(certain, labelled, atol=1e-12)


def normal_quantiles(n):
    return norm.ppf((np.arange(n) + 0.5) / n)[:, None]


TANH = {0.05: 1.729, 0.1: 2.645, 0.5: 4.631, 1: 4.877, 2: 4.157, 5: 2.775, 10: 2.044, 50: 1.274}
RELU = {0.05: 0.464, 0.1: 1.144, 0.5: 2.725, 1: 3.325, 2: 3.888, 5: 4.595, 10: 5.114, 50: 6.293}


@pytest.mark.parametrize(("weight", "bits"), TANH.items())
def test_one_tanh_neuron_first_rises_then_falls(weight, bits):
    """X ~ N(0,1): p(bin) = Φ(artanh(upper)/w) - Φ(artanh(lower)/w), here and in the table."""
    with np.errstate(divide="ignore"):
        p = np.diff(norm.cdf(np.arctanh(np.linspace(-1, 1, 31)) / weight))
    p = p[p > 0]
    assert -(p * np.log2(p)).sum() == pytest.approx(bits, abs=6e-4)
    neuron = np.tanh(weight * normal_quantiles(100_000))
    assert layer_information(neuron, np.zeros(100_000))[0] == pytest.approx(bits, abs=1e-3)


@pytest.mark.parametrize(("weight", "bits"), RELU.items())
def test_one_relu_neuron_rises_for_ever(weight, bits):
    neuron = np.maximum(weight * normal_quantiles(100_000), 0)
    i_xt, _ = layer_information(neuron, np.zeros(100_000), bins="width", width=1 / 15)
    # The tail reaches far beyond the last of 100,000 quantiles, by a few thousandths of a bit.
    assert i_xt == pytest.approx(bits, abs=6e-3)


def test_ebab_tells_nothing_of_the_scale_and_fixed_bins_do():
    layer = np.random.default_rng(0).uniform(0, 1, (500, 3))
    y = np.arange(500) % 2
    adaptive = layer_information(layer, y, bins="ebab", n_bins=6)
    for grown in (layer / 1e3, layer * 1e9, np.exp(layer)):
        assert layer_information(grown, y, bins="ebab", n_bins=6) == adaptive
    assert layer_information(layer / 1e3, y)[0] == 0


@pytest.mark.parametrize("way", WAYS)
def test_stack_equals_one_by_one(way):
    rng = np.random.default_rng(0)
    stack = rng.normal(size=(2, 3, 100, 4))
    y = rng.integers(0, 2, 100)
    i_xt, i_ty = layer_information(stack, y, bins=way)
    assert i_xt.shape == i_ty.shape == (2, 3)
    alone = layer_information(stack[1, 2], y, bins=way)
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


def test_bins_of_any_integers():
    far_apart = np.array([[-(2**62), 0], [2**62, 0], [2**62, 1], [-(2**62), 0]])
    i_xt, i_ty = cell_information(far_apart, np.array(["a", "b", "b", "a"]))
    assert (i_xt, i_ty) == pytest.approx((1.5, 1))
    unsigned = np.array([[0], [2**64 - 1]], dtype=np.uint64)
    assert cell_information(unsigned, [0, 0])[0] == pytest.approx(1)
    assert cell_information(np.array([[True], [False]]), [0, 1])[1] == pytest.approx(1)


def test_labels_beyond_64_bits():
    """62 units of two bins fill the integers; eight labels no longer fit beside them."""
    bins = np.zeros((16, 62), dtype=int)
    bins[8:, 0] = 1
    assert cell_information(bins, np.tile(np.arange(8), 2)) == pytest.approx((1, 0), abs=1e-12)


def test_limits():
    distinct = np.linspace(-1, 1, 64)[:, None]
    y = np.arange(64) % 2
    assert layer_information(distinct, y, n_bins=1) == pytest.approx((0, 0))
    assert layer_information(distinct, y, n_bins=1000) == pytest.approx((6, 1))
    assert layer_information(distinct, y, n_bins=1000, base=np.e)[1] == pytest.approx(np.log(2))
    assert layer_information(distinct[:1], y[:1]) == (0, 0)


def test_histogram_sums_to_one():
    shares = bin_histogram(np.array([[-1.0, 0.0], [0.0, 1.0]]), n_bins=4)
    assert shares.tolist() == [0.25, 0, 0.5, 0.25]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"activations": np.zeros(5)}, "activations must have shape"),
        ({"activations": np.full((5, 1), np.nan)}, "activations must be finite"),
        ({"y": np.zeros(4, int)}, r"y must have shape \(5,\)"),
        ({"y": np.full(5, np.nan)}, "y must not contain NaN"),
        ({"y": np.ones((4, 1))}, r"y must have shape \(5,\).* or \(5, labels\) for prob"),
        ({"y": np.ones((5, 2))}, "y must have rows that sum to 1, got 2 in row 0"),
        ({"y": np.full((5, 1), np.nan)}, "y must hold finite numbers"),
        ({"n_bins": 0}, "n_bins must be a whole number of at least 1, got 0"),
        ({"bins": "auto"}, "bins must be one of equal, width, equal-mass, ebab, got 'auto'"),
        ({"base": 1}, "base must be greater than 1"),
    ],
)
def test_bad_input_is_named(changes, message):
    arguments = {"activations": np.zeros((5, 1)), "y": np.zeros(5, int)} | changes
    with pytest.raises(ValueError, match=message):
        layer_information(arguments.pop("activations"), arguments.pop("y"), **arguments)


def test_cells_must_be_integers():
    with pytest.raises(TypeError, match="bins must be integers, got dtype float64"):
        cell_information(np.zeros((5, 1)), np.zeros(5))
    with pytest.raises(ValueError, match="bins must have shape"):
        cell_information(np.zeros((0, 1), int), np.zeros(0))


@pytest.mark.parametrize("way", ["equal", "equal-mass"])
@given(sample=pairs, n_bins=st.integers(1, 12))
def test_samples_symmetric_bounded_and_blind_to_order_and_scale(way, sample, n_bins):
    x, y = sample.T
    settings = {"bins": way, "n_bins": n_bins}
    information = mutual_information_binned(x, y, **settings)
    assert information == pytest.approx(mutual_information_binned(y, x, **settings), abs=1e-12)
    limit = min(entropy_binned(values, **settings) for values in (x, y))
    assert 0 <= information <= limit + 1e-12
    assert mutual_information_binned(x, x, **settings) == pytest.approx(
        entropy_binned(x, **settings), abs=1e-12
    )
    turned = mutual_information_binned(x[::-1] * 2.0**70, y[::-1], **settings)
    assert turned == pytest.approx(information, abs=1e-12)


def test_samples_by_hand():
    x = np.array([0.0, 1, 2, 3])
    assert entropy_binned(x, n_bins=2) == pytest.approx(1)
    assert entropy_binned(np.column_stack([x, x[::-1]]), n_bins=2) == pytest.approx(1)
    assert entropy_binned(np.column_stack([x, [0, 1, 0, 1]]), n_bins=2) == pytest.approx(2)
    assert mutual_information_binned(x, [5, 5, 9, 9], n_bins=2) == pytest.approx(1)
    assert mutual_information_binned(x, [5, 9, 5, 9], n_bins=2) == pytest.approx(0)
    # Eleven whole numbers in ten bins on their own range: only the last two share one.
    assert entropy_binned(np.arange(11)) == pytest.approx(np.log2(11) - 2 / 11)


def test_samples_on_the_range_of_each_column():
    x = np.random.default_rng(0).uniform(size=1000)
    column_scales = np.column_stack([x * 1e-9, x * 1e300])
    assert entropy_binned(column_scales) == pytest.approx(entropy_binned(x))
    outlier = np.append(x, 1e6)
    assert entropy_binned(outlier) < 0.02
    assert entropy_binned(outlier, bins="equal-mass") == pytest.approx(np.log2(10), abs=1e-3)


def test_constant_and_extreme_columns():
    x = np.arange(50.0)
    assert mutual_information_binned(x, np.full(50, 7.0)) == 0
    assert entropy_binned(np.array([-1.7e308, 0, 1.7e308]), n_bins=3) == pytest.approx(np.log2(3))
    assert entropy_binned(np.array([0, 5e-324, 1e-323]), n_bins=3) == pytest.approx(np.log2(3))
    assert mutual_information_binned([3.0], [4.0]) == 0


def test_independent_samples_show_the_bias_of_counting():
    """(K_x-1)(K_y-1)/(2n) nats above the true 0."""
    rng = np.random.default_rng(0)
    estimates = [
        mutual_information_binned(*rng.normal(size=(2, 1000)), base=np.e) for _ in range(100)
    ]
    assert np.mean(estimates) == pytest.approx(81 / 2000, rel=0.1)


@pytest.mark.parametrize(
    ("x", "y", "settings", "error", "message"),
    [
        (np.zeros(100), np.zeros(99), {}, ValueError, "x and y must have the same number"),
        ([], [], {}, ValueError, "x must have shape"),
        ([0.0, np.nan], [0, 1], {}, ValueError, "x must be finite"),
        ([0, 1], [0.0, np.inf], {}, ValueError, "y must be finite"),
        ([0, 1], ["a", "b"], {}, TypeError, "y must hold real numbers"),
        ([0, 1], [0, 1], {"n_bins": 0}, ValueError, "n_bins must be"),
        ([0, 1], [0, 1], {"bins": "ebab"}, ValueError, "bins must be one of equal, equal-mass"),
        ([0, 1], [0, 1], {"base": 0.5}, ValueError, "base must be greater than 1"),
    ],
)
def test_bad_samples_are_named(x, y, settings, error, message):
    with pytest.raises(error, match=message):
        mutual_information_binned(x, y, **settings)
