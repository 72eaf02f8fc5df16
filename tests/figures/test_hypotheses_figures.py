from pathlib import Path

import numpy as np
import pytest

from ibtools import figures
from ibtools.questions import load_findings
from ibtools.questions.abstraction import WAYS, convolutional, occlusion_map
from ibtools.questions.approximation import staircase
from ibtools.questions.priors import EXPERIMENTS
from ibtools.questions.regions import deep_regions, random_layers, shallow_regions

RUNS = Path(__file__).parents[2] / "book/runs"


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_stairs_draws_the_staircase_and_says_its_error():
    figure = figures.stairs(np.cos, (3, 9), largest_slope=1, start=0)
    for n, frame in zip((3, 9), figure.frames, strict=True):
        (treads,) = frame.data
        middles = (np.array(treads.x[::2]) + np.array(treads.x[1::2])) / 2
        np.testing.assert_allclose(staircase(np.cos, n)(middles), treads.y[::2], atol=1e-3)
    assert "3 units: error 0.1" in figure.layout.meta["summary"]
    assert "bound 0.125" in figure.layout.meta["summary"]


def test_random_and_trained_draws_the_means():
    drawn, learnt = np.array([[50.0, 40], [20, 10]]), np.array([[30.0, 20], [9, 11]])
    figure = figures.random_and_trained((8, 64), drawn, (4, 32), learnt)
    assert list(figure.data[1].y) == [45, 15]
    assert list(figure.data[3].y) == [25, 10]
    assert "drawn: 15.0 % with 64 units" in figure.layout.meta["summary"]


def test_multiplied_out_draws_both_laws():
    deep, shallow = figures.multiplied_out(4).data
    assert list(deep.x) == [4, 16, 64, 256]
    assert list(deep.y) == pytest.approx([3, 15, 63, 255])
    assert list(shallow.y) == pytest.approx([2, 8, 128, 2**15])
    with pytest.raises(ValueError, match="largest must be 8 at most"):
        figures.multiplied_out(9)


def test_learnt_zigzags_draws_each_seed():
    found = load_findings(RUNS / "questions_sawtooth")
    figure = figures.learnt_zigzags(found)
    for i, frame in enumerate(figure.frames):
        np.testing.assert_allclose(frame.data[1].y, found["deep"][i], atol=1e-3)
        np.testing.assert_allclose(frame.data[3].y, found["shallow"][i], atol=1e-3)
        zigzag = np.array(frame.data[0].y)
        assert (np.diff(np.sign(np.diff(zigzag))) != 0).sum() == 2 ** (i + 1) - 1


def test_folded_regions_outlines_every_region():
    networks = [random_layers([2, n], bias_spread=0, seed=1) for n in (1, 2)]
    networks = [[(w, -(w @ [0.5, 0.5])) for w, _ in layers] for layers in networks]
    figure = figures.folded_regions(networks, ["one", "two"])
    assert "one: 2 regions; two: 4 regions" in figure.layout.meta["summary"]
    outline = figure.frames[1].data[1]
    assert outline.x.count(None) == 4


def test_region_counts_draws_what_is_and_what_is_possible():
    found = load_findings(RUNS / "questions_regions")
    figure = figures.region_counts(found)
    assert list(figure.data[2].y)[:2] == [shallow_regions(8, 2), shallow_regions(32, 2)]
    assert figure.data[2].y[-1] == deep_regions((8,) * 4, 2)
    for i, frame in enumerate(figure.frames):
        for trace, key in zip(frame.data, ("before", "after"), strict=True):
            own = np.array(trace.y).reshape(5, 3, 10)
            assert (own == found[key][i].swapaxes(0, 1)).all()


def test_priors_draws_both_cases_of_each():
    found = load_findings(RUNS / "questions_priors")
    for name, frame in zip(EXPERIMENTS, figures.priors(found).frames, strict=True):
        assert frame.name == name
        holds = frame.data[3]
        np.testing.assert_allclose(holds.y, found[f"{name}_with_prior"].mean(axis=1), atol=1e-3)


def test_led_back_shows_the_strongest_images(rng):
    x = rng.uniform(0, 1, size=(20, 784)).astype(np.float32)
    models = convolutional(seed=0).eval(), convolutional(seed=1).eval()
    figure = figures.led_back(models, x, [(1, 2), (2, 3)], n_images=2)
    assert len(figure.frames) == 2
    images, back, *_ = figure.frames[1].data
    assert np.shape(images.z) == np.shape(back.z) == (28, 2 * 28 + 2)
    shown = np.array([line[:28] for line in images.z])
    assert (np.abs(x.reshape(-1, 28, 28) * 100 - shown).max(axis=(1, 2)) < 0.51).sum() == 1


def test_occluded_draws_the_map(rng):
    x, model = rng.uniform(0, 1, size=(2, 784)).astype(np.float32), convolutional().eval()
    figure = figures.occluded(model, x, [3, 4], size=9)
    sure = np.array(figure.frames[1].data[1].z, dtype=float)
    expected = 100 * occlusion_map(model, x[1], 4, size=9)
    np.testing.assert_allclose(sure[4:24, 4:24], expected, atol=0.51)
    assert np.isnan(sure).sum() == 28**2 - 20**2


def test_channel_bits_has_a_point_for_each_channel():
    found = load_findings(RUNS / "questions_class_information")
    figure = figures.channel_bits(found)
    assert [len(trace.x) for trace in figure.data[:8:2]] == [80, 80, 160, 160]
    assert "second, trained" not in figure.layout.meta["summary"]
    assert "second stage, trained: 0.39" in figure.layout.meta["summary"]


def test_handed_on_draws_every_way():
    found = load_findings(RUNS / "questions_layer_transfer")
    figure = figures.handed_on(found)
    for i, name in enumerate(WAYS):
        line = figure.data[2 * i + 1]
        assert line.name == name
        np.testing.assert_allclose(line.y, 100 * found["test_error"][i].mean(axis=1), atol=0.01)
