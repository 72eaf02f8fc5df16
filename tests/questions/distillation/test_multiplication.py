import numpy as np
import pytest

from ibtools.questions.distillation import CURVED, gate_error, multiplication_gate

STEP = 1e-3


def test_softplus_multiplies_as_known():
    got = [float(multiplication_gate(1.3, 0.7, scale=scale)) for scale in (1, 0.1, 0.01)]
    np.testing.assert_allclose(got, [0.77888, 0.908351, 0.909983], atol=1e-6)


@pytest.mark.parametrize("name", CURVED)
@pytest.mark.parametrize("at", [-0.7, 0.4])
def test_derivatives_are_those_of_differences(name, at):
    curved = CURVED[name]
    beside = at + STEP * np.array([-1, 0, 1])
    first = np.diff(curved.value(beside)) / STEP
    assert curved.derivative(1, at) == pytest.approx(first.mean(), rel=1e-5)
    for order in (2, 3, 4):
        slope = [curved.derivative(order - 1, each) for each in beside[::2]]
        assert curved.derivative(order, at) == pytest.approx(
            (slope[1] - slope[0]) / (2 * STEP), rel=1e-4
        )


@pytest.mark.parametrize(("name", "bias"), [("softplus", 0), ("sigmoid", 2.3787), ("tanh", 0.5)])
def test_the_error_follows_its_law(name, bias, rng):
    u, v = rng.uniform(0.5, 2, size=(2, 20))
    for scale in (0.05, 0.01):
        gate = multiplication_gate(u, v, activation=name, bias=bias, scale=scale)
        law = gate_error(u, v, activation=name, bias=bias, scale=scale)
        # The next term is of order λ⁴, and rounding of order 1e-16 / λ².
        np.testing.assert_allclose(gate / (u * v) - 1, law, atol=40 * scale**4 + 1e-10)


def test_where_the_fourth_derivative_vanishes_the_error_falls_with_the_fourth_power():
    bias = np.log((3 + np.sqrt(3)) / (3 - np.sqrt(3)))
    assert gate_error(1.0, 2.0, bias=bias) == pytest.approx(0, abs=1e-12)
    off = [float(multiplication_gate(1.0, 2.0, bias=bias, scale=s)) / 2 - 1 for s in (0.2, 0.1)]
    assert off[0] / off[1] == pytest.approx(16, rel=0.05)


def test_a_gate_needs_curvature_and_a_scale():
    for name in ("tanh", "sigmoid"):
        with pytest.raises(ValueError, match=f"bias: {name} has no curvature at 0"):
            multiplication_gate(1.0, 1.0, activation=name)
    with pytest.raises(ValueError, match="scale must be positive"):
        multiplication_gate(1.0, 1.0, scale=0)
    with pytest.raises(ValueError, match="activation must be one of"):
        gate_error(1.0, 1.0, activation="relu")
