import numpy as np
import pytest

from ibtools.questions.distillation import (
    flat_product,
    flat_units,
    layered_product,
    layered_units,
    relative_error,
)


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
    again = made_again("questions_product", seeds=(0,), units=(2, 4))
    np.testing.assert_allclose(again["error"][:, 0], found["error"][:2, 0], atol=0.05)


def test_a_finite_error_takes_fewer_units_than_any_accuracy(recorded):
    found = recorded("questions_product")
    units = list(found.settings["units"])
    assert np.median(found["error"][units.index(4)]) > 0.7
    assert np.median(found["error"][units.index(12)]) < 0.15
