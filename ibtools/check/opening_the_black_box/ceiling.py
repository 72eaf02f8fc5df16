"""Exercise: the largest binned I(X;T) there can be."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import IN_NATS, known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet


@checker
def ceiling(answer: Callable) -> Verdict:
    """answer(n_samples, n_units, n_bins) -> largest binned I(X;T) possible, in bits."""
    cases = [(4096, 10, 30), (4096, 2, 30), (205, 3, 30), (4096, 1, 100)]
    samples, units, bins = (np.array(column, dtype=float) for column in zip(*cases, strict=True))
    got = values_at(answer, cases)
    by_samples, by_cells = np.log2(samples), units * np.log2(bins)

    right = np.minimum(by_samples, by_cells)
    if np.allclose(got, right):
        return Verdict(True, "the smaller of the two limits, log2 n and units × log2 bins.")
    hints = [
        (np.log(2) * right, IN_NATS),
        (
            by_samples,
            "log2 n is one limit, but a layer of 2 units with 30 bins has only 900 cells.",
        ),
        (
            by_cells,
            "that is the logarithm of the number of cells. With 10 units most cells stay empty: "
            "how many can n samples fill?",
        ),
        (
            np.minimum(by_samples, np.log2(units * bins)),
            "units multiply the number of cells: bins ** units, not bins * units.",
        ),
    ]
    if found := known_mistake(got, hints):
        return found
    wrong = next(i for i, value in enumerate(got) if not np.isclose(value, right[i]))
    return not_yet(f"ceiling{cases[wrong]} gives {got[wrong]:.3f}, too high or too low.")
