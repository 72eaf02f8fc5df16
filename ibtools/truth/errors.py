"""How far an estimator was off, law by law."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, eq=False)
class ErrorTable:
    """Estimates in bits of every law for every seed, beside the truth.

    names, information: (law,).  estimates: (law, seed), NaN where the estimator raised.
    seconds: (law, seed), time of the estimate alone.  failures: what it raised, by name of law.
    n: samples in each estimate.  n_warnings: EstimateWarnings per law.
    estimator, settings: what made the estimates, where that has a name.
    """

    names: tuple[str, ...]
    information: np.ndarray
    estimates: np.ndarray
    seconds: np.ndarray
    failures: dict[str, str]
    n: int
    seeds: tuple[int, ...]
    n_warnings: np.ndarray
    estimator: str = ""
    settings: dict = field(default_factory=dict)

    def __post_init__(self):
        expected = len(self.names), len(self.seeds)
        if not self.estimates.shape == self.seconds.shape == expected:
            raise ValueError(
                f"estimates and seconds must have shape {expected}, got "
                f"{self.estimates.shape} and {self.seconds.shape}"
            )

    @property
    def mean(self) -> np.ndarray:
        """Mean over the seeds (law,); NaN where any seed failed."""
        return self.estimates.mean(axis=1)

    @property
    def spread(self) -> np.ndarray:
        """Standard deviation over the seeds (law,); NaN for a single seed, which shows none."""
        if len(self.seeds) == 1:
            return np.full(len(self.names), np.nan)
        return self.estimates.std(axis=1, ddof=1)

    @property
    def error(self) -> np.ndarray:
        """Mean estimate minus truth (law,), bits."""
        return self.mean - self.information

    @property
    def relative_error(self) -> np.ndarray:
        """error / truth (law,); NaN where the truth is 0."""
        truth = np.where(self.information > 0, self.information, np.nan)
        return self.error / truth

    def n_within(self, share: float) -> int:
        """Number of laws whose relative error is at most share; NaN is never within."""
        return int((np.abs(self.relative_error) <= share).sum())

    def mean_absolute_error(self, *, base: float = 2) -> float:
        """Mean of |error| over the laws that did not fail; NaN when all did."""
        errors = np.abs(self.error[~np.isnan(self.error)])
        return float(errors.mean() * np.log(2) / np.log(base)) if len(errors) else np.nan

    def rows(self) -> list[str]:
        """The table as lines of text, bits; a failed law shows what was raised."""
        width = max(len(name) for name in self.names)
        columns = zip(
            self.names,
            self.information,
            self.mean,
            self.spread,
            self.error,
            self.seconds.mean(axis=1),
            self.n_warnings,
            strict=True,
        )
        lines = [f"{'bits':{width}}    truth     mean   spread    error  seconds  warnings"]
        for name, truth, mean, spread, error, seconds, n_warnings in columns:
            lines.append(
                f"{name:{width}} {truth:8.4f} {mean:8.4f} {spread:8.4f} {error:+8.4f} "
                f"{seconds:8.3f} {n_warnings:9d}"
            )
            if name in self.failures:
                lines.append(f"  failed: {self.failures[name]}")
        return lines

    def summary(self) -> str:
        """The table in three numbers."""
        n_laws, n_informative = len(self.names), int((self.information > 0).sum())
        return (
            f"{n_laws} laws, n = {self.n}, {len(self.seeds)} seeds: of {n_informative} with "
            f"information {self.n_within(0.05)} within 5 %, {self.n_within(0.1)} within 10 %; "
            f"mean absolute error {self.mean_absolute_error():.3f} bits "
            f"({self.mean_absolute_error(base=np.e):.3f} nats); {len(self.failures)} failed"
        )
