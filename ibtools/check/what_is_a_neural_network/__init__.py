"""Checkers for the exercises of What is a neural network?"""

from ibtools.check.what_is_a_neural_network.collapse_affine import collapse_affine
from ibtools.check.what_is_a_neural_network.copy_request import copy_request
from ibtools.check.what_is_a_neural_network.equivalent_parameters import equivalent_parameters
from ibtools.check.what_is_a_neural_network.layer_output import layer_output

__all__ = ["collapse_affine", "copy_request", "equivalent_parameters", "layer_output"]
