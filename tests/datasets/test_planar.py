import math

import numpy as np
import pytest

from ibtools.datasets import DATASETS, ring, spirals, xor
from ibtools.information import entropy_discrete, mutual_information_discrete, n_distinct

PLANAR = {"ring": ring, "xor": xor, "spirals": spirals}


@pytest.mark.parametrize("name", PLANAR)
def test_1024_points_of_the_disc_all_different(name):
    dataset = PLANAR[name]()
    assert dataset.name == name
    assert dataset.x.shape == (1024, 2)
    assert dataset.x.dtype == np.float32
    assert n_distinct(dataset.x) == 1024
    assert np.linalg.norm(dataset.x, axis=1).max() < 1
    assert dataset.n_classes == 2
    again = DATASETS[name]()
    assert np.array_equal(again.x, dataset.x)
    assert np.array_equal(again.y, dataset.y)


def test_the_points_of_ring_and_xor_fill_the_disc_evenly():
    x = ring().x
    assert np.array_equal(xor().x, x)
    # Of a disc, a quarter of the area lies within half the radius, and in each quarter.
    assert (np.linalg.norm(x, axis=1) < 0.5).sum() == 256
    for side in (x[:, 0] > 0) * 2 + (x[:, 1] > 0) == np.arange(4)[:, None]:
        assert side.sum() == pytest.approx(256, abs=4)


def test_the_ring_is_the_inner_half():
    dataset = ring()
    assert entropy_discrete(dataset.y) == 1
    assert np.array_equal(dataset.y, np.linalg.norm(dataset.x, axis=1) < math.sqrt(0.5))


def test_a_coordinate_alone_tells_nothing_about_xor():
    dataset = xor()
    assert np.array_equal(dataset.y, (dataset.x > 0).sum(axis=1) != 1)
    for coordinate in dataset.x.T:
        assert mutual_information_discrete(coordinate > 0, dataset.y) < 1e-4
    both = (dataset.x > 0) @ [2, 1]
    # But for the one point that lies on an axis.
    assert mutual_information_discrete(both, dataset.y) > 0.98


def test_the_arms_of_the_spirals_are_opposite_and_turn_by_one_and_a_half():
    dataset = spirals()
    first, second = (dataset.x[dataset.y == label] for label in (0, 1))
    np.testing.assert_allclose(first, -second, rtol=0, atol=1e-7)
    angle = np.unwrap(np.arctan2(first[:, 1], first[:, 0]))
    assert angle[-1] - angle[0] == pytest.approx(3 * math.pi, rel=0.04)
    assert np.all(np.diff(angle) > 0)


def test_points_worked_out_one_by_one():
    turn, radius = math.pi * (3 - math.sqrt(5)), math.sqrt(700.5 / 1024)
    flower = (radius * math.cos(700 * turn), radius * math.sin(700 * turn))
    assert ring().x[700] == pytest.approx(flower, abs=1e-6)
    assert xor().x[700] == pytest.approx(flower, abs=1e-6)
    radius = math.sqrt(350.5 / 512)
    angle = 3 * math.pi * radius + math.pi
    arm = (radius * math.cos(angle), radius * math.sin(angle))
    assert spirals().x[701] == pytest.approx(arm, abs=1e-6)
    assert [dataset().y[701] for dataset in (ring, spirals)] == [0, 1]
