"""Exercise: thresholds and weights that take any labels at any points."""

from collections.abc import Callable

import numpy as np

from ibtools.check.verdict import Verdict, checker, not_yet

# Evenly spaced, uneven, with negative points; a single one.
CASES = (
    (np.array([1.0, 2.0, 3.0]), np.array([5.0, -1.0, 4.0])),
    (np.array([-2.0, -1.9, 0.5, 4.0, 4.5]), np.array([1.0, 0.0, -3.0, 2.0, 2.0])),
    (np.array([0.3]), np.array([-1.0])),
)


@checker
def interpolating_weights(answer: Callable) -> Verdict:
    """answer(z, y) -> (b, w) with Σ_j w_j max(0, z_i − b_j) = y_i."""
    for z, y in CASES:
        got = answer(z.copy(), y.copy())
        if not isinstance(got, tuple | list) or len(got) != 2:
            return not_yet("return two arrays, the thresholds b and the weights w.")
        b, w = (np.asarray(part, dtype=float) for part in got)
        if b.shape != z.shape or w.shape != z.shape:
            return not_yet(
                f"for {len(z)} points b and w must have shape ({len(z)},); got {b.shape} and "
                f"{w.shape}."
            )
        if found := _missed(z, y, b, w):
            return found
    return Verdict(True, "every point is met, by as many units as there are points.")


def _missed(z: np.ndarray, y: np.ndarray, b: np.ndarray, w: np.ndarray) -> Verdict | None:
    if not (np.isfinite(b).all() and np.isfinite(w).all()):
        return not_yet(
            "there are numbers that are not finite in b or w. Is a unit silent on its own point? "
            "Then a 0 stands on the diagonal: its threshold must lie below the point."
        )
    made = np.maximum(0, z[:, None] - b) @ w
    if np.allclose(made, y, atol=1e-8):
        return None
    # From here on the sums are wrong; the first fitting reason is told.
    if np.allclose(w, y):
        return not_yet(
            "w are the labels themselves. A point feels all units whose threshold lies below it: "
            "take off what the earlier ones give before you set the next."
        )
    if np.allclose(b, z):
        return not_yet(
            "the thresholds stand on their own points, where each unit gives 0: the first point is "
            "seen by no unit at all. Unit j needs a threshold below the j-th point."
        )
    heights = np.diag(np.maximum(0, z[:, None] - b))
    if (heights > 0).all() and np.allclose(w * heights, y):
        return not_yet(
            "each unit is set as if it were alone at its point. The earlier units go on rising "
            "there: take their sum off the label first."
        )
    if (heights == 0).any():
        j = int(np.argmin(heights))
        return not_yet(
            f"unit {j + 1} of {len(z)} has the threshold {b[j]:g} and gives 0 at its own point "
            f"{z[j]:g}. Put a threshold before each point: b_1 < z_1 ≤ b_2 < z_2 …"
        )
    i = int(np.argmax(~np.isclose(made, y, atol=1e-8)))
    return not_yet(
        f"at the points {z.tolist()} with labels {y.tolist()} point {i + 1} gets {made[i]:.4g} and "
        f"should get {y[i]:g}."
    )
