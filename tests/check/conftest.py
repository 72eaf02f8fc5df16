import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ibtools.check.verdict import Verdict
from ibtools.site.notebooks import read

BOOK = Path(__file__).parents[2] / "book"
SOLUTION = re.compile(r"\{solution\} .*?```python\n(.*?)```", re.DOTALL)


def cells_of(chapter: str, *, kind: str) -> list[str]:
    (page,) = BOOK.glob(f"*/{chapter}.ipynb")
    return [cell.source for cell in read(page).cells if cell.cell_type == kind]


@pytest.fixture
def code_of() -> Callable[[str], list[str]]:
    """Return a function that hands on the code cells of a chapter."""
    return lambda chapter: cells_of(chapter, kind="code")


@pytest.fixture
def printed_solutions() -> Callable[[str], dict]:
    """Return a function that runs the solutions a chapter prints and hands on what they define."""

    def run(chapter: str) -> dict:
        names: dict = {}
        for solution in SOLUTION.findall("\n".join(cells_of(chapter, kind="markdown"))):
            exec(solution, names)
        return names

    return run


@pytest.fixture
def assert_says() -> Callable[[Verdict, str], None]:
    """Return a function that compares a verdict with the pattern it must match, "Right" if so."""

    def compare(verdict: Verdict, message: str) -> None:
        assert verdict.right == (message == "Right"), verdict
        assert re.search(message, repr(verdict)), verdict

    return compare


@pytest.fixture
def assert_told_apart() -> Callable[[Callable, list[tuple]], None]:
    """Return a function that asks for as many hints as there are patterns of wrong answers."""

    def count(checker: Callable, answers: list[tuple]) -> None:
        wrong = [(answer, message) for answer, message in answers if message != "Right"]
        told = {checker(answer).message for answer, _ in wrong}
        assert len(told) >= len({message for _, message in wrong})

    return count
