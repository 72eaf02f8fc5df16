"""The neighbour searches against the plainest one: all n² distances, written as defined."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ibtools.information.neighbors import brute_force, search, sorted_line, tree


def samples(n, d, levels, seed):
    """Normal samples (n, d); or on a grid, so that distances tie, if levels is not 0."""
    rng = np.random.default_rng(seed)
    return rng.integers(levels, size=(n, d)) / 8 if levels else rng.normal(size=(n, d))


def all_distances(points):
    distances = np.abs(points[:, None] - points[None]).max(axis=2)
    np.fill_diagonal(distances, np.inf)
    return distances


cases = {
    "n": st.integers(5, 60),
    "d": st.sampled_from([1, 2, 3, 5, 10]),
    "levels": st.sampled_from([0, 2, 5, 40]),
    "seed": st.integers(0, 10**6),
    "k": st.integers(1, 4),
}


@pytest.mark.parametrize("method", [tree, brute_force, search])
@given(**cases)
@settings(deadline=None, max_examples=30)
def test_kth_distance_and_counts_are_those_of_the_definition(method, n, d, levels, seed, k):
    points = samples(n, d, levels, seed)
    distances = all_distances(points)
    kth = np.sort(distances, axis=1)[:, k - 1]
    assert np.array_equal(method.nearest(points, k)[0], kth)
    assert np.array_equal(method.kth_distances(points, k), kth)
    for radius in (kth, kth * (1 - search.RIM), 0 * kth):
        counts = (distances <= radius[:, None]).sum(axis=1)
        assert np.array_equal(method.count_within(points, radius), counts)


@given(**cases)
@settings(deadline=None, max_examples=30)
def test_the_nearest_are_others_and_no_farther_than_the_kth(n, d, levels, seed, k):
    points = samples(n, d, levels, seed)
    distances = all_distances(points)
    kth, neighbors = search.nearest(points, k)
    assert neighbors.shape == (n, k)
    assert all(len(set(row)) == k for row in neighbors)
    assert (np.take_along_axis(distances, neighbors, axis=1) <= kth[:, None]).all()


def test_more_duplicates_than_neighbors():
    distances, neighbors = search.nearest(np.zeros((50, 1)), 3)
    assert not distances.any()
    assert neighbors.shape == (50, 3)
    assert (neighbors != np.arange(50)[:, None]).all()


@given(st.integers(0, 10**6), st.sampled_from([1e-12, 1e-3, 1.0, 1e8]), st.booleans())
@settings(deadline=None)
def test_rounding_of_the_ends_neither_lets_in_nor_shuts_out(seed, step, far):
    """value + radius is rounded; who lies within is decided by the rounded difference."""
    rng = np.random.default_rng(seed)
    values = step * rng.integers(20, size=40) + (0.1 if far else 0)
    distances = np.abs(values[:, None] - values)
    radius = distances[np.arange(40), rng.integers(40, size=40)]
    expected = (distances <= radius[:, None]).sum(axis=1) - 1
    assert np.array_equal(sorted_line.count_within(values, radius), expected)


@given(st.integers(0, 10**6), st.sampled_from([3, 5, 12]))
@settings(deadline=None, max_examples=10)
def test_single_precision_counts_as_double_does(seed, d):
    rng = np.random.default_rng(seed)
    spaces = [rng.normal(size=(300, d)) for _ in range(2)]
    single = brute_force.radius_and_counts(spaces, 3)
    double = brute_force.radius_and_counts(spaces, 3, np.float64)
    np.testing.assert_allclose(single[0], double[0], rtol=1e-6)
    assert (single[1] != double[1]).mean() < 0.01


def test_distances_too_small_for_single_precision_are_done_in_double():
    rng = np.random.default_rng(0)
    spaces = [np.where(rng.random((300, 1)) < 0.5, 1, 0) + 1e-9 * rng.normal(size=(300, 5))]
    assert np.array_equal(
        brute_force.radius_and_counts(spaces, 3)[1],
        brute_force.radius_and_counts(spaces, 3, np.float64)[1],
    )


@pytest.mark.parametrize(("n", "d"), [(60, 1), (3000, 1), (2500, 2), (900, 3), (600, 10)])
def test_all_ways_behind_the_door_agree(n, d):
    rng = np.random.default_rng(0)
    spaces = [rng.normal(size=(n, d)) for _ in range(2)]
    radius, counts = search.radius_and_counts(spaces, 3)
    expected, expected_counts = brute_force.radius_and_counts(spaces, 3, np.float64)
    np.testing.assert_allclose(radius, expected, rtol=1e-6)
    assert (counts != expected_counts).mean() < 1e-3
