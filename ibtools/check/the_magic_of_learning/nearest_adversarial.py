"""Exercise: the nearest point of a linear boundary, in two norms."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake
from ibtools.check.verdict import Verdict, checker, not_yet

CASES = (
    (np.array([3.0, -4.0]), 1.0, np.array([1.0, 2.0])),
    (np.array([0.5, 0.0, -2.0, 1.0]), -0.3, np.array([1.0, -1.0, 0.4, 2.0])),
)
Mistake = Callable[[np.ndarray, float, np.ndarray], np.ndarray]


def _value(w: np.ndarray, b: float, x: np.ndarray) -> float:
    return float(w @ x + b)


def _l2(w: np.ndarray, b: float, x: np.ndarray) -> np.ndarray:
    return x - _value(w, b, x) * w / (w @ w)


def _linf(w: np.ndarray, b: float, x: np.ndarray) -> np.ndarray:
    return x - _value(w, b, x) * np.sign(w) / np.abs(w).sum()


RIGHT = {"l2": _l2, "linf": _linf}
HINTS: dict[str, tuple[tuple[Mistake, str], ...]] = {
    "l2": (
        (
            lambda w, b, x: x - _value(w, b, x) * w / np.linalg.norm(w),
            "l2: f is divided by the length of w once. The unit vector w/‖w‖ must be taken "
            "f/‖w‖ times: divide by w·w.",
        ),
        (
            lambda w, b, x: x + _value(w, b, x) * w / (w @ w),
            "l2: the wrong way. Along +w the function grows, and f is to become 0: take it off.",
        ),
        (
            lambda w, b, x: x - (w @ x) * w / (w @ w),
            "l2: b is missing. The boundary is w·x + b = 0, not w·x = 0.",
        ),
        (_linf, "l2: this is the answer for linf; the two cases have changed places."),
        (
            lambda w, b, x: x - _value(w, b, x) * w,
            "l2: the step is f·w. Divide it by w·w, so that f becomes 0 and not f(1 − w·w).",
        ),
    ),
    "linf": (
        (_l2, "linf: this is the nearest point in the usual length. All coordinates may change by "
              "the same amount: use sign(w)."),
        (
            lambda w, b, x: x - _value(w, b, x) * np.sign(w) / np.linalg.norm(w),
            "linf: divide by Σ|w|: with a change of ε in each coordinate f changes by ε Σ|w|.",
        ),
        (
            lambda w, b, x: x - _value(w, b, x) * np.sign(w) / (w @ w),
            "linf: divide by Σ|w|, not by w·w: with a change of ε in each coordinate f changes by "
            "ε Σ|w|.",
        ),
        (
            lambda w, b, x: x - _value(w, b, x) * np.sign(w) / np.abs(w.sum()),
            "linf: Σ|w| is the sum of the absolute values, not the absolute value of the sum.",
        ),
        (
            lambda w, b, x: x + _value(w, b, x) * np.sign(w) / np.abs(w).sum(),
            "linf: the wrong way. Take the step off, so that f becomes 0.",
        ),
    ),
}  # fmt: skip


@checker
def nearest_adversarial(answer: Callable) -> Verdict:
    """answer(w, b, x, norm): the nearest x' with w·x' + b = 0, norm "l2" or "linf"."""
    for norm, right in RIGHT.items():
        got = [np.asarray(answer(w, b, x.copy(), norm), dtype=float) for w, b, x in CASES]
        wanted = [right(*case) for case in CASES]
        for one, other in zip(got, wanted, strict=True):
            if one.shape != other.shape:
                return not_yet(
                    f"{norm}: return a point of shape {other.shape}, like x; got {one.shape}."
                )
        if _same(got, wanted):
            continue
        rules = (([rule(*case) for case in CASES], hint) for rule, hint in HINTS[norm])
        if found := known_mistake(got, rules, same=_same):
            return found
        i = next(k for k in range(2) if not np.allclose(got[k], wanted[k]))
        value = _value(*CASES[i][:2], got[i])
        if not np.isclose(value, 0):
            return not_yet(f"{norm}: at your point f = {value:.4g}; on the boundary it is 0.")
        order = 2 if norm == "l2" else np.inf
        own, least = (np.linalg.norm(each - CASES[i][2], ord=order) for each in (got[i], wanted[i]))
        return not_yet(
            f"{norm}: your point is on the boundary, {own:.4g} away; there is one at {least:.4g}."
        )
    return Verdict(True, "distances |f|/‖w‖₂ and |f|/‖w‖₁.")


def _same(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return all(np.allclose(a, b) for a, b in zip(one, other, strict=True))
