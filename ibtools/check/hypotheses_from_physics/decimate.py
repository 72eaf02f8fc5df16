"""Exercise: the coupling of a chain of which every b-th spin is kept."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet

CASES = ((0.8, 2), (0.8, 3), (-0.6, 2), (-0.6, 3), (0.5, 1), (1.2, 5))


def _right(coupling: float, b: int) -> float:
    return float(np.arctanh(np.tanh(coupling) ** b))


HINTS: tuple[tuple[Callable[[float, int], float], str], ...] = (
    (
        lambda coupling, b: np.tanh(coupling) ** b,
        "this is tanh J'. The coupling itself is its artanh.",
    ),
    (
        lambda coupling, b: np.arctanh(np.tanh(coupling) ** (b + 1)),
        "one step too many: spins that remain are b apart, with b bonds between them.",
    ),
    (
        lambda coupling, b: np.arctanh(np.tanh(coupling) ** (b - 1)) if b > 1 else np.inf,
        "b − 1 spins are summed out, but b bonds lie between two that remain.",
    ),
    (
        lambda coupling, b: np.arctanh(np.tanh(coupling) ** 2),
        "b is not used: this is every second spin. Spins b apart agree like tanh J to the b.",
    ),
    (
        lambda coupling, b: np.arctanh(np.abs(np.tanh(coupling)) ** b),
        "the sign is lost. With J < 0 neighbours differ; are spins three apart alike or not?",
    ),
    (
        lambda coupling, b: np.sign(coupling) * np.arctanh(np.abs(np.tanh(coupling)) ** b),
        "the sign is kept where it should change: with J < 0 spins two apart are alike.",
    ),
    (
        lambda coupling, b: coupling**b,
        "it is tanh J that is raised to a power, not J. For small J the two are nearly the same.",
    ),
    (
        lambda coupling, b: np.tanh(np.arctanh(np.clip(coupling, -0.99, 0.99)) ** b),
        "tanh and artanh have changed places: tanh J' = (tanh J) to the b.",
    ),
)


@checker
def decimate(answer: Callable) -> Verdict:
    """answer(J, b): the coupling of the spins that remain when every b-th is kept."""
    got, wanted = values_at(answer, CASES), values_at(_right, CASES)
    if np.allclose(got, wanted, atol=1e-9):
        return Verdict(True, "spins that remain agree as often as before.")
    if found := known_mistake(got, ((values_at(rule, CASES), hint) for rule, hint in HINTS)):
        return found
    if not np.isclose(got[4], CASES[4][0]):
        return not_yet(f"with b = 1 all spins are kept and J stays 0.5; got {got[4]:g}.")
    i = int(np.argmax(~np.isclose(got, wanted)))
    coupling, b = CASES[i]
    return not_yet(
        f"for J = {coupling:g} and b = {b} you give {got[i]:.4g}. Spins {b} apart agree with "
        f"tanh(J)^{b} = {np.tanh(coupling) ** b:.4f} on average; which coupling of neighbours does "
        "that?"
    )
