"""The command line of recorded runs: list them, or make them again."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from ibtools.records import is_whole, read_facts, record_files

FOLDER = Path("book/runs")


def record_command(
    module: str,
    entries: Mapping[str, Any],
    report: Callable[[Any], Iterable[str]],
    save: Callable[..., None],
    arguments: list[str] | None = None,
) -> None:
    """python -m MODULE list, and python -m MODULE run NAME... [--quick] [--folder FOLDER].

    entries: by name, each with a question in a line, run(), and quick(), a short version of itself.
    report(result): the lines that say what came out.  save(result, path, command=…, seconds=…).
    arguments: those of the command line, unless given.
    """
    parser, _ = record_parser(module, entries)
    options = parser.parse_args(arguments)
    if options.command == "list":
        print("\n".join(listing(entries, options.folder)))
        return
    for name in options.names:
        entry = entries[name].quick() if options.quick else entries[name]
        start = time.perf_counter()
        try:
            result = entry.run()
        except KeyboardInterrupt:
            interrupted(f"nothing of {name} is kept, what was finished before it is")
        seconds = time.perf_counter() - start
        print("\n".join(report(result)), f"in {seconds:.0f} s")
        if not options.quick:
            options.folder.mkdir(parents=True, exist_ok=True)
            path = options.folder / name
            save(result, path, command=f"python -m {module} run {name}", seconds=seconds)
            print("\n".join(provenance(path)))


def record_parser(module: str, entries: Iterable[str]):
    """A parser with the commands list and run, and what further commands are added to."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}")
    commands = parser.add_subparsers(dest="command", required=True)
    listed = commands.add_parser("list", help="names of the recorded runs and what they are for")
    run = commands.add_parser("run", help="make recorded runs again")
    run.add_argument("names", nargs="+", choices=entries, metavar="NAME")
    run.add_argument("--quick", action="store_true", help="short versions, not saved")
    for command in (listed, run):
        command.add_argument(
            "--folder", type=Path, default=FOLDER, help=f"of the records, {FOLDER} if not given"
        )
    return parser, commands


def listing(entries: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """A line for each entry, in groups by the first word of their names."""
    widest = max(map(len, entries))
    groups: dict[str, list[str]] = {}
    for name in entries:
        groups.setdefault(name.partition("_")[0], []).append(name)
    for group, names in groups.items():
        if len(groups) > 1:
            yield f"{group}, {len(names)} run{'s' * (len(names) > 1)}"
        for name in names:
            mark = "*" if is_whole(folder / name) else " "
            yield f"{mark} {name:{widest}}  {entries[name].question}"
    yield f"* recorded in {folder}"


def provenance(path: Path) -> Iterator[str]:
    """Where a record is and how it was made."""
    facts = read_facts(path)
    npz, js = record_files(path)
    size = (npz.stat().st_size + js.stat().st_size) / 1e6
    made_with = ", ".join(f"{name} {version}" for name, version in facts["versions"].items())
    yield f"{npz} and {js.name}, {size:.2f} MB"
    yield f"made on {facts['date']} in {duration(facts['seconds'])} by {facts['command']}"
    yield f"with {made_with}"


def duration(seconds: float) -> str:
    """In words that are as exact as they need to be."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def interrupted(kept: str) -> NoReturn:
    """End as programs do after Ctrl-C."""
    print(f"\ninterrupted; {kept}", file=sys.stderr)
    sys.exit(130)
