"""Exercise: what a learner asks for whose output two others use."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake
from ibtools.check.verdict import Verdict, checker, not_yet


@checker
def copy_request(answer: Callable) -> Verdict:
    """answer(a, b1, b2) -> what the learner that hands on a twice asks for, quadratic error."""
    a, b1, b2 = np.random.default_rng(2).normal(size=(3, 5))
    got = np.asarray(answer(a, b1, b2), dtype=float)
    right = b1 + b2 - a

    if got.shape != a.shape:
        return not_yet(f"the request should have the shape of a, {a.shape}, and has {got.shape}.")
    hints = [
        (
            (b1 + b2) / 2,
            "this is the mean of what the two want: the best single number to send, but with half "
            "the gradient. Two users pull twice as hard as one.",
        ),
        (
            b1 + b2,
            "this is the sum of the wishes. Where both want exactly a, the request must be a; "
            "yours is 2a.",
        ),
        (
            b1 + b2 - 2 * a,
            "this is what the request adds to a. The request itself is a value to be sent: "
            "a plus this.",
        ),
        (
            a + b1 + b2,
            "both wishes are added to a in full. Each user's correction is b - a, what it wants "
            "less what it got.",
        ),
        (b1, "the second user is forgotten: both errors count."),
        (b2, "the first user is forgotten: both errors count."),
        (
            2 * a - b1 - b2,
            "this is the gradient of the error. The request is a minus it: where I am, less what "
            "pulls at me.",
        ),
        (
            3 * a - b1 - b2,
            "the sign is wrong: the request lies against the gradient, a - ∇E.",
        ),
        (
            a - 2 * (2 * a - b1 - b2),
            "the factor 1/2 of the quadratic error is lost, so the gradient is doubled.",
        ),
        (a, "returning a asks for nothing: whatever stands before this learner would not learn."),
    ]
    if found := known_mistake(got, hints):
        return found
    if not np.allclose(got, right):
        return not_yet(
            f"for a = {a[0]:.2f}, b1 = {b1[0]:.2f}, b2 = {b2[0]:.2f} the request is "
            f"{right[0]:.2f}, your function: {got[0]:.2f}."
        )
    return Verdict(True, "a minus both differences: requests of several users add up.")
