from dataclasses import replace

import numpy as np
import pytest

from ibtools.figures.deep_linear import information_and_error
from ibtools.figures.irrelevant_inputs import irrelevant_inputs
from ibtools.networks.student_teacher import StudentTeacherSettings
from ibtools.plane.linear_records import record_linear

SETTINGS = StudentTeacherSettings(
    n_inputs=20,
    n_relevant=6,
    widths=(12,),
    n_samples=20,
    signal_to_noise=4.0,
    epochs=60,
    n_networks=3,
)


@pytest.fixture(scope="module")
def few():
    return record_linear(SETTINGS, n_snapshots=12, progress=False)


@pytest.fixture(scope="module")
def many():
    return record_linear(replace(SETTINGS, n_samples=80), n_snapshots=12, progress=False)


def named(figure):
    return {trace.name: trace for trace in figure.data if trace.name}


def test_paths_are_means_of_information_and_error(few, many):
    traces = named(information_and_error({"20": few, "80": many}))
    assert traces["80"].x == pytest.approx(many.I_XT[..., 0].mean(axis=0), abs=6e-4)
    assert traces["80"].y == pytest.approx(many.generalisation_error.mean(axis=0), abs=6e-5)
    ends = traces["20, start and end"]
    assert (ends.x[0], ends.x[1]) == (traces["20"].x[0], traces["20"].x[-1])
    assert ends.marker.symbol == ("circle-open", "circle")
    # Three networks, with a gap behind each.
    single = traces["20, single networks"].x
    assert [i for i, value in enumerate(single) if value is None] == [
        (k + 1) * (len(few.epochs) + 1) - 1 for k in range(3)
    ]


def test_a_log_axis_has_the_teachers_error_where_it_is(few):
    figure = information_and_error({"20": few}, layer=-1)
    assert figure.layout.xaxis.title.text == "I(X;Ŷ), bits"
    assert figure.layout.shapes[0].y0 == pytest.approx(0.25)
    assert figure.layout.annotations[0].y == pytest.approx(np.log10(0.25))
    assert 10 ** figure.layout.yaxis.range[0] < 0.25
    assert 10 ** figure.layout.yaxis.range[1] > few.generalisation_error.max()


def test_errors_at_the_same_information_are_told_where_there_is_such_a_place(few, many):
    summary = information_and_error({"20": few, "80": many}).layout.meta["summary"]
    assert "Mean errors where I(X;T) first reaches" in summary
    elsewhere = replace(many, I_XT=many.I_XT + 100)
    summary = information_and_error({"20": few, "80": elsewhere}).layout.meta["summary"]
    assert "first reaches" not in summary
    assert "  " not in summary


def test_relevant_and_irrelevant_inputs_add_up(many):
    figure = irrelevant_inputs(many, layer=1)
    traces = named(figure)
    assert list(traces) == ["all", "relevant", "irrelevant", "irrelevant, relevant known"]
    total, relevant, _, known = (np.array(trace.y) for trace in traces.values())
    assert total == pytest.approx(relevant + known, abs=2e-4)
    assert total == pytest.approx(many.I_XT[:, 1:, 1].mean(axis=0), abs=1e-4)
    assert traces["irrelevant"].yaxis == "y2"
    assert figure.layout.annotations[0].text == "Ŷ on all inputs"


def test_every_figure_says_what_it_shows(few):
    for figure in (information_and_error({"20": few}), irrelevant_inputs(few)):
        assert len(figure.layout.meta["summary"]) > 100
        assert figure.layout.yaxis.title.text
        assert any(axis.title.text for axis in figure.select_xaxes())
        assert len(figure.to_json()) < 100_000
