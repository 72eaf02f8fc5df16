"""Checkers for the exercises of Hypotheses from machine learning."""

from ibtools.check.hypotheses_from_machine_learning.count_cubes import count_cubes
from ibtools.check.hypotheses_from_machine_learning.count_pieces import count_pieces
from ibtools.check.hypotheses_from_machine_learning.count_products import count_products
from ibtools.check.hypotheses_from_machine_learning.receptive_field import receptive_field

__all__ = ["count_cubes", "count_pieces", "count_products", "receptive_field"]
