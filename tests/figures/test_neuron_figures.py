import numpy as np
import pytest

from ibtools.figures.binned_neuron import binned_neuron
from ibtools.figures.neurons import neuron_activations, noisy_neuron
from ibtools.plane.neuron import FUNCTIONS, binned_neuron_information, noisy_neuron_information

WEIGHTS = np.geomspace(0.05, 200, 30)


def test_every_activation_has_its_curve_and_its_name():
    figure = neuron_activations(WEIGHTS[::-1])
    assert [trace.name for trace in figure.data] == list(FUNCTIONS)
    assert [label.text for label in figure.layout.annotations] == list(FUNCTIONS)
    for trace in figure.data:
        exact = binned_neuron_information(WEIGHTS, trace.name, width=1 / 15)
        assert trace.y == pytest.approx(exact, abs=1e-4)
        assert trace.x == pytest.approx(WEIGHTS)
    assert "tanh 4.90 and 1.08" in figure.layout.meta["summary"]


def test_noisy_neuron_shows_information_above_its_centres():
    figure = noisy_neuron(WEIGHTS, noises=(0.05, 0.2, 0.4))
    traces = {trace.name: trace for trace in figure.data if trace.name}
    for noise in (0.05, 0.2, 0.4):
        exact = noisy_neuron_information(WEIGHTS, bias=-2 * WEIGHTS, noise=noise)
        assert traces[f"noise {noise:g}"].y == pytest.approx(exact, abs=1e-4)
    for value in (-3, -1, 1, 3):
        centre = np.tanh(WEIGHTS * (value - 2))
        assert traces[f"X = {value}"].y == pytest.approx(centre, abs=1e-4)
        assert traces[f"X = {value}"].yaxis == "y2"
    # Bands of the middle noise to both sides of each centre.
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    assert [max(band.y) for band in bands][-1] == pytest.approx(1.2)
    assert [min(band.y) for band in bands][:3] == pytest.approx([-1.2] * 3)
    assert "0.81 bits" in figure.layout.meta["summary"]


def test_every_figure_says_what_it_shows():
    for figure in (neuron_activations(WEIGHTS), noisy_neuron(WEIGHTS), binned_neuron(WEIGHTS)):
        assert len(figure.layout.meta["summary"]) > 40
        assert len(figure.to_json()) < 100_000
        assert figure.layout.xaxis.title.text or figure.layout.xaxis2.title.text
        assert figure.layout.yaxis.title.text


def test_several_rulers_on_one_neuron():
    figure = binned_neuron(np.array([0.05, 1.0]), (30, 100))
    assert [trace.name for trace in figure.data] == ["30 bins", "100 bins"]
    assert figure.data[0].y == pytest.approx([1.7290, 4.8767], abs=1e-3)
