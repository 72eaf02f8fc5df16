import json
import multiprocessing
import os
import subprocess
import sys
import textwrap

import numpy as np
import pytest

from ibtools import records
from ibtools.records import is_whole, read_facts, read_record, record_files, write_record

ARRAYS = {"ramp": np.arange(1000.0), "truth": np.array([True, False])}


def write(path, arrays=ARRAYS, **facts):
    write_record(path, arrays, facts, command="make it so", seconds=1.25)


def read(path):
    return read_record(path, lambda facts, stored: (facts, dict(stored)))


def test_arrays_and_facts_come_back_and_nothing_else_is_left(tmp_path):
    write(tmp_path / "run", colour="rød")
    facts, stored = read(tmp_path / "run")
    assert (facts["colour"], facts["command"], facts["seconds"]) == ("rød", "make it so", 1.2)
    assert all(np.array_equal(stored[name], ARRAYS[name]) for name in ARRAYS)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["run.json", "run.npz"]


def test_facts_of_another_shape_are_not_a_readable_record(tmp_path):
    write(tmp_path / "run", estimators=["binning"])
    with pytest.raises(ValueError, match=r"is not a readable record .*no attribute 'items'"):
        read_record(tmp_path / "run", lambda facts, stored: dict(facts["estimators"].items()))


def test_the_same_arrays_give_the_same_bytes(tmp_path, monkeypatch):
    write(tmp_path / "one")
    monkeypatch.setattr(records.time, "localtime", lambda *_: (2030, 1, 2, 3, 4, 5, 0, 2, 0))
    monkeypatch.setattr(records.time, "time", lambda: 1.9e9)
    write(tmp_path / "two")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_name_may_hold_a_point_and_a_path_may_name_either_file(tmp_path):
    write(tmp_path / "share=0.05", share=0.05)
    write(tmp_path / "share=0.1", share=0.1)
    assert read(tmp_path / "share=0.05")[0]["share"] == 0.05
    assert record_files(tmp_path / "a.json") == record_files(tmp_path / "a.npz")
    assert read(tmp_path / "share=0.1.json")[0]["share"] == 0.1


@pytest.mark.parametrize(
    "mode",
    ["other arrays", "truncated", "no arrays", "no digest", "torn JSON", "a list", "pickle"],
)
def test_what_does_not_belong_together_is_refused(tmp_path, mode):
    path = tmp_path / "run"
    npz, js = record_files(path)
    write(path)
    facts = read_facts(path)
    assert is_whole(path)
    if mode == "other arrays":
        write(tmp_path / "other", {"ramp": np.arange(1000.0) + 1})
        npz.write_bytes((tmp_path / "other.npz").read_bytes())
    elif mode == "truncated":
        npz.write_bytes(npz.read_bytes()[:-10])
    elif mode == "no arrays":
        npz.unlink()
    elif mode == "no digest":
        js.write_text(json.dumps({k: v for k, v in facts.items() if k != "sha256"}))
    elif mode == "torn JSON":
        js.write_text(js.read_text()[:50])
    elif mode == "a list":
        js.write_text("[]")
    elif mode == "pickle":
        np.savez(npz, ramp=np.array([object()]))
        facts["sha256"] = records.hashlib.sha256(npz.read_bytes()).hexdigest()
        js.write_text(json.dumps(facts))
    expected = FileNotFoundError if mode == "no arrays" else ValueError
    with pytest.raises(expected, match=r"run(\.npz)?'?( is not a readable record|$)"):
        read(path)
    assert is_whole(path) == (mode == "pickle")  # the digest is right; reading it is refused


def test_objects_are_refused_before_anything_is_written(tmp_path):
    write(tmp_path / "run")
    with pytest.raises(ValueError, match="allow_pickle"):
        write(tmp_path / "run", {"ramp": np.array([object()])})
    assert np.array_equal(read(tmp_path / "run")[1]["ramp"], ARRAYS["ramp"])


KILLED = """
import os, signal, sys
import numpy as np
from ibtools import records

step = int(sys.argv[2])
calls = []
original = os.fsync, os.replace

def counted(function):
    def call(*arguments):
        if len(calls) == step:
            os.kill(os.getpid(), signal.SIGKILL)
        calls.append(1)
        return function(*arguments)
    return call

os.fsync, os.replace = map(counted, original)
records.write_record(
    sys.argv[1], {"ramp": np.arange(7.0)}, {"new": True}, command="", seconds=0
)
print(len(calls))
"""


@pytest.mark.parametrize("old", [False, True])
def test_a_kill_at_any_step_leaves_a_whole_record_or_none(tmp_path, old):
    """fsync and replace of either file make four steps; a kill comes before each of them."""
    outcomes = []
    for step in range(5):
        path = tmp_path / f"{step}"
        if old:
            write(path)
        done = subprocess.run(
            [sys.executable, "-c", KILLED, path, str(step)], capture_output=True, text=True
        )
        assert (done.returncode, done.stdout) == ((0, "4\n") if step == 4 else (-9, ""))
        try:
            facts, stored = read(path)
            kind = "new" if facts.get("new") else "old"
            assert np.array_equal(stored["ramp"], np.arange(7.0 if kind == "new" else 1000.0))
        except (FileNotFoundError, ValueError):
            kind = "none"
        outcomes.append(kind)
        write(path)
        assert is_whole(path)
        assert sorted(f.name for f in tmp_path.glob(f"*{step}.*")) == [
            f"{step}.json",
            f"{step}.npz",
        ]
    start = "old" if old else "none"
    assert outcomes == [start, start, "none", "none", "new"]


def _write_often(path, value):
    for _ in range(60):
        write(path, {"value": np.full(20_000, value)}, value=value)


def test_writers_at_once_leave_one_whole_record(tmp_path):
    """With different arrays under the same name, the worst case."""
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_often, args=(tmp_path / "r", v)) for v in (1, 2, 3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    facts, stored = read(tmp_path / "r")
    assert (stored["value"] == facts["value"]).all()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["r.json", "r.npz"]


def test_a_writer_that_comes_between_is_noticed(tmp_path, monkeypatch):
    """The other one puts its two files between ours; ours is written again, and is the one kept."""
    replace, left = os.replace, [1]

    def interrupted(source, target):
        if str(target).endswith(".json") and left:
            left.pop()
            write(tmp_path / "run", {"ramp": np.zeros(3)}, whose="theirs")
        replace(source, target)

    monkeypatch.setattr(records.os, "replace", interrupted)
    write(tmp_path / "run", whose="ours")
    facts, stored = read(tmp_path / "run")
    assert facts["whose"] == "ours"
    assert np.array_equal(stored["ramp"], ARRAYS["ramp"])


def test_a_temporary_taken_for_a_leftover_is_written_again(tmp_path, monkeypatch):
    replace, left = os.replace, [1, 1]

    def without_source(source, target):
        if left:
            left.pop()
            os.unlink(source)
        replace(source, target)

    monkeypatch.setattr(records.os, "replace", without_source)
    write(tmp_path / "run")
    assert is_whole(tmp_path / "run")


def test_a_file_that_another_process_reads_is_replaced_a_moment_later(tmp_path, monkeypatch):
    """As on Windows, where a file that is open cannot be replaced."""
    write(tmp_path / "run")
    replace, left = os.replace, [1, 1, 1]

    def held(source, target):
        if left:
            left.pop()
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(records.os, "replace", held)
    monkeypatch.setattr(records, "PAUSE", 0.001)
    write(tmp_path / "run", colour="blue")
    assert read(tmp_path / "run")[0]["colour"] == "blue"
    left.extend([1] * 1000)
    monkeypatch.setattr(records, "PATIENCE", 0.01)
    with pytest.raises(PermissionError, match=r"not written, .*run\.npz"):
        write(tmp_path / "run", colour="green")
    assert read(tmp_path / "run")[0]["colour"] == "blue"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"not written.*missing.*run\.npz"):
        write(tmp_path / "missing" / "run")


def test_a_full_disk_is_named_and_tears_nothing(tmp_path):
    """The limit on the size of a file stands for the disk."""
    pytest.importorskip("resource")
    write(tmp_path / "run")
    script = """
        import resource, sys
        import numpy as np
        from ibtools.records import write_record
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        noise = np.random.default_rng(0).normal(size=1000)
        write_record(sys.argv[1], {"noise": noise}, {}, command="", seconds=0)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), tmp_path / "run"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("OSError")
    assert f"not written, File too large: '{tmp_path / 'run.npz'}'" in last
    assert np.array_equal(read(tmp_path / "run")[1]["ramp"], ARRAYS["ramp"])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["run.json", "run.npz"]
