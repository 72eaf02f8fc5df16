"""Fully connected networks, trained many at a time, watched while they learn."""

from ibtools.networks.ensemble import initialise
from ibtools.networks.settings import ACTIVATIONS, OPTIMIZERS, TrainingSettings
from ibtools.networks.snapshots import Progress, Snapshot, snapshot_epochs
from ibtools.networks.training import StopTraining, training

__all__ = [
    "ACTIVATIONS",
    "OPTIMIZERS",
    "Progress",
    "Snapshot",
    "StopTraining",
    "TrainingSettings",
    "initialise",
    "snapshot_epochs",
    "training",
]
