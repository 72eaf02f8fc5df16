"""Checkers for the exercises of The magic of learning."""

from ibtools.check.the_magic_of_learning.gini import gini
from ibtools.check.the_magic_of_learning.interpolating_weights import interpolating_weights
from ibtools.check.the_magic_of_learning.kl_inverse import kl_inverse
from ibtools.check.the_magic_of_learning.nearest_adversarial import nearest_adversarial

__all__ = ["gini", "interpolating_weights", "kl_inverse", "nearest_adversarial"]
