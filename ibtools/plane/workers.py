"""Where many calls are made: here one by one, on processes of this machine, or on a cluster."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool

from joblib import Parallel, delayed, effective_n_jobs
from threadpoolctl import threadpool_limits
from tqdm import tqdm

WATCH = "ends with its parent"


def finished(
    function: Callable[..., None], calls: Sequence[tuple], *, n_jobs: int = 1, client=None
) -> Iterator[tuple[int, str | None]]:
    """Call function(*call) for each of calls; yield which one has ended, and its error or None.

    n_jobs: processes of this machine (joblib), -1 for one on each core; 1 works in this one.
    client: of a Dask cluster, which then does the work.
    Every call has one thread: small networks run several times slower on two, and last digits
    depend on the number. One that fails, or takes its process down with it, does not stop the
    others.
    """
    if client is not None:
        return _on_cluster(function, calls, client)
    if effective_n_jobs(n_jobs) == 1:
        return ((i, _error_of(function, call)) for i, call in enumerate(calls))
    return _on_processes(function, calls, n_jobs)


def _error_of(function: Callable[..., None], call: tuple) -> str | None:
    try:
        with threadpool_limits(1):
            function(*call)
    except Exception as error:
        return _said(error)
    return None


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _in_a_process(number: int, function: Callable[..., None], call: tuple, parent: int):
    # Ctrl-C in a terminal reaches all processes; the first one stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The lock that bars share among processes would be left behind by those that are stopped.
    tqdm.set_lock(threading.RLock())
    if not any(thread.name == WATCH for thread in threading.enumerate()):
        threading.Thread(target=_end_with, args=(parent,), name=WATCH, daemon=True).start()
    return number, _error_of(function, call)


def _end_with(parent: int) -> None:
    """Nobody waits for the work of a process whose parent was killed, and a new sweep may begin."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _on_processes(function, calls, n_jobs) -> Iterator[tuple[int, str | None]]:
    left = dict(enumerate(calls))

    def made(numbers) -> Iterator[tuple[int, str | None]]:
        pool = Parallel(n_jobs, backend="loky", batch_size=1, return_as="generator_unordered")
        parent = os.getpid()
        works = (delayed(_in_a_process)(i, function, calls[i], parent) for i in numbers)
        for number, error in pool(works):
            del left[number]
            yield number, error

    try:
        yield from made(list(left))
    except BrokenProcessPool:
        # A process died, of too little memory perhaps, and the pool with it. One after the other
        # the rest of the calls show whose it was.
        for number in list(left):
            try:
                yield from made([number])
            except BrokenProcessPool as error:
                yield number, _said(error)


def _on_cluster(function, calls, client) -> Iterator[tuple[int, str | None]]:
    from distributed import as_completed

    futures = {
        client.submit(_error_of, function, call, pure=False): number
        for number, call in enumerate(calls)
    }
    try:
        for future in as_completed(futures):
            died = future.exception()
            yield futures[future], future.result() if died is None else _said(died)
    finally:
        client.cancel(list(futures))
