"""What an experiment will take on this machine, from a short trial of it."""

import heapq
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from threadpoolctl import threadpool_limits

from ibtools.networks import snapshot_epochs
from ibtools.plane import BINNING
from ibtools.plane.sweep import parts_of

LONG_ENOUGH = 0.6  # seconds, to be told from the jitter of the clock


@dataclass(frozen=True)
class Expected:
    """seconds: of each part in which the experiment is made, one thread each, on the processor.

    megabytes: the most that one process needs, with all it has loaded; None where the system does
    not say.
    """

    seconds: tuple[float, ...]
    megabytes: float | None


def expected(experiment) -> Expected:
    """Time some epochs of the first part and one measurement, and count what there will be.

    Epochs are timed with all networks, since many are trained at nearly the price of one, and with
    the cheapest of estimators; a measurement with as few networks as it takes, since each is
    measured for itself. A run goes through the same code, but measures networks that have learned,
    whose layers may be quicker or slower to measure than those timed here.
    """
    parts = list(parts_of(experiment, Path("trial")).values())
    part = parts[0]
    n = part.settings.n_networks
    quickly = replace(part, estimators={"": BINNING}) if hasattr(part, "estimators") else part

    def timed(what, epochs: int, n_networks: int) -> float:
        settings = replace(what.settings, epochs=epochs, n_networks=n_networks)
        start = time.perf_counter()
        replace(what, settings=settings, n_snapshots=3).run(progress=False)
        return time.perf_counter() - start

    with threadpool_limits(1):
        timed(quickly, 1, 1)  # the first time, more has to be loaded
        # Both with three snapshots: at the start, after an epoch and at the end.
        more, taken, first = 0, 0.0, timed(quickly, 2, n)
        while taken < LONG_ENOUGH and more < part.settings.epochs:
            more = 4 * more or 6
            taken = timed(quickly, 2 + more, n) - first
        epoch = max(taken, 0.0) / max(more, 1)
        measured, taken = 1, _snapshot(timed, part, 1)
        while taken < LONG_ENOUGH / 4 and measured < n:
            measured = min(4 * measured, n)
            taken = _snapshot(timed, part, measured)
    a_network = max(taken - epoch * measured / n, 0.0) / measured
    n_snapshots = len(snapshot_epochs(part.settings.epochs, part.n_snapshots))
    seconds = part.settings.epochs * epoch / n + n_snapshots * a_network
    return Expected(tuple(seconds * each.settings.n_networks for each in parts), _peak())


def _snapshot(timed, part, n_networks: int) -> float:
    """Two snapshots and an epoch, less one snapshot."""
    return timed(part, 1, n_networks) - timed(part, 0, n_networks)


def _peak() -> float | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e6 / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def until_done(seconds: Iterable[float], n_jobs: int) -> float:
    """When the last of the parts is done if each goes to the worker that is free first."""
    busy = [0.0] * n_jobs
    for part in seconds:
        heapq.heapreplace(busy, busy[0] + part)
    return max(busy)
