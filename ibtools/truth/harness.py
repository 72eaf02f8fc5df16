"""Running an estimator over laws whose information is known."""

import sys
import time
import warnings
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from tqdm.auto import tqdm

from ibtools.information.estimate import EstimateWarning
from ibtools.information.validation import whole_number
from ibtools.truth.errors import ErrorTable
from ibtools.truth.law import Law

Estimator = Callable[[np.ndarray, np.ndarray], float]


def _attempt(estimate: Estimator, x: np.ndarray, y: np.ndarray) -> tuple[float, int, str]:
    """The estimate, how many EstimateWarnings came, and what was raised, if anything."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", EstimateWarning)
        try:
            value, failure = float(estimate(x, y)), ""
        # Any failure of any estimator belongs into the table, not only the foreseen ones.
        except Exception as error:
            value, failure = np.nan, f"{type(error).__name__}: {error}"
    n_doubts = 0
    for warning in caught:
        if issubclass(warning.category, EstimateWarning):
            n_doubts += 1
        else:
            warnings.warn_explicit(
                warning.message, warning.category, warning.filename, warning.lineno
            )
    return value, n_doubts, failure


def error_table(
    estimate: Estimator,
    laws: Iterable[Law],
    *,
    n: int,
    seeds: Sequence[int] | int = 5,
    progress: bool | None = None,
) -> ErrorTable:
    """Run an estimator over laws of known information.

    estimate: (x, y) to bits.  seeds: which, or how many from 0; a seed means the same samples of a
    law for every estimator, and the same noise behind a law and its disguises, so that their
    estimates differ by the disguise alone.  progress: show a bar; by default only in a terminal.
    Nothing is dropped: where the estimator raises, the table holds NaN and the message. Its
    EstimateWarnings are counted, not shown.
    Raises ValueError for no laws, no seeds, or n less than 1.
    """
    laws, n = tuple(laws), whole_number(n, "n")
    seeds = tuple(range(whole_number(seeds, "seeds")) if np.ndim(seeds) == 0 else seeds)
    if not laws or not seeds:
        raise ValueError(f"laws and seeds must not be empty, got {len(laws)} and {len(seeds)}")
    shape = len(laws), len(seeds)
    estimates, seconds, n_warnings = np.empty(shape), np.empty(shape), np.zeros(len(laws), int)
    failures = {}
    shown = sys.stderr.isatty() if progress is None else progress
    with tqdm(total=estimates.size, unit="estimate", disable=not shown) as bar:
        for i, law in enumerate(laws):
            for j, seed in enumerate(seeds):
                x, y = law.sample(n, seed)
                start = time.perf_counter()
                estimates[i, j], n_doubts, failure = _attempt(estimate, x, y)
                seconds[i, j] = time.perf_counter() - start
                n_warnings[i] += n_doubts
                if failure:
                    failures.setdefault(law.name, f"seed {seed}: {failure}")
                bar.update()
    names = tuple(law.name for law in laws)
    information = np.array([law.information for law in laws])
    return ErrorTable(names, information, estimates, seconds, failures, n, seeds, n_warnings)
