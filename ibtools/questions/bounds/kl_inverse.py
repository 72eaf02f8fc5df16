"""Bernoulli divergence, and the largest rate that a bound on it allows."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import rel_entr

from ibtools.information.validation import finite_number


def binary_kl(q: float, p: float) -> float:
    """kl(q‖p) = q ln(q/p) + (1 − q) ln((1 − q)/(1 − p)) in nats; infinite where p excludes q.

    Raises ValueError for q or p outside [0, 1].
    """
    q, p = _share(q, "q"), _share(p, "p")
    return float(rel_entr(q, p) + rel_entr(1 - q, 1 - p))


def kl_inverse(q: float, budget: float) -> float:
    """The largest p in [q, 1] with kl(q‖p) ≤ budget.

    q: a share observed, as of errors.  budget: in nats, 0 or more.
    For q = 0 it is 1 − e^(−budget).  It lies below q + √(budget/2), Pinsker's bound, and far below
    it for small q.
    Raises ValueError for q outside [0, 1] and a negative budget.
    """
    q, budget = _share(q, "q"), finite_number(budget, "budget")
    if budget < 0:
        raise ValueError(f"budget must be 0 or more, got {budget}")
    if q == 1 or budget == 0:
        return q
    # kl grows from 0 at p = q without bound towards p = 1.
    below = np.nextafter(1.0, 0.0)
    if binary_kl(q, below) <= budget:
        return 1.0
    return float(brentq(lambda p: binary_kl(q, p) - budget, q, below, xtol=1e-15))


def _share(value: float, name: str) -> float:
    value = finite_number(value, name)
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must lie in [0, 1], got {value}")
    return value
