import json
import warnings
from dataclasses import replace

import numpy as np
import pytest

from ibtools import plane
from ibtools.datasets import icosahedron_rule
from ibtools.networks import TrainingSettings
from ibtools.plane import InterruptedTraining, Trajectory, load_record, record, save_record

RULE = icosahedron_rule()
SMALL = TrainingSettings(widths=(6, 4), n_networks=3, epochs=20)


@pytest.fixture(scope="module")
def trajectory():
    return record(RULE, SMALL, n_snapshots=6)


def test_axes_and_names(trajectory):
    assert trajectory.I_XT.shape == (3, len(trajectory.epochs), 3)
    assert trajectory.layer_names == ["T1", "T2", "Ŷ"]
    assert trajectory.histograms.shape == (len(trajectory.epochs), 3, 30)
    assert trajectory.settings["widths"] == [6, 4]


def test_no_layer_tells_more_about_the_label_than_about_the_input(trajectory):
    assert (trajectory.I_TY <= trajectory.I_XT + 1e-9).all()
    assert (trajectory.I_XT <= 12 + 1e-9).all()
    assert (trajectory.n_distinct <= 4096).all()
    # The ruler cannot tell apart what the network maps to one and the same activation.
    assert (np.log2(trajectory.n_distinct) + 1e-9 >= trajectory.I_XT).all()


def test_slicing(trajectory):
    last = trajectory.at([20, 19])
    assert last.epochs.tolist() == [20]
    assert last.I_XT.shape == (3, 1, 3)
    assert trajectory.networks([1]).train_loss.shape == (1, len(trajectory.epochs))
    assert "Ŷ" in trajectory.table("I_XT", [0, 20])


def test_signal_to_noise_grows_with_the_root_of_the_batch(trajectory):
    assert trajectory.gradient_snr(400) == pytest.approx(2 * trajectory.gradient_snr(100))
    with pytest.raises(ValueError, match="batch_size must be at least 1"):
        trajectory.gradient_snr(0)


def test_a_dead_layer_has_no_signal_to_noise_ratio(trajectory):
    dead = replace(
        trajectory,
        gradient_mean=np.zeros_like(trajectory.gradient_mean),
        gradient_std=np.zeros_like(trajectory.gradient_std),
    )
    assert np.isnan(dead.gradient_snr(512)).all()


def test_shapes_that_do_not_fit_are_named(trajectory):
    with pytest.raises(ValueError, match=r"I_TY has shape .* does not fit"):
        replace(trajectory, I_TY=trajectory.I_TY[:, :2])
    with pytest.raises(ValueError, match="at least one snapshot"):
        Trajectory.from_measurements([], settings={}, estimator={})


def test_saved_and_loaded(trajectory, tmp_path):
    save_record(trajectory, tmp_path / "run", command="make it so", seconds=1.5)
    loaded = load_record(tmp_path / "run")
    assert np.allclose(loaded.I_XT, trajectory.I_XT, atol=1e-5)
    assert loaded.settings == trajectory.settings
    provenance = json.loads((tmp_path / "run.json").read_text())
    assert provenance["command"] == "make it so"
    assert set(provenance["versions"]) >= {"numpy", "torch", "python"}


def test_damaged_records_are_refused(trajectory, tmp_path):
    with pytest.raises(FileNotFoundError):
        load_record(tmp_path / "none")
    save_record(trajectory, tmp_path / "run", command="", seconds=0)
    data = (tmp_path / "run.npz").read_bytes()
    (tmp_path / "whole.npz").write_bytes(data)
    (tmp_path / "run.npz").write_bytes(data[: len(data) // 2])
    with pytest.raises(ValueError, match="not a readable record"):
        load_record(tmp_path / "run")
    with np.load(tmp_path / "whole.npz") as whole:
        arrays = dict(whole) | {"binning/I_XT": np.array([object()])}
    np.savez(tmp_path / "run.npz", **arrays)
    with pytest.raises(ValueError, match="not a readable record"):
        load_record(tmp_path / "run")


def test_interrupting_keeps_what_was_measured(monkeypatch):
    seen = []

    def interrupted(snapshot, *arguments):
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(snapshot.epoch)
        return plane.measure_each(snapshot, *arguments)

    monkeypatch.setattr("ibtools.plane.recording.measure_each", interrupted)
    with pytest.warns(InterruptedTraining, match="ends at epoch 1 of 20"):
        kept = record(RULE, SMALL, n_snapshots=6)
    assert kept.epochs.tolist() == seen


def test_nothing_is_kept_of_a_training_interrupted_at_once(monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("ibtools.plane.recording.measure_each", interrupted)
    with pytest.raises(KeyboardInterrupt):
        record(RULE, SMALL, n_snapshots=6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"estimator": {"name": "binning", "n_bins": 0}}, "n_bins must be"),
        ({"estimator": {"name": "rule of thumb"}}, "estimator must be named one of"),
        ({"estimator": {"name": "binning", "n_bin": 3}}, "takes bins, n_bins.* got n_bin as well"),
        ({"n_snapshots": 1}, "n must be at least 2"),
    ],
)
def test_bad_measuring_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        record(RULE, SMALL, **arguments)


def test_progress_bar_is_silent_outside_a_terminal(capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        record(RULE, replace(SMALL, epochs=2), n_snapshots=2)
    assert capfd.readouterr().err == ""
