"""Exercise: the output of a layer, for all samples at once."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake
from ibtools.check.verdict import Verdict, checker, not_yet


@checker
def layer_output(answer: Callable) -> Verdict:
    """answer(x, weights, bias) -> tanh of every unit's sum: (n, inputs) -> (n, units)."""
    rng = np.random.default_rng(0)
    # As many units as inputs: a transposed matrix still fits, and can be told from the right one.
    x, weights, bias = rng.normal(size=(7, 4)), rng.normal(size=(4, 4)), rng.normal(size=4)
    if _has_units_in_rows(answer, x, weights, bias):
        return not_yet(
            "weights @ x.T has one row per unit, and the bias is added to each row as if it had "
            "one number per sample. Samples stand in rows: the product is x @ weights.T."
        )
    got = np.asarray(answer(x, weights, bias), dtype=float)
    sums = x @ weights.T

    hints = [
        (sums + bias, "these are the sums; each still has to go through tanh."),
        (np.tanh(sums), "the bias is missing: a unit adds b_j to its sum before it bends it."),
        (sums, "bias and tanh are both missing: add b_j to the sum of unit j, then bend it."),
        (
            np.maximum(sums + bias, 0),
            "the sums are right, but negative ones are cut off, as rectified units do. These "
            "units bend with tanh.",
        ),
        (
            1 / (1 + np.exp(-(sums + bias))),
            "the sums are right, but they go through the logistic function, to between 0 and 1. "
            "These units bend with tanh, to between -1 and 1.",
        ),
        (
            np.tanh(sums) + bias,
            "the bias is added after tanh. It belongs to the sum that is bent: tanh(sum + b_j).",
        ),
        (
            np.tanh(x[:, None, :] * weights).sum(axis=2) + bias,
            "tanh is taken of every term, then the terms are added. A unit adds first and bends "
            "its sum once.",
        ),
        (
            np.tanh(x @ weights + bias),
            "the weights are used column by column. Row j of the matrix belongs to unit j: with "
            "samples in rows, the product is x @ weights.T.",
        ),
        (
            np.tanh(x @ weights),
            "the bias is missing, and the weights are used column by column: with samples in rows, "
            "the product is x @ weights.T, and b is added to it.",
        ),
        (
            np.tanh(sums + bias).T,
            "the numbers are right but lie on their side: one row per sample, (n, units).",
        ),
    ]
    if found := known_mistake(got, hints):
        return found
    if got.shape == sums.T.shape:
        return not_yet(
            f"for x of shape (7, 4) the result should have shape (7, 4), and has {got.shape}, one "
            "row per unit. Samples stand in rows: the product is x @ weights.T."
        )
    if got.shape != sums.shape:
        return not_yet(
            f"for x of shape (7, 4) and 4 units the result should have shape (7, 4), "
            f"and has {got.shape}."
        )
    if not np.allclose(got, np.tanh(sums + bias)):
        return not_yet(
            f"the first unit's output for the first sample should be "
            f"{np.tanh(sums + bias)[0, 0]:.3f} and is {got[0, 0]:.3f}."
        )
    narrow = np.asarray(answer(x, weights[:2], bias[:2]), dtype=float)
    if narrow.shape != (7, 2) or not np.allclose(narrow, np.tanh(sums + bias)[:, :2]):
        return not_yet(
            "right for 4 inputs and 4 units, wrong for 4 inputs and 2 units: nothing may rely on "
            "a square matrix."
        )
    return Verdict(True, "add first, then the bias, then bend, for all samples and units at once.")


def _has_units_in_rows(answer: Callable, x, weights, bias) -> bool:
    """Whether it is weights @ x.T + bias, which numpy adds for as many samples as units only."""
    few = x[: len(weights)]
    try:
        answer(x, weights, bias)
    except ValueError:
        got = np.asarray(answer(few, weights, bias), dtype=float)
        wrong = weights @ few.T + bias
        return any(np.array_equal(got, one) for one in (wrong, np.tanh(wrong)))
    return False
