"""Thin slices of the recorded runs: two of their networks over their first epochs."""

from dataclasses import replace

import numpy as np
import pytest

from ibtools.experiments.__main__ import ALL, KINDS
from ibtools.records import read_facts, read_record

LAST = 40  # epochs
# Rounding differs between processors, and a value on the edge of a bin may then change sides.
TOLERANCES = {"I_XT": 0.1, "I_TY": 0.05, "train_loss": 0.01, "weight_norm": 0.01}
LINEAR_TOLERANCES = {"I_XT": 1e-3, "I_TY": 1e-3, "train_error": 1e-3, "generalisation_error": 1e-3}


@pytest.fixture
def runs(request):
    return request.config.rootpath / "book/runs"


def trajectories(experiment, result):
    """By estimator, and what is close enough."""
    if experiment.as_dict()["kind"] == "plane":
        return result, TOLERANCES
    return {"": result}, LINEAR_TOLERANCES


def assert_is_full(experiment, path):
    """The record says of itself what the catalogue says, and its arrays are as large as that."""
    facts = read_facts(path)
    assert type(experiment).from_dict(facts).as_dict() == experiment.as_dict()
    epochs, n_networks = read_record(
        path,
        lambda _, stored: (stored["epochs"], len(next(stored[k] for k in stored if "I_XT" in k))),
    )
    assert epochs[-1] == experiment.settings.epochs
    assert n_networks == experiment.settings.n_networks


@pytest.mark.parametrize("name", ALL)
def test_a_recorded_run_comes_out_again(name, runs):
    experiment = ALL[name]
    assert_is_full(experiment, runs / name)
    stored, tolerances = trajectories(experiment, experiment.load(runs / name))
    epochs = next(iter(stored.values())).epochs
    last = int(epochs[epochs <= LAST][-1])
    settings = replace(experiment.settings, n_networks=2, epochs=last)
    again, _ = trajectories(
        experiment, replace(experiment, settings=settings, n_snapshots=3).run(progress=False)
    )
    for estimator, ours in again.items():
        theirs = stored[estimator].at(ours.epochs)
        assert theirs.epochs.tolist() == ours.epochs.tolist() == [0, 1, last]
        # Adaptive edges move with every single level: many values stand on one.
        wider = 5 if estimator == "ebab" else 1
        for quantity, tolerance in tolerances.items():
            np.testing.assert_allclose(
                getattr(ours, quantity),
                getattr(theirs, quantity)[:2],
                rtol=0,
                atol=wider * tolerance,
                err_msg=f"{quantity} by {estimator}",
            )


def test_a_quick_run_is_no_record(tmp_path):
    experiment = ALL["linear_100_samples"]
    quick = experiment.quick()
    quick.save(quick.run(), tmp_path / "run", command="", seconds=0)
    with pytest.raises(AssertionError):
        assert_is_full(experiment, tmp_path / "run")
    assert_is_full(quick, tmp_path / "run")
    # Nor with the facts of the full one.
    experiment.save(quick.run(), tmp_path / "run", command="", seconds=0)
    with pytest.raises(AssertionError):
        assert_is_full(experiment, tmp_path / "run")


def test_every_record_of_networks_is_in_the_catalogue(runs):
    kinds = {path.stem: read_facts(path).get("kind") for path in runs.glob("*.json")}
    assert {name for name, kind in kinds.items() if kind in KINDS} <= set(ALL)
