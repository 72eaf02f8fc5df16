"""Checkers for the exercises of Hypotheses from physics."""

from ibtools.check.hypotheses_from_physics.decimate import decimate
from ibtools.check.hypotheses_from_physics.pass_height import pass_height

__all__ = ["decimate", "pass_height"]
