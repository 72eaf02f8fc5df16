from pathlib import Path

import numpy as np
import pytest

from ibtools import figures
from ibtools.information import mutual_information_gaussian
from ibtools.truth import correlated_gaussians, error_sweep, error_table, load_errors

RUNS = Path(__file__).parents[2] / "book" / "runs"


@pytest.fixture(scope="module")
def sweeps():
    sweep = error_sweep(
        mutual_information_gaussian,
        sizes=(50, 200),
        dimensions=(1, 3),
        correlations=(0.0, 0.6),
        seeds=3,
    )
    return {"a": sweep, "b": sweep}


def shown_by(figure, button):
    shown = button.args[0]["visible"]
    return [trace for trace, visible in zip(figure.data, shown, strict=True) if visible]


def test_each_button_shows_one_dimension(sweeps):
    figure = figures.error_by_sample_size(sweeps, 0.6)
    buttons = figure.layout.updatemenus[0].buttons
    assert [button.label for button in buttons] == ["d = 1", "d = 3"]
    for j, button in enumerate(buttons):
        traces = shown_by(figure, button)
        assert [trace.name for trace in traces] == ["a", "b"]
        assert traces[0].y == pytest.approx(sweeps["a"].error[:, j, 1], abs=1e-4)
    assert [trace.visible for trace in figure.data] == [False, False, True, True]


def test_estimates_stand_beside_the_truth(sweeps):
    figure = figures.estimate_by_truth(sweeps, 200, {"log n": 7.64})
    traces = shown_by(figure, figure.layout.updatemenus[0].buttons[1])
    assert [trace.name for trace in traces] == ["a", "b", "truth"]
    assert traces[0].x == pytest.approx(sweeps["a"].information[1], abs=1e-3)
    assert traces[0].y == pytest.approx(sweeps["a"].estimates[1, 1].mean(axis=-1), abs=1e-3)
    assert "log n" in figure.layout.annotations[0].text


def test_a_row_for_each_law_and_a_column_for_each_estimator():
    table = load_errors(RUNS / "estimators_beyond_normal_ksg")
    figure = figures.task_errors({"ksg": table})
    cells = figure.data[0]
    assert len(cells.y) == len(set(cells.y)) == 40
    assert np.abs(cells.z).max() <= 0.5
    assert f"ksg {table.n_within(0.1)} of 40" in figure.layout.meta["summary"]


def test_failures_and_large_errors_are_told_apart():
    laws = [correlated_gaussians(1, 0.1), correlated_gaussians(1, 0.6)]
    calls = iter([5.0, 0.3])
    good = error_table(lambda x, y: next(calls), laws, n=10, seeds=1)
    bad = error_table(lambda x, y: 1 / 0, laws, n=10, seeds=1)
    cells = figures.task_errors({"good": good, "bad": bad}).data[0].text
    assert [list(row) for row in cells] == [["+68868", "failed"], ["-7", "failed"]]


def test_what_was_not_swept_is_named(sweeps):
    with pytest.raises(ValueError, match=r"correlation must be one of 0.0, 0.6, got 0.5"):
        figures.error_by_sample_size(sweeps, 0.5)
    with pytest.raises(ValueError, match="n must be one of 50, 200, got 100"):
        figures.estimate_by_truth(sweeps, 100)
