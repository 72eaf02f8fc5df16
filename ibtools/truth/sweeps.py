"""An estimator's error against sample size, dimension and dependence, on Gaussian pairs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ibtools.truth.catalogue import CORRELATIONS, DIMENSIONS, gaussian_laws
from ibtools.truth.harness import Estimator, error_table

SIZES = (100, 300, 1000, 3000, 10_000)


@dataclass(frozen=True, eq=False)
class ErrorSweep:
    """Estimates in bits on d independent pairs of correlation ρ, from n samples.

    information: (dimension, correlation).  estimates: (size, dimension, correlation, seed), NaN
    where the estimator raised.  failures: what it raised, by size and law.
    """

    sizes: tuple[int, ...]
    dimensions: tuple[int, ...]
    correlations: tuple[float, ...]
    seeds: tuple[int, ...]
    information: np.ndarray
    estimates: np.ndarray
    failures: dict[str, str]
    estimator: str = ""
    settings: dict = field(default_factory=dict)

    def __post_init__(self):
        grid = len(self.dimensions), len(self.correlations)
        expected = len(self.sizes), *grid, len(self.seeds)
        if self.information.shape != grid or self.estimates.shape != expected:
            raise ValueError(
                f"estimates must have shape {expected} and information {grid}, got "
                f"{self.estimates.shape} and {self.information.shape}"
            )

    @property
    def error(self) -> np.ndarray:
        """Mean estimate over the seeds minus truth (size, dimension, correlation), bits."""
        return self.estimates.mean(axis=-1) - self.information

    @property
    def spread(self) -> np.ndarray:
        """Standard deviation over the seeds (size, dimension, correlation), bits."""
        return self.estimates.std(axis=-1, ddof=1)

    def rows(self) -> list[str]:
        """Errors in bits as lines of text: one line for each dimension and size."""
        heads = "".join(f"  ρ = {rho:<5g}" for rho in self.correlations)
        lines = [f"error in bits      {heads}"]
        for j, d in enumerate(self.dimensions):
            for i, n in enumerate(self.sizes):
                errors = "".join(f"{error:+11.4f}" for error in self.error[i, j])
                lines.append(f"d = {d:<3} n = {n:<8}{errors}")
        return lines + [f"{where} failed: {why}" for where, why in self.failures.items()]


def error_sweep(
    estimate: Estimator,
    *,
    sizes: Sequence[int] = SIZES,
    dimensions: Sequence[int] = DIMENSIONS,
    correlations: Sequence[float] = CORRELATIONS,
    seeds: Sequence[int] | int = 5,
    progress: bool | None = None,
) -> ErrorSweep:
    """Run an estimator over every size, dimension and correlation; see `error_table`."""
    laws = gaussian_laws(dimensions, correlations)
    tables = [error_table(estimate, laws, n=n, seeds=seeds, progress=progress) for n in sizes]
    grid = len(dimensions), len(correlations)
    return ErrorSweep(
        sizes=tuple(sizes),
        dimensions=tuple(dimensions),
        correlations=tuple(correlations),
        seeds=tables[0].seeds,
        information=tables[0].information.reshape(grid),
        estimates=np.stack([table.estimates.reshape(*grid, -1) for table in tables]),
        failures={
            f"{law}, n = {table.n}": why for table in tables for law, why in table.failures.items()
        },
    )
