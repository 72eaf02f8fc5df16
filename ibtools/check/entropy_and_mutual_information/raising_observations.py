"""Exercise: which observations leave X more uncertain than it was."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake
from ibtools.check.verdict import Verdict, checker, not_yet
from ibtools.information import conditional_entropy_from_table, entropy_from_table


@checker
def raising_observations(answer: Callable) -> Verdict:
    """answer(p_xy) -> the numbers y with H(X|Y=y) > H(X), of a table (n_x, n_y)."""
    # X is usually 1. Observation 1 leaves all open, 2 much, 3 settles that X is 2; 5 never occurs.
    p_xy = np.array(
        [
            [0.01, 0.03, 0.01, 0.00, 0.02, 0.0],
            [0.50, 0.03, 0.03, 0.00, 0.12, 0.0],
            [0.02, 0.03, 0.01, 0.04, 0.01, 0.0],
            [0.02, 0.03, 0.07, 0.00, 0.02, 0.0],
        ]
    )
    h_x = entropy_from_table(p_xy.sum(axis=1))
    right = _raised(p_xy, h_x)
    with np.errstate(all="ignore"):
        returned = np.asarray(answer(p_xy))
    if returned.dtype == bool:
        return not_yet("return the numbers of the columns: np.flatnonzero turns yes into y.")
    # np.where and np.nonzero hand on a tuple of one array: one row, whose numbers are the answer.
    numbers = returned.reshape(-1).astype(float)
    if not np.array_equal(numbers, numbers.round()):
        return not_yet(
            f"{numbers.round(2)} are no numbers of columns. Are they entropies? Return the y whose "
            "entropy is above H(X)."
        )
    got = sorted(int(y) for y in numbers)

    parts = -np.where(p_xy > 0, p_xy * np.log2(np.where(p_xy > 0, p_xy, 1)), 0).sum(axis=0)
    hints = [
        (
            np.flatnonzero(parts > h_x).tolist(),
            "no observation, you say. Is each column divided by its sum before its entropy is "
            "taken? p(x|y) is p(x,y)/p(y).",
        ),
        (
            [y for y in range(5) if y not in right],
            "these are the observations that lower the uncertainty; which ones raise it?",
        ),
        (
            _raised(p_xy.T, entropy_from_table(p_xy.sum(axis=0))),
            "rows and columns are exchanged: y numbers the columns, and p(x|y) is a column "
            "divided by its sum.",
        ),
        (
            _raised(p_xy, conditional_entropy_from_table(p_xy.T)),
            "you compare with the mean H(X|Y). Raised means: above H(X), what was open before "
            "anything was seen.",
        ),
        (
            [y + 1 for y in right],
            "these are the right columns, each numbered one too high: columns are counted from 0.",
        ),
        ([1], "this is the observation that leaves most open. There may be more than one."),
        (
            [*right, 5],
            "observation 5 never occurs, p(y) = 0: it has no p(x|y), so it cannot raise anything.",
        ),
        (
            _raised(p_xy[:, :5], 0),
            "these are all that leave anything open. Compare with H(X), not with 0.",
        ),
    ]
    if found := known_mistake(got, hints):
        return found
    if got != right:
        return not_yet(
            f"in the test table, with H(X) = {h_x:.3f} bits, these columns raise it: {right}; "
            f"your function: {got}."
        )
    if np.size(answer(np.array([[0.5, 0.0], [0.0, 0.5]]))):
        return not_yet("Y a copy of X: no observation leaves anything open, so none raises.")
    # In powers of 2 every p(x|y) is p(x) to the last digit, so that rounding is not to blame.
    if np.size(answer(np.outer([0.5, 0.25, 0.25], [0.5, 0.5]))):
        return not_yet(
            "X and Y independent: after every y X is as uncertain as before, H(X|Y=y) = H(X), and "
            "no more. Is ≥ written in the place of >?"
        )
    return Verdict(True, "single observations may raise the uncertainty; their mean never does.")


def _raised(p_xy: np.ndarray, above: float) -> list[int]:
    """The y that occur and leave more than this open, H(X|Y=y) > above."""
    seen = [y for y in range(p_xy.shape[1]) if p_xy[:, y].any()]
    return [y for y in seen if entropy_from_table(p_xy[:, y] / p_xy[:, y].sum()) > above]
