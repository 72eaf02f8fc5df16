"""python -m ibtools.truth: the laws of known information, and any estimator run over them."""

import argparse
import ast
import shlex
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from ibtools.information import mutual_information
from ibtools.information.catalogue import MUTUAL_INFORMATION
from ibtools.truth.catalogue import GROUPS, laws
from ibtools.truth.errors import ErrorTable
from ibtools.truth.harness import error_table
from ibtools.truth.store import save_errors
from ibtools.truth.sweeps import SIZES, ErrorSweep, error_sweep


def _setting(text: str) -> tuple[str, object]:
    """key=value; a value that is no Python literal is a string."""
    key, equals, value = text.partition("=")
    if not (key.isidentifier() and equals):
        raise argparse.ArgumentTypeError(f"settings must look like key=value, got {text!r}")
    try:
        return key, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return key, value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ibtools.truth", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    listed = commands.add_parser("list", help="every law, its information and its source")
    run = commands.add_parser("run", help="one estimator over a group of laws")
    run.add_argument("--n", type=int, default=10_000, help="samples of each law")
    swept = commands.add_parser("sweep", help="one estimator over sizes, dimensions, correlations")
    swept.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    for command in (listed, run):
        command.add_argument("--laws", choices=[*GROUPS, "all"], default="all")
    for command in (run, swept):
        command.add_argument("estimator", choices=MUTUAL_INFORMATION, metavar="ESTIMATOR")
        command.add_argument("--seeds", type=int, default=5, help="how many, from 0")
        command.add_argument(
            "--set",
            type=_setting,
            action="append",
            default=[],
            metavar="KEY=VALUE",
            dest="settings",
        )
        command.add_argument("--save", action="store_true", help="keep the result as a record")
        command.add_argument("--name", help="the record's name, made of the choices by default")
        command.add_argument("--folder", type=Path, default=Path("book/runs"))
    return parser


def _measured(options: argparse.Namespace) -> ErrorTable | ErrorSweep:
    settings = dict(options.settings)

    def estimate(x: np.ndarray, y: np.ndarray) -> float:
        return mutual_information(x, y, estimator=options.estimator, **settings)

    if options.command == "run":
        result = error_table(estimate, laws(options.laws), n=options.n, seeds=options.seeds)
    else:
        result = error_sweep(estimate, sizes=options.sizes, seeds=options.seeds)
    return replace(result, estimator=options.estimator, settings=settings)


def main(arguments: list[str] | None = None) -> None:
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(arguments)
    if options.command == "list":
        for law in laws(options.laws):
            line = f"{law.name:51} {law.information:7.4f} bits  {law.kind:11} {law.source}"
            print(line.rstrip())
        return
    start = time.perf_counter()
    result = _measured(options)
    seconds = time.perf_counter() - start
    print("\n".join(result.rows()))
    if options.command == "run":
        print(result.summary())
    if np.isnan(result.estimates).all():
        sys.exit(f"{options.estimator} failed on every law")
    if options.save:
        group = options.laws if options.command == "run" else "sweep"
        name = options.name or f"estimators_{group}_{options.estimator}".replace("-", "_")
        options.folder.mkdir(parents=True, exist_ok=True)
        command = shlex.join(["python", "-m", "ibtools.truth", *arguments])
        save_errors(result, options.folder / name, command=command, seconds=seconds)


if __name__ == "__main__":
    main()
