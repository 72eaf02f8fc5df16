import numpy as np
import pytest

from ibtools.questions.distillation import (
    flat_product,
    flat_units,
    layered_product,
    layered_units,
    relative_error,
)
from ibtools.questions.distillation.fitted_product import _outputs, _slopes


@pytest.mark.parametrize("n", [1, 2, 3, 5, 8])
def test_gates_in_layers_multiply_any_number_of_factors(n, rng):
    x = rng.uniform(0.5, 1.5, size=(30, n))
    np.testing.assert_allclose(layered_product(x, scale=1e-3), x.prod(axis=1), rtol=1e-5)


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_one_layer_of_all_signs_multiplies_too(n, rng):
    x = rng.uniform(0.5, 1.5, size=(30, n))
    errors = [relative_error(flat_product(x, bias=0.7, scale=s), x) for s in (0.2, 0.1)]
    assert errors[1] < 0.1
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.2)


def test_with_two_factors_both_are_the_same_gate(rng):
    x = rng.normal(size=(10, 2))
    one, other = (f(x, bias=0.3, scale=0.1) for f in (flat_product, layered_product))
    np.testing.assert_allclose(one, other, rtol=1e-9)


def test_an_odd_nonlinearity_needs_half_of_the_units_for_three_factors(rng):
    x, scale = rng.uniform(0.5, 1.5, size=(20, 3)), 0.01
    signs = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
    units = np.tanh(scale * x @ signs.T)
    # The third derivative of tanh at 0 is −2; eight units would give twice the sum.
    np.testing.assert_allclose(units.sum(axis=1) / (-2 * 4 * scale**3), x.prod(axis=1), rtol=1e-2)
    np.testing.assert_allclose(
        flat_product(x, activation="tanh", bias=0, scale=scale), x.prod(axis=1), rtol=1e-2
    )


def test_units_are_counted():
    assert [layered_units(n) for n in (1, 2, 8)] == [0, 4, 28]
    assert [flat_units(n) for n in (1, 2, 8)] == [2, 4, 256]


def test_error_is_measured_against_the_product():
    x = np.array([[1.0, 2.0], [3.0, 1.0]])
    assert relative_error(np.array([2.0, 3.0]), x) == 0
    assert relative_error(np.array([0.0, 0.0]), x) == 1


def test_what_cannot_be_multiplied_is_said():
    with pytest.raises(ValueError, match="bias: derivative 3 of softplus is 0 at 0"):
        flat_product(np.ones((1, 3)), bias=0)
    with pytest.raises(ValueError, match="x must have 16 columns at most, got 17"):
        flat_product(np.ones((1, 17)))


def test_learnt_products_come_out_again(recorded, made_again):
    found = recorded("questions_product")
    again = made_again("questions_product", factors=(2, 3), shares=(0.25,), seeds=(0, 1))
    assert again["units"].tolist() == [[1], [2]]
    np.testing.assert_allclose(again["error"][:, 0], found["error"][:2, 0, :2], atol=0.05)


def test_the_units_for_a_given_error_double_with_each_factor(recorded):
    found = recorded("questions_product")
    error = np.median(found["error"].astype(float), axis=2)
    shares = found.settings["shares"]
    assert (error[:, shares.index(0.5)] > 0.25).all()
    assert (error[:, shares.index(1.0)] < 0.12).all()
    np.testing.assert_array_equal(found["units"][1:], 2 * found["units"][:-1])


def test_slopes_are_those_of_differences(rng):
    x, p = rng.normal(size=(4, 2)), rng.normal(size=4 * 3 + 1)
    slopes = _slopes(p, x, 3)
    for k in range(len(p)):
        step = 1e-6 * np.eye(len(p))[k]
        beside = (_outputs(p + step, x, 3) - _outputs(p - step, x, 3)) / 2e-6
        np.testing.assert_allclose(slopes[:, k], beside, atol=1e-7)
