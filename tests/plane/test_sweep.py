"""Sweeps of experiments so small that all of them together train for a few seconds."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from ibtools.networks import TrainingSettings
from ibtools.plane import Experiment, joined, recording
from ibtools.plane.grid import variations
from ibtools.plane.sweep import NETWORKS_A_PART, parts_of, sweep, work_folder
from ibtools.plane.workers import finished
from ibtools.records import is_whole, read_facts, record_files

SMALL = Experiment(
    question="How small?",
    settings=TrainingSettings(widths=(4, 3), n_networks=2, epochs=20),
    n_snapshots=6,
)
MANY = replace(SMALL, settings=replace(SMALL.settings, n_networks=NETWORKS_A_PART + 2))
EXPERIMENTS = {"many": MANY, **variations(SMALL, {"activation": ["tanh", "relu"], "seed": [0, 1]})}
N_JOBS = 6  # one of the experiments has two parts
LONG = replace(SMALL, settings=replace(SMALL.settings, epochs=10**7))
TOO_FAST = replace(SMALL, settings=replace(SMALL.settings, learning_rate=1e30, activation="linear"))


@pytest.fixture(scope="module")
def serial(tmp_path_factory):
    """The folder of a sweep made by one process, without interruption."""
    folder = tmp_path_factory.mktemp("serial")
    sweep(EXPERIMENTS, folder)
    return folder


@pytest.fixture
def log(monkeypatch):
    """The activation, seed and first network of each experiment that is run in this process."""
    runs, run = [], Experiment.run

    def logged(self, **options):
        runs.append((self.settings.activation, self.settings.seed, self.settings.first_network))
        return run(self, **options)

    monkeypatch.setattr(Experiment, "run", logged)
    return runs


def facts_to_compare(path):
    return {k: v for k, v in read_facts(path).items() if k not in ("seconds", "date", "versions")}


def assert_same(folder, expected):
    for name in EXPERIMENTS:
        ours, theirs = folder / name, expected / name
        assert facts_to_compare(ours) == facts_to_compare(theirs)
        assert record_files(ours)[0].read_bytes() == record_files(theirs)[0].read_bytes()
    left = sorted(file.name for file in folder.iterdir())
    assert left == sorted(file.name for name in EXPERIMENTS for file in record_files(folder / name))


def test_a_sweep_is_its_experiments_run_and_saved(serial, tmp_path):
    results = sweep(EXPERIMENTS, serial)
    assert list(results) == list(EXPERIMENTS)
    for name, experiment in EXPERIMENTS.items():
        experiment.save(experiment.run(), tmp_path / "alone", command="", seconds=0)
        alone = Experiment.load(tmp_path / "alone")["binning"]
        swept = results[name]["binning"]
        assert swept.settings == alone.settings
        assert swept.train_loss.shape == (experiment.settings.n_networks, len(swept.epochs))
        for quantity, values in alone.arrays().items():
            if name != "many":
                assert np.array_equal(getattr(swept, quantity), values), quantity
        # The last digits of many networks depend on how many are multiplied at once.
        assert np.abs(swept.train_loss - alone.train_loss).max() < 1e-5
        assert np.abs(swept.weight_norm - alone.weight_norm).max() < 1e-5


def test_the_json_of_a_record_makes_it_again(serial):
    facts = read_facts(serial / "many")
    assert Experiment.from_dict(facts) == MANY
    assert facts["command"] == "python -m ibtools.experiments repeat many.json"
    assert facts["settings"]["n_networks"] == NETWORKS_A_PART + 2


def test_what_is_there_is_not_made_again(serial, log, monkeypatch):
    before = {file: file.stat().st_mtime_ns for file in serial.iterdir()}
    reworded = {name: replace(each, question="Why?") for name, each in EXPERIMENTS.items()}
    sweep(reworded, serial)
    assert {file: file.stat().st_mtime_ns for file in serial.iterdir()} == before
    assert log == []


def test_processes_give_the_same_and_a_failure_stops_nothing(serial, tmp_path):
    with pytest.raises(RuntimeError, match="1 of 6 experiments failed") as raised:
        sweep({"too fast": TOO_FAST, **EXPERIMENTS}, tmp_path, n_jobs=2)
    assert "too fast: FloatingPointError: the loss is not finite at epoch" in str(raised.value)
    assert_same(tmp_path, serial)


def test_a_failure_in_this_process_stops_nothing(serial, tmp_path):
    with pytest.raises(RuntimeError, match="too fast: FloatingPointError"):
        sweep({"too fast": TOO_FAST, **EXPERIMENTS}, tmp_path)
    assert_same(tmp_path, serial)


def test_a_process_that_dies_takes_only_its_own_call_with_it(tmp_path):
    said = [f"open({str(tmp_path / str(i))!r}, 'a').write('x')" for i in range(4)]
    said[1:1] = ["import os; os._exit(9)", "raise ValueError('no')"]
    ended = dict(finished(exec, [(each,) for each in said], n_jobs=2))
    assert sorted(ended) == list(range(6))
    assert ended[1].startswith("TerminatedWorkerError")
    assert ended[2] == "ValueError: no"
    assert [ended[i] for i in (0, 3, 4, 5)] == [None] * 4
    assert all((tmp_path / str(i)).exists() for i in range(4))


@pytest.fixture(scope="module")
def client():
    """Of two processes with one thread each."""
    distributed = pytest.importorskip("distributed")
    import dask

    with (
        warnings.catch_warnings(),
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        warnings.simplefilter("ignore")
        yield client


def test_a_cluster_gives_the_same_and_a_failure_stops_nothing(client, serial, tmp_path):
    with pytest.raises(RuntimeError, match="too fast: FloatingPointError"):
        sweep({"too fast": TOO_FAST, **EXPERIMENTS}, tmp_path, client=client)
    assert_same(tmp_path, serial)
    ended = dict(finished(exec, [("import os; os._exit(9)",), ("1",)], client=client))
    assert ended[0].startswith("KilledWorker")
    assert ended[1] is None


SWEEPING = """
import sys
sys.path.insert(0, {tests!r})
from test_sweep import EXPERIMENTS, LONG, sweep

if __name__ == "__main__":
    n_jobs = int(sys.argv[2])
    begun = {{"long": LONG}} if n_jobs > 1 else {{}}
    sweep(begun | EXPERIMENTS, sys.argv[1], n_jobs=n_jobs)
"""


@pytest.fixture
def start():
    """A sweep of EXPERIMENTS by a process group of its own; two workers also begin a LONG one."""
    started = []

    def in_a_group(folder, n_jobs):
        script = folder.parent / f"{folder.name}.py"
        script.write_text(SWEEPING.format(tests=os.path.dirname(__file__)))
        process = subprocess.Popen(
            [sys.executable, script, folder, str(n_jobs)],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield in_a_group
    # Whatever a failed test left running.
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stderr.close()


def wait_until(condition):
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def wait_for_records(folder, n):
    wait_until(lambda: len(list(folder.rglob("*.json"))) >= n)


def group_lives(number):
    try:
        os.killpg(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_killed_at_any_moment_it_goes_on_where_it_was(serial, tmp_path, log, start):
    """kill -9 while two of its processes are at work, one on what takes hours; they end with it."""
    folder = tmp_path / "killed"
    process = start(folder, n_jobs=2)
    wait_for_records(folder, 2)
    process.kill()
    process.communicate()
    wait_until(lambda: not group_lives(process.pid))
    kept = {file: file.stat().st_mtime_ns for file in folder.rglob("*.json")}
    parts = {
        path: part
        for name in EXPERIMENTS
        for path, part in parts_of(EXPERIMENTS[name], folder / name).items()
    }
    done = [path for path in parts if is_whole(path)]
    assert 2 <= len(done) <= N_JOBS
    assert not (folder / "long.json").exists()
    sweep(EXPERIMENTS, folder)
    settings = [part.settings for path, part in parts.items() if path not in done]
    assert sorted(log) == sorted((s.activation, s.seed, s.first_network) for s in settings)
    still = {file: file.stat().st_mtime_ns for file in kept if file.exists()}
    assert still == {file: kept[file] for file in still}
    assert_same(folder, serial)


def test_two_sweeps_of_one_folder_at_once(serial, tmp_path, start):
    folder = tmp_path / "shared"
    folder.mkdir()
    process = start(folder, n_jobs=1)
    wait_for_records(folder, 1)
    sweep(EXPERIMENTS, folder)
    assert process.communicate()[1] == ""
    assert process.returncode == 0
    assert_same(folder, serial)


def test_interrupted_processes_stop_and_keep_what_is_done(serial, tmp_path, start):
    folder = tmp_path / "interrupted"
    process = start(folder, n_jobs=2)
    wait_for_records(folder, 1)
    os.killpg(process.pid, signal.SIGINT)
    errors = process.communicate(timeout=120)[1]
    assert process.returncode != 0
    assert errors.count("Traceback") == errors.count("\nKeyboardInterrupt\n") == 1
    wait_until(lambda: not group_lives(process.pid))
    sweep(EXPERIMENTS, folder)
    assert_same(folder, serial)


def test_a_training_cut_short_is_not_kept(tmp_path, monkeypatch):
    """Ctrl-C ends a training early and in order; its trajectory is then no record of it."""
    measure_each, seen = recording.measure_each, []

    def interrupted(*arguments):
        seen.append(1)
        if len(seen) == 10:  # in the second experiment
            raise KeyboardInterrupt
        return measure_each(*arguments)

    monkeypatch.setattr(recording, "measure_each", interrupted)
    experiments = {"first": SMALL, "second": replace(SMALL, n_snapshots=7)}
    with pytest.raises(KeyboardInterrupt):
        sweep(experiments, tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["first.json", "first.npz"]


def test_parts_that_are_there_are_used(serial, tmp_path, log):
    parts = parts_of(MANY, tmp_path / "many")
    first, _ = parts
    assert first.parent == work_folder(tmp_path / "many")
    sweep({first.name: parts[first]}, first.parent)
    sweep({"many": MANY}, tmp_path)
    assert [number for _, _, number in log] == [0, NETWORKS_A_PART]
    npz = record_files(tmp_path / "many")[0]
    assert npz.read_bytes() == record_files(serial / "many")[0].read_bytes()
    assert not first.parent.exists()


def test_parts_of_something_else_are_refused(tmp_path):
    first, part = next(iter(parts_of(MANY, tmp_path / "many").items()))
    other = replace(part, settings=replace(part.settings, seed=3))
    sweep({first.name: other}, first.parent)
    with pytest.raises(ValueError, match=r"settings\.seed is 3 there, 0 asked for"):
        sweep({"many": MANY}, tmp_path)


def test_only_ensembles_larger_than_a_part_have_parts(tmp_path):
    exactly = replace(SMALL, settings=replace(SMALL.settings, n_networks=NETWORKS_A_PART))
    assert parts_of(exactly, tmp_path / "run") == {tmp_path / "run": exactly}
    parts = parts_of(MANY, tmp_path / "run")
    assert [part.settings.n_networks for part in parts.values()] == [NETWORKS_A_PART, 2]


def test_joined_parts_of_other_sizes_differ_in_last_digits_only():
    settings = replace(SMALL.settings, n_networks=5)
    whole = replace(SMALL, settings=settings)
    one, other = whole.run()["binning"], joined([p.run() for p in whole.parts(2)])["binning"]
    assert np.abs(one.train_loss - other.train_loss).max() < 1e-5
    assert np.abs(one.weight_norm - other.weight_norm).max() < 1e-5


@pytest.mark.parametrize(
    "damage", ["truncated arrays", "no arrays", "arrays of another", "no JSON", "leftovers"]
)
def test_what_is_not_whole_is_made_again(serial, tmp_path, log, damage):
    name = "activation=tanh,seed=1"
    sweep({name: EXPERIMENTS[name]}, tmp_path)
    npz, js = record_files(tmp_path / name)
    if damage == "truncated arrays":
        npz.write_bytes(npz.read_bytes()[:-100])
    elif damage == "no arrays":
        npz.unlink()
    elif damage == "arrays of another":
        npz.write_bytes(record_files(serial / "activation=tanh,seed=0")[0].read_bytes())
    else:
        js.unlink()
    if damage == "leftovers":
        (tmp_path / f".{npz.name}.1-a.tmp").write_bytes(npz.read_bytes()[:50])
    sweep({name: EXPERIMENTS[name]}, tmp_path)
    assert len(log) == 2
    assert npz.read_bytes() == record_files(serial / name)[0].read_bytes()
    assert sorted(tmp_path.iterdir()) == [js, npz]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"settings": {"seed": 7}}, r"run\.json holds another experiment: settings\.seed is 7"),
        ({"n_snapshots": 5}, "n_snapshots is 5 there, 6 asked for"),
        ({"estimators": {"b": {"name": "binning"}}}, r"estimators\.binning is None there"),
        ({"kind": "unknown", "dataset": "none"}, "record of another kind"),
        ("[1, 2", "not the JSON of a record"),
    ],
)
def test_what_is_something_else_is_refused_and_left_alone(tmp_path, log, content, message):
    sweep({"run": SMALL}, tmp_path)
    js = record_files(tmp_path / "run")[1]
    facts = read_facts(js)
    if isinstance(content, dict):
        settings = facts["settings"] | content.pop("settings", {})
        content = json.dumps(facts | {"settings": settings} | content)
    js.write_text(content)
    with pytest.raises(ValueError, match=message):
        sweep({"before": replace(SMALL, n_snapshots=4), "run": SMALL}, tmp_path)
    assert js.read_text() == content
    assert len(log) == 1


def test_bars_are_shown_when_asked_for(tmp_path, capsys):
    sweep({"run": SMALL, "other": replace(SMALL, n_snapshots=5)}, tmp_path, progress=True)
    shown = capsys.readouterr().err
    assert "2/2" in shown
    assert "20/20" in shown
    sweep({"third": replace(SMALL, n_snapshots=4)}, tmp_path)
    assert capsys.readouterr().err == ""


def test_results_are_read_when_asked_for(serial):
    results = sweep(EXPERIMENTS, serial)
    first = results["many"]["binning"]
    assert first is not results["many"]["binning"]
    assert len(results) == len(EXPERIMENTS)
    with pytest.raises(KeyError):
        results["few"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        sweep({"run": SMALL}, tmp_path / "file" / "folder")


def test_one_thread_does_the_work(tmp_path):
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        check = "import torch; assert torch.get_num_threads() == 1, torch.get_num_threads()"
        assert list(finished(exec, [(check,)])) == [(0, None)]
        assert list(finished(exec, [(check,)], n_jobs=2)) == [(0, None)]
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_a_sweep_may_be_started_from_any_thread(tmp_path):
    thread = threading.Thread(target=sweep, args=({"run": SMALL}, tmp_path))
    thread.start()
    thread.join()
    assert is_whole(tmp_path / "run")


def test_variations_are_the_product_of_their_axes():
    found = variations(
        replace(
            SMALL, estimators={"rough": {"name": "binning", "n_bins": 5}, "ksg": {"name": "ksg"}}
        ),
        {
            "activation": ("tanh", "relu"),
            "train_fraction": np.array([0.1, 0.5]),
            "seed": range(2),
            "widths": [(4,), (10, 7, 5)],
            "batch_size": [None],
            "dataset": ["digits"],
            "n_snapshots": [5],
            "estimator": ["rough", {"name": "mixture", "noise_variance": 1e-5}],
        },
    )
    assert len(found) == 2 * 2 * 2 * 2 * 2
    name = (
        "activation=relu,train_fraction=0.5,seed=1,widths=10-7-5,batch_size=None,dataset=digits,"
        "n_snapshots=5,estimator=mixture-noise_variance-1e-05"
    )
    assert list(found)[-1] == name
    last = found[name]
    assert (last.settings.activation, last.settings.train_fraction) == ("relu", 0.5)
    assert (last.settings.seed, last.settings.widths, last.dataset) == (1, (10, 7, 5), "digits")
    assert last.n_snapshots == 5
    assert last.estimators["mixture"]["noise_variance"] == 1e-5
    assert found[list(found)[-2]].estimators == {
        "rough": {"name": "binning", "n_bins": 5} | last_defaults()
    }
    assert last.question == SMALL.question
    assert not any(set(each) & set('<>:"/\\|?* ') for each in found)


def last_defaults():
    return {"bins": "equal", "low": -1.0, "high": 1.0, "width": 0.07, "label_gain": None}


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({}, "at least one axis"),
        ({"seeds": [0]}, "axes among widths, activation, .* estimator, got 'seeds'"),
        ({"seed": []}, "give seed at least one value"),
        ({"activation": "tanh"}, "list the values of activation, got 'tanh'"),
        ({"seed": 3}, "list the values of seed, got 3"),
        ({"seed": [0, 0]}, "a name of its own, got seed=0 twice"),
        ({"activation": ["tanh", "gelu"]}, "activation must be one of"),
        ({"widths": (10, 7)}, "values that fit their axes, got widths=10"),
        ({"estimator": ["fine"]}, "estimator must be one of binning or say its settings"),
        ({"estimator": [{"n_bins": 5}]}, "estimator must be named one of"),
        ({"widths": [(1,) * 80]}, "at most 150 characters"),
    ],
)
def test_axes_that_cannot_be_are_named(over, message):
    with pytest.raises(ValueError, match=message):
        variations(SMALL, over)
