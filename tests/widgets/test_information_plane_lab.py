import asyncio
import json
import re

import numpy as np
import pytest

from ibtools.datasets import Dataset
from ibtools.networks import TrainingSettings
from ibtools.plane import record
from ibtools.widgets import InformationPlaneLab, replay
from ibtools.widgets.frames import MAX_RUN_BYTES, MAX_SNAPSHOTS
from ibtools.widgets.information_plane_lab import MODULE
from ibtools.widgets.page_widget import MIME_TYPE

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

    drive(scenario, dataset, SHORT, n_bins=12, n_snapshots=6)


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
    import threading

    before = threading.active_count()

    async def scenario(lab):
        lab.start()
        await until(lambda: lab.epoch > 0)
        lab.pause()
        lab.close()
        await until(lambda: threading.active_count() == before)

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
        ({"n_bins": 0}, "n_bins must be a whole number of at least 1, got 0"),
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


def test_a_script_is_sent_elsewhere(dataset):
    with pytest.raises(RuntimeError, match=re.escape("ibtools.plane.record")):
        InformationPlaneLab(dataset, SHORT).start()


def test_replay_carries_what_the_site_mounts(trajectory):
    data, _ = replay({"tanh": trajectory, "again": trajectory})._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    content = data[MIME_TYPE]
    assert content.keys() == {"module", "address", "state", "summary", "height"}
    assert MODULE.name == f"{content['module']}.js"
    assert content["summary"] == data["text/plain"]
    assert content["state"]["live"] is False
    run, _ = content["state"]["runs"]
    assert run["label"] == "tanh"
    assert run["epochs"] == trajectory.epochs.tolist()
    np.testing.assert_allclose(
        run["information_x"], trajectory.I_XT.transpose(1, 2, 0), rtol=0, atol=5.1e-4
    )
    assert all(abs(sum(bins) - 1000) < 15 for bins in run["histograms"][-1])
    json.dumps(content, allow_nan=False)


def test_a_long_run_is_thinned_but_keeps_its_ends(trajectory):
    crowd = trajectory.networks([0, 1] * 25)
    wide = crowd.at(np.linspace(0, 20, 100).round())
    (run,) = replay({"crowd": wide}).runs
    assert len(json.dumps(run).encode()) <= MAX_RUN_BYTES
    assert len(run["epochs"]) <= MAX_SNAPSHOTS
    assert (run["epochs"][0], run["epochs"][-1]) == (0, 20)


def test_the_live_lab_shows_recorded_runs_only_where_nothing_can_train(dataset, trajectory):
    lab = InformationPlaneLab(dataset, SHORT, runs={"tanh": trajectory})
    data, _ = lab._repr_mimebundle_()
    assert (lab.live, lab.runs) == (True, [])
    assert [run["label"] for run in data[MIME_TYPE]["state"]["runs"]] == ["tanh"]


def test_nothing_to_replay_is_an_error():
    with pytest.raises(ValueError, match="at least one trajectory"):
        replay({})
