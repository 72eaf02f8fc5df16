import numpy as np
import pytest

from ibtools.questions.fitting import fully_connected
from ibtools.questions.regions import (
    count_in_plane,
    count_on_line,
    deep_regions,
    folding_layers,
    kinks_on_line,
    random_layers,
    regions_in_plane,
    restart,
    shallow_regions,
)


@pytest.mark.parametrize(
    ("widths", "n_inputs", "deep", "shallow"),
    [
        ((4, 4), 2, 44, 37),
        ((8, 8), 2, 592, 137),
        ((8, 8, 8), 2, 9472, 301),
        ([2] * 10, 1, 1536, 21),
    ],
)
def test_the_numbers_of_the_paper(widths, n_inputs, deep, shallow):
    assert deep_regions(widths, n_inputs) == deep
    assert shallow_regions(sum(widths), n_inputs) == shallow


def cuts(n, seed=0):
    """n lines in general position, all crossing one another within the unit square."""
    rng = np.random.default_rng(seed)
    angles = (np.arange(n) + 0.5) * np.pi / n
    normals = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return normals, -(normals @ [0.5, 0.5]) + 0.02 * rng.uniform(-1, 1, n)


@pytest.mark.parametrize(
    ("folds", "n_layers", "last"), [(2, 1, 4), (4, 1, 8), (4, 2, 8), (3, 2, 5)]
)
def test_the_folding_network_has_the_regions_it_should(folds, n_layers, last):
    layers = folding_layers(2, folds, n_layers, cuts(last))
    assert count_in_plane(layers) == deep_regions([2 * folds] * n_layers + [last], 2)


@pytest.mark.parametrize(("folds", "n_layers"), [(2, 9), (3, 4), (5, 2)])
def test_folding_on_a_line(folds, n_layers):
    layers = folding_layers(1, folds, n_layers, (np.ones((1, 1)), [-0.5]))
    # p^L pieces of the zigzags, and the last unit cuts each of them once.
    assert count_on_line(layers, [0], [1]) == 2 * folds**n_layers
    if folds == 2:
        assert deep_regions([2] * 10, 1) == 3 * 2**9


def test_only_what_cuts_the_window_counts():
    across = [(np.array([[1.0, 0.0]]), np.array([-1.5]))]
    up = [(np.array([[0.0, 1.0]]), np.array([0.5]))]
    assert [count_in_plane(across), count_in_plane(across, high=(2, 1))] == [1, 2]
    assert [count_in_plane(up), count_in_plane(up, low=(0, -1))] == [1, 2]


def test_one_layer_in_general_position_reaches_the_largest_number(rng):
    for n in (1, 3, 7):
        assert count_in_plane([cuts(n)]) == shallow_regions(n, 2)
        kinks = np.sort(rng.uniform(0, 1, n))
        assert count_on_line([(np.ones((n, 1)), -kinks)], [0], [1]) == n + 1
        np.testing.assert_allclose(
            kinks_on_line([(np.ones((n, 1)), -kinks)], [0], [1]), kinks, atol=1e-12
        )


def activations(layers, x):
    pattern = []
    for weights, biases in layers:
        x = x @ weights.T + biases
        pattern.append(x > 0)
        x = np.maximum(0, x)
    return np.concatenate(pattern, axis=1)


@pytest.mark.parametrize("seed", range(4))
def test_random_networks_against_a_fine_grid(seed):
    layers = random_layers([2, 6, 6, 4], seed=seed)
    along = activations(layers, np.linspace([-1, 0.3], [1, 0.5], 200_001))
    switches = (along[1:] != along[:-1]).any(axis=1).sum()
    # A grid may miss a piece shorter than its step, never add one.
    assert 0 <= count_on_line(layers, [-1, 0.3], [1, 0.5]) - (switches + 1) <= 1
    polygons = regions_in_plane(layers, low=(-1, -1), high=(1, 1))
    inside = activations(layers, np.array([each.mean(axis=0) for each in polygons]))
    grid = np.stack(np.meshgrid(*[np.linspace(-1, 1, 500)] * 2), axis=-1).reshape(-1, 2)
    patterns = {row.tobytes() for row in inside}
    assert {row.tobytes() for row in activations(layers, grid)} <= patterns
    # Regions fill the window.
    areas = [
        0.5 * abs(np.sum(p[:, 0] * np.roll(p[:, 1], -1) - p[:, 1] * np.roll(p[:, 0], -1)))
        for p in polygons
    ]
    assert sum(areas) == pytest.approx(4)


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match=r"widths must be 2 or more, one at least, got \(4, 1\)"):
        deep_regions((4, 1), 2)
    with pytest.raises(ValueError, match="low must lie below high"):
        count_in_plane(random_layers([2, 3]), low=(0, 1), high=(1, 1))
    with pytest.raises(ValueError, match="layers must have 2 inputs, got 3"):
        count_in_plane(random_layers([3, 3]))


def test_trained_regions_come_out_again(recorded, made_again):
    found = recorded("questions_regions")
    again = made_again(
        "questions_regions",
        seeds=found.settings["seeds"][:2],
        datasets=found.settings["datasets"][:1],
        architectures=found.settings["architectures"][:2],
    )
    slice_ = found["before"][:, :1, :2, :2], found["after"][:, :1, :2, :2]
    np.testing.assert_allclose(again["before"], slice_[0], atol=1)
    np.testing.assert_allclose(again["after"], slice_[1], rtol=0.15, atol=3)


def test_learnt_networks_have_far_fewer_regions_than_they_could(recorded):
    found = recorded("questions_regions")
    for j, widths in enumerate(found.settings["architectures"]):
        most = found["after"][:, :, j].max()
        if len(widths) > 1:
            assert most < deep_regions(widths, 2)
        assert most <= 4 * shallow_regions(sum(widths), 2)
    # At the start 32 units in one layer have more than in four, by both ways to begin.
    shallow, deep = found["before"].mean(axis=(1, 3))[:, [1, 4]].T
    assert (shallow > deep).all()


def test_another_start_draws_weights_of_its_own_variance():
    model = fully_connected([400, 300, 2], seed=1)
    before = model[0].weight.detach().clone()
    restart(model, "PyTorch", seed=1)
    assert (model[0].weight == before).all()
    restart(model, "He", seed=1)
    assert float(model[0].weight.detach().std()) == pytest.approx((2 / 400) ** 0.5, rel=0.02)
    assert float(model[0].bias.detach().std()) == pytest.approx(0.1, rel=0.15)
    with pytest.raises(ValueError, match="start must be one of"):
        restart(model, "zero")
