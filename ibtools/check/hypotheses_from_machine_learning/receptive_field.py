"""Exercise: how many pixels a unit of a stack of layers sees."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import prod

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet

Layers = Sequence[tuple[int, int]]
CASES: tuple[tuple[Layers], ...] = (
    (((5, 1), (2, 2), (5, 1), (2, 2)),),
    (((3, 1), (3, 1), (3, 1)),),
    (((7, 2), (3, 2), (5, 2), (3, 1)),),
    ((),),
)


def _right(layers: Layers) -> int:
    seen, apart = 1, 1
    for size, step in layers:
        seen, apart = seen + (size - 1) * apart, apart * step
    return seen


def _own_step_too(layers: Layers) -> int:
    seen, apart = 1, 1
    for size, step in layers:
        apart *= step
        seen += (size - 1) * apart
    return seen


def _last_step_only(layers: Layers) -> int:
    steps = [1, *(step for _, step in layers)]
    return 1 + sum((size - 1) * step for (size, _), step in zip(layers, steps, strict=False))


HINTS: tuple[tuple[Callable[[Layers], float], str], ...] = (
    (
        lambda layers: 1 + sum(size - 1 for size, _ in layers),
        "the steps are missing. Above a step of 2, two neighbours are 2 pixels apart, and each "
        "place more that a unit looks at adds 2 pixels.",
    ),
    (
        lambda layers: sum(size for size, _ in layers),
        "sizes are added as they are. A second layer of size 3 adds 2 to what is seen, since its "
        "fields overlap; and above a step of 2 it adds twice that.",
    ),
    (
        lambda layers: prod(size for size, _ in layers),
        "sizes are multiplied, as if the fields of neighbours did not overlap. They do, unless the "
        "step is as large as the size.",
    ),
    (
        _own_step_too,
        "a layer's own step comes too early: it sets how far apart its *own* units are, and is "
        "felt from the next layer on.",
    ),
    (
        _last_step_only,
        "only the step of the layer just below is counted. Steps multiply: above two steps of 2, "
        "neighbours are 4 pixels apart.",
    ),
    (
        lambda layers: _right(layers) - 1 if layers else 1,
        "one too few: without any layer a unit sees 1 pixel; begin with 1.",
    ),
    (
        lambda layers: _right(tuple(reversed(layers))),
        "the layers are taken from the top. They are given from the image upwards.",
    ),
)


@checker
def receptive_field(answer: Callable) -> Verdict:
    """answer(layers): pixels seen in one direction; layers of (size, step), from the image up."""
    got = values_at(answer, CASES)
    wanted = values_at(_right, CASES)
    if np.array_equal(got, wanted):
        return Verdict(True, "5, 6, 14 and 16 pixels for the layers of this chapter.")
    if found := known_mistake(got, ((values_at(rule, CASES), hint) for rule, hint in HINTS)):
        return found
    if got[-1] != 1:
        return not_yet(f"with no layer at all a unit is a pixel and sees 1; got {got[-1]:g}.")
    i = int(np.argmax(got != wanted))
    layers = CASES[i][0]
    grown = [_right(layers[:k]) for k in range(1, len(layers) + 1)]
    added = [b - a for a, b in pairwise([1, *grown])]
    return not_yet(
        f"for {list(layers)} you give {got[i]:g}. Layer by layer the field grows by {added}: from "
        "where does the second of these come?"
    )
