"""Mutual information by learning: critics that raise bounds, densities, a corrected copula.

Needs torch, and is imported only where it is used.
"""

from ibtools.information.variational.barber_agakov import mutual_information_barber_agakov
from ibtools.information.variational.bounds import (
    donsker_varadhan,
    infonce,
    jensen_shannon,
    nwj,
    smile,
)
from ibtools.information.variational.corrected_copula import mutual_information_corrected_copula
from ibtools.information.variational.critic_bounds import mutual_information_variational
from ibtools.information.variational.difference_of_entropies import (
    mutual_information_difference_of_entropies,
)

__all__ = [
    "donsker_varadhan",
    "infonce",
    "jensen_shannon",
    "mutual_information_barber_agakov",
    "mutual_information_corrected_copula",
    "mutual_information_difference_of_entropies",
    "mutual_information_variational",
    "nwj",
    "smile",
]
