"""Why cheap networks may be enough: products by four units, and causes read back in stages."""

from ibtools.questions.distillation.fitted_product import fitted_product
from ibtools.questions.distillation.hierarchy import (
    information_by_level,
    leaf_states,
    leaf_weights,
    majority_error,
    root_error,
    upward,
    votes,
)
from ibtools.questions.distillation.multiplication import (
    CURVED,
    Activation,
    gate_error,
    multiplication_gate,
)
from ibtools.questions.distillation.product import (
    flat_product,
    flat_units,
    layered_product,
    layered_units,
    relative_error,
)

__all__ = [
    "CURVED",
    "Activation",
    "fitted_product",
    "flat_product",
    "flat_units",
    "gate_error",
    "information_by_level",
    "layered_product",
    "layered_units",
    "leaf_states",
    "leaf_weights",
    "majority_error",
    "multiplication_gate",
    "relative_error",
    "root_error",
    "upward",
    "votes",
]
