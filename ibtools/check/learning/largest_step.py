"""Exercise: the largest step of gradient descent on a quadratic loss."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet

STEP_HINTS = (
    (
        lambda c: 1 / c.max(),
        "this is the step that lands in the minimum of the steepest direction at once. Beyond it a "
        "step overshoots, but still ends nearer than it began: |1 - ελ| < 1. Up to where?",
    ),
    (
        lambda c: 2 / c.min(),
        "with 2 over the smallest curvature the flattest direction is safe, and every steeper one "
        "runs away. All directions must come nearer.",
    ),
    (
        lambda c: 2 / c.mean(),
        "the directions do not share an average: each has its own factor 1 - ελ, and the one with "
        "the largest λ runs away first.",
    ),
    (
        lambda c: 2 / c.sum(),
        "2 over the sum is safe, but smaller than needed: in the coordinates of these directions "
        "each moves as if the others were not there.",
    ),
    (
        lambda c: 1 / c.sum(),
        "1 over the sum is safe twice over: the directions do not add up, the steepest alone "
        "decides, and a step that overshoots still ends nearer as long as |1 - ελ| < 1.",
    ),
    (
        lambda c: 1 / c.mean(),
        "1 over the average is the best step for a direction of average curvature, and there is "
        "none: each has its own factor 1 - ελ, and the one with the largest λ runs away first.",
    ),
    (
        lambda c: 4 / c.max(),
        "4 over the largest curvature is twice too long: the steepest direction is multiplied by "
        "1 - 4 = -3. The half in ½ λ θ² is gone when you take the derivative, which is λ θ.",
    ),
    (
        lambda c: 1 / c.min(),
        "1 over the smallest curvature is the best step for the flattest direction alone; with it, "
        "directions more than twice as steep run away.",
    ),
    (lambda c: c.max() / 2, "upside down: the steeper the valley, the smaller the step."),
)


@checker
def largest_step(answer: Callable) -> Verdict:
    """answer(curvatures) -> the step size above which descent on a quadratic loss runs away."""
    cases = [[4.0], [0.5, 3.0], [5.0, 0.1, 1.0], [2.0, 2.0]]
    # An array is good for max(c) and for c.max(), a list for one of them only.
    arrays = [(np.array(case),) for case in cases]
    got = values_at(answer, arrays)
    if np.allclose(got, values_at(lambda c: 2 / c.max(), arrays)):
        return Verdict(True, "2 over the largest curvature: the steepest direction decides.")
    hints = ((values_at(rule, arrays), hint) for rule, hint in STEP_HINTS)
    if found := known_mistake(got, hints):
        return found
    case, value = next(
        pair for pair in zip(cases, got, strict=True) if not np.isclose(pair[1], 2 / max(pair[0]))
    )
    grown = np.abs(1 - value * np.array(case)).max()
    return not_yet(
        f"for the curvatures {case} you give {value:.3f}. One step of that size multiplies the "
        f"distances by at most {grown:.2f}; at the largest step that number is 1."
    )
