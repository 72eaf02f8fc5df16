"""Which of the experiments asked for a folder holds, and their results."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ibtools.records import is_whole, read_facts, record_files


class Records(Mapping):
    """Results by name, read from their files each time one is asked for: hundreds fit."""

    def __init__(self, folder: Path, experiments: Mapping[str, Any]):
        self._folder, self._experiments = folder, experiments

    def __getitem__(self, name: str):
        return self._experiments[name].load(self._folder / name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._experiments)

    def __len__(self) -> int:
        return len(self._experiments)


def is_recorded(experiment, path: Path) -> bool:
    """Whether a whole record of this experiment is at path; its question may be worded otherwise.

    Raises ValueError when there is something else.
    """
    file = record_files(path)[1]
    try:
        facts = read_facts(path)
    except FileNotFoundError:
        return False
    try:
        stored = type(experiment).from_dict(facts).as_dict()
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"folder: {file} is a record of another kind ({error})") from error
    same_question = {"question": stored["question"]}
    different = list(_differences(stored, experiment.as_dict() | same_question))
    if different:
        raise ValueError(f"folder: {file} holds another experiment: {', '.join(different)}")
    return is_whole(path)


def _differences(stored, asked, name: str = "") -> Iterator[str]:
    if isinstance(stored, dict) and isinstance(asked, dict):
        for key in stored | asked:
            inner = f"{name}.{key}" if name else key
            yield from _differences(stored.get(key), asked.get(key), inner)
    elif stored != asked:
        yield f"{name} is {stored!r} there, {asked!r} asked for"
