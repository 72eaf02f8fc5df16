import sys
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.integrate import quad
from scipy.stats import norm

from ibtools.information.kernel import (
    adaptive_noise_variance,
    layer_information_kernel,
    layer_information_monte_carlo,
    mixture_entropy_bounds,
    mixture_entropy_monte_carlo,
)

layers = arrays(float, st.tuples(st.integers(1, 25), st.integers(1, 3)), elements=st.floats(-5, 5))
variances = st.floats(1e-6, 1e3)
RNG = np.random.default_rng(0)
STACK = np.tanh(RNG.normal(size=(2, 3, 60, 4)))
LABELS = RNG.integers(0, 3, 60)


def fields(result):
    return np.array(list(vars(result).values()), dtype=float)


def plain(layer, y, variance):
    """The formulas of the module, pair by pair, in nats."""

    def bound(centres, scale):
        squares = ((centres[:, None] - centres[None]) ** 2).sum(-1)
        return -np.log(np.exp(-squares / (2 * scale * variance)).mean(1)).mean()

    given_y = {s: sum((y == c).mean() * bound(layer[y == c], s) for c in set(y)) for s in (1, 4)}
    lower, upper = bound(layer, 4), bound(layer, 1)
    return [lower, upper, lower - given_y[1], upper - given_y[4]]


@given(layers, variances)
def test_agrees_with_the_plain_definition(layer, variance):
    y = np.arange(len(layer)) * 7 % 3
    result = layer_information_kernel(layer, y, noise_variance=variance, base=np.e)
    assert fields(result) == pytest.approx(plain(layer, y, variance), abs=1e-9)
    noise = layer.shape[1] / 2 * np.log(2 * np.pi * np.e * variance)
    bounds = mixture_entropy_bounds(layer, noise_variance=variance, base=np.e)
    assert bounds == pytest.approx([noise + x for x in plain(layer, y, variance)[:2]], abs=1e-9)


@given(layers, variances)
def test_what_bounds_must_do(layer, variance):
    n = len(layer)
    y = np.arange(n) % 2
    result = layer_information_kernel(layer, y, noise_variance=variance)
    assert 0 <= result.I_XT_lower <= result.I_XT_upper <= np.log2(n) + 1e-12
    assert result.I_TY_lower - 1e-12 <= result.I_TY_difference <= result.I_TY_upper + 1e-12
    p = np.bincount(y) / n
    assert result.I_TY_difference <= -(p * np.log2(p)).sum() + 1e-9


@given(layers, st.randoms(use_true_random=False))
def test_order_and_names_of_the_samples_do_not_matter(layer, random):
    y = np.arange(len(layer)) % 3
    order = list(range(len(layer)))
    random.shuffle(order)
    names = np.array(["c", "a", "b"])
    one = layer_information_kernel(layer, y, noise_variance=0.1)
    other = layer_information_kernel(layer[order], names[y[order]], noise_variance=0.1)
    assert fields(other) == pytest.approx(fields(one), abs=1e-9)


@pytest.mark.parametrize("scale", [1e-100, 1e-9, 1e6, 1e100])
def test_only_the_ratio_of_layer_and_noise_counts(scale):
    one = layer_information_kernel(STACK, LABELS, noise_variance=0.1)
    other = layer_information_kernel(STACK * scale + scale, LABELS, noise_variance=0.1 * scale**2)
    assert fields(other) == pytest.approx(fields(one), abs=1e-9)


def test_equal_centres_carry_exactly_nothing():
    for constant in (0, 0.1, 1e6):
        layer = np.full((7, 3), constant)
        result = layer_information_kernel(layer, np.arange(7) % 2, noise_variance=1e-3)
        assert fields(result).tolist() == [0, 0, 0, 0]
        sampled = layer_information_monte_carlo(layer, np.arange(7) % 2, noise_variance=1e-3)
        assert fields(sampled) == pytest.approx(0, abs=1e-12)
    assert fields(layer_information_kernel([[4.0]], [1], noise_variance=1)).tolist() == [0] * 4


@pytest.mark.parametrize("variance", [1e-4, 1e-12, 1e-20])
def test_distant_centres_carry_log_n(variance):
    layer = np.random.default_rng(0).permutation(60).reshape(30, 2) * 1.0
    y = np.arange(30) % 2
    result = layer_information_kernel(layer, y, noise_variance=variance)
    assert fields(result) == pytest.approx([np.log2(30), np.log2(30), 1, 1], abs=1e-9)
    sampled = layer_information_monte_carlo(layer, y, noise_variance=variance)
    assert fields(sampled) == pytest.approx([np.log2(30), 1, 0, 0], abs=1e-9)


def test_noise_below_rounding():
    layer = np.array([[1.0], [1.0], [2.0], [3.0]])
    result = layer_information_kernel(layer, [0, 0, 1, 1], noise_variance=1e-40)
    assert fields(result) == pytest.approx([1.5, 1.5, 1, 1])
    with pytest.raises(ValueError, match="rounding swallows a draw"):
        layer_information_monte_carlo(layer, [0, 0, 1, 1], noise_variance=1e-40)


def test_nearby_centres_far_from_the_others_are_told_apart_rightly():
    """|a|² + |b|² - 2ab has no digit left here: subtracting first is needed."""
    layer = np.array([[0.0], [2.0], [1e9], [1e9 + 2]])
    pair = mixture_entropy_bounds(layer[:2], noise_variance=1)
    both = mixture_entropy_bounds(layer, noise_variance=1)
    assert both == pytest.approx([1 + pair[0], 1 + pair[1]], abs=1e-7)
    sampled, error = mixture_entropy_monte_carlo(layer, noise_variance=1, n_samples=2000)
    assert both[0] < sampled - 3 * error < sampled + 3 * error < both[1]


def mixture_by_quadrature(centres, deviation):
    def integrand(t):
        density = norm.pdf(t, centres, deviation).mean()
        return -density * np.log2(density)

    edges = np.sort(np.concatenate([centres + k * deviation for k in (-9, -3, 0, 3, 9)]))
    return sum(quad(integrand, a, b)[0] for a, b in pairwise(edges) if b > a)


@pytest.mark.parametrize("weight", [0.2, 1.0, 4.0])
@pytest.mark.parametrize("bias", [0.0, -2.0])
def test_one_noisy_neuron_against_quadrature(weight, bias):
    """Goldfeld et al.'s smallest example: tanh(w x + b) + noise on four inputs."""
    x, deviation = np.array([-3.0, -1, 1, 3]), 0.1
    centres = np.tanh(weight * x + bias)
    y = x == 3
    entropy = mixture_by_quadrature(centres, deviation)
    noise = np.log2(2 * np.pi * np.e * deviation**2) / 2
    given_y = 0.75 * mixture_by_quadrature(centres[:3], deviation) + 0.25 * noise
    settings = {"noise_variance": deviation**2}
    lower, upper = mixture_entropy_bounds(centres[:, None], **settings)
    assert lower - 1e-9 <= entropy <= upper + 1e-9
    result = layer_information_kernel(centres[:, None], y, **settings)
    assert result.I_XT_lower - 1e-9 <= entropy - noise <= result.I_XT_upper + 1e-9
    assert result.I_TY_lower - 1e-9 <= entropy - given_y <= result.I_TY_upper + 1e-9
    sampled = layer_information_monte_carlo(centres[:, None], y, n_samples=3000, **settings)
    assert sampled.I_XT_error < 0.01
    assert abs(sampled.I_XT - (entropy - noise)) < 4 * sampled.I_XT_error + 1e-9
    assert abs(sampled.I_TY - (entropy - given_y)) < 4 * sampled.I_TY_error + 1e-9
    estimate, error = mixture_entropy_monte_carlo(centres[:, None], n_samples=3000, **settings)
    assert (estimate, error) == pytest.approx((sampled.I_XT + noise, sampled.I_XT_error))


def test_distance_of_the_bounds_where_centres_are_dense():
    """A grid of spacing σ/10 over 400 σ has h(T) = log 400σ: 1/2 above it, log 2 - 1/2 below."""
    lower, upper = mixture_entropy_bounds(
        np.arange(4000)[:, None] / 10, noise_variance=1, base=np.e
    )
    assert upper == pytest.approx(np.log(400) + 0.5, abs=0.02)
    assert lower == pytest.approx(np.log(400) + 0.5 - np.log(2), abs=0.02)


def test_monte_carlo_lies_between_the_bounds_in_more_dimensions():
    for variance in (0.01, 0.1, 1):
        bounds = layer_information_kernel(STACK, LABELS, noise_variance=variance)
        sampled = layer_information_monte_carlo(
            STACK, LABELS, noise_variance=variance, n_samples=50
        )
        slack = 4 * sampled.I_XT_error
        assert (bounds.I_XT_lower - slack <= sampled.I_XT).all()
        assert (bounds.I_XT_upper + slack >= sampled.I_XT).all()
        slack = 4 * sampled.I_TY_error
        assert (bounds.I_TY_lower - slack <= sampled.I_TY).all()
        assert (bounds.I_TY_upper + slack >= sampled.I_TY).all()


def test_the_standard_error_is_that_of_repeated_sampling():
    layer, settings = STACK[0, 0], {"noise_variance": 0.1, "n_samples": 4}
    runs = [mixture_entropy_monte_carlo(layer, seed=seed, **settings) for seed in range(200)]
    values, errors = np.array(runs).T
    # It counts the spread between centres too, and so may be too large but not too small.
    assert 0.85 * values.std() < errors.mean() < 2 * values.std()
    assert mixture_entropy_monte_carlo(layer, seed=7, **settings) == runs[7]
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    mixture_entropy_monte_carlo(layer, **settings)
    assert (np.random.get_state()[1] == state).all()  # noqa: NPY002


@pytest.mark.parametrize("noise", [0.1, np.array([[0.1], [0.2]]), np.full((2, 3), 0.3)])
def test_stack_equals_one_by_one_whatever_the_memory(noise):
    alone = np.broadcast_to(noise, (2, 3))
    for max_memory in (1, 5_000, 2**24):
        result = layer_information_kernel(
            STACK, LABELS, noise_variance=noise, max_memory=max_memory
        )
        sampled = layer_information_monte_carlo(
            STACK[:, :, :, :2], LABELS, noise_variance=noise, max_memory=max(5_000, max_memory)
        )
        assert result.I_TY_difference.shape == sampled.I_TY.shape == (2, 3)
        for index in np.ndindex(2, 3):
            one = layer_information_kernel(STACK[index], LABELS, noise_variance=alone[index])
            assert [v[index] for v in vars(result).values()] == pytest.approx(fields(one))
            one = layer_information_monte_carlo(
                STACK[index][:, :2], LABELS, noise_variance=alone[index]
            )
            assert [v[index] for v in vars(sampled).values()] == pytest.approx(fields(one))


def test_memory_is_bounded_by_its_argument():
    layer = np.random.default_rng(0).normal(size=(3000, 5))
    tracemalloc.start()
    layer_information_kernel(layer, np.arange(3000) % 4, noise_variance=0.1, max_memory=10**6)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10**6 + 8 * layer.nbytes


@pytest.mark.parametrize("units", [4, 300])
@pytest.mark.parametrize("variance", [1e-3, 1, 100])
def test_float32_agrees_with_float64(units, variance):
    layer = np.maximum(np.random.default_rng(1).normal(size=(200, units)), 0).astype(np.float32)
    y = np.arange(200) % 2
    for scale in (1, 1000):
        single = layer_information_kernel(layer * scale, y, noise_variance=variance)
        double = layer_information_kernel(1.0 * scale * layer, y, noise_variance=variance)
        assert fields(single) == pytest.approx(fields(double), abs=1e-3)


def test_float32_never_passes_log_n():
    """A distance of a centre to itself is 0, however coarse the product that should give it."""
    layer = 100 * np.random.default_rng(2).choice([-1, 1], (20, 8)).astype(np.float32)
    layer += np.arange(20, dtype=np.float32)[:, None]
    result = layer_information_kernel(layer, np.arange(20) % 2, noise_variance=20)
    assert np.log2(20) - 0.1 < result.I_XT_upper <= np.log2(20) + 1e-9


def test_other_numbers_are_taken_as_they_are():
    whole = np.array([[0, 1], [3, 1], [0, 1]])
    one = layer_information_kernel(whole.astype(float), [0, 1, 0], noise_variance=1)
    for kind in (np.int8, np.uint8, np.float16):
        result = layer_information_kernel(whole.astype(kind), [0, 1, 0], noise_variance=1)
        assert fields(result) == pytest.approx(fields(one), abs=1e-6)


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", "int64"])
def test_tensors_in_tensors_out(kind):
    torch = pytest.importorskip("torch")
    stack = torch.tensor(2 * STACK).to(getattr(torch, kind)).requires_grad_(kind == "float32")
    noise = torch.tensor([[0.1], [0.2]])
    bounds = layer_information_kernel(stack, torch.tensor(LABELS), noise_variance=noise)
    assert isinstance(bounds.I_TY_difference, torch.Tensor)
    assert bounds.I_XT_upper.device == stack.device
    plain = layer_information_kernel(
        stack.detach().numpy(), LABELS, noise_variance=np.array([[0.1], [0.2]])
    )
    assert bounds.I_TY_lower.numpy() == pytest.approx(plain.I_TY_lower, abs=1e-4)
    assert bounds.I_XT_lower.numpy() == pytest.approx(plain.I_XT_lower, abs=1e-4)
    sampled = layer_information_monte_carlo(stack, LABELS, noise_variance=noise)
    same = layer_information_monte_carlo(
        stack.detach().numpy(), LABELS, noise_variance=noise.numpy()
    )
    assert sampled.I_TY.numpy() == pytest.approx(same.I_TY, abs=1e-4)
    far = torch.tensor([[0.0], [2.0], [1e9], [1e9 + 2]], dtype=torch.float64)
    assert mixture_entropy_bounds(far, noise_variance=1)[0] == pytest.approx(
        mixture_entropy_bounds(far.numpy(), noise_variance=1)[0]
    )
    assert adaptive_noise_variance(stack).numpy() == pytest.approx(
        adaptive_noise_variance(stack.detach().numpy())
    )
    with pytest.raises(TypeError, match="activations must hold real numbers"):
        layer_information_kernel(stack.to(torch.complex64), LABELS, noise_variance=1)


def test_adaptive_noise_makes_the_scale_irrelevant():
    assert adaptive_noise_variance(np.array([[0.5], [-2.0]]), variance=0.1) == pytest.approx(0.4)
    scales = np.array([1, 1e-6, 1e6, 0])[:, None, None]
    stack = STACK[0, 0] * scales
    noise = adaptive_noise_variance(stack, variance=0.05)
    assert noise.shape == (4,)
    result = layer_information_kernel(stack, LABELS, noise_variance=noise)
    assert result.I_XT_upper[:3] == pytest.approx(result.I_XT_upper[0])
    assert result.I_XT_upper[3] == 0


def test_arrays_do_not_need_torch(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    assert mixture_entropy_bounds([[0.0], [1.0]], noise_variance=1)[0] > 0


@pytest.mark.parametrize("function", [layer_information_kernel, layer_information_monte_carlo])
@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"activations": np.zeros(5)}, ValueError, "activations must have shape"),
        ({"activations": np.zeros((0, 2))}, ValueError, "activations must have shape"),
        ({"activations": [[np.nan]]}, ValueError, "activations must be finite"),
        ({"activations": [[np.inf]]}, ValueError, "activations must be finite"),
        ({"activations": [["a"]]}, TypeError, "activations must hold real numbers"),
        ({"y": np.zeros(4)}, ValueError, r"y must have shape \(5,\)"),
        ({"y": np.full(5, np.nan)}, ValueError, "y must not contain NaN"),
        ({"noise_variance": 0}, ValueError, "noise_variance must be positive and finite, got 0"),
        ({"noise_variance": -1}, ValueError, "noise_variance must be positive"),
        ({"noise_variance": np.nan}, ValueError, "noise_variance must be positive"),
        ({"noise_variance": [1, 2]}, ValueError, r"noise_variance must be one number .* \(2,\)"),
        ({"activations": np.eye(5) * 1e300}, ValueError, "noise_variance must be larger"),
        ({"max_memory": 0}, ValueError, "max_memory must be a whole number"),
        ({"base": 1}, ValueError, "base must be greater than 1"),
    ],
)
def test_bad_input_is_named(function, changes, error, message):
    arguments = {"activations": np.zeros((5, 1)), "y": np.zeros(5), "noise_variance": 1} | changes
    with pytest.raises(error, match=message):
        function(arguments.pop("activations"), arguments.pop("y"), **arguments)


def test_bad_settings_are_named():
    with pytest.raises(ValueError, match="n_samples must be a whole number"):
        mixture_entropy_monte_carlo(np.zeros((5, 1)), noise_variance=1, n_samples=0)
    with pytest.raises(ValueError, match="centres must be finite"):
        mixture_entropy_bounds([[np.nan]], noise_variance=1)
    with pytest.raises(ValueError, match="variance must be positive and finite, got 0"):
        adaptive_noise_variance(np.zeros((5, 1)), variance=0)
