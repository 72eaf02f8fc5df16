"""Exercise: the best constant for squared and for absolute errors."""

from collections.abc import Callable

import numpy as np

from ibtools.check.verdict import Verdict, checker, not_yet


@checker
def best_constant(answer: Callable) -> Verdict:
    """answer(y) -> the constants with the least mean squared and the least mean absolute error."""
    # Seven values whose mean is no finite decimal, so that no grid of constants holds it.
    y = np.array([0.0, 3.0, 14.0, 1.0, 2.0, 6.0, 4.0])
    constants = np.asarray(answer(y.copy()), dtype=float)
    if constants.shape != (2,):
        got = f"the one number {constants:g}" if constants.ndim == 0 else constants.tolist()
        return not_yet(
            "return two constants, first the one for the squared error, then the one for the "
            f"absolute error; got {got}."
        )
    mean, median, midrange = y.mean(), np.median(y), (y.min() + y.max()) / 2
    least = np.mean((y - mean) ** 2), np.mean(np.abs(y - median))
    given = f"for y = {y.tolist()}"

    def is_near(*wanted: float) -> bool:
        return np.allclose(constants, wanted, rtol=1e-9)

    if is_near(mean, median):
        return Verdict(True, "the mean for squared errors, the median for absolute ones.")
    hints = (
        (
            is_near(median, mean),
            "the two are exchanged. One value far out pulls the squared error hard, for there it "
            "counts by its square, and the absolute error no harder than any other value.",
        ),
        (
            is_near(*least),
            "these are the least risks themselves; return the constants that reach them.",
        ),
        (
            np.isclose(midrange, constants).any(),
            f"{midrange:g} is halfway between the smallest and the largest value: it makes the "
            "largest error small, whatever the other values are. Here the mean over all counts.",
        ),
        (
            is_near(mean, y[len(y) // 2]),
            f"{given} your second constant, {constants[1]:g}, stands in the middle of the list as "
            "it comes. The median is the middle of the values in order: sort them first.",
        ),
        (
            is_near(mean, mean),
            f"{given} the mean, {mean:g}, is best for squared errors only. Move it a little "
            "towards the side with more values: how many absolute errors shrink?",
        ),
        (
            is_near(median, median),
            f"{given} the median, {median:g}, is best for absolute errors only. For squared ones "
            "set the derivative of the mean of (c - y)² to zero.",
        ),
        (np.abs(constants - [mean, median]).max() < 0.1, _only_near(constants, mean, median)),
    )
    for applies, hint in hints:
        if applies:
            return not_yet(hint)
    risks = np.mean((y - constants[0]) ** 2), np.mean(np.abs(y - constants[1]))
    # The first that is not the least; they are two minima, and both are not reached.
    i = int(np.isclose(constants[0], mean, rtol=1e-9))
    return not_yet(
        f"{given} your constant {constants[i]:g} has a mean {('squared', 'absolute')[i]} error of "
        f"{risks[i]:.2f}; the least is {least[i]:.2f}."
    )


def _only_near(constants: np.ndarray, mean: float, median: float) -> str:
    off = np.abs(constants - [mean, median])
    name, worst = ("mean", mean) if off[0] >= off[1] else ("median", median)
    return (
        f"near, as a search among many constants comes, but off by {off.max():.0e} from the "
        f"{name}, {worst:.6g}. There is a formula for each that needs no search."
    )
