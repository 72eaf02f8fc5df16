"""Another ruler on the same snapshots: while networks train, while they are held, and after."""

import asyncio
import threading
from math import gcd

import numpy as np
import pytest

from ibtools.datasets import Dataset, icosahedron_rule
from ibtools.information import layer_information_kernel
from ibtools.networks import TrainingSettings, training
from ibtools.plane import BINNING, measure, record_each, validated_estimator
from ibtools.widgets import InformationPlaneLab
from ibtools.widgets.measuring import compared, measured, with_activations, without_activations
from ibtools.widgets.training_run import THREAD

SHORT = TrainingSettings(widths=(4, 3), epochs=20, n_networks=2)
ENDLESS = TrainingSettings(widths=(4, 3), epochs=1_000_000, n_networks=2)
RULERS = {
    "30": BINNING,
    "5": BINNING | {"n_bins": 5},
    "ebab": {"name": "binning", "bins": "ebab", "n_bins": 8},
    "mixture": {"name": "mixture", "noise_variance": 0.01},
}


@pytest.fixture(scope="module")
def dataset():
    x = np.random.default_rng(0).integers(0, 2, (64, 6)).astype(float)
    return Dataset("majority", x, (x.sum(axis=1) > 3).astype(int))


@pytest.fixture(scope="module")
def recorded(dataset):
    return record_each(dataset, SHORT, RULERS, n_snapshots=8)


async def until(condition):
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


def drive(scenario, *arguments, **options):
    async def main():
        lab = InformationPlaneLab(*arguments, **options)
        try:
            await scenario(lab)
        finally:
            lab.close()

    asyncio.run(main())


def at_work():
    return any(thread.name == THREAD for thread in threading.enumerate())


def same(one, other):
    assert one.arrays().keys() == other.arrays().keys()
    for name, values in one.arrays().items():
        np.testing.assert_array_equal(values, other.arrays()[name], err_msg=name)
    assert (one.estimator, one.settings) == (other.estimator, other.settings)


def test_every_ruler_gives_what_it_would_have_given(dataset, recorded):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.status == "finished")
        for name in ("mixture", "5", "ebab", "30"):
            lab.measure(RULERS[name])
            ruler = validated_estimator(RULERS[name])
            await until(lambda ruler=ruler: lab.trajectory().estimator == ruler)
            assert (lab.status, lab.error, lab.estimator) == ("finished", "", ruler)
            assert len(lab.history) == len(recorded[name].epochs)
            assert lab.latest == lab.history[-1]
            assert ("band_x" in lab.latest) == (name == "mixture")
            # Histograms of a recorded trajectory are those of its first ruler.
            fresh = record_each(dataset, SHORT, {"": RULERS[name]}, n_snapshots=8)[""]
            same(lab.trajectory(), fresh)

    drive(scenario, dataset, SHORT, n_snapshots=8)


def test_the_history_is_replaced_as_a_whole(dataset):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.status == "finished")
        told = []
        lab.observe(lambda change: told.append(len(change["new"])), "history")
        lab.set_state(
            {"estimator": {"name": "binning", "n_bins": 7}, "command": {"action": "measure"}}
        )
        await until(lambda: told)
        assert told == [len(lab.history)] == [8]
        assert np.shape(lab.latest["histograms"]) == (3, 7)

    drive(scenario, dataset, SHORT, n_snapshots=8)


@pytest.mark.parametrize("held", [False, True])
def test_a_ruler_changes_in_the_middle_of_a_training(dataset, held):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.epoch > 20)
        if held:
            lab.pause()
        lab.measure({"name": "mixture"})
        await until(lambda: "band_x" in lab.latest)
        assert all("band_x" in frame for frame in lab.history)
        assert lab.status == ("paused" if held else "running")
        measured_so_far = len(lab.history)
        lab.resume()
        await until(lambda: len(lab.history) > measured_so_far + 1)
        # The snapshots that follow are by the new ruler, too.
        assert "band_x" in lab.latest
        assert lab.trajectory().I_XT_low is not None

    drive(scenario, dataset, ENDLESS)


def test_after_a_stop_a_ruler_still_measures(dataset):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.epoch > 20)
        lab.stop()
        await until(lambda: not at_work())
        lab.measure({"name": "mixture"})
        await until(lambda: "band_x" in lab.latest)
        await until(lambda: not at_work())
        assert lab.status == "finished"

    drive(scenario, dataset, ENDLESS)


def test_the_newest_ruler_wins(dataset):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.status == "finished")
        for n_bins in (*range(2, 40), 3):
            lab.measure({"name": "binning", "n_bins": n_bins})
        await until(lambda: lab.trajectory().estimator["n_bins"] == 3)
        assert np.shape(lab.latest["histograms"]) == (3, 3)
        assert lab.estimator["n_bins"] == 3

    drive(scenario, dataset, SHORT)


@pytest.mark.parametrize(
    ("ruler", "message"),
    [
        ({"name": "rule of thumb"}, "estimator must be named one of binning"),
        ({"name": "binning", "n_bins": 0}, "n_bins must be a whole number of at least 1, got 0"),
        ({"name": "mixture", "noise_variance": -1}, "noise_variance must be positive"),
    ],
)
@pytest.mark.parametrize("settings", [SHORT, ENDLESS])
def test_a_ruler_that_cannot_be_is_told_and_loses_nothing(dataset, settings, ruler, message):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.status == "finished" or lab.epoch > 20)
        status, good = lab.status, lab.estimator
        lab.measure(ruler)
        await until(lambda: lab.error)
        assert message in lab.error
        assert (lab.status, lab.estimator, lab.trajectory().estimator) == (status, good, good)
        assert len(lab.history) == len(lab.trajectory().epochs) > 3
        lab.measure({"name": "binning", "n_bins": 4})
        await until(lambda: lab.trajectory().estimator["n_bins"] == 4)
        assert lab.error == ""

    drive(scenario, dataset, settings)


def test_before_any_training_a_ruler_is_only_taken_note_of(dataset):
    async def scenario(lab):
        lab.measure({"name": "binning", "n_bins": 9})
        assert (lab.status, lab.error, lab.estimator["n_bins"]) == ("idle", "", 9)
        with pytest.raises(ValueError, match="at least one snapshot"):
            lab.trajectory()
        lab.measure({"name": "nothing"})
        assert "estimator must be named" in lab.error
        assert lab.estimator["n_bins"] == 9
        lab.start()
        await until(lambda: lab.status == "finished")

    drive(scenario, dataset, SHORT)


def test_close_ends_a_measurement(dataset):
    async def scenario(lab):
        lab.start()
        await until(lambda: lab.status == "finished")
        lab.measure({"name": "mixture"})
        lab.close()
        await until(lambda: not at_work())

    drive(scenario, dataset, SHORT)


def test_weights_give_the_activations_back():
    rule = icosahedron_rule()
    for precision in ("float32", "float64"):
        settings = TrainingSettings(n_networks=2, epochs=3, precision=precision)
        for snapshot in training(rule, settings, [0, 3]):
            kept = without_activations(snapshot)
            assert kept.activations == []
            again = with_activations(kept, rule.x).activations
            for expected, found in zip(snapshot.activations, again, strict=True):
                np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("n", [1, 1024, 1025, 1797, 4096, 5000])
def test_inputs_to_compare_are_spread_and_come_once(n):
    few = compared(n)
    assert len(few) == len(set(few)) == min(n, 1024)
    if n <= 1024:
        assert few.tolist() == list(range(n))
    else:
        step = few[1]
        assert gcd(int(step), n) == 1
        assert 0 <= step - round(0.618034 * n) < 10
        assert few.tolist() == [i * step % n for i in range(1024)]
        assert np.diff(np.sort(few)).max() <= -(-2.7 * n // 1024)


def test_a_mixture_of_many_inputs_is_measured_on_some_of_them():
    rule = icosahedron_rule()
    snapshot = next(training(rule, TrainingSettings(n_networks=1), [0]))
    ruler = validated_estimator({"name": "mixture"})
    found = measured(snapshot, rule, ruler)
    few = compared(4096)
    (first, *_) = (layer[:, few] for layer in snapshot.activations)
    bounds = layer_information_kernel(first, rule.y[few], noise_variance=1e-3)
    assert found.I_XT[0, 0] == bounds.I_XT_upper[0] == pytest.approx(10, abs=0.01)
    everything = measure(snapshot, rule.x, rule.y, estimator=BINNING)
    np.testing.assert_array_equal(found.histogram, everything.histogram)
    np.testing.assert_array_equal(found.n_distinct, everything.n_distinct)
