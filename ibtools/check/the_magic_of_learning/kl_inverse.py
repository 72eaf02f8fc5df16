"""Exercise: the largest error rate that a divergence allows."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet
from ibtools.questions import bounds

CASES = ((0.0, 0.1), (0.05, 0.2), (0.3, 0.02), (0.5, 0.3))


def _lower(q: float, budget: float) -> float:
    if bounds.binary_kl(q, 1e-12) <= budget:
        return 0.0
    return brentq(lambda p: bounds.binary_kl(q, p) - budget, 1e-12, q)


def _turned(q: float, budget: float) -> float:
    if bounds.binary_kl(1 - 1e-12, q) <= budget or q == 0:
        return 1.0 if q else 0.0
    return brentq(lambda p: bounds.binary_kl(p, q) - budget, q, 1 - 1e-12)


HINTS: tuple[tuple[Callable[[float, float], float], str], ...] = (
    (
        lambda q, budget: min(1.0, q + np.sqrt(budget / 2)),
        "this is Pinsker's bound, q + √(c/2). It holds, and is too large, most of all where q is "
        "small: solve kl(q‖p) = c itself.",
    ),
    (
        _lower,
        "this is the smallest p that the budget allows, below q. Asked is the largest, above q: "
        "how bad can the true error still be?",
    ),
    (
        lambda q, budget: bounds.kl_inverse(q, budget * np.log(2)),
        "right if c were in bits. It is in nats: use natural logarithms.",
    ),
    (
        _turned,
        "q and p have changed places: this solves kl(p‖q) = c. The weights q and 1 − q are those "
        "of the error that was seen.",
    ),
    (
        lambda q, budget: q,
        "this is q itself, the error that was seen. The search must begin above it.",
    ),
)


@checker
def kl_inverse(answer: Callable) -> Verdict:
    """answer(q, c): the largest p with kl(q‖p) ≤ c, in nats."""
    got = values_at(answer, CASES)
    wanted = values_at(bounds.kl_inverse, CASES)
    if np.allclose(got, wanted, atol=2e-4):
        return Verdict(True, "for no errors at all it is 1 − e⁻ᶜ.")
    if np.isnan(got).any():
        q, c = CASES[int(np.isnan(got).argmax())]
        return not_yet(
            f"for q = {q:g} and c = {c:g} it is not a number. 0 ln 0 counts as 0: leave the term "
            "out where q is 0."
        )
    found = known_mistake(
        got,
        ((values_at(rule, CASES), hint) for rule, hint in HINTS),
        same=lambda one, other: np.allclose(one, other, atol=2e-4),
    )
    if found:
        return found
    i = int(np.argmax(~np.isclose(got, wanted, atol=2e-4)))
    q, c = CASES[i]
    if not q <= got[i] <= 1:
        return not_yet(f"for q = {q:g}, c = {c:g} you give {got[i]:.4g}, not between q and 1.")
    return not_yet(
        f"for q = {q:g} and c = {c:g} you give p = {got[i]:.4f}, and kl(q‖p) = "
        f"{bounds.binary_kl(q, got[i]):.4f} there. It must be {c:g}, to 4 digits of p."
    )
