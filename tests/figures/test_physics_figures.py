from pathlib import Path

import numpy as np
import pytest

from ibtools import figures
from ibtools.questions import load_findings
from ibtools.questions.distillation import (
    flat_product,
    information_by_level,
    leaf_states,
    multiplication_gate,
    relative_error,
    votes,
)
from ibtools.questions.landscape import WAYS, barrier, complexity

RUNS = Path(__file__).parents[2] / "book/runs"


def found(name):
    return load_findings(RUNS / f"questions_{name}")


def test_multiplying_gate_shows_answers_and_errors_at_each_scale():
    figure = figures.multiplying_gate()
    frame = next(each for each in figure.frames if each.name == "0.25")
    v = np.array(frame.data[1].x)
    wanted = multiplication_gate(1.0, v, scale=0.25)
    np.testing.assert_allclose(frame.data[1].y, wanted, rtol=1e-3)
    lines, rings = frame.data[4::2], frame.data[5::2]
    assert len(lines) == len(rings) == 3
    off = abs(multiplication_gate(1.3, 0.7, activation="tanh", bias=0.5, scale=0.25) / 0.91 - 1)
    assert rings[2].y[0] == pytest.approx(off, rel=1e-3)
    assert "softplus" in figure.layout.meta["summary"]


def test_flattened_product_shows_units_and_errors():
    figure = figures.flattened_product(n_samples=20)
    frame = figure.frames[3]
    assert frame.name == "5"
    layered, ring, flat, _, _, error = frame.data
    assert list(layered.y) == [4, 8, 12, 16, 20, 24, 28]
    assert (ring.x[0], ring.y[0]) == (5, 16)
    assert list(flat.y) == [2**n for n in range(2, 9)]
    rng = np.random.default_rng(0)
    x = [rng.uniform(-1, 1, size=(20, n)) for n in (2, 3, 4, 5)][-1]
    place = 20
    again = relative_error(flat_product(x, bias=0.7, scale=np.logspace(1, -4, 36)[place]), x)
    assert error.y[place] == pytest.approx(again, rel=1e-2)


def test_learnt_products_has_a_dot_for_each_network():
    study = found("product")
    figure = figures.learnt_products(study)
    dots, lines = figure.data[::2], figure.data[1::2]
    for i in range(len(study.settings["factors"])):
        np.testing.assert_allclose(dots[i].y, study["error"][i].ravel(), atol=1e-3)
        np.testing.assert_allclose(lines[i].y, np.median(study["error"][i], axis=1), atol=1e-3)
        assert list(lines[i].customdata) == study["units"][i].tolist()
    median = np.median(study["error"][2, 2])
    assert f"12 units {median:.2g}" in figure.layout.meta["summary"]


def test_distilled_levels_compares_odds_with_votes():
    figure = figures.distilled_levels((0.05, 0.2), depth=2)
    frame = figure.frames[1]
    entropy, information = information_by_level(votes(leaf_states(2)), 0.2)
    np.testing.assert_allclose(frame.data[0].y, entropy, atol=1e-3)
    np.testing.assert_allclose(frame.data[2].y, 100 * information / information[0], atol=1e-3)
    np.testing.assert_allclose(frame.data[3].y, 100, atol=1e-3)


def test_ends_by_width_shows_three_measures():
    study = found("width")
    figure = figures.ends_by_width(study)
    assert [frame.name for frame in figure.frames] == ["test_loss", "train_loss", "test_error"]
    np.testing.assert_allclose(figure.data[0].y, study["test_loss"][0], atol=1e-3)
    np.testing.assert_allclose(figure.frames[2].data[10].y, 100 * study["test_error"][5], atol=1e-3)
    assert figure.frames[2].layout.yaxis.title.text == "errors on new images, %"
    last = study["test_loss"][-1]
    told = f"500 units {last.mean(dtype=float):.3f} ± {last.std(dtype=float):.3f}"
    assert told in figure.layout.meta["summary"]


def test_critical_heights_has_a_dot_for_each_point():
    study = found("critical_points")
    figure = figures.critical_heights(study)
    for i, frame in enumerate(figure.frames):
        known = study["index"][i] >= 0
        assert sum(len(trace.x) for trace in frame.data) == known.sum()
        index = np.round(np.concatenate([trace.x for trace in frame.data]))
        np.testing.assert_array_equal(index, study["index"][i][known])
        loss = np.concatenate([trace.y for trace in frame.data])
        np.testing.assert_allclose(loss, study["loss"][i][known], atol=1e-4)
    assert list(figure.data[0].y) == list(figure.frames[1].data[0].y)


def test_glass_energies_counts_all_descents_under_the_theory():
    study = found("spin_glass")
    figure = figures.glass_energies(study)
    for i, frame in enumerate(figure.frames):
        inside = np.abs(study["energy"][i] + 1.45) <= 0.3
        assert sum(frame.data[0].y) == pytest.approx(100 * inside.mean(), abs=0.6)
    bars = figure.frames[-1].data[0]
    mean = np.average(bars.x, weights=bars.y)
    assert mean == pytest.approx(study["energy"][-1].mean(), abs=0.01)
    curve = figure.data[2]
    np.testing.assert_allclose(curve.y, complexity(np.array(curve.x), 3, index=1), atol=2e-3)


def test_ways_between_draws_each_way_for_both_kinds_of_images():
    study = found("low_loss_path")
    figure = figures.ways_between(study)
    frame = figure.frames[2]
    for row, key in enumerate(("train_loss", "test_loss")):
        for i in range(len(WAYS)):
            mean = frame.data[6 * row + 2 * i + 1]
            np.testing.assert_allclose(mean.y, study[key][i, 2].mean(axis=0), atol=1e-3)
    climb = barrier(study["t"], study["train_loss"].astype(float)).mean(axis=-1)
    assert f"straight {climb[0, 0]:.2f}" in figure.layout.meta["summary"]
