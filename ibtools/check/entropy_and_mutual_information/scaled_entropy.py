"""Exercise: what a change of unit does to a differential entropy."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.refusals import value_unless_refused
from ibtools.check.verdict import Verdict, checker, not_yet


@checker
def scaled_entropy(answer: Callable) -> Verdict:
    """answer(h, a, d) -> h(aX) in bits of X with d components and h(X) = h."""
    h, a, d = np.array([2.0, 1.5, -0.5]), np.array([1000.0, 0.25, 3.0]), np.array([1, 3, 2])
    got = values_at(answer, zip(h, a, d.tolist(), strict=True))
    right = h + d * np.log2(a)
    hints = [
        (h, "unchanged: that holds for H of a discrete variable. A density is per unit length."),
        (h * a, "h is multiplied by a. The density is divided by a, so its logarithm is shifted."),
        (h + a, "a is added as it is; it is the logarithm that is taken of the density."),
        (
            h + np.log2(a),
            "right for d = 1. Each of the d components is stretched: the volume by a^d.",
        ),
        (h - d * np.log2(a), "the sign is wrong: stretched, the law is flatter, and h greater."),
        (h + d * np.log(a), "the shift is in nats and h in bits; use the logarithm to base 2."),
        (h + np.log2(d * a), "the volume grows by a^d, not by d·a."),
    ]
    if found := known_mistake(got, hints):
        return found
    if not np.allclose(got, right):
        i = int(np.flatnonzero(~np.isclose(got, right))[0])
        return not_yet(
            f"for h = {h[i]}, a = {a[i]}, d = {d[i]} it is {right[i]:.3f} bits, "
            f"your function: {got[i]:.3f}."
        )
    with np.errstate(all="ignore"):
        mirrored = value_unless_refused(answer, 1.0, -2.0, 3)
    if mirrored is None or not np.isclose(mirrored, 4):
        return not_yet(
            "a = -2 goes wrong. Mirroring changes no volume: the shift is d·log₂|a|, "
            "with the absolute value."
        )
    return Verdict(True, "d·log₂|a| is added, whatever the law.")
