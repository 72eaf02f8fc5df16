"""Checkers for the exercises of Learning."""

from ibtools.check.learning.best_constant import best_constant
from ibtools.check.learning.gradient_of_loop import gradient_of_loop
from ibtools.check.learning.gradients import gradients
from ibtools.check.learning.largest_step import largest_step

__all__ = ["best_constant", "gradient_of_loop", "gradients", "largest_step"]
