"""The command line of recorded runs: list them, or make one again."""

import argparse
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any


def record_command(
    module: str,
    entries: Mapping[str, Any],
    report: Callable[[Any], Iterable[str]],
    save: Callable[..., None],
    arguments: list[str] | None = None,
) -> None:
    """python -m MODULE list, and python -m MODULE run NAME [--quick] [--folder FOLDER].

    entries: by name, each with a question in a line, run(), and quick(), a short version of itself.
    report(result): the lines that say what came out.  save(result, path, command=…, seconds=…).
    arguments: those of the command line, unless given.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {module}")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="names of the recorded runs and what they are for")
    run = commands.add_parser("run", help="make a recorded run again")
    run.add_argument("name", choices=entries)
    run.add_argument("--quick", action="store_true", help="a short version, not saved")
    run.add_argument("--folder", type=Path, default=Path("book/runs"), help="where to save it")
    options = parser.parse_args(arguments)

    if options.command == "list":
        widest = max(map(len, entries))
        for name, entry in entries.items():
            print(f"{name:{widest}} {entry.question}")
        return
    entry = entries[options.name]
    start = time.perf_counter()
    result = (entry.quick() if options.quick else entry).run()
    seconds = time.perf_counter() - start
    print("\n".join(report(result)), f"in {seconds:.0f} s")
    if not options.quick:
        options.folder.mkdir(parents=True, exist_ok=True)
        command = f"python -m {module} run {options.name}"
        save(result, options.folder / options.name, command=command, seconds=seconds)
