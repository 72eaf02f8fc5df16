"""Checkers for the exercises of Entropy and mutual information."""

from ibtools.check.entropy_and_mutual_information.entropy import entropy
from ibtools.check.entropy_and_mutual_information.mean_length import mean_length
from ibtools.check.entropy_and_mutual_information.mutual_information import mutual_information
from ibtools.check.entropy_and_mutual_information.raising_observations import raising_observations
from ibtools.check.entropy_and_mutual_information.scaled_entropy import scaled_entropy
from ibtools.check.entropy_and_mutual_information.table_with_interaction import (
    table_with_interaction,
)

__all__ = [
    "entropy",
    "mean_length",
    "mutual_information",
    "raising_observations",
    "scaled_entropy",
    "table_with_interaction",
]
