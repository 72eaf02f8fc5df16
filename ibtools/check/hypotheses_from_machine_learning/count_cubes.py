"""Exercise: how many cubes a staircase in many dimensions needs."""

from collections.abc import Callable
from math import ceil

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet

# Numbers that divide evenly and such that do not, in one dimension and in several.
CASES = ((1.0, 0.125, 1), (1.0, 0.125, 3), (3.0, 0.4, 2), (0.5, 0.15, 4), (0.5, 0.5, 5))


def _right(slope: float, error: float, dimensions: int) -> float:
    return float(ceil(slope / (2 * error)) ** dimensions)


HINTS: tuple[tuple[Callable[[float, float, int], float], str], ...] = (
    (
        lambda slope, error, d: float(ceil(slope / error) ** d),
        "more than are needed: no point of a cube is farther than *half* its width from its "
        "middle, in any coordinate.",
    ),
    (
        lambda slope, error, d: (slope / (2 * error)) ** d,
        "a part of a cube does not help: round up the number along each coordinate.",
    ),
    (
        lambda slope, error, d: float(ceil((slope / (2 * error)) ** d)),
        "rounded up too late. The number along each coordinate is whole: round up, then the power.",
    ),
    (
        lambda slope, error, d: float(int(slope / (2 * error)) ** d),
        "rounded down: the cubes that are left out are not covered.",
    ),
    (
        lambda slope, error, d: float(ceil(slope / (2 * error)) * d),
        "numbers along the coordinates multiply; in d dimensions it is a power.",
    ),
    (
        lambda slope, error, d: float(ceil(slope / (2 * error))),
        "this is for one dimension.",
    ),
    (
        lambda slope, error, d: float(ceil(slope * d / (2 * error)) ** d),
        "the slope is for the *largest* change of a coordinate, so that distances along several "
        "coordinates do not add up.",
    ),
    (
        lambda slope, error, d: float(ceil(2 * error / slope) ** d),
        "upside down: 2 error / slope is the width of a cube, not the number of cubes.",
    ),
)


@checker
def count_cubes(answer: Callable) -> Verdict:
    """answer(slope, error, dimensions): the least number of cubes for this error."""
    got, wanted = values_at(answer, CASES), values_at(_right, CASES)
    if np.array_equal(got, wanted):
        return Verdict(True, "5 cubes along each of 784 coordinates, for (b).")
    if found := known_mistake(got, ((values_at(rule, CASES), hint) for rule, hint in HINTS)):
        return found
    i = int(np.argmax(got != wanted))
    slope, error, d = CASES[i]
    return not_yet(
        f"for slope {slope:g}, error {error:g} and {d} dimensions you give {got[i]:g}. A cube may "
        f"be {2 * error / slope:g} wide; how many of them cover [0, 1]?"
    )
