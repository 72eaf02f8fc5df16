"""Regions of a ReLU network: exact polygons against many points, closed forms and the network."""

import json
import re
from itertools import combinations
from math import comb

import numpy as np
import pytest

from ibtools.widgets.folding import DEEPEST, MODULE, Folding, folds, random_layers
from ibtools.widgets.page_widget import MIME_TYPE

FOLDER = MODULE.with_suffix("")
FILES = [FOLDER / name for name in ("polygons.js", "regions.js", "sheet.js")]


@pytest.fixture(scope="module")
def js(in_node):
    return lambda expression, **given: in_node(FILES, expression, **given)


def forward(layers, points):
    """The sheet's points after the layers, and which units are on."""
    patterns = []
    for layer in layers:
        sums = points @ np.array(layer["W"]).T + layer["b"]
        patterns.append(sums > 0)
        points = np.maximum(sums, 0) @ np.array(layer["V"]).T + layer["c"]
    return points, np.hstack(patterns)


def points_of(polygon):
    return np.array([[corner["x"], corner["y"]] for corner in polygon])


def inside(polygon, rng, n=3):
    corners = points_of(polygon)
    return rng.dirichlet(np.ones(len(corners)), n) @ corners


@pytest.fixture(scope="module")
def networks():
    rng = np.random.default_rng(1)
    drawn = [random_layers(n, depth, rng) for n in (2, 4, 6) for depth in (1, 2, 3)]
    return [*drawn, [folds(2)] * 3, [folds(3)] * 2, [folds(2), folds(3), *random_layers(5, 1, rng)]]


def cuts(n, rng):
    """A layer of n units whose lines all meet each other near the middle of the sheet."""
    angles = 0.3 + np.linspace(0, 1.6, n) + rng.uniform(0, 0.1, n)
    normals = np.column_stack([np.cos(angles), np.sin(angles)])
    flat = {"V": np.ones((2, n)).tolist(), "c": [0.0, 0.0]}
    return flat | {"W": normals.tolist(), "b": rng.uniform(-0.05, 0.05, n).tolist()}


def test_the_pieces_are_the_activation_patterns_of_the_network(js, networks):
    rng = np.random.default_rng(2)
    points = rng.uniform(-1, 1, (20_000, 2))
    found = js("networks.map(M.piecesOf)", networks=networks)
    areas = js("pieces.map((of) => of.map(({ polygon }) => M.areaOf(polygon)))", pieces=found)
    for layers, pieces, area in zip(networks, found, areas, strict=True):
        # They cover the square without overlap, ...
        assert min(area) > 0
        assert sum(area) == pytest.approx(4, abs=1e-9)
        # ... no unit changes within one, and no two have the same units on.
        within = [forward(layers, inside(piece["polygon"], rng))[1] for piece in pieces]
        assert all((patterns == patterns[0]).all() for patterns in within)
        patterns = {tuple(of_one[0]) for of_one in within}
        assert len(patterns) == len(pieces)
        seen = {tuple(pattern) for pattern in np.unique(forward(layers, points)[1], axis=0)}
        assert seen <= patterns
        assert len(seen) > 0.7 * len(patterns)


def test_the_map_of_a_piece_is_what_the_network_computes_there(js, networks):
    rng = np.random.default_rng(3)
    for layers, pieces in zip(
        networks, js("networks.map(M.piecesOf)", networks=networks), strict=True
    ):
        for piece in pieces:
            points = inside(piece["polygon"], rng)
            for depth, affine in enumerate(piece["maps"]):
                mapped = points @ np.array(affine)[:, :2].T + np.array(affine)[:, 2]
                true = forward(layers[:depth], points)[0] if depth else points
                np.testing.assert_allclose(mapped, true, rtol=0, atol=1e-9)


@pytest.mark.parametrize("n", range(1, 9))
def test_lines_that_all_meet_inside_make_as_many_pieces_as_lines_can(js, n):
    layers = [cuts(n, np.random.default_rng(n))]
    most = sum(comb(n, j) for j in range(3))
    assert js("[M.piecesOf(layers).length, M.mostOfOneLayer(n)]", layers=layers, n=n) == [most] * 2


@pytest.mark.parametrize(("n_parts", "depth", "n_cuts"), [(2, 1, 4), (2, 2, 4), (4, 1, 8)])
def test_folds_multiply_what_the_last_layer_cuts(js, n_parts, depth, n_cuts):
    """The lower bound of Montúfar et al. (2014): 44, 176 and 592 regions."""
    layers = [folds(n_parts)] * depth + [cuts(n_cuts, np.random.default_rng(0))]
    bound = n_parts ** (2 * depth) * sum(comb(n_cuts, j) for j in range(3))
    assert js("M.piecesOf(layers).length", layers=layers) == bound


@pytest.mark.parametrize("n_parts", [2, 3, 4])
def test_a_fold_is_a_zigzag_along_each_side(n_parts):
    z = np.linspace(-1, 1, 401)
    zigzag = 1 - 2 * np.abs(1 - (n_parts * (z + 1) / 2) % 2)
    points, _ = forward([folds(n_parts)], np.column_stack([z, z[::-1]]))
    np.testing.assert_allclose(points, np.column_stack([zigzag, zigzag[::-1]]), atol=1e-12)


@pytest.mark.parametrize(("n_parts", "depth"), [(2, 3), (3, 2)])
def test_every_piece_of_a_folded_sheet_covers_all_of_it(js, n_parts, depth):
    places = js(
        "M.piecesOf(layers).map((p) => p.polygon.map((at) => M.placeWhile(p.maps, depth, at)))",
        layers=[folds(n_parts)] * depth,
        depth=depth,
    )
    assert len(places) == n_parts ** (2 * depth)
    for corners in places:
        assert {(round(p["x"], 9), round(p["y"], 9)) for p in corners} == {
            (x, y) for x in (-1, 1) for y in (-1, 1)
        }


def test_a_cut_splits_the_pieces_it_crosses_along_its_line(js, networks):
    rng = np.random.default_rng(4)
    for layers in networks:
        unit = [*rng.normal(size=2), rng.uniform(-0.3, 0.3)]
        pieces, parts = js(
            "((of) => [of, M.cutThrough(of, unit)])(M.piecesOf(layers))", layers=layers, unit=unit
        )

        def height(points, unit=unit, layers=layers):
            return forward(layers, points)[0] @ unit[:2] + unit[2]

        for piece, part in zip(pieces, parts, strict=True):
            at_corners = height(inside(piece["polygon"], rng, 200))
            assert ("seam" in part) or (at_corners > 0).all() or (at_corners < 0).all()
            if "on" in part:
                assert (height(inside(part["on"], rng)) > 0).all()
            if "off" in part:
                assert (height(inside(part["off"], rng)) <= 0).all()
            if "seam" in part:
                assert len(part["seam"]) == 2
                np.testing.assert_allclose(height(points_of(part["seam"])), 0, atol=1e-9)
        halves = js(
            "parts.flatMap(({ on = [], off = [] }) => [on, off]).map(M.areaOf)", parts=parts
        )
        assert sum(halves) == pytest.approx(4, abs=1e-9)


def test_paper_does_not_tear_while_it_is_folded(js, networks):
    for layers in networks[1::4]:
        for progress in (0, 0.4, 1, len(layers) - 0.3, len(layers)):
            corners = js(
                "M.piecesOf(layers).flatMap(({ maps, polygon }) =>"
                " polygon.map((at) => [at, M.placeWhile(maps, progress, at)]))",
                layers=layers,
                progress=progress,
            )
            places = {}
            for at, place in corners:
                key = (round(at["x"], 6), round(at["y"], 6))
                places.setdefault(key, []).append([place["x"], place["y"], place["lift"]])
            assert any(len(shared) > 1 for shared in places.values())
            for shared in places.values():
                np.testing.assert_allclose(shared, shared[:1] * len(shared), atol=1e-4)
            if progress == 0:
                assert all(at == {key: place[key] for key in at} for at, place in corners)


def test_a_cut_goes_from_border_to_border(js):
    back = js("Array.from({ length: 100 }, (_, i) => M.nearestOnBorder(M.onBorder(i)))")
    assert back == list(range(100))
    assert js("M.nearestOnBorder({ x: 7, y: 0.2 })") == 35
    for first, second in combinations((0, 13, 25, 58, 99), 2):
        ends, unit = js("[ends.map(M.onBorder), M.unitBetween(ends)]", ends=[first, second])
        assert points_of(ends) @ unit[:2] + unit[2] == pytest.approx([0, 0], abs=1e-12)
        assert np.abs(unit).max() > 0
    # Nothing lies between a place and itself: such a unit is off everywhere.
    assert js("M.unitBetween([5, 5])") == [0, 0, 0]
    assert js("M.cutThrough(M.piecesOf([]), [0, 0, 0])[0].off.length") == 4


def test_the_site_gets_what_the_module_asks_for():
    widget = Folding(network="thirds", depth=2, fold=0.5, cut=(3, 40))
    shown = widget._repr_mimebundle_()[0][MIME_TYPE]
    assert (shown["module"], shown["address"]) == ("folding", "folding")
    asked = set(re.findall(r'model\.get\("(\w+)"\)', MODULE.read_text()))
    assert asked == shown["state"].keys()
    assert {name: len(layers) for name, layers in widget.networks.items()} == DEEPEST
    assert "2 layers of a ReLU network with 12 units" in shown["summary"]
    json.dumps(shown, allow_nan=False)


def test_the_seed_makes_the_random_network_and_the_sheet_stays_in_sight():
    first, again, other = (Folding(seed=seed).networks["random"] for seed in (1, 1, 2))
    assert first == again
    assert first != other
    points, _ = forward(first, np.random.default_rng(0).uniform(-1, 1, (5000, 2)))
    assert np.abs(points).max() < 1.05
    assert (np.ptp(points, axis=0) > 1.7).all()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"network": "origami"}, "network must be one of halves, thirds, random, got 'origami'"),
        ({"depth": 0}, "depth must be a whole number of at least 1, got 0"),
        ({"depth": 5}, "depth must be at most 4 with halves, got 5"),
        ({"depth": 3, "network": "thirds"}, "depth must be at most 2 with thirds, got 3"),
        ({"fold": 1.5}, r"fold must be between 0 \(flat\) and 1 \(folded\), got 1.5"),
        ({"cut": (1, 2, 3)}, r"cut must be two whole numbers from 0 to 99, got \(1, 2, 3\)"),
        ({"cut": (1, 100)}, r"cut must be two whole numbers from 0 to 99, got \(1, 100\)"),
        ({"seed": -1}, "seed must be a whole number of at least 0, got -1"),
    ],
)
def test_wrong_settings_are_answered_in_words(settings, words):
    with pytest.raises(ValueError, match=words):
        Folding(**settings)
