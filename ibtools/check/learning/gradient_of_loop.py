"""Exercise: a derivative that is carried along with a loop."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet

# What a turn makes of the derivative d, from s before the turn and after it.
TURNS: dict[str, Callable[[float, float, float, float], float]] = {
    "right": lambda s, after, theta, d: s * (1 - s) + (1 + theta * (1 - 2 * s)) * d,
    "last": lambda s, after, theta, d: s * (1 - s),
    "sum": lambda s, after, theta, d: s * (1 - s) + d,
    "factor late": lambda s, after, theta, d: s * (1 - s) + (1 + theta * (1 - 2 * after)) * d,
    "all late": lambda s, after, theta, d: after * (1 - after) + (1 + theta * (1 - 2 * after)) * d,
    "gain": lambda s, after, theta, d: s * (1 - s) + theta * (1 - 2 * s) * d,
    "no direct": lambda s, after, theta, d: (1 + theta * (1 - 2 * s)) * d,
}


def _loop(
    theta: float, steps: int, *, turn: str = "right", keeps: float = 1.0, d: float = 0.0
) -> tuple[float, float]:
    """s and ds/dθ after s ← keeps · s + θ s (1 - s), or what a mistaken turn makes of them."""
    s = 0.1
    for _ in range(steps):
        after = keeps * s + theta * s * (1 - s)
        s, d = after, TURNS[turn](s, after, theta, d)
    return s, d


def _derivative(theta: float, steps: int, **mistake: Any) -> float:
    return _loop(theta, steps, **mistake)[1]


LATE = (
    "you use the s after the step where the one before it belongs: both s (1 - s) and the factor "
    "1 + θ (1 - 2s) are of the s that the step began with. Compute the new derivative before you "
    "overwrite s."
)
LOOP_HINTS: tuple[tuple[Callable[[float, int], float], str], ...] = (
    (
        partial(_derivative, turn="last"),
        "this counts only what θ does in the last step. It acted in every step before as well, and "
        "the s it made there was carried on.",
    ),
    (
        partial(_derivative, turn="sum"),
        "you add up what θ does in each step, but not how it goes on from there: a change of s in "
        "one step is multiplied by 1 + θ (1 - 2s) in each later one.",
    ),
    (partial(_derivative, turn="factor late"), LATE),
    (partial(_derivative, turn="all late"), LATE),
    (
        partial(_derivative, turn="gain"),
        "s ← s + θ s (1 - s) hands on s itself too: the factor is 1 + θ (1 - 2s), and your 1 is "
        "missing.",
    ),
    (
        partial(_derivative, turn="gain", keeps=0.0),
        "this is the derivative for the rule s ← θ s (1 - s). Here s grows: the old s is kept and "
        "θ s (1 - s) added to it.",
    ),
    (
        lambda theta, steps: 0.0,
        "always 0: d begins at 0 and nothing is ever added to it. In each step θ also acts "
        "directly, by s (1 - s).",
    ),
    (
        partial(_derivative, turn="no direct", d=1.0),
        "this is the derivative by the start, s = 0.1: a 1 that each step multiplies. The start "
        "does not depend on θ; in each step θ acts directly, by s (1 - s), and you leave that out.",
    ),
    (
        lambda theta, steps: _derivative(theta, steps + 1),
        "this is the derivative after one step more than asked for: with steps = 0 it must be 0.",
    ),
    (
        lambda theta, steps: _derivative(theta, max(steps - 1, 0)),
        "this is the derivative after one step fewer than asked for: after one step it is "
        "0.1 · 0.9 = 0.09.",
    ),
    (
        lambda theta, steps: _loop(theta, steps)[0],
        "this is s itself; its derivative by θ is asked for.",
    ),
)


@checker
def gradient_of_loop(answer: Callable) -> Verdict:
    """answer(theta, steps) -> ds/dθ after the loop s ← s + θ s (1 - s) from s = 0.1."""
    cases = [(0.5, 0), (0.5, 1), (0.5, 6), (0.9, 4), (-0.3, 3)]
    got, right = values_at(answer, cases), values_at(_derivative, cases)
    near = partial(np.allclose, rtol=1e-6, atol=1e-9)
    # Difference quotients, with the best of steps, come to about 1e-11.
    if np.allclose(got, right, rtol=1e-13, atol=1e-15):
        return Verdict(True, "the derivative went through every step of the loop.")
    hints = ((values_at(rule, cases), hint) for rule, hint in LOOP_HINTS)
    if found := known_mistake(got, hints, same=near):
        return found
    off = np.abs(got - right).max()
    if off < 0.01:
        return not_yet(
            f"close, but not exact: off by up to {off:.0e}, as a difference quotient is. The chain "
            "rule has no such error: carry ds/dθ along with s instead."
        )
    i = int(np.argmax(~np.isclose(got, right, rtol=1e-6, atol=1e-9)))
    theta, steps = cases[i]
    return not_yet(
        f"for θ = {theta} and {steps} steps ds/dθ should be {right[i]:.4f} and is {got[i]:.4f}."
        + (" Before the first step s does not depend on θ." if steps == 0 else "")
    )
