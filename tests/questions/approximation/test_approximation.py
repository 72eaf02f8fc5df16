import numpy as np
import pytest

from ibtools.questions.approximation import (
    evaluated,
    multiplied_out,
    sawtooth,
    staircase,
    sum_product,
)


@pytest.mark.parametrize("n", [1, 7, 100])
@pytest.mark.parametrize(
    ("function", "slope"),
    [(np.sin, 1), (lambda x: np.abs(x - 0.3), 1), (lambda x: 3 * x**2, 6)],
)
def test_a_staircase_holds_its_bound(function, slope, n):
    x = np.linspace(0, 1, 5001)
    error = np.abs(staircase(function, n)(x) - function(x)).max()
    assert error <= slope / (2 * (n + 1)) + 1e-12


def test_a_staircase_by_hand():
    found = staircase(lambda x: x, 1)
    assert (found.offset, found.heights, found.thresholds) == (0.25, [0.5], [0.5])
    np.testing.assert_allclose(found(np.array([0.0, 0.49, 0.5, 1])), [0.25, 0.25, 0.75, 0.75])


def test_steep_sigmoids_are_steps_away_from_the_corners():
    found, x = staircase(np.sin, 9, high=2), np.linspace(0, 2, 1001)
    away = np.abs(x[:, None] - found.thresholds).min(axis=1) > 0.02
    smooth = found(x, steepness=1000)
    np.testing.assert_allclose(smooth[away], found(x)[away], atol=1e-6)
    assert np.abs(np.diff(smooth)).max() < np.abs(np.diff(found(x))).max()


def test_bad_stairs_are_refused():
    with pytest.raises(ValueError, match="low must lie below high, got 1 and 1"):
        staircase(np.sin, 3, low=1)
    with pytest.raises(ValueError, match="steepness must be positive, got 0"):
        staircase(np.sin, 3)(np.ones(2), steepness=0)


def test_a_sawtooth_has_its_teeth_and_is_its_own_composition():
    for depth in (1, 2, 5):
        x = np.arange(2**depth + 1) / 2**depth
        np.testing.assert_allclose(sawtooth(x, depth), np.arange(len(x)) % 2, atol=1e-12)
    x = np.linspace(0, 1, 101)
    np.testing.assert_allclose(sawtooth(x, 5), sawtooth(sawtooth(x, 2), 3), atol=1e-9)


@pytest.mark.parametrize(("n", "products"), [(4, 2), (16, 8), (64, 128)])
def test_multiplied_out_is_the_same_function_and_as_long_as_it_should_be(rng, n, products):
    found, x = multiplied_out(n), rng.normal(size=(20, n))
    assert len(found) == products
    assert {len(each) for each in found} == {round(np.sqrt(n))}
    np.testing.assert_allclose(evaluated(found, x), sum_product(x), rtol=1e-9, atol=1e-9)


def test_sum_product_by_hand_and_only_for_powers_of_four():
    assert sum_product(np.array([[2.0, 3, 5, 7]])) == [2 * 3 + 5 * 7]
    for n in (2, 8, 12):
        with pytest.raises(ValueError, match=f"n must be .*got {n}"):
            sum_product(np.ones((1, n)))
    with pytest.raises(ValueError, match="n must be 64 at most"):
        multiplied_out(256)


def test_learnt_sawtooth_comes_out_again(recorded, made_again):
    found = recorded("questions_sawtooth")
    again = made_again("questions_sawtooth", seeds=found.settings["seeds"][:2], depths=(2,))
    assert list(again["parameters"]) == list(found["parameters"]) == [241, 241]
    i = found.settings["depths"].index(2)
    np.testing.assert_allclose(again["shallow"][0], found["shallow"][i, :2], atol=0.05)
    # Hardly trained, a network is about as wrong as one that always says the mean.
    hardly = made_again("questions_sawtooth", seeds=(0, 1), depths=(4,), steps=20)
    assert all(0.8 < error < 1.5 for error in np.ravel([hardly["deep"], hardly["shallow"]]))


def test_sixteen_pieces_are_learnt_by_none(recorded):
    found = recorded("questions_sawtooth")
    last = found.settings["depths"].index(4)
    assert min(found["deep"][last].min(), found["shallow"][last].min()) > 0.8
    assert np.median(found["shallow"][0]) < 0.01
