"""Laws whose information is known, and what estimators make of them.

python -m ibtools.truth list
python -m ibtools.truth run ESTIMATOR --laws beyond-normal
python -m ibtools.truth sweep ESTIMATOR
"""

from ibtools.truth.additive_noise import uniform_with_noise
from ibtools.truth.beyond_normal import beyond_normal
from ibtools.truth.catalogue import GROUPS, laws
from ibtools.truth.discrete import (
    binary_symmetric_channel,
    from_table,
    identical_symbols,
    independent_symbols,
    random_table,
)
from ibtools.truth.errors import ErrorTable
from ibtools.truth.gaussian import (
    correlated_gaussians,
    dense_gaussians,
    gaussian_law,
    two_gaussian_pairs,
)
from ibtools.truth.harness import error_table
from ibtools.truth.law import Law
from ibtools.truth.mixed import half_atoms, uniform_steps, zero_inflated_poisson
from ibtools.truth.neuron import binned_tanh_neuron, labelled_gaussians, noisy_tanh_neuron
from ibtools.truth.store import load_errors, load_sweep, save_errors
from ibtools.truth.student import student_pairs
from ibtools.truth.sweeps import ErrorSweep, error_sweep
from ibtools.truth.zeros import rectified_gaussians, zero_inflated_gaussians

__all__ = [
    "GROUPS",
    "ErrorSweep",
    "ErrorTable",
    "Law",
    "beyond_normal",
    "binary_symmetric_channel",
    "binned_tanh_neuron",
    "correlated_gaussians",
    "dense_gaussians",
    "error_sweep",
    "error_table",
    "from_table",
    "gaussian_law",
    "half_atoms",
    "identical_symbols",
    "independent_symbols",
    "labelled_gaussians",
    "laws",
    "load_errors",
    "load_sweep",
    "noisy_tanh_neuron",
    "random_table",
    "rectified_gaussians",
    "save_errors",
    "student_pairs",
    "two_gaussian_pairs",
    "uniform_steps",
    "uniform_with_noise",
    "zero_inflated_gaussians",
    "zero_inflated_poisson",
]
