"""How much does one variable tell about another?"""

from ibtools.information.binning import bin_histogram, bin_indices, layer_information
from ibtools.information.discrete import (
    entropy,
    entropy_from_probabilities,
    mutual_information,
    mutual_information_from_table,
    n_distinct,
)

__all__ = [
    "bin_histogram",
    "bin_indices",
    "entropy",
    "entropy_from_probabilities",
    "layer_information",
    "mutual_information",
    "mutual_information_from_table",
    "n_distinct",
]
