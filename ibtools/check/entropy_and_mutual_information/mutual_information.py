"""Exercise: the mutual information of a joint table."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import IN_NATS, known_mistake
from ibtools.check.verdict import Verdict, checker, not_yet
from ibtools.information import (
    entropy_from_table,
    kl_divergence,
    mutual_information_from_table,
)


@checker
def mutual_information(answer: Callable) -> Verdict:
    """answer(p_xy) -> I(X;Y) in bits of a table (n_x, n_y)."""
    # Square and nowhere zero: exchanged marginals and a reversed divergence give numbers too.
    p_xy = np.array([[0.25, 0.05, 0.02], [0.10, 0.20, 0.03], [0.05, 0.10, 0.20]])
    p_x, p_y = p_xy.sum(axis=1), p_xy.sum(axis=0)
    got, right = float(answer(p_xy)), mutual_information_from_table(p_xy)
    h_xy, h_x, h_y = (entropy_from_table(p) for p in (p_xy, p_x, p_y))
    hints = [
        (right * np.log(2), IN_NATS),
        (-right, "this is -I(X;Y): the ratio in the logarithm is p(x,y) over p(x)p(y)."),
        (h_xy - h_y, "this is H(X|Y), what is left. I(X;Y) is what went: H(X) - H(X|Y)."),
        (h_xy - h_x, "this is H(Y|X), what is left. I(X;Y) is what went: H(Y) - H(Y|X)."),
        (h_xy, "this is the joint entropy H(X,Y). How much less is it than H(X) + H(Y)?"),
        (h_x + h_y, "H(X) + H(Y) counts what they share twice; H(X,Y) counts it once."),
        (
            kl_divergence(np.outer(p_x, p_y), p_xy),
            "this is D(p(x)p(y)‖p(x,y)), the wrong way round. What happens is p(x,y): it does the "
            "weighting and stands above the line.",
        ),
        (
            (p_xy * np.log2(p_xy / np.outer(p_y, p_x))).sum(),
            "the marginals are exchanged: p(x) is the sum along a row and belongs to that row. "
            "Did both sums go over the right axis?",
        ),
        (
            np.log2(p_xy / np.outer(p_x, p_y)).sum(),
            "the logarithms are added without weights: each counts with its p(x,y).",
        ),
    ]
    if found := known_mistake(got, hints):
        return found
    if not np.isclose(got, right):
        return not_yet(
            f"for a table with H(X) = {h_x:.3f}, H(Y) = {h_y:.3f} and H(X,Y) = {h_xy:.3f} "
            f"I(X;Y) is {right:.3f} bits, your function: {got:.3f}."
        )
    with np.errstate(all="ignore"):
        holes = float(answer(np.array([[0.5, 0.0, 0.0], [0.0, 0.25, 0.25]])))
    if not np.isfinite(holes):
        return not_yet(
            "right, until a cell is 0: then your sum is no number. A pair that never occurs "
            "counts 0; leave it out."
        )
    if not np.isclose(holes, 1):
        return not_yet(
            f"right for 3 × 3 values, but for the table [[0.5, 0, 0], [0, 0.25, 0.25]] I(X;Y) is "
            f"1 bit, your function: {holes:.3f}."
        )
    return Verdict(True, "in bits, for tables of any size, with cells that are 0.")
