"""Exercise: three variables with a given interaction, of either sign."""

from collections.abc import Callable

import numpy as np

from ibtools.check.verdict import Verdict, checker, not_yet
from ibtools.information import (
    conditional_mutual_information_from_table,
    mutual_information_from_table,
    total_correlation_from_table,
)


@checker
def table_with_interaction(answer: Callable) -> Verdict:
    """answer(c) -> p_xyz (2, 2, 2) with I(X;Y) - I(X;Y|Z) = c bits, for -1 ≤ c ≤ 1."""
    wanted = np.array([-1, -0.5, 0, 0.3, 1])
    tables = [np.asarray(answer(float(c)), dtype=float) for c in wanted]
    for c, table in zip(wanted, tables, strict=True):
        if table.shape != (2, 2, 2):
            return not_yet(
                f"for c = {c:g} the shape is {table.shape}; an axis each for X, Y, Z is 2×2×2."
            )
        if table.min() < 0 or not np.isclose(table.sum(), 1):
            return not_yet(
                f"for c = {c:g} the table is no distribution: smallest entry {table.min():.3f}, "
                f"sum {table.sum():.3f}."
            )
    shared = np.array([mutual_information_from_table(table.sum(axis=2)) for table in tables])
    given = np.array([conditional_mutual_information_from_table(table) for table in tables])
    got = shared - given
    right = np.isclose(got, wanted, atol=1e-6)

    if right.all():
        return Verdict(True, "from one bit told twice to one bit that only both together tell.")
    if np.allclose(got, -wanted, atol=1e-6):
        return not_yet(
            "the sign is reversed: you have I(X;Y|Z) - I(X;Y), as some write it. A copy, one bit "
            "told twice, counts +1 here."
        )
    if right[wanted >= 0].all():
        return not_yet(
            "right from 0 to 1; below 0 something else is needed: two variables that tell nothing "
            "about each other until the third is known."
        )
    if right[wanted <= 0].all():
        return not_yet(
            "right from -1 to 0; above 0 something else is needed: the third variable must know "
            "what the two share."
        )
    if np.allclose([total_correlation_from_table(t) for t in tables], np.abs(wanted), atol=1e-6):
        return not_yet(
            f"your tables have the total correlation |c|, but I(X;Y) - I(X;Y|Z) is {got.round(2)} "
            f"for c = {wanted}. How much do three variables hang together, and in which way?"
        )
    if right[[0, 2, 4]].all():
        return not_yet(
            f"right at -1, 0 and 1. Between them it is not linear: for c = -0.5 and 0.3 you get "
            f"{got[1]:.3f} and {got[3]:.3f} bits."
        )
    if np.allclose(got, got[0], atol=1e-9):
        return not_yet(f"whatever c, your table has {got[0]:.3f} bits.")
    i = int(np.flatnonzero(~right)[0])
    return not_yet(
        f"for c = {wanted[i]:g} your table has I(X;Y) = {shared[i]:.3f} and I(X;Y|Z) = "
        f"{given[i]:.3f} bits, the difference is {got[i]:.3f}."
    )
