"""The three experiments on priors, each with its prior on and off."""

from typing import Any

import numpy as np

from ibtools.questions.priors.factors import factors
from ibtools.questions.priors.hierarchy import hierarchy
from ibtools.questions.priors.smoothness import smoothness

EXPERIMENTS = {"smoothness": smoothness, "factors": factors, "hierarchy": hierarchy}


def three_priors(
    *,
    seeds: tuple[int, ...],
    smoothness: dict[str, Any],
    factors: dict[str, Any],
    hierarchy: dict[str, Any],
) -> dict[str, np.ndarray]:
    """EXPERIMENTS by name, each with its own settings: name_with_prior, name_without."""
    own = {"smoothness": smoothness, "factors": factors, "hierarchy": hierarchy}
    return {
        f"{name}_{key}": values
        for name, experiment in EXPERIMENTS.items()
        for key, values in experiment(seeds=seeds, **own[name]).items()
    }
