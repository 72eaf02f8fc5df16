from dataclasses import dataclass

import pytest

from ibtools.record_command import duration, record_command
from ibtools.records import write_record


@dataclass(frozen=True)
class Counting:
    question: str = "How far?"
    end: int = 1000

    def quick(self):
        return Counting(end=3)

    def run(self):
        if self.end < 0:
            raise KeyboardInterrupt
        return sum(range(self.end))


def save(result, path, *, command, seconds):
    write_record(path, {"sum": result}, {}, command=command, seconds=seconds)


ENTRIES = {
    "far_away": Counting(),
    "further_away": Counting("How much further?", 2000),
    "nowhere": Counting(end=-1),
}


@pytest.fixture
def call(tmp_path):
    """Return a function that runs a command."""

    def command(*arguments):
        folder = ["--folder", str(tmp_path / "new")]
        report = "the sum is {}".format
        record_command(
            "counts", ENTRIES, lambda result: [report(result)], save, [*arguments, *folder]
        )

    return command


def test_a_run_is_full_and_saved_with_its_command(call, tmp_path, capsys):
    call("run", "far_away")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "the sum is 499500 in 0 s"
    assert said[1].startswith(f"{tmp_path / 'new' / 'far_away.npz'} and far_away.json")
    assert said[2].endswith("in 0 s by python -m counts run far_away")
    assert said[3].startswith("with python 3")


def test_several_runs_one_after_the_other(call, tmp_path):
    call("run", "far_away", "further_away")
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == [
        "far_away.json",
        "far_away.npz",
        "further_away.json",
        "further_away.npz",
    ]


def test_a_quick_run_is_short_and_not_saved(call, tmp_path, capsys):
    call("run", "far_away", "--quick")
    assert capsys.readouterr().out == "the sum is 3 in 0 s\n"
    assert not (tmp_path / "new").exists()


def test_the_list_has_names_and_questions_in_groups(call, tmp_path, capsys):
    call("run", "further_away")
    capsys.readouterr()
    call("list")
    assert capsys.readouterr().out.splitlines() == [
        "far, 1 run",
        "  far_away      How far?",
        "further, 1 run",
        "* further_away  How much further?",
        "nowhere, 1 run",
        "  nowhere       How far?",
        f"* recorded in {tmp_path / 'new'}",
    ]


def test_an_unknown_name_is_refused_with_the_known_ones(call, capsys):
    with pytest.raises(SystemExit):
        call("run", "far")
    assert "'far_away', 'further_away', 'nowhere'" in capsys.readouterr().err


def test_interrupted_it_says_what_is_kept(call, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        call("run", "far_away", "nowhere", "further_away")
    assert ended.value.code == 130
    expected = "interrupted; nothing of nowhere is kept, what was finished before it is"
    assert expected in capsys.readouterr().err
    assert (tmp_path / "new" / "far_away.json").exists()


def test_durations_are_as_exact_as_they_need_to_be():
    assert [duration(t) for t in (1.2, 89, 300, 6000)] == ["1 s", "89 s", "5 min", "1.7 h"]
