import asyncio
import json
import re
import threading

import numpy as np
import pytest

from ibtools.datasets import DATASETS, Dataset, icosahedron_rule
from ibtools.networks import TrainingSettings
from ibtools.plane import BINNING, record, validated_estimator
from ibtools.widgets import InformationPlaneLab, replay
from ibtools.widgets.page_widget import MIME_TYPE
from ibtools.widgets.plane_view import MODULE
from ibtools.widgets.training_run import THREAD

SHORT = TrainingSettings(widths=(4, 3), epochs=20, n_networks=2)
ENDLESS = TrainingSettings(widths=(4, 3), epochs=1_000_000, n_networks=2)


@pytest.fixture
def dataset():
    x = np.random.default_rng(0).integers(0, 2, (64, 6)).astype(float)
    return Dataset("majority", x, (x.sum(axis=1) > 3).astype(int))


@pytest.fixture
def trajectory(dataset):
    return record(dataset, SHORT, n_snapshots=8)


async def until(condition):
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


def drive(scenario, *arguments, **options):
    """Run scenario(lab) on an event loop, as the kernel would, and close the lab."""

    async def main():
        lab = InformationPlaneLab(*arguments, **options)
        try:
            await scenario(lab)
        finally:
            lab.close()

    asyncio.run(main())


def test_trains_while_the_loop_stays_free(dataset):
    async def scenario(lab):
        lab.start()
        assert lab.status == "running"
        await until(lambda: lab.status != "running")
        assert (lab.status, lab.error, lab.epoch) == ("finished", "", 20)
        assert [frame["epoch"] for frame in lab.history] == [0, 1, 2, 4, 9, 20]
        assert lab.latest == lab.history[-1]
        assert np.shape(lab.latest["information_x"]) == (3, 2)
        assert lab.latest["layer_names"] == ["T1", "T2", "Ŷ"]
        assert np.shape(lab.latest["histograms"]) == (3, 12)
        json.dumps(lab.history)

    drive(scenario, dataset, SHORT, estimator=BINNING | {"n_bins": 12}, n_snapshots=6)


def test_gives_what_a_recorded_run_gives(dataset, trajectory):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.status == "finished")
        live = lab.trajectory()
        np.testing.assert_array_equal(live.I_XT, trajectory.I_XT)
        assert live.settings == trajectory.settings
        assert live.estimator == trajectory.estimator

    drive(scenario, dataset, SHORT, n_snapshots=8)


def test_pausing_holds_the_training_and_resuming_goes_on(dataset):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.epoch > 50)
        lab.pause()
        # The epoch it is in may still end.
        await asyncio.sleep(0.2)
        epoch, measured = lab.epoch, len(lab.history)
        await asyncio.sleep(0.3)
        assert (lab.status, lab.epoch, len(lab.history)) == ("paused", epoch, measured)
        assert len(lab.trajectory().epochs) == measured
        lab.resume()
        await until(lambda: lab.epoch > epoch)
        assert lab.status == "running"

    drive(scenario, dataset, ENDLESS)


def test_reset_forgets_and_no_late_message_arrives(dataset):
    async def scenario(lab):
        lab.start()
        await until(lambda: len(lab.history) > 3)
        lab.reset()
        await asyncio.sleep(0.3)
        assert (lab.status, lab.epoch, lab.latest, lab.history) == ("idle", 0, {}, [])
        with pytest.raises(ValueError, match="at least one snapshot"):
            lab.trajectory()

    drive(scenario, dataset, ENDLESS)


def test_close_ends_the_thread(dataset):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.epoch > 0)
        lab.pause()
        lab.close()
        await until(lambda: not any(thread.name == THREAD for thread in threading.enumerate()))

    drive(scenario, dataset, ENDLESS)


def test_obeys_the_browser(dataset):
    async def scenario(lab):
        def ask(action):
            lab.set_state({"command": {"action": action, "id": action}})

        ask("start")
        await until(lambda: lab.status == "running" and len(lab.history) > 2)
        ask("no such thing")
        ask("pause")
        await until(lambda: lab.status == "paused")
        ask("stop")
        await until(lambda: lab.status == "finished")
        assert len(lab.history) > 2

    drive(scenario, dataset, ENDLESS)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"train_fraction": 0}, "train_fraction must lie between 0 and 1, got 0"),
        ({"widths": []}, "widths must name at least one hidden layer"),
        (
            {"dataset": "fog"},
            "dataset must be one of majority, icosahedron_rule, ring, xor, spirals",
        ),
        ({"n_bins": 30}, "settings must be those of TrainingSettings"),
        ({"activation": "linear", "learning_rate": 1e30}, "loss is not finite"),
        ({"train_fraction": 1e-6}, "leaves 0 to train on"),
    ],
)
def test_an_error_is_shown_and_the_widget_lives_on(dataset, changes, message):
    async def scenario(lab):
        good = lab.settings
        lab.settings = good | changes
        lab.start()
        await until(lambda: lab.status == "error")
        assert message in lab.error
        lab.settings = good
        lab.start()
        await until(lambda: lab.status == "finished")
        assert lab.error == ""

    drive(scenario, dataset, SHORT)


def test_settings_that_cannot_be_lose_nothing(dataset):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.status == "finished")
        measured = len(lab.history)
        lab.settings = lab.settings | {"epochs": -1}
        lab.start()
        assert lab.status == "error"
        assert len(lab.trajectory().epochs) == len(lab.history) == measured

    drive(scenario, dataset, SHORT)


def test_an_error_of_settings_does_not_end_what_goes_on(dataset):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.epoch > 10)
        lab.settings = lab.settings | {"widths": [0]}
        lab.start()
        assert lab.status == "running"
        assert "widths must be a whole number of at least 1, got 0" in lab.error
        reached = lab.epoch
        await until(lambda: lab.epoch > reached)

    drive(scenario, dataset, ENDLESS)


def test_a_ruler_that_cannot_be_starts_nothing(dataset):
    async def scenario(lab):
        lab.estimator = {"name": "binning", "n_bins": 0}
        lab.start()
        assert lab.status == "error"
        assert lab.error == "n_bins must be a whole number of at least 1, got 0"
        assert lab.history == []

    drive(scenario, dataset, SHORT)


def test_the_reader_chooses_another_data_set(dataset):
    async def scenario(lab):
        lab.settings = lab.settings | {"dataset": "ring"}
        lab.start()
        await until(lambda: lab.status == "finished")
        expected = record(DATASETS["ring"](), SHORT, n_snapshots=5)
        np.testing.assert_array_equal(lab.trajectory().I_XT, expected.I_XT)
        assert lab.trajectory().settings == expected.settings

    drive(scenario, dataset, SHORT, n_snapshots=5)


def test_a_script_is_sent_elsewhere(dataset):
    with pytest.raises(RuntimeError, match=re.escape("ibtools.plane.record")):
        InformationPlaneLab(dataset, SHORT).start()


def content(widget):
    return widget._repr_mimebundle_()[0][MIME_TYPE]


def asked_of_the_model():
    """What the module and the files beside it ask their model for."""
    files = [MODULE, *(MODULE.parent / "lab").glob("*.js")]
    return set(re.findall(r'model\.get\("(\w+)"\)', "".join(file.read_text() for file in files)))


def test_replay_carries_what_the_site_mounts(trajectory):
    data, _ = replay({"tanh": trajectory, "again": trajectory})._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    shown = data[MIME_TYPE]
    assert shown.keys() == {"module", "address", "state", "summary", "height"}
    assert MODULE.name == f"{shown['module']}.js"
    assert shown["summary"] == data["text/plain"]
    state = shown["state"]
    assert state.keys() == {"live", "trains", "runs"}
    assert (state["live"], state["trains"]) == (False, False)
    assert [run["label"] for run in state["runs"]] == ["tanh", "again"]
    json.dumps(shown, allow_nan=False)


def test_the_page_gets_what_it_trains_by():
    lab = InformationPlaneLab("ring", SHORT, n_snapshots=30)
    shown = content(lab)
    state = shown["state"]
    assert state["trains"] is True
    assert state["settings"] == SHORT.as_dict() | {"dataset": "ring"}
    assert state["estimator"] == validated_estimator(BINNING)
    assert state["datasets"] == ["icosahedron_rule", "ring", "xor", "spirals"]
    assert state["n_snapshots"] == 30
    # The same names in both lives. The page's address comes from the page itself.
    assert all(lab.has_trait(name) for name in state)
    live_only = {"history", "latest", "status", "error", "epoch", "command", "address"}
    assert asked_of_the_model() - live_only - {"limit"} <= state.keys()
    json.dumps(shown, allow_nan=False)


@pytest.mark.parametrize(
    "options",
    [
        {"dataset": "digits"},
        {"settings": TrainingSettings(noise=0.1)},
        {"estimator": {"name": "monte-carlo"}},
    ],
)
def test_what_the_page_cannot_train_it_shows_recorded(options, trajectory):
    state = content(InformationPlaneLab(**options, runs={"tanh": trajectory}))["state"]
    assert state.keys() == {"live", "trains", "runs"}
    assert state["trains"] is False


def test_recorded_runs_are_there_with_a_kernel_and_without(dataset, trajectory):
    lab = InformationPlaneLab(dataset, SHORT, runs={"tanh": trajectory})
    assert (lab.live, lab.trains) == (True, True)
    assert content(lab)["state"]["runs"] == lab.runs
    assert [run["label"] for run in lab.runs] == ["tanh"]
    assert "recorded while they were trained: tanh" in lab.summary()


def test_data_sets_come_by_name_or_as_they_are(dataset):
    page = ["icosahedron_rule", "ring", "xor", "spirals"]
    for given, chosen, listed in [
        (None, "icosahedron_rule", page),
        ("xor", "xor", page),
        ("digits", "digits", ["digits", *page]),
        (dataset, "majority", ["majority", *page]),
        (icosahedron_rule(), "icosahedron_rule", page),
    ]:
        lab = InformationPlaneLab(given)
        assert (lab.settings["dataset"], lab.datasets) == (chosen, listed)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"dataset": "mist"}, ValueError, "dataset must be one of icosahedron_rule, .* got 'mist'"),
        ({"dataset": 3}, TypeError, "dataset must be a Dataset or the name of one, got 3"),
        ({"settings": {"seed": 1}}, TypeError, "settings must be a TrainingSettings, got"),
        ({"n_snapshots": 1}, ValueError, "n_snapshots must be a whole number of at least 2, got 1"),
        ({"estimator": {"name": "ruler"}}, ValueError, "estimator must be named one of binning"),
        (
            {"dataset": Dataset("ring", np.zeros((2, 1)), np.array([0, 1]))},
            ValueError,
            "dataset must have a name of its own, got 'ring' once more",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_once(options, error, message):
    with pytest.raises(error, match=message):
        InformationPlaneLab(**options)


def test_nothing_to_replay_is_an_error():
    with pytest.raises(ValueError, match="at least one trajectory"):
        replay({})
