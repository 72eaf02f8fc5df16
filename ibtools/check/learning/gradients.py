"""Exercise: the gradients of a network of two layers, written by hand."""

from collections.abc import Callable
from itertools import permutations

import numpy as np

from ibtools.check.learning.gradients_by_hand import by_hand, mistakes
from ibtools.check.mistakes import alike, known_mistake
from ibtools.check.verdict import Verdict, checker, not_yet

NAMES = ("W1", "b1", "W2", "b2")


@checker
def gradients(answer: Callable) -> Verdict:
    """answer(x, y, W1, b1, W2, b2) -> the gradients of the four, in this order.

    The network is W2 tanh(W1 x + b1) + b2, samples are columns, and the loss is the mean over the
    samples of ½ ‖output - y‖².
    """
    # Square first: there a forgotten transpose gives a number, not an error about shapes.
    for widths in ((3, 3, 3), (2, 4, 3)):
        case = _two_layers(*widths)
        got = [np.asarray(part, dtype=float) for part in answer(*case)]
        verdict = _judged(got, case)
        if not verdict.right:
            return verdict
    return verdict


def _two_layers(n_in: int, n_hidden: int, n_out: int, n: int = 7) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(0)
    shapes = [(n_in, n), (n_out, n), (n_hidden, n_in), (n_hidden, 1), (n_out, n_hidden), (n_out, 1)]
    return tuple(rng.normal(size=shape) for shape in shapes)


def _judged(got: list[np.ndarray], case: tuple[np.ndarray, ...]) -> Verdict:
    right = by_hand(*case)
    if len(got) != 4:
        return not_yet(f"return four gradients, of W1, b1, W2 and b2; got {len(got)}.")
    for order in permutations(range(4)):
        if order != (0, 1, 2, 3) and _same(got, [right[i] for i in order]):
            return not_yet(
                f"all four are right, but stand in the order {', '.join(NAMES[i] for i in order)}; "
                "return those of W1, b1, W2, b2."
            )
    if found := _unfit(got, right, n=case[0].shape[1]):
        return found
    got = [part.reshape(wanted.shape) for part, wanted in zip(got, right, strict=True)]
    if _same(got, right):
        return Verdict(True, "all four agree, with square layers and with layers of three widths.")
    return _mistake(got, case, right)


def _unfit(got: list[np.ndarray], right: list[np.ndarray], *, n: int) -> Verdict | None:
    """What the shapes say, of n samples; a bias may be flat."""
    for name, part, bias in ((NAMES[i], got[i], right[i]) for i in (1, 3)):
        if part.size == bias.size * n:
            return not_yet(
                f"the gradient of {name} has shape {part.shape}, one column for each sample. The "
                "same bias is added in every sample: sum over them."
            )
        if part.size == n or part.size == 1 != bias.size:
            return not_yet(
                f"the gradient of {name} has shape {part.shape}: sum over the samples (columns), "
                "not over the units (rows)."
            )
    for name, part, wanted in zip(NAMES, got, right, strict=True):
        flat = name.startswith("b") and part.shape == (wanted.size,)
        if part.shape != wanted.shape and not flat:
            turned = " Turn the product around." if part.shape == wanted.T.shape else ""
            return not_yet(
                f"the gradient of {name} has shape {part.shape}; it is subtracted from {name}, so "
                f"it must have its shape, {wanted.shape}.{turned}"
            )
    return None


def _mistake(got: list, case: tuple[np.ndarray, ...], right: list) -> Verdict:
    usual = mistakes(n=case[0].shape[1], W2=case[4])
    hints = ((by_hand(*case, **mistake), hint) for mistake, hint in usual)
    if found := known_mistake(got, hints, same=_same):
        return found
    wrong = [i for i in range(4) if not np.allclose(got[i], right[i])]
    names = ", ".join(NAMES[i] for i in wrong)
    i = wrong[-1]
    at = tuple(int(k) for k in np.argwhere(~np.isclose(got[i], right[i]))[0])
    values = f"its entry {list(at)} should be {right[i][at]:.4f} and is {got[i][at]:.4f}"
    if all(got[i].shape[::-1] == got[i].shape and np.allclose(got[i].T, right[i]) for i in wrong):
        return not_yet(
            f"transposed: the gradient of {names}. Row k, column j belongs to the edge from j to "
            f"k; in that of {NAMES[i]} {values}. Turn the product around."
        )
    return not_yet(f"not right: the gradient of {names}. Begin with that of {NAMES[i]}: {values}.")


def _same(left: list[np.ndarray], right: list[np.ndarray]) -> bool:
    return all(map(alike, left, right))
