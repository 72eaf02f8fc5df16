"""Linear regions of ReLU networks: built, counted exactly, learnt."""

from ibtools.questions.regions.bounds import deep_regions, shallow_regions
from ibtools.questions.regions.count_in_plane import count_in_plane, regions_in_plane
from ibtools.questions.regions.count_on_line import count_on_line, kinks_on_line
from ibtools.questions.regions.networks import folding_layers, random_layers
from ibtools.questions.regions.trained_regions import (
    STARTS,
    hidden_layers,
    restart,
    trained_regions,
)

__all__ = [
    "STARTS",
    "count_in_plane",
    "count_on_line",
    "deep_regions",
    "folding_layers",
    "hidden_layers",
    "kinks_on_line",
    "random_layers",
    "regions_in_plane",
    "restart",
    "shallow_regions",
    "trained_regions",
]
