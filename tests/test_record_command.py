from dataclasses import dataclass

import pytest

from ibtools.record_command import record_command


@dataclass(frozen=True)
class Counting:
    question: str = "How far?"
    end: int = 1000

    def quick(self):
        return Counting(end=3)

    def run(self):
        return sum(range(self.end))


@pytest.fixture
def call(tmp_path):
    """Return a function that runs a command; what it saves is noted in its attribute."""

    def command(*arguments):
        record_command(
            "counts",
            {"far": Counting(), "further": Counting("How much further?", 2000)},
            lambda result: [f"the sum is {result}"],
            lambda *saved, **facts: command.saved.append((saved, facts["command"])),
            [*arguments, *(["--folder", str(tmp_path / "new")] if "run" in arguments else [])],
        )

    command.saved = []
    return command


def test_a_run_is_full_and_saved_with_its_command(call, tmp_path, capsys):
    call("run", "far")
    assert call.saved == [((499500, tmp_path / "new" / "far"), "python -m counts run far")]
    assert (tmp_path / "new").is_dir()
    assert capsys.readouterr().out == "the sum is 499500 in 0 s\n"


def test_a_quick_run_is_short_and_not_saved(call, tmp_path, capsys):
    call("run", "far", "--quick")
    assert capsys.readouterr().out.startswith("the sum is 3 in")
    assert call.saved == []
    assert not (tmp_path / "new").exists()


def test_the_list_has_names_and_questions(call, capsys):
    call("list")
    assert capsys.readouterr().out == "far     How far?\nfurther How much further?\n"
