"""The usual mistakes: what each of them gives, and the hint that fits it."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ibtools.check.verdict import Verdict, not_yet

IN_NATS = "this is in nats; use the logarithm to base 2."


def values_at(function: Callable, cases: Iterable[tuple]) -> np.ndarray:
    """What a function of one number as its result gives at each case, its tuple of arguments."""
    return np.array([float(function(*case)) for case in cases])


def alike(one: Any, other: Any) -> bool:
    """Whether both have the same shape and, up to rounding, the same numbers."""
    return np.shape(one) == np.shape(other) and np.allclose(one, other)


def known_mistake(
    got: Any,
    hints: Iterable[tuple[Any, str]],
    *,
    same: Callable[[Any, Any], bool] = alike,
) -> Verdict | None:
    """The verdict on a result that is one of the mistakes, None if it is none of them.

    hints: pairs of what a mistake gives and its hint.  The first that fits is told.
    """
    return next((not_yet(hint) for wrong, hint in hints if same(got, wrong)), None)
