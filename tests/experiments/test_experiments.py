import re
import shutil
from dataclasses import fields, replace

import numpy as np
import pytest

from ibtools.experiments import __main__ as command
from ibtools.experiments import expected as expecting
from ibtools.experiments.__main__ import ALL, KINDS, main
from ibtools.experiments.expected import expected, until_done
from ibtools.experiments.repeated import comparison, differences
from ibtools.experiments.words import WORDS
from ibtools.networks import TrainingSettings
from ibtools.networks.student_teacher import StudentTeacherSettings
from ibtools.plane import Experiment
from ibtools.plane.sweep import NETWORKS_A_PART, work_folder
from ibtools.records import is_whole, read_facts, record_files, write_record

SMALL = Experiment(
    question="How small?",
    settings=TrainingSettings(widths=(4, 3), n_networks=2, epochs=20),
    n_snapshots=6,
)
MANY = replace(SMALL, settings=replace(SMALL.settings, n_networks=NETWORKS_A_PART + 1))


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Return a function that runs a command on small experiments, recorded in its `folder`."""
    linear = ALL["linear_100_samples"].quick()
    monkeypatch.setattr(command, "ALL", {"small": SMALL, "many": MANY, "linear": linear})
    monkeypatch.setattr(expecting, "LONG_ENOUGH", 0.01)

    def called(*arguments):
        main([*arguments, "--folder", str(called.folder)])

    called.folder = tmp_path / "runs"
    return called


def test_list_names_every_run(capsys):
    main(["list"])
    printed = capsys.readouterr().out
    assert all(re.search(rf"^[* ] {name} +\w", printed, re.MULTILINE) for name in ALL)
    assert len(printed.splitlines()) < 2 * len(ALL)


def test_every_run_says_what_it_is_for_and_comes_back_from_its_values():
    for name, experiment in ALL.items():
        assert experiment.question, name
        values = experiment.as_dict()
        assert KINDS[values["kind"]].from_dict(values) == experiment, name


def test_a_quick_run_prints_and_saves_nothing(call, capsys):
    call("run", "many", "--quick")
    assert "binning, mean of 3 networks at epoch 20:" in capsys.readouterr().out
    assert not call.folder.exists()


def test_the_soft_label_is_what_relevance_is_about():
    """Before training, the first layer still tells all 4096 inputs apart."""
    run = ALL["tanh_80_percent"]
    short = replace(run, settings=replace(run.settings, n_networks=1, epochs=1), n_snapshots=3)
    told = {name: float(each.I_TY[0, 0, 0]) for name, each in short.run(progress=False).items()}
    assert told["binning"] == pytest.approx(0.999157, abs=1e-4)
    assert told["soft label"] == pytest.approx(0.99, abs=2e-3)


def test_an_unknown_name_is_refused_with_the_known_ones(capsys):
    for arguments in (["run", "tanh"], ["show", "tanh"]):
        with pytest.raises(SystemExit):
            main(arguments)
        assert "'tanh_80_percent'" in capsys.readouterr().err


def test_a_run_says_what_it_takes_then_what_came_out_and_how_it_was_made(call, capsys):
    call("run", "small", "linear", "--jobs", "1")
    said = capsys.readouterr().out
    order = [
        r"small takes about \d+ s, \d+ MB a process",
        r"linear takes about \d+ s",
        r"together about \d+ s",
        r"binning, mean of 2 networks at epoch 20",
        r"small\.npz and small\.json, 0\.\d\d MB",
        r"made on [-\d]+ in \d+ s by python -m ibtools\.experiments run small",
        r"with python .* torch",
        r"3 networks to epoch 200",
        r"by python -m ibtools\.experiments run linear",
    ]
    assert re.search(".*".join(order), said, re.DOTALL)
    call("run", "small")
    assert capsys.readouterr().out == f"small is in {call.folder}\n"


def test_what_is_something_else_is_not_overwritten(call, monkeypatch):
    call("run", "small")
    before = record_files(call.folder / "small")[1].read_text()
    command.ALL["small"] = replace(SMALL, n_snapshots=5)
    with pytest.raises(SystemExit, match=r"small\.json holds another .* n_snapshots is 6 there, 5"):
        call("run", "small")
    assert record_files(call.folder / "small")[1].read_text() == before


@pytest.mark.parametrize("arguments", [["--jobs", "0"], ["--device", "abacus"]])
def test_what_cannot_be_is_said_without_a_traceback(call, arguments):
    with pytest.raises(SystemExit, match=r"n_jobs == 0|abacus"):
        call("run", "small", *arguments)


@pytest.mark.parametrize("quick", [["--quick"], []])
def test_what_runs_on_no_other_device_says_so(call, quick):
    with pytest.raises(SystemExit, match="--device must be cpu for linear, got cuda"):
        call("run", "small", "linear", "--device", "cuda", *quick)
    assert not call.folder.exists()


def test_interrupted_it_says_what_is_kept_and_goes_on_from_there(call, capsys, monkeypatch):
    run, calls = Experiment.run, []

    def interrupted(self, **options):
        calls.append(self.settings.first_network)
        if calls == [0, 0, NETWORKS_A_PART]:
            raise KeyboardInterrupt
        return run(self, **options)

    monkeypatch.setattr(command, "expected", lambda _: expecting.Expected((1.0,), None))
    monkeypatch.setattr(Experiment, "run", interrupted)
    with pytest.raises(SystemExit) as ended:
        call("run", "small", "many", "linear")
    assert ended.value.code == 130
    parts = work_folder(call.folder / "many")
    assert f"interrupted; kept: small, parts in {parts}." in capsys.readouterr().err
    call("run", "small", "many", "linear")
    assert calls == [0, 0, NETWORKS_A_PART, NETWORKS_A_PART]
    assert is_whole(call.folder / "many")
    assert not parts.exists()


def test_show_has_every_value_the_record_and_the_price(call, capsys):
    call("show", "many")
    said = capsys.readouterr().out
    for name, value in SMALL.settings.as_dict().items():
        shown = {"widths": "4-3", "n_networks": "26"}.get(name, str(value))
        assert re.search(rf"^  {name} +{re.escape(shown)} +{re.escape(WORDS[name])}$", said, re.M)
    assert "estimator 'binning': binning with bins equal, n_bins 30" in said
    assert f"not recorded in {call.folder}\ntakes about" in said
    call("run", "linear")
    capsys.readouterr()
    call("show", "linear")
    said = capsys.readouterr().out
    assert "(deep linear)" in said
    assert re.search(r"made on .* run linear\nwith .*\nT1  I\(X;T\)", said)


def test_every_setting_has_words():
    for settings in (TrainingSettings, StudentTeacherSettings):
        assert {field.name for field in fields(settings)} <= set(WORDS)


@pytest.mark.parametrize("name", ["many", "linear"])
def test_a_record_is_repeated_from_its_json_alone(call, tmp_path, capsys, name):
    call("run", name)
    npz, js = record_files(call.folder / name)
    capsys.readouterr()
    main(["repeat", str(js)])
    assert re.search(r"all \d+ arrays came out again, to the last bit", capsys.readouterr().out)
    assert sorted(call.folder.iterdir()) == sorted([js, npz])

    alone = tmp_path / "alone" / js.name
    alone.parent.mkdir()
    shutil.copy(js, alone)
    main(["repeat", str(alone), "--folder", str(tmp_path / "again")])
    assert f"no arrays lie beside {alone}" in capsys.readouterr().out
    again = record_files(tmp_path / "again" / name)[0]
    assert again.read_bytes() == npz.read_bytes()
    assert read_facts(again)["command"] == f"python -m ibtools.experiments repeat {name}.json"


def test_what_did_not_come_out_again_is_named(call, capsys):
    call("run", "linear")
    npz, js = record_files(call.folder / "linear")
    with np.load(npz) as stored:
        arrays = dict(stored)
    arrays["train_error"][0, 0] += 0.25
    write_record(js, arrays, ALL["linear_100_samples"].quick().as_dict(), command="", seconds=0)
    capsys.readouterr()
    main(["repeat", str(js)])
    said = capsys.readouterr().out
    assert re.search(r"(\d+) of \d+ arrays .*\n  train_error  the largest .* is 0\.25\n$", said)


def test_repeating_in_place_or_something_else_is_refused(call, tmp_path):
    call("run", "small")
    js = record_files(call.folder / "small")[1]
    with pytest.raises(SystemExit, match="--folder must be another"):
        main(["repeat", str(js), "--folder", str(call.folder)])
    write_record(tmp_path / "x", {}, {"kind": "poem"}, command="", seconds=0)
    with pytest.raises(SystemExit, match="must be of kind plane, deep linear, got poem"):
        main(["repeat", str(tmp_path / "x.json")])
    write_record(tmp_path / "x", {}, {"kind": "plane", "settings": {}}, command="", seconds=0)
    with pytest.raises(SystemExit, match=r"must say all of its experiment, got .*x\.json: 'quest"):
        main(["repeat", str(tmp_path / "x.json")])
    with pytest.raises(SystemExit, match="No such file"):
        main(["repeat", str(tmp_path / "none.json")])


def test_differences_are_the_largest_of_each_array(tmp_path):
    one = {"a": np.array([1.0, np.nan]), "b": np.array([True]), "c": np.zeros(2), "d": np.ones(1)}
    other = {"a": np.array([1.5, np.nan]), "b": np.array([True]), "c": np.zeros(3)}
    for name, arrays in (("one", one), ("other", other)):
        write_record(tmp_path / name, arrays, {}, command="", seconds=0)
    found = differences(tmp_path / "one", tmp_path / "other")
    assert found == {"a": 0.5, "b": 0.0, "c": np.inf, "d": np.inf}
    assert len(list(comparison(found))) == 4


def test_a_trial_counts_epochs_and_snapshots(monkeypatch):
    """On a clock that advances by 2 s an epoch and 3 s a snapshot, each for one network."""
    clock = [0.0]

    def run(self, **options):
        epochs = {0, *(e for e in (1, self.settings.epochs) if e <= self.settings.epochs)}
        n = self.settings.n_networks
        price = 3.0 if "mixture" in self.estimators else 0.1
        clock[0] += 5 + n * (2 * self.settings.epochs + price * len(epochs))

    monkeypatch.setattr(Experiment, "run", run)
    monkeypatch.setattr(expecting.time, "perf_counter", lambda: clock[0])
    experiment = replace(MANY, estimators={"mixture": {"name": "mixture"}})
    found = expected(experiment)
    assert len(found.seconds) == 2
    assert found.seconds == pytest.approx((25 * (20 * 2 + 6 * 3), 20 * 2 + 6 * 3))
    assert found.megabytes is None or 50 < found.megabytes < 1e5


def test_parts_go_to_the_worker_that_is_free_first():
    assert until_done([3.0, 1.0, 1.0, 2.0], 2) == 4.0
    assert until_done([3.0, 1.0], 1) == 4.0
