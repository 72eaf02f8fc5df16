import numpy as np
import pytest

from ibtools import figures
from ibtools.datasets import icosahedron_rule
from ibtools.networks import TrainingSettings
from ibtools.plane import record


@pytest.fixture(scope="module")
def trajectory():
    settings = TrainingSettings(widths=(6, 4), n_networks=3, epochs=20)
    return record(icosahedron_rule(), settings, n_snapshots=6)


def test_every_snapshot_has_a_frame_and_a_slider_step(trajectory):
    figure = trajectory.figure()
    names = [str(epoch) for epoch in trajectory.epochs]
    assert [frame.name for frame in figure.frames] == names
    assert [step.label for step in figure.layout.sliders[0].steps] == names
    assert [button.label for button in figure.layout.updatemenus[0].buttons] == ["Play", "Pause"]


def test_frames_hold_the_means_of_their_snapshot(trajectory):
    figure = trajectory.figure()
    last = figure.frames[-1].data[1]
    assert last.x == pytest.approx(trajectory.I_XT[:, -1].mean(axis=0), abs=0.006)
    assert last.y == pytest.approx(trajectory.I_TY[:, -1].mean(axis=0), abs=0.0006)
    # Frames replace the moving traces, not the paths.
    assert all(figure.data[i].mode != "lines" for i in figure.frames[0].traces)


def test_every_figure_says_what_it_shows(trajectory):
    built = [
        figures.information_plane(trajectory),
        figures.layers_over_epochs(trajectory),
        figures.compare_runs({"a": trajectory, "b": trajectory}, "test_loss"),
        figures.gradient_phases(trajectory, 512),
        figures.saturation(trajectory, 0),
        figures.binned_neuron(np.geomspace(0.1, 10, 5)),
    ]
    for figure in built:
        assert len(figure.layout.meta["summary"]) > 40
        assert figure.layout.xaxis.title.text
        assert figure.layout.yaxis.title.text
        assert len(figure.to_json()) < 300_000


@pytest.mark.parametrize(
    ("weight", "bits"), [(0.05, 1.729), (0.5, 4.631), (1, 4.877), (2, 4.157), (50, 1.274)]
)
def test_one_neuron_in_closed_form(weight, bits):
    curve = figures.binned_neuron(np.array([weight]), (30,)).data[0]
    assert curve.y[0] == pytest.approx(bits, abs=1e-3)


def test_unknown_quantities_are_named(trajectory):
    with pytest.raises(ValueError, match="quantity must be one that every layer has"):
        figures.layers_over_epochs(trajectory, "train_loss")
    with pytest.raises(ValueError, match="quantity must be one of"):
        figures.compare_runs({"a": trajectory}, "beauty")
