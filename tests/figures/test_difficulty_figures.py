from pathlib import Path

import numpy as np
import pytest

from ibtools import figures
from ibtools.questions import load_findings
from ibtools.questions.regularization import REGULARIZERS

RUNS = Path(__file__).parents[2] / "book/runs"


def test_example_difficulty_counts_every_example_once():
    found = load_findings(RUNS / "questions_difficulty")
    figure = figures.example_difficulty(found)
    for frame, wrong in zip(figure.frames, found["wrong"], strict=True):
        bars, alike = frame.data
        assert sum(bars.y) == len(wrong) == pytest.approx(sum(alike.y), abs=2)
        assert bars.y[0] == (wrong < 5).sum()
        # The last bar holds those that all networks get wrong too.
        assert bars.y[-1] == (wrong >= 95).sum()
        middle = np.average(alike.x, weights=alike.y)
        assert middle == pytest.approx(wrong.mean(), abs=2.6)


def test_uneven_sensitivity_draws_the_mean_of_the_seeds():
    found = load_findings(RUNS / "questions_sensitivity")
    figure = figures.uneven_sensitivity(found)
    for i in range(3):
        line = figure.data[2 * i + 1]
        np.testing.assert_allclose(line.y, found["gini"][i].mean(axis=0), atol=1e-3)
    assert "real data 0.63" in figure.layout.meta["summary"]


def test_critical_share_lights_up_one_share_of_noise():
    found = load_findings(RUNS / "questions_critical_samples")
    figure = figures.critical_share(found)
    assert len(figure.data) == 3 + 6
    for i, frame in enumerate(figure.frames):
        for trace, key in zip(frame.data, ("critical", "test_error", "train_error"), strict=True):
            np.testing.assert_allclose(trace.y, 100 * found[key][i].mean(axis=-1), atol=0.06)
        np.testing.assert_allclose(figure.data[3 + i].y, frame.data[0].y)


def test_regularizers_draws_a_dot_for_each_seed():
    found = load_findings(RUNS / "questions_regularizers")
    figure = figures.regularizers(found)
    for i, frame in enumerate(figure.frames):
        for trace, key in zip(frame.data, ("train_error", "test_error"), strict=True):
            np.testing.assert_allclose(trace.x, 100 * found[key][i].ravel(), atol=0.06)
    assert list(figure.layout.yaxis.ticktext) == list(REGULARIZERS)
    assert "shifted images: true labels 0 and 5 %" in figure.layout.meta["summary"]
