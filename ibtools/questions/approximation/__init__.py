"""What networks can represent, and at what price."""

from ibtools.questions.approximation.sawtooth import learnt_sawtooth, sawtooth
from ibtools.questions.approximation.staircase import Staircase, staircase
from ibtools.questions.approximation.sum_product import evaluated, multiplied_out, sum_product

__all__ = [
    "Staircase",
    "evaluated",
    "learnt_sawtooth",
    "multiplied_out",
    "sawtooth",
    "staircase",
    "sum_product",
]
