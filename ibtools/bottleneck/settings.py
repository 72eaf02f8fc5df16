"""What solvers ask of their settings, and say of their results, in one place."""

import sys
import warnings
from collections.abc import Sequence

import numpy as np

from ibtools.bottleneck.solution import BottleneckWarning, Solution
from ibtools.information.validation import positive, real_numbers, whole_number


def validated_betas(betas: np.ndarray) -> np.ndarray:
    """betas as float64 (n,), not empty, all positive and finite."""
    betas = real_numbers(betas, "betas").astype(np.float64)
    if betas.ndim != 1 or betas.size == 0:
        raise ValueError(f"betas must have shape (n,), not empty, got {betas.shape}")
    return np.array([positive(beta, f"betas[{i}]") for i, beta in enumerate(betas.tolist())])


def validated_n_clusters(n_clusters: int | None, n_x: int) -> int:
    """n_clusters, or as many as there are x."""
    n_clusters = n_x if n_clusters is None else whole_number(n_clusters, "n_clusters")
    if n_clusters > n_x:
        raise ValueError(f"n_clusters must be at most n_x = {n_x}, got {n_clusters}")
    return n_clusters


def warn_of_unconverged(solutions: Sequence[Solution], what: str, max_steps: int) -> None:
    """One warning for all solutions that ran out of steps, at the line that asked for them."""
    late = [solution.beta for solution in solutions if not solution.converged]
    if late:
        warnings.warn(
            f"{what} did not converge in {max_steps} steps for {len(late)} of {len(solutions)} "
            f"values of beta, first {late[0]:g}: raise max_steps",
            BottleneckWarning,
            stacklevel=1 + _calls_within_ibtools(),
        )


def _calls_within_ibtools() -> int:
    """How many calls lie between the line outside that asked and here: solvers call solvers."""
    frame, calls = sys._getframe(1), 0
    while frame and frame.f_globals.get("__name__", "").startswith("ibtools."):
        frame, calls = frame.f_back, calls + 1
    return calls
