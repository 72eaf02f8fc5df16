import pkgutil
import re
from importlib import import_module

import pytest

import ibtools.check

CHAPTERS = {
    module.name: import_module(f"ibtools.check.{module.name}")
    for module in pkgutil.iter_modules(ibtools.check.__path__)
    if module.ispkg
}
CHECKERS = [(chapter, name) for chapter, module in CHAPTERS.items() for name in module.__all__]


@pytest.mark.parametrize(("chapter", "name"), CHECKERS)
def test_the_printed_solution_passes(chapter, name, printed_solutions):
    verdict = getattr(CHAPTERS[chapter], name)(printed_solutions(chapter)[name])
    assert verdict.right, verdict


@pytest.mark.parametrize(("chapter", "name"), CHECKERS)
def test_what_is_unwritten_or_stops_or_returns_nothing_is_told_so(chapter, name):
    def unwritten(*_):
        raise NotImplementedError

    checker = getattr(CHAPTERS[chapter], name)
    assert "nothing is written yet" in checker(unwritten).message
    assert "stops with ZeroDivisionError" in checker(lambda *_: 1 / 0).message
    assert "returns nothing" in checker(lambda *_: None).message


@pytest.mark.parametrize(("chapter", "name"), CHECKERS)
def test_a_checker_says_how_the_function_is_called(chapter, name):
    checker = getattr(CHAPTERS[chapter], name)
    assert checker.__name__ == name
    assert checker.__doc__.startswith("answer(")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_exercise_of_a_chapter_ends_with_the_call_of_its_checker(chapter, code_of):
    stubs = [source for source in code_of(chapter) if "raise NotImplementedError" in source]
    names = [re.match(r"def (\w+)", source)[1] for source in stubs]
    assert sorted(names) == sorted(CHAPTERS[chapter].__all__)
    for name, source in zip(names, stubs, strict=True):
        assert source.endswith(f"check.{name}({name})")
