"""Many experiments into one folder, a record each, whatever happens on the way.

What the folder holds is all that is known about how far a sweep is: a record that is whole and of
the experiment asked for is not made again, anything else that was begun is. So the same call goes
on after Ctrl-C, a crash or a power cut, and two processes may work on one folder: at worst they
make the same record twice.

Ensembles are trained in parts of NETWORKS_A_PART networks, always, whoever does the work. Networks
do not depend on one another, but the last digits of a batched matrix product depend on the number
of matrices: with parts of one size a record does not depend on the number of workers.
"""

import shutil
import sys
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tqdm.auto import tqdm

from ibtools.plane.experiment import joined
from ibtools.plane.recorded import Records, is_recorded
from ibtools.plane.recording import InterruptedTraining
from ibtools.plane.workers import finished
from ibtools.records import is_whole, read_facts

NETWORKS_A_PART = 25
REPEAT = "python -m ibtools.experiments repeat {name}.json"


def sweep(
    experiments: Mapping[str, Any],
    folder: Path,
    *,
    n_jobs: int = 1,
    client=None,
    progress: bool | None = None,
    device: str | None = None,
    command: str = REPEAT,
) -> Records:
    """Record in `folder` what is not there yet; all results by name, each read when asked for.

    experiments: by the names of their records, Experiments, as `variations` makes them, or anything
    else with as_dict, from_dict, run, save and load like theirs.
    n_jobs, client: who works, see ibtools.plane.workers.finished; the records are the same. All
    workers of a client must see `folder` under its name.
    progress: show bars; by default only in a terminal.  device: passed on to `run` if given.
    command: what the records say makes them again.

    Networks of an unfinished ensemble wait in NAME.parts. "seconds" of a record is the sum over its
    parts.
    Raises ValueError, before anything is done, where the folder holds something else under a name;
    and RuntimeError at the end, when all others are recorded, for experiments that failed.
    """
    folder = Path(folder)
    shown = sys.stderr.isatty() if progress is None else progress
    options = {"progress": shown and n_jobs == 1 and client is None}
    options |= {} if device is None else {"device": device}
    missing = [name for name in experiments if not is_recorded(experiments[name], folder / name)]
    parts = {name: parts_of(experiments[name], folder / name) for name in missing}
    owners, calls = [], []
    for name in missing:
        for path, part in parts[name].items():
            if not is_recorded(part, path):
                owners.append(name)
                calls.append((part, path, command.format(name=path.name), options))
    errors: dict[str, list[str]] = {name: [] for name in missing}

    def settle(name: str) -> None:
        """Join the parts once they are all there."""
        try:
            if folder / name not in parts[name] and all(map(is_whole, parts[name])):
                _join(experiments[name], parts[name], folder / name, command.format(name=name))
        except (OSError, ValueError) as error:
            errors[name].append(f"{type(error).__name__}: {error}")

    folder.mkdir(parents=True, exist_ok=True)
    for name in missing:
        settle(name)
    with tqdm(total=len(calls), unit="part", disable=not shown or len(calls) < 2) as bar:
        for number, error in finished(_record, calls, n_jobs=n_jobs, client=client):
            errors[owners[number]] += [error] * bool(error)
            settle(owners[number])
            bar.update()
    # Another process may have finished what failed here, or tidied up under our feet.
    failed = [name for name in missing if not is_whole(folder / name)]
    for name in set(missing) - set(failed):
        shutil.rmtree(work_folder(folder / name), ignore_errors=True)
    if failed:
        reasons = (f"{name}: {'; '.join(errors[name]) or 'is not there'}" for name in failed)
        raise RuntimeError(
            f"{len(failed)} of {len(experiments)} experiments failed, the others are in {folder}.\n"
            + "\n".join(reasons)
        )
    return Records(folder, experiments)


def work_folder(path: Path) -> Path:
    return path.with_name(f"{path.name}.parts")


def parts_of(experiment, path: Path) -> dict[Path, Any]:
    """By the paths of their records, the parts in which an experiment is made; often just one."""
    parts = experiment.parts(NETWORKS_A_PART) if hasattr(experiment, "parts") else [experiment]
    if len(parts) == 1:
        return {path: experiment}
    first = [part.settings.first_network for part in parts]
    return {work_folder(path) / f"from_network_{i}": p for i, p in zip(first, parts, strict=True)}


def _record(experiment, path: Path, command: str, options: dict) -> None:
    # Another process may have made it since.
    if is_recorded(experiment, path):
        return
    start = time.perf_counter()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", InterruptedTraining)
            result = experiment.run(**options)
    except InterruptedTraining as error:
        # A training that ends early is nothing to keep.
        raise KeyboardInterrupt from error
    seconds = time.perf_counter() - start
    path.parent.mkdir(parents=True, exist_ok=True)
    experiment.save(result, path, command=command, seconds=seconds)


def _join(experiment, parts: Mapping[Path, Any], path: Path, command: str) -> None:
    seconds = sum(read_facts(part)["seconds"] for part in parts)
    results = [part.load(file) for file, part in parts.items()]
    experiment.save(joined(results), path, command=command, seconds=seconds)
