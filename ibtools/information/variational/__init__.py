"""Mutual information by learning: critics that raise bounds, densities, a corrected copula.

Needs torch, and is imported only where it is used.
"""

from ibtools.information.variational.corrected_copula import mutual_information_corrected_copula
from ibtools.information.variational.critic_bounds import mutual_information_variational

__all__ = ["mutual_information_corrected_copula", "mutual_information_variational"]
