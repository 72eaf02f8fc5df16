import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ibtools.plane.clustering import class_distances, class_spread

RNG = np.random.default_rng(0)
LABELS = np.array([0, 1, 1, 0, 2, 1, 2])
layers = arrays(float, (2, 7, 3), elements=st.floats(-5, 5, width=32))


def pair_by_pair(layer, y):
    squares = ((layer[:, None] - layer) ** 2).sum(-1)
    same = y[:, None] == y
    others = ~np.eye(len(y), dtype=bool)
    return np.sqrt([squares[same & others].mean(), squares[~same].mean()])


@given(layers)
def test_agrees_with_all_pairs(stack):
    within, between = class_distances(stack, LABELS)
    assert within.shape == (2,)
    for i, layer in enumerate(stack):
        assert [within[i], between[i]] == pytest.approx(pair_by_pair(layer, LABELS), abs=1e-9)


def test_one_point_for_each_class_has_no_spread():
    layer = np.array([[1.0, 2], [3, 4], [0, -7]])[LABELS]
    within, between = class_distances(layer, LABELS)
    assert within == 0
    assert between > 1
    assert class_spread(layer, LABELS) == 0


def test_labels_that_have_nothing_to_do_with_places():
    layer = RNG.normal(size=(5, 4000, 3))
    assert class_spread(layer, RNG.integers(0, 4, 4000)) == pytest.approx(1, abs=0.01)


def test_two_gaussian_classes():
    """Within: 2d variances; between: those and the square of the distance of the means."""
    y = np.arange(20_000) % 2
    layer = RNG.normal(size=(20_000, 2)) + 3 * y[:, None] * [1, 0]
    assert class_spread(layer, y) == pytest.approx(4 / (4 + 9), rel=0.03)


@given(st.floats(0.01, 100), st.floats(-10, 10))
def test_spread_has_no_unit_and_no_place(scale, shift):
    layer = RNG.normal(size=(3, 7, 2))
    moved = class_spread(scale * layer + shift, LABELS)
    assert moved == pytest.approx(class_spread(layer, LABELS), rel=1e-6)


def test_small_clusters_far_from_the_origin_keep_their_distances():
    layer = 1e6 + RNG.normal(size=(7, 2)) * 1e-3
    within, between = class_distances(layer, LABELS)
    assert [within, between] == pytest.approx(pair_by_pair(layer - 1e6, LABELS), rel=1e-6)


def test_a_layer_that_is_one_point_says_nothing():
    stack = np.stack([np.full((7, 2), 0.1), RNG.normal(size=(7, 2))])
    assert np.isnan(class_spread(stack, LABELS)).tolist() == [True, False]


@pytest.mark.parametrize("y", [np.zeros(7), np.arange(7)])
def test_classes_without_pairs_are_named(y):
    with pytest.raises(ValueError, match="y must have two classes or more"):
        class_distances(np.zeros((7, 2)), y)


def test_labels_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match="y must have shape"):
        class_spread(np.zeros((7, 2)), LABELS[:3])
