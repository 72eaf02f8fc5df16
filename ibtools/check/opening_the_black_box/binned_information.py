"""Exercise: I(X;T) and I(T;Y) of a layer, by bins."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import IN_NATS, known_mistake
from ibtools.check.verdict import Verdict, checker, not_yet
from ibtools.information import bin_indices, entropy_discrete, layer_information


@checker
def binned_information(answer: Callable) -> Verdict:
    """answer(layer, y, n_bins) -> (I(X;T), I(T;Y)) in bits, bins on [-1, 1]."""
    rng = np.random.default_rng(0)
    layer = np.tanh(rng.normal(size=(400, 3)))
    layer[:40] = 1.0
    y = (layer[:, 0] + 0.3 * rng.normal(size=400) > 0).astype(int)
    i_xt, i_ty = (float(value) for value in answer(layer, y, 6))
    right_xt, right_ty = (float(value) for value in layer_information(layer, y, n_bins=6))
    bins = bin_indices(layer, n_bins=6)

    if np.isclose(i_xt, right_xt) and np.isclose(i_ty, right_ty):
        return Verdict(True, "both numbers agree with layer_information.")
    if np.isclose(i_xt, right_ty) and np.isclose(i_ty, right_xt):
        return not_yet("the two numbers are exchanged: return I(X;T) first, then I(T;Y).")
    hints = [
        (right_xt * np.log(2), IN_NATS),
        (
            sum(entropy_discrete(unit) for unit in bins.T),
            "you add the entropies of the units. A cell of the layer is the whole row of bins; "
            "units that know the same thing must not be counted twice.",
        ),
        (
            entropy_discrete(np.floor((layer + 1) * 3)),
            "an activation of exactly 1 falls into a bin of its own. The last bin includes its "
            "upper edge: clip the bin numbers to n_bins - 1.",
        ),
    ]
    if found := known_mistake(i_xt, hints):
        return found
    if np.isclose(i_xt, right_xt):
        return not_yet(
            f"I(X;T) is right, but I(T;Y) should be {right_ty:.3f} bits and is {i_ty:.3f}. "
            "It is H(T) + H(Y) - H(T,Y); the joint cell is the row of bins with the label added."
        )
    return not_yet(f"I(X;T) should be {right_xt:.3f} bits and is {i_xt:.3f}.")
