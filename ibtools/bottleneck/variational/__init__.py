"""The bottleneck as an objective to train networks with: variational and nonlinear.

Needs torch, and is imported only where it is used.
"""

from ibtools.bottleneck.variational.evaluation import Evaluation, History
from ibtools.bottleneck.variational.nonlinear import NonlinearBottleneck
from ibtools.bottleneck.variational.store import load_sweep, save_sweep
from ibtools.bottleneck.variational.sweep import VariationalSweep, variational_sweep
from ibtools.bottleneck.variational.vib import VariationalBottleneck

__all__ = [
    "Evaluation",
    "History",
    "NonlinearBottleneck",
    "VariationalBottleneck",
    "VariationalSweep",
    "load_sweep",
    "save_sweep",
    "variational_sweep",
]
