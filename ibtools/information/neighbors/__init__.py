"""Entropy and mutual information from the distances between samples."""

from ibtools.information.neighbors.conditional import conditional_mutual_information_ksg
from ibtools.information.neighbors.corrected import mutual_information_ksg_corrected
from ibtools.information.neighbors.entropy import entropy_neighbors
from ibtools.information.neighbors.ksg import mutual_information_ksg
from ibtools.information.neighbors.mixed import mutual_information_mixed
from ibtools.information.neighbors.nonuniformity import mutual_information_lnc
from ibtools.information.neighbors.ross import mutual_information_ross

__all__ = [
    "conditional_mutual_information_ksg",
    "entropy_neighbors",
    "mutual_information_ksg",
    "mutual_information_ksg_corrected",
    "mutual_information_lnc",
    "mutual_information_mixed",
    "mutual_information_ross",
]
