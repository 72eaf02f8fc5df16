import json

import pytest

from ibtools.datasets import DATASETS
from ibtools.networks import TrainingSettings, snapshot_epochs
from ibtools.plane import record_each, validated_estimator
from ibtools.widgets.page_training import PAGE_DATASETS, trains_on_page
from ibtools.widgets.presets import PRESETS, presets_in_full

FULL = presets_in_full()


def settings_of(experiment, **changes):
    values = experiment["settings"] | changes
    return TrainingSettings.from_dict({k: v for k, v in values.items() if k != "dataset"})


@pytest.mark.parametrize("name", FULL)
def test_a_preset_is_an_experiment_that_the_page_can_do(name):
    preset = FULL[name]
    assert preset["question"].endswith("?")
    for experiment in (preset, *([preset["ghost"]] if "ghost" in preset else [])):
        settings = settings_of(experiment)
        dataset = experiment["settings"]["dataset"]
        assert dataset in PAGE_DATASETS
        assert settings.as_dict() | {"dataset": dataset} == experiment["settings"]
        assert validated_estimator(experiment["estimator"]) == experiment["estimator"]
        assert trains_on_page(experiment["settings"], experiment["estimator"])
        # Seconds in a browser.
        assert settings.n_networks <= 3
        assert settings.epochs <= 2000
        assert preset["epoch"] in snapshot_epochs(settings.epochs, 40)


def test_presets_say_only_what_differs_from_the_defaults():
    defaults = TrainingSettings().as_dict() | {"dataset": "icosahedron_rule"}
    for preset in PRESETS.values():
        for setting, value in preset["settings"].items():
            assert value != defaults[setting]
    assert list(FULL) == list(PRESETS)
    assert json.loads(json.dumps(FULL, allow_nan=False)) == FULL


def test_a_ghost_is_another_experiment():
    for preset in FULL.values():
        if "ghost" in preset:
            compared = ("settings", "estimator")
            assert [preset[key] for key in compared] != [preset["ghost"][key] for key in compared]
            assert preset["ghost"].keys() == set(compared)


@pytest.mark.parametrize("seed", [0, 1])
def test_one_bin_more_turns_the_story_round(seed):
    preset = FULL["one-bin-too-many"]
    ghost = preset["ghost"]
    assert preset["settings"] == ghost["settings"]
    assert preset["estimator"] == ghost["estimator"] | {"n_bins": ghost["estimator"]["n_bins"] + 1}
    two_and_three = record_each(
        DATASETS[preset["settings"]["dataset"]](),
        settings_of(preset, seed=seed),
        {"two": ghost["estimator"], "three": preset["estimator"]},
        n_snapshots=2,
    )
    # The last hidden layer, mean over the networks.
    two, three = (
        (measured.I_XT[:, -1] - measured.I_XT[:, 0]).mean(axis=0)
        for measured in two_and_three.values()
    )
    assert two[2] < -0.6
    assert three[2] > 1.2
    assert two_and_three["two"].test_accuracy[:, -1].min() > 0.9
