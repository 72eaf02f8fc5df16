"""python -m ibtools.experiments: list the recorded runs, show one, make some, or repeat one.

list                     names and questions; a star for those that are recorded
show NAME                what it is, what came out, and what it takes
run NAME... [--quick]    make and record them; what is recorded already is not made again
repeat RECORD.json       make a record again from its JSON alone, and compare
"""

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from joblib import effective_n_jobs
from threadpoolctl import threadpool_limits

from ibtools.experiments.catalogue import EXPERIMENTS
from ibtools.experiments.expected import Expected, expected, until_done
from ibtools.experiments.linear import KIND as LINEAR
from ibtools.experiments.linear import LINEAR_EXPERIMENTS, LinearExperiment
from ibtools.experiments.repeated import comparison, differences
from ibtools.experiments.words import in_words
from ibtools.plane import Experiment
from ibtools.plane.experiment import KIND as PLANE
from ibtools.plane.sweep import REPEAT, is_recorded, sweep, work_folder
from ibtools.record_command import (
    FOLDER,
    duration,
    interrupted,
    listing,
    provenance,
    record_parser,
)
from ibtools.records import read_facts, record_files

MODULE = "ibtools.experiments"
ALL = EXPERIMENTS | LINEAR_EXPERIMENTS
KINDS = {PLANE: Experiment, LINEAR: LinearExperiment}


def _parser() -> argparse.ArgumentParser:
    parser, commands = record_parser(MODULE, ALL)
    shown = commands.add_parser("show", help="what a run is, what came out, and what it takes")
    shown.add_argument("name", choices=ALL, metavar="NAME")
    shown.add_argument("--folder", type=Path, default=FOLDER, help="of the records")
    repeat = commands.add_parser("repeat", help="make a record again from its JSON alone")
    repeat.add_argument("record", type=Path, metavar="RECORD.json")
    repeat.add_argument("--folder", type=Path, help="where to keep it; nowhere if not given")
    for command in (commands.choices["run"], repeat):
        command.add_argument(
            "--jobs", type=int, default=1, help="processes, 1 if not given; -1 for one a core"
        )
        command.add_argument("--device", default="cpu", help="as PyTorch names it")
    return parser


def _takes(total: Expected, n_jobs: int) -> str:
    size = "" if total.megabytes is None else f", {total.megabytes:.0f} MB a process"
    return f"about {duration(until_done(total.seconds, n_jobs))}{size}"


def _show(name: str, folder: Path) -> None:
    experiment = ALL[name]
    print(name, *in_words(experiment), sep="\n")
    try:
        if is_recorded(experiment, folder / name):
            print(*provenance(folder / name), sep="\n")
            print(*experiment.report(experiment.load(folder / name)), sep="\n")
        else:
            print(f"not recorded in {folder}")
    except ValueError as error:
        print(error)
    print(f"takes {_takes(expected(experiment), 1)}")


def _check_device(experiments: Mapping[str, Any], device: dict) -> None:
    """Raise ValueError for experiments that know no device: their arithmetic is NumPy's."""
    unmoved = [name for name, each in experiments.items() if isinstance(each, LinearExperiment)]
    if device and unmoved:
        raise ValueError(f"--device must be cpu for {', '.join(unmoved)}, got {device['device']}")


def _quick(experiments: Mapping[str, Any], device: dict) -> None:
    _check_device(experiments, device)
    for name, full in experiments.items():
        experiment = full.quick()
        with threadpool_limits(1):
            print(name, *experiment.report(experiment.run(**device)), sep="\n")


def _record(
    experiments: Mapping[str, Any], options: argparse.Namespace, device: dict, command: str
) -> None:
    """Record what is missing in options.folder, saying first what it takes, then what came out."""
    _check_device(experiments, device)
    n_jobs = effective_n_jobs(options.jobs)
    missing = [n for n, each in experiments.items() if not is_recorded(each, options.folder / n)]
    trials = []
    for name in experiments:
        if name in missing:
            trials.append(expected(experiments[name]))
            print(f"{name} takes {_takes(trials[-1], n_jobs)}", flush=True)
        else:
            print(f"{name} is in {options.folder}")
    if len(trials) > 1:
        together = [seconds for trial in trials for seconds in trial.seconds]
        print(f"together about {duration(until_done(together, n_jobs))}", flush=True)
    try:
        results = sweep(experiments, options.folder, n_jobs=n_jobs, command=command, **device)
    except KeyboardInterrupt:
        paths = {name: options.folder / name for name in experiments}
        whole = [name for name, path in paths.items() if is_recorded(experiments[name], path)]
        begun = [str(work_folder(path)) for path in paths.values() if work_folder(path).exists()]
        kept = ", ".join([*whole, *(f"parts in {folder}" for folder in begun)])
        interrupted(f"kept: {kept or 'nothing'}. The same command goes on from there.")
    for name in missing:
        print(name, *experiments[name].report(results[name]), sep="\n")
        print(*provenance(options.folder / name), sep="\n")


def _repeat(options: argparse.Namespace, device: dict) -> None:
    js = record_files(options.record)[1]
    facts = read_facts(js)
    if facts.get("kind") not in KINDS:
        raise ValueError(f"RECORD.json must be of kind {', '.join(KINDS)}, got {facts.get('kind')}")
    try:
        experiment = KINDS[facts["kind"]].from_dict(facts)
    except (KeyError, TypeError) as error:
        raise ValueError(
            f"RECORD.json must say all of its experiment, got {js}: {error}"
        ) from error
    if options.folder is not None and options.folder.resolve() == js.parent.resolve():
        raise ValueError(f"--folder must be another than that of {js}")
    with contextlib.ExitStack() as stack:
        if options.folder is None:
            options.folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _record({js.stem: experiment}, options, device, REPEAT)
        if record_files(js)[0].exists():
            print(*comparison(differences(js, options.folder / js.stem)), sep="\n")
        else:
            print(f"no arrays lie beside {js} to compare with")


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    device = {} if getattr(options, "device", "cpu") == "cpu" else {"device": options.device}
    try:
        if options.command == "list":
            print(*listing(ALL, options.folder), sep="\n")
        elif options.command == "show":
            _show(options.name, options.folder)
        elif options.command == "repeat":
            _repeat(options, device)
        else:
            chosen = {name: ALL[name] for name in options.names}
            if options.quick:
                _quick(chosen, device)
            else:
                _record(chosen, options, device, f"python -m {MODULE} run {{name}}")
    except (OSError, RuntimeError, ValueError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        interrupted("nothing was begun that could be kept")


if __name__ == "__main__":
    main()
