"""Checkers for the exercises of Hypotheses from physics."""

from ibtools.check.hypotheses_from_physics.decimate import decimate
from ibtools.check.hypotheses_from_physics.gate import gate
from ibtools.check.hypotheses_from_physics.parent_odds import parent_odds
from ibtools.check.hypotheses_from_physics.pass_height import pass_height

__all__ = ["decimate", "gate", "parent_odds", "pass_height"]
