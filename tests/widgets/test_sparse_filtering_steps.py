"""Sparse filtering in the page: its objective against NumPy and torch, its descent, its widget."""

import re
from functools import partial

import numpy as np
import pytest
import torch

from ibtools.widgets.page_widget import MIME_TYPE
from ibtools.widgets.sparse_filtering_steps import (
    ALL_ALIKE,
    DATA,
    LAST_SEED,
    MODULE,
    MOST_STEPS,
    SparseFilteringSteps,
)

FILES = sorted(MODULE.with_suffix("").glob("*.js"))


@pytest.fixture(scope="module")
def computed(in_node):
    return partial(in_node, FILES)


def told_by(filters, points):
    """The reference; ε under every root."""

    def unit(values, axis):
        return values / np.sqrt((values**2).sum(axis=axis, keepdims=True) + 1e-8)

    active = np.sqrt((filters @ points.T) ** 2 + 1e-8)
    return unit(unit(active, 1), 0).T


def loss_in_torch(filters, points):
    active = torch.sqrt((filters @ points.T) ** 2 + 1e-8)
    even = active / torch.sqrt((active**2).sum(dim=1, keepdim=True) + 1e-8)
    told = even / torch.sqrt((even**2).sum(dim=0, keepdim=True) + 1e-8)
    return told.sum() / len(points)


# ---- the objective ----


@pytest.mark.parametrize(
    ("n_features", "n_inputs", "n_points"), [(2, 2, 30), (3, 2, 9), (8, 5, 40)]
)
def test_features_loss_and_gradient_are_those_of_numpy_and_torch(
    computed, n_features, n_inputs, n_points
):
    rng = np.random.default_rng(n_features)
    filters = rng.normal(size=(n_features, n_inputs))
    points = rng.normal(size=(n_points, n_inputs)) * rng.uniform(0.1, 5, size=(n_points, 1))
    found = computed(
        "(() => { const step = M.tell(filters, points);"
        "return { ...step, slopes: M.slopesOf(points, step) }; })()",
        filters=filters.tolist(),
        points=points.tolist(),
    )
    told = told_by(filters, points)
    np.testing.assert_allclose(found["told"], told, rtol=1e-12)
    assert found["loss"] == pytest.approx(told.sum() / n_points, rel=1e-12)
    weights = torch.tensor(filters, requires_grad=True)
    loss_in_torch(weights, torch.tensor(points)).backward()
    np.testing.assert_allclose(found["slopes"], weights.grad, rtol=1e-9, atol=1e-12)


def test_a_line_through_the_origin_is_one_place_and_lengths_do_not_count(computed):
    rng = np.random.default_rng(1)
    filters, points = rng.normal(size=(3, 2)), rng.normal(size=(12, 2))
    told = "M.tell(filters, points).told"
    as_is = np.array(computed(told, filters=filters.tolist(), points=points.tolist()))
    larger = computed(told, filters=filters.tolist(), points=(7 * points).tolist())
    np.testing.assert_allclose(larger, as_is, atol=1e-5)
    longer = computed(told, filters=[(2 * row).tolist() for row in filters], points=points.tolist())
    np.testing.assert_allclose(longer, as_is, atol=1e-5)
    # Four points of one line among others, before and behind the origin.
    line = np.outer([0.5, 1, -2, 3], [0.6, 0.8])
    told_line = computed(told, filters=filters.tolist(), points=[*points.tolist(), *line.tolist()])
    np.testing.assert_allclose(told_line[12:], [told_line[12]] * 4, atol=1e-6)
    assert np.ptp(told_line[:12], axis=0).min() > 0.3


def test_what_is_told_of_a_new_point_is_what_training_told_of_it(computed):
    rng = np.random.default_rng(2)
    filters, points = rng.normal(size=(3, 2)), rng.normal(size=(6, 2))
    told, again = computed(
        "(() => {"
        "const step = { filters, ...M.tell(filters, points) };"
        "return [step.told, points.map((x) => M.tellOne(step, x))]; })()",
        filters=filters.tolist(),
        points=points.tolist(),
    )
    np.testing.assert_allclose(again, told, rtol=1e-14)


def test_known_losses(computed):
    """One feature each: 1. All alike: √k. Every direction: 4/π, and 2√6/π for three filters."""
    loss = "M.tell(filters, points).loss"
    axes = [[1, 0], [0, 1]]
    assert computed(loss, filters=axes, points=[[3, 0], [0, -2]]) == pytest.approx(1, abs=1e-3)
    alike = computed(loss, filters=axes, points=[[1, 1], [2, -2]])
    assert alike == pytest.approx(np.sqrt(2), abs=1e-6)
    turns = 2 * np.pi * (np.arange(20_001) + 0.3) / 20_001
    ring = np.stack([np.cos(turns), np.sin(turns)], axis=1).tolist()
    assert computed(loss, filters=axes, points=ring) == pytest.approx(4 / np.pi, abs=1e-4)
    thirds = np.pi * np.arange(3) / 3
    three = np.stack([np.cos(thirds), np.sin(thirds)], axis=1).tolist()
    value = computed(loss, filters=three, points=ring)
    assert value == pytest.approx(2 * np.sqrt(6) / np.pi, abs=1e-4)
    said = {n: float(words.split(" = ")[1]) for n, words in ALL_ALIKE.items()}
    assert said == {2: round(4 / np.pi, 3), 3: round(value, 3)}
    drawn = computed("[M.ALL_ALIKE[2].value, M.ALL_ALIKE[3].value]")
    assert drawn == pytest.approx([4 / np.pi, 2 * np.sqrt(6) / np.pi], rel=1e-14)


# ---- the descent ----


@pytest.fixture(scope="module")
def descents(computed):
    """What becomes of 20 starts of 2 and of 3 filters on each data set."""
    return computed(
        "Object.entries(M.DATA).flatMap(([name, { points }]) => [2, 3].flatMap((features) =>"
        "Array.from({ length: 20 }, (_, seed) => {"
        "  const steps = M.descend(M.startingFilters(seed, features), points());"
        "  return { name, features, seed, points: points(), losses: steps.map((s) => s.loss),"
        "    first: steps[0].filters, filters: steps.at(-1).filters, told: steps.at(-1).told };"
        "})))"
    )


def test_the_loss_falls_at_every_step_and_stays_within_its_bounds(descents):
    assert len(descents) == 4 * 2 * 20
    for run in descents:
        losses = np.array(run["losses"])
        assert (np.diff(losses) < 0).all()
        assert 2 <= len(losses) <= MOST_STEPS + 1
        assert losses.max() <= np.sqrt(run["features"])
        assert losses.min() >= 1
        told = told_by(np.array(run["filters"]), np.array(run["points"]))
        assert losses[-1] == pytest.approx(told.sum() / len(told), rel=1e-12)
        assert np.linalg.norm(run["points"], axis=1).max() <= 1


def test_two_filters_tell_two_directions_by_one_feature_each(descents):
    for run in descents:
        if (run["name"], run["features"]) == ("two_cones", 2):
            assert run["losses"][-1] == pytest.approx(1.061, abs=1e-3)
            told = np.array(run["told"])
            assert (told.max(axis=1) > 0.97).all()
            assert (told.argmax(axis=1)[:12] == told.argmax(axis=1)[0]).all()
            assert (told.argmax(axis=1)[12:] == 1 - told.argmax(axis=1)[0]).all()


@pytest.mark.parametrize(("features", "value"), [(2, 4 / np.pi), (3, 2 * np.sqrt(6) / np.pi)])
def test_where_all_directions_are_alike_there_is_nothing_to_find(descents, features, value):
    ends = [
        run["losses"][-1]
        for run in descents
        if (run["name"], run["features"]) == ("all_directions", features)
    ]
    assert ends == pytest.approx([value] * 20, abs=0.006)


def test_starts_differ_and_may_end_differently(descents):
    ends = {
        (run["first"][0][0], round(run["losses"][-1], 2))
        for run in descents
        if (run["name"], run["features"]) == ("three_cones", 2)
    }
    assert len({first for first, _ in ends}) == 20
    assert len({end for _, end in ends}) > 1


@pytest.mark.parametrize("seed", range(3))
def test_points_of_two_lines_end_on_the_bases(computed, seed):
    """Three points, two of them on one line: a loss of 3 in all, 1 each."""
    turns = np.array([np.pi / 3, np.pi / 3, 2.5])
    points = np.array([1.7, -4.1, 2.6])[:, None] * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    last = computed(
        "M.descend(M.startingFilters(seed, 2), points).at(-1)",
        seed=seed,
        points=points.tolist(),
    )
    assert 3 * last["loss"] == pytest.approx(3, abs=1e-3)
    np.testing.assert_allclose(np.sort(last["told"], axis=1), [[0, 1]] * 3, atol=1e-3)
    assert np.argmax(last["told"], axis=1)[[0, 2]].sum() == 1


def test_a_third_feature_has_to_share(computed):
    """Two lines, three features, all used alike: one line is told by one, the other by two."""
    points = [[1, 0.2], [-2, -0.4], [0.3, 1], [0.6, 2]]
    losses = computed(
        "Array.from({ length: 10 }, (_, seed) =>"
        "M.descend(M.startingFilters(seed, 3), points).at(-1).loss)",
        points=points,
    )
    assert min(losses) == pytest.approx((1 + np.sqrt(2)) / 2, abs=1e-3)


# ---- the cones ----


def test_cones_share_half_a_turn_and_hold_what_is_told_alone(computed):
    found = computed(
        "(() => { const points = M.DATA.two_cones.points();"
        "const step = M.descend(M.startingFilters(0, 2), points).at(-1);"
        "const looks = M.around(step);"
        "return { points, owners: step.told.map(M.aloneIn), sectors: M.sectors(looks),"
        "  axes: M.axesOf(looks), filters: step.filters }; })()"
    )
    pieces = found["sectors"]
    assert sum(piece["to"] - piece["from"] for piece in pieces) == pytest.approx(np.pi)
    ends = [piece["to"] for piece in pieces[:-1]]
    assert ends == pytest.approx([piece["from"] for piece in pieces[1:]])
    # Where one of two filters is silent, the other tells alone.
    for feature, other in ((0, 1), (1, 0)):
        x, y = found["filters"][other]
        silent = np.arctan2(x, -y) % np.pi
        assert found["axes"][feature] == pytest.approx(silent, abs=np.pi / 360)
    turns = np.arctan2(*np.transpose(found["points"])[::-1]) % np.pi
    told = [
        next(
            (
                piece["feature"]
                for piece in pieces
                for turn in (angle, angle + np.pi)
                if piece["alone"] and piece["from"] <= turn <= piece["to"]
            ),
            -1,
        )
        for angle in turns
    ]
    assert told == found["owners"]
    assert sorted(set(told)) == [0, 1]


def test_alone_is_within_a_distance_of_an_axis(computed):
    near = computed("M.NEAR")
    angle = 2 * np.arcsin(near / 2)
    within, beyond = ([np.cos(a), np.sin(a)] for a in (0.99 * angle, 1.01 * angle))
    assert computed("told.map(M.aloneIn)", told=[within, within[::-1], beyond]) == [
        0,
        1,
        -1,
    ]


# ---- the widget ----


def content(widget):
    return widget._repr_mimebundle_()[0][MIME_TYPE]


def test_the_site_gets_what_the_module_asks_for():
    shown = content(SparseFilteringSteps("near_and_far", n_features=3, seed=4, step=9))
    assert shown["state"] == {"data": "near_and_far", "features": 3, "seed": 4, "step": 9}
    asked = set(re.findall(r'model\.get\("(\w+)"\)', MODULE.read_text()))
    assert asked == shown["state"].keys()
    assert (shown["module"], shown["address"]) == (MODULE.stem, "bases")
    assert "3 features" in shown["summary"]
    assert "1.559" in shown["summary"]


def test_both_sides_know_the_same_settings(computed):
    assert computed("Object.keys(M.DATA)") == list(DATA)
    assert computed("[M.LAST_SEED, M.MOST_STEPS]") == [LAST_SEED, MOST_STEPS]
    assert computed("M.MOST_FEATURES") == max(ALL_ALIKE)
    sizes = computed("Object.values(M.DATA).map(({ points }) => points().length)")
    assert sizes == [24, 24, 24, 25]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"data": "rings"}, "data must be one of two_cones, three_cones, .*, got 'rings'"),
        ({"n_features": 1}, "n_features must be a whole number of at least 2, got 1"),
        ({"n_features": 4}, "n_features must be at most 3, got 4"),
        ({"seed": -1}, "seed must be a whole number of at least 0, got -1"),
        ({"seed": 1000}, "seed must be at most 999, got 1000"),
        ({"step": 2.5}, "step must be a whole number"),
        ({"step": 61}, "step must be at most 60, got 61"),
    ],
)
def test_what_cannot_be_is_told(settings, message):
    with pytest.raises(ValueError, match=message):
        SparseFilteringSteps(**settings)
