from pathlib import Path

import numpy as np
import pytest

from ibtools import figures
from ibtools.questions import load_findings
from ibtools.questions.counting import ALEXNET, fully_connected_layers
from ibtools.questions.memorization import CORRUPTIONS

RUNS = Path(__file__).parents[2] / "book/runs"


def test_parameter_counts_draws_each_layer_and_the_data():
    figure = figures.parameter_counts(ALEXNET, n_samples=1_200_000, samples="images")
    (bars,) = figure.data
    assert [round(1e6 * x) for x in bars.x] == [
        *(layer.parameters for layer in ALEXNET),
        1_200_000,
    ]
    assert (bars.y[0], bars.y[-1], bars.text[-1]) == ("conv 1", "images", "1.2 M")
    assert (
        "60,965,224 parameters in 8 layers, 96% of them in dense layers"
        in (figure.layout.meta["summary"])
    )
    small = figures.parameter_counts(fully_connected_layers((12, 10, 2)), n_samples=4096)
    assert list(small.data[0].text) == ["130", "22", "4 k"]
    with pytest.raises(ValueError, match="n_samples must be"):
        figures.parameter_counts(ALEXNET, n_samples=0)


def test_growing_networks_draws_the_mean_of_all_seeds():
    found = load_findings(RUNS / "questions_overparametrised")
    figure = figures.growing_networks(found)
    for i, frame in enumerate(figure.frames):
        assert frame.name == str(found.settings["sizes"][i])
        for trace, key in ((frame.data[1], "train_error"), (frame.data[3], "test_error")):
            assert list(trace.x) == list(found["parameters"])
            np.testing.assert_allclose(trace.y, 100 * found[key][i].mean(axis=1), atol=0.05)
    assert figure.data[1].y == figure.frames[-1].data[1].y
    assert "1,000 images: 9.6 % at 407,050 parameters" in figure.layout.meta["summary"]


def test_learning_by_heart_lights_up_one_kind_and_says_its_test_error():
    found = load_findings(RUNS / "questions_fitting_speed")
    figure = figures.learning_by_heart(found)
    assert [frame.name for frame in figure.frames] == list(CORRUPTIONS)
    for i, frame in enumerate(figure.frames):
        widths = [trace.line.width for trace in frame.data[:5]]
        assert widths.index(max(widths)) == i
        lit = 100 * found["train_error"][i, :, :31].mean(axis=0)
        np.testing.assert_allclose(frame.data[i].y, lit, atol=0.06)
        assert frame.data[-1].text[1].startswith(f"{100 * found['test_error'][i].mean():.0f} %")
    assert "random labels: 20 epochs, test error 90 %" in figure.layout.meta["summary"]


def test_exact_fit_passes_through_all_points_by_both_lines():
    figure = figures.exact_fit(6, draws=3, seed=2)
    assert len(figure.frames) == 3
    labels = []
    for frame in figure.frames:
        points = frame.data[-1]
        for line in frame.data[:2]:
            at = np.interp(points.x, line.x, line.y)
            # A point lies between two places at which the line is drawn.
            np.testing.assert_allclose(at, points.y, atol=0.12)
        labels.append(points.y)
    assert len(set(labels)) == 3
    with pytest.raises(ValueError, match="n must be"):
        figures.exact_fit(1)
