import json
from dataclasses import replace

import numpy as np
import pytest

from ibtools.experiments.linear import LINEAR_EXPERIMENTS, LinearExperiment
from ibtools.plane.linear_records import load_linear_record
from ibtools.plane.linear_trajectory import error_at_information, largest_fall


@pytest.fixture(scope="module")
def quick():
    return {name: e.quick().run(progress=False) for name, e in LINEAR_EXPERIMENTS.items()}


@pytest.mark.parametrize("name", LINEAR_EXPERIMENTS)
def test_an_experiment_survives_a_file(name):
    experiment = LINEAR_EXPERIMENTS[name]
    assert LinearExperiment.from_dict(json.loads(json.dumps(experiment.as_dict()))) == experiment


def test_another_kind_is_refused():
    values = LINEAR_EXPERIMENTS["linear_irrelevant"].as_dict()
    with pytest.raises(ValueError, match="kind must be 'deep linear', got 'shallow'"):
        LinearExperiment.from_dict(values | {"kind": "shallow"})


def test_quick_runs_are_the_first_networks_and_never_longer():
    experiment = LINEAR_EXPERIMENTS["linear_100_samples"]
    short = experiment.quick().settings
    assert short == replace(experiment.settings, n_networks=3, epochs=200)
    shorter = replace(experiment, settings=replace(short, n_networks=1, epochs=5)).quick()
    assert (shorter.settings.n_networks, shorter.settings.epochs) == (1, 5)


@pytest.mark.parametrize("name", LINEAR_EXPERIMENTS)
def test_a_record_is_made_again_from_its_json_alone(name, quick, tmp_path):
    quick_experiment = LINEAR_EXPERIMENTS[name].quick()
    quick_experiment.save(quick[name], tmp_path / name, command="again", seconds=0)
    facts = json.loads((tmp_path / f"{name}.json").read_text())
    again = LinearExperiment.from_dict(facts).run(progress=False)
    loaded = quick_experiment.load(tmp_path / name)
    assert loaded.settings == again.settings
    for key, values in again.arrays().items():
        assert np.allclose(loaded.arrays()[key], values, rtol=1e-6, atol=1e-6)


def test_the_report_says_what_came_out(quick):
    for name, parts in (("linear_irrelevant", 4), ("linear_400_samples", 2)):
        lines = list(LINEAR_EXPERIMENTS[name].report(quick[name]))
        assert len(lines) == 2 * parts + 2
        assert lines[-1] == "3 networks to epoch 200"
        assert f"{quick[name].I_XT[:, -1, 1].mean():.3f} bits" in lines[parts]


def test_information_does_not_tell_who_overfits(quick):
    """At the same I(X;T), fewer samples make the worse student; neither compresses."""
    few, many = quick["linear_100_samples"], quick["linear_400_samples"]
    bits = 2.2
    assert (error_at_information(few, bits) > error_at_information(many, bits)).all()
    for run in (few, many):
        assert largest_fall(run.I_XT).max() < 0.01
        assert (run.I_XT[:, -1] > run.I_XT[:, 0] + 1).all()


def test_from_large_weights_the_output_of_a_linear_network_compresses():
    experiment = LINEAR_EXPERIMENTS["linear_large_start"]
    short = replace(experiment.settings, n_networks=3, epochs=1000)
    run = replace(experiment, settings=short, n_snapshots=20).run(progress=False)
    assert (largest_fall(run.I_XT)[:, -1] > 0.5).all()
    assert (run.generalisation_error[:, -1] < run.generalisation_error[:, 0]).all()


def test_the_irrelevant_is_picked_up_and_dropped_where_the_relevant_is_learnt(quick):
    run = quick["linear_irrelevant"]
    peak = run.I_irrelevant.max(axis=1)
    assert (peak > 3 * run.I_irrelevant[:, 0]).all()
    assert (peak > 2 * run.I_irrelevant[:, -1]).all()
    assert largest_fall(run.I_XT).max() < 0.01


def test_recorded_linear_runs_come_out_again(request):
    """A thin slice of each record that is there: three networks over their first epochs."""
    for path in (request.config.rootpath / "book/runs").glob("linear_*.npz"):
        experiment, stored = LINEAR_EXPERIMENTS[path.stem], load_linear_record(path)
        assert stored.settings == experiment.settings.as_dict()
        slice_settings = replace(experiment.settings, n_networks=3, epochs=60)
        again = replace(experiment, settings=slice_settings, n_snapshots=60).run(progress=False)
        shared, old, new = np.intersect1d(stored.epochs, again.epochs, return_indices=True)
        assert len(shared) > 20
        for key in ("I_XT", "I_TY", "I_irrelevant", "generalisation_error"):
            ours, theirs = again.arrays()[key][:, new], stored.arrays()[key][:3, old]
            assert np.allclose(ours, theirs, rtol=1e-4, atol=1e-5)
