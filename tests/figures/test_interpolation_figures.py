from pathlib import Path

import numpy as np
import pytest

from ibtools import figures
from ibtools.questions import load_findings

RUNS = Path(__file__).parents[2] / "book/runs"


def test_interpolated_noise_draws_each_kernel_and_no_training_error():
    errors = {0.1: np.array([4.0, 20.0, 90.0]), 1: np.array([5.0, 40.0, 91.0])}
    figure = figures.interpolated_noise([0, 45, 90], errors, start=1)
    assert [frame.name for frame in figure.frames] == ["0.1", "1"]
    for frame, expected in zip(figure.frames, errors.values(), strict=True):
        training, test = frame.data
        assert list(training.y) == [0, 0, 0]
        assert list(test.y) == list(expected)
    assert figure.data[1].y == (5, 40, 91)
    assert figure.data[2].x == figure.data[2].y
    assert "45 % of them wrong the test error is 20 % at γ = 0.1" in figure.layout.meta["summary"]


def test_double_descent_has_its_peak_at_the_upright_line():
    found = load_findings(RUNS / "questions_double_descent")
    figure = figures.double_descent(found)
    assert len(figure.frames) == 3
    for m, frame in enumerate(figure.frames):
        shortest = frame.data[5]
        np.testing.assert_allclose(
            shortest.y, 100 * found["test_error"][m, 0].mean(axis=-1), atol=0.01
        )
        assert shortest.x[int(np.argmax(shortest.y))] == figure.data[-1].x[0] == 300
    assert (
        "20% of labels random: least 41 % below 300 features, 88 % at 300"
        in (figure.layout.meta["summary"])
    )


def test_error_bounds_draws_all_seeds_of_each_bound():
    found = load_findings(RUNS / "questions_bounds")
    figure = figures.error_bounds(found)
    for case, frame in enumerate(figure.frames):
        rows = {trace.y[0]: trace.x for trace in frame.data}
        assert len(rows) == 6
        for words, key in (("PAC-Bayes", "pac_bayes"), ("measured", "test_error")):
            assert list(rows[words]) == pytest.approx(list(100 * found[key][case]), abs=0.06)
    colours = {trace.y[0]: trace.marker.color for trace in figure.frames[0].data}
    assert colours["norms"] != colours["PAC-Bayes"] == colours["test images"]
    assert "20 units, random labels: weights 1046 %" in figure.layout.meta["summary"]
