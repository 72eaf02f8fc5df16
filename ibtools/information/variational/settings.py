"""What all learned estimators ask of their samples and settings."""

from collections.abc import Sequence

import numpy as np
import torch

from ibtools.information.gaussian import normal_scores
from ibtools.information.validation import columns, one_of, standardised, whole_number


def hidden_layers(hidden: Sequence[int]) -> tuple[int, ...]:
    widths = tuple(whole_number(width, "hidden") for width in hidden)
    if not widths:
        raise ValueError("hidden must name at least one layer, got none")
    return widths


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(whole_number(seed, "seed", at_least=0))


def as_inputs(x: np.ndarray, name: str, inputs: str) -> torch.Tensor:
    """Columns (n, d) as float32, by their "ranks" or "standardised"; a constant one becomes 0."""
    one_of(inputs, "inputs", ("ranks", "standardised"))
    x = columns(x, name)
    return torch.from_numpy(normal_scores(x) if inputs == "ranks" else standardised(x)).float()
