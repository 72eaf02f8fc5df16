"""Exercise: two affine layers are one."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake
from ibtools.check.verdict import Verdict, checker, not_yet


@checker
def collapse_affine(answer: Callable) -> Verdict:
    """answer(w1, b1, w2, b2) -> (w, b) of x ↦ w2 (w1 x + b1) + b2."""
    rng = np.random.default_rng(1)
    # Square, so that a product in the wrong order exists, and is wrong.
    w1, w2 = rng.normal(size=(2, 3, 3))
    b1, b2 = rng.normal(size=(2, 3))
    given = answer(w1, b1, w2, b2)
    if isinstance(given, np.ndarray) and given.shape == (3, 3):
        return not_yet("this is one matrix alone. Return two things, w and b: return w, b.")
    weights, bias = (np.asarray(value, dtype=float) for value in given)

    if weights.shape != (3, 3) or bias.shape != (3,):
        return not_yet(
            f"for layers of 3 units w should have shape (3, 3) and b (3,), "
            f"and they have {weights.shape} and {bias.shape}."
        )
    weight_hints = [
        (
            w1 @ w2,
            "the matrices are multiplied in the wrong order. What acts first on x stands next to "
            "it: w2 (w1 x).",
        ),
        ((w2 @ w1).T, "the matrix is transposed: rows belong to outputs, columns to inputs."),
        (w1 + w2, "the matrices are added. One is applied to the result of the other."),
        (w1 * w2, "w1 * w2 multiplies entry by entry; composing maps needs the product @."),
    ]
    if found := known_mistake(weights, weight_hints):
        return found
    if not np.allclose(weights, w2 @ w1):
        return not_yet(
            f"the entry in the first row and column of w should be {(w2 @ w1)[0, 0]:.3f} "
            f"and is {weights[0, 0]:.3f}. Apply the two layers to each unit vector in turn."
        )
    bias_hints = [
        (
            b1 + b2,
            "w is right, but b1 is only added. It is there before the second layer, so w2 acts on "
            "it as on everything else.",
        ),
        (w2 @ b1, "w is right, but b2 is missing from b: the second layer adds it at the end."),
        (b2, "w is right, but b1 is missing from b. What comes out for x = 0?"),
        (w1 @ b2 + b1, "w is right, but in b the layers are exchanged."),
        (
            w1 @ b1 + b2,
            "w is right, but b1 goes through w1, which comes before it; it is w2 that b1 still has "
            "to pass.",
        ),
        (w2 @ (b1 + b2), "w is right, but w2 acts on b2 too, which is added only after it."),
    ]
    if found := known_mistake(bias, bias_hints):
        return found
    right = w2 @ b1 + b2
    if not np.allclose(bias, right):
        return not_yet(
            f"w is right, but the first entry of b should be {right[0]:.3f} and is {bias[0]:.3f}. "
            "b is what comes out for x = 0."
        )
    return Verdict(True, "two affine layers are one, with w2 w1 and w2 b1 + b2.")
