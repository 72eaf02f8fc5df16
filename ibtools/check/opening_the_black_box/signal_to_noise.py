"""Exercise: the signal-to-noise ratio of a layer's gradients."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake
from ibtools.check.verdict import Verdict, checker, not_yet


@checker
def signal_to_noise(answer: Callable) -> Verdict:
    """answer(gradients) with gradients (batches, weights) -> ‖mean‖ / √trace(Cov)."""
    gradients = np.random.default_rng(1).normal(loc=0.2, size=(7, 50))
    got = float(answer(gradients))
    mean = gradients.mean(axis=0)
    for correction in (0, 1):
        spread = np.sqrt(gradients.var(axis=0, ddof=correction).sum())
        if np.isclose(got, np.linalg.norm(mean) / spread):
            return Verdict(True, "the norm of the mean over the root of the summed variances.")
        hints = [
            (
                (np.linalg.norm(mean) / spread) ** 2,
                "this is the ratio of the squares; take the root.",
            ),
            (
                np.linalg.norm(gradients, axis=1).mean() / spread,
                "you take the mean of the norms. Batches that pull in opposite directions must "
                "cancel: average the gradients first, then take the norm.",
            ),
            (
                np.mean(np.abs(mean) / gradients.std(axis=0, ddof=correction)),
                "you average one ratio per weight. The layer has one signal, the norm of its mean "
                "gradient, and one noise, the root of the summed variances.",
            ),
        ]
        if found := known_mistake(got, hints):
            return found
    return not_yet(f"for the test gradients the ratio is not {got:.3f}.")
