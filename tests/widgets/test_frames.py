import json

import numpy as np
import pytest

from ibtools.datasets import Dataset, icosahedron_rule
from ibtools.networks import TrainingSettings
from ibtools.plane import record, record_each
from ibtools.widgets import replay
from ibtools.widgets.frames import MAX_RUN_BYTES, MAX_SNAPSHOTS, batch_of, frames, run

SHORT = TrainingSettings(widths=(4, 3), epochs=20, n_networks=3, batch_size=32)


@pytest.fixture(scope="module")
def dataset():
    x = np.random.default_rng(0).integers(0, 2, (64, 6)).astype(float)
    return Dataset("majority", x, (x.sum(axis=1) > 3).astype(int))


@pytest.fixture(scope="module")
def recorded(dataset):
    rulers = {"binning": {"name": "binning"}, "mixture": {"name": "mixture"}}
    return record_each(dataset, SHORT, rulers, n_snapshots=8)


def test_a_run_says_what_the_trajectory_says(recorded):
    trajectory = recorded["binning"]
    said = run("tanh", trajectory)
    assert said["epochs"] == trajectory.epochs.tolist()
    assert said["layer_names"] == ["T1", "T2", "Ŷ"]
    assert said["settings"] == trajectory.settings
    assert said["estimator"] == trajectory.estimator
    for field, values in (("information_x", trajectory.I_XT), ("information_y", trajectory.I_TY)):
        np.testing.assert_allclose(said[field], values.transpose(1, 2, 0), rtol=0, atol=5.1e-4)
    expected = np.median(trajectory.gradient_snr(32), axis=0)
    np.testing.assert_allclose(said["signal_to_noise"], expected, rtol=6e-3)
    np.testing.assert_allclose(said["test_loss"], trajectory.test_loss.mean(axis=0), atol=5.1e-5)
    assert all(abs(sum(bins) - 1000) < 15 for bins in said["histograms"][-1])
    assert not {"band_x", "band_y"} & said.keys()


def test_frames_are_the_entries_of_a_run(recorded):
    trajectory = recorded["mixture"]
    said = run("", trajectory)
    shown = frames(trajectory, 32)
    assert [frame["epoch"] for frame in shown] == said["epochs"]
    for i, frame in enumerate(shown):
        fields = frame.keys() - {"epoch", "layer_names"}
        assert {field: said[field][i] for field in fields} == {f: frame[f] for f in fields}


def test_a_band_holds_the_bounds(recorded):
    trajectory = recorded["mixture"]
    for frame, snapshot in zip(frames(trajectory, 32), range(8), strict=False):
        for name, side in [
            (f"I_{a}_{s}", (b, s)) for a, b in (("XT", "x"), ("TY", "y")) for s in ("low", "high")
        ]:
            axis, end = side
            expected = getattr(trajectory, name)[:, snapshot].T
            np.testing.assert_allclose(frame[f"band_{axis}"][end], expected, atol=5.1e-4)


def test_a_layer_that_nothing_reaches_has_no_signal_and_no_noise(recorded):
    trajectory = recorded["binning"]
    trajectory.gradient_mean[:2, 0, 0] = trajectory.gradient_std[:2, 0, 0] = 0
    trajectory.gradient_mean[:, 1, 2] = trajectory.gradient_std[:, 1, 2] = 0
    signal = run("", trajectory)["signal_to_noise"]
    assert signal[1][2] is None
    assert signal[0][0] == pytest.approx(trajectory.gradient_snr(32)[2, 0, 0], rel=6e-3)


def test_the_batch_is_the_training_set_where_the_data_are_known(recorded):
    assert batch_of({"batch_size": None, "train_fraction": 0.8}, 64) == 51
    assert batch_of({"batch_size": 32, "train_fraction": 0.8}, 64) == 32
    assert batch_of({"batch_size": 512, "train_fraction": 0.8}, 64) == 51
    full = TrainingSettings(widths=(3,), epochs=1, n_networks=1, batch_size=None)
    known = record(icosahedron_rule(), full, n_snapshots=2)
    expected = known.gradient_snr(3277)[0]
    np.testing.assert_allclose(run("", known)["signal_to_noise"], expected, rtol=6e-3)
    assert "signal_to_noise" not in run("", _with(known, dataset="another"))


def _with(trajectory, **settings):
    trajectory.settings.update(settings)
    return trajectory


def test_a_layer_without_a_number_is_left_out(dataset):
    noisy = TrainingSettings(widths=(4, 3), epochs=2, n_networks=2, noise=0.1)
    ruler = {"name": "own noise", "n_samples": 16, "n_conditional": 4}
    said = run("noisy", record(dataset, noisy, estimator=ruler, n_snapshots=2))
    assert said["layer_names"] == ["T1", "T2"]
    assert np.shape(said["information_x"]) == (2, 2, 2)
    assert np.shape(said["histograms"])[:2] == np.shape(said["signal_to_noise"]) == (2, 2)
    json.dumps(said, allow_nan=False)


def test_a_long_run_is_thinned_but_keeps_its_ends(recorded):
    crowd = recorded["mixture"].networks([0, 1] * 25)
    (said,) = replay({"crowd": crowd.at(np.linspace(0, 20, 100).round())}).runs
    assert len(json.dumps(said).encode()) <= MAX_RUN_BYTES
    assert len(said["epochs"]) <= MAX_SNAPSHOTS
    assert (said["epochs"][0], said["epochs"][-1]) == (0, 20)
