"""A training seen as a path in the information plane."""

from ibtools.plane.measure import Measurement, measure
from ibtools.plane.records import InterruptedTraining, load_record, record, save_record
from ibtools.plane.trajectory import Trajectory

__all__ = [
    "InterruptedTraining",
    "Measurement",
    "Trajectory",
    "load_record",
    "measure",
    "record",
    "save_record",
]
