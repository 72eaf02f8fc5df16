"""Checkers for the exercises of Opening the black box."""

from collections.abc import Callable

import numpy as np

from ibtools.check.verdict import Verdict, judge
from ibtools.information import bin_indices, entropy_discrete, layer_information


def binned_information(answer: Callable) -> Verdict:
    """answer(layer, y, n_bins) -> (I(X;T), I(T;Y)) in bits, bins on [-1, 1]."""
    return judge(answer, _binned_information)


def _binned_information(answer: Callable) -> Verdict:
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
        return Verdict(False, "the two numbers are exchanged: return I(X;T) first, then I(T;Y).")
    if np.isclose(i_xt, right_xt * np.log(2)):
        return Verdict(False, "this is in nats; use the logarithm to base 2.")
    if np.isclose(i_xt, sum(entropy_discrete(unit) for unit in bins.T)):
        return Verdict(
            False,
            "you add the entropies of the units. A cell of the layer is the whole row of bins; "
            "units that know the same thing must not be counted twice.",
        )
    if np.isclose(i_xt, entropy_discrete(np.floor((layer + 1) * 3))):
        return Verdict(
            False,
            "an activation of exactly 1 falls into a bin of its own. The last bin includes its "
            "upper edge: clip the bin numbers to n_bins - 1.",
        )
    if np.isclose(i_xt, right_xt):
        return Verdict(
            False,
            f"I(X;T) is right, but I(T;Y) should be {right_ty:.3f} bits and is {i_ty:.3f}. "
            "It is H(T) + H(Y) - H(T,Y); the joint cell is the row of bins with the label added.",
        )
    return Verdict(False, f"I(X;T) should be {right_xt:.3f} bits and is {i_xt:.3f}.")


def ceiling(answer: Callable) -> Verdict:
    """answer(n_samples, n_units, n_bins) -> largest binned I(X;T) possible, in bits."""
    return judge(answer, _ceiling)


def _ceiling(answer: Callable) -> Verdict:
    cases = [(4096, 10, 30), (4096, 2, 30), (205, 3, 30), (4096, 1, 100)]
    samples, units, bins = (np.array(column, dtype=float) for column in zip(*cases, strict=True))
    got = np.array([float(answer(*case)) for case in cases])
    by_samples, by_cells = np.log2(samples), units * np.log2(bins)

    if np.allclose(got, np.minimum(by_samples, by_cells)):
        return Verdict(True, "the smaller of the two limits, log2 n and units × log2 bins.")
    if np.allclose(got, np.log(2) * np.minimum(by_samples, by_cells)):
        return Verdict(False, "this is in nats; use the logarithm to base 2.")
    if np.allclose(got, by_samples):
        return Verdict(
            False, "log2 n is one limit, but a layer of 2 units with 30 bins has only 900 cells."
        )
    if np.allclose(got, by_cells):
        return Verdict(
            False,
            "that is the logarithm of the number of cells. With 10 units most cells stay empty: "
            "how many can n samples fill?",
        )
    if np.allclose(got, np.minimum(by_samples, np.log2(units * bins))):
        return Verdict(
            False, "units multiply the number of cells: bins ** units, not bins * units."
        )
    wrong = next(i for i, value in enumerate(got) if not np.isclose(value, by_samples[i]))
    return Verdict(False, f"ceiling{cases[wrong]} gives {got[wrong]:.3f}, too high or too low.")


def signal_to_noise(answer: Callable) -> Verdict:
    """answer(gradients) with gradients (batches, weights) -> ‖mean‖ / √trace(Cov)."""
    return judge(answer, _signal_to_noise)


def _signal_to_noise(answer: Callable) -> Verdict:
    gradients = np.random.default_rng(1).normal(loc=0.2, size=(7, 50))
    got = float(answer(gradients))
    mean = gradients.mean(axis=0)
    for correction in (0, 1):
        spread = np.sqrt(gradients.var(axis=0, ddof=correction).sum())
        if np.isclose(got, np.linalg.norm(mean) / spread):
            return Verdict(True, "the norm of the mean over the root of the summed variances.")
        if np.isclose(got, (np.linalg.norm(mean) / spread) ** 2):
            return Verdict(False, "this is the ratio of the squares; take the root.")
        if np.isclose(got, np.linalg.norm(gradients, axis=1).mean() / spread):
            return Verdict(
                False,
                "you take the mean of the norms. Batches that pull in opposite directions must "
                "cancel: average the gradients first, then take the norm.",
            )
        if np.isclose(got, np.mean(np.abs(mean) / gradients.std(axis=0, ddof=correction))):
            return Verdict(
                False,
                "you average one ratio per weight. The layer has one signal, the norm of its mean "
                "gradient, and one noise, the root of the summed variances.",
            )
    return Verdict(False, f"for the test gradients the ratio is not {got:.3f}.")
