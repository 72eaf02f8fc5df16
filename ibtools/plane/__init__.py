"""A training seen as a path in the information plane."""

from ibtools.plane.findings import Finding
from ibtools.plane.measure import Measurement, measure
from ibtools.plane.records import InterruptedTraining, load_record, record, save_record
from ibtools.plane.sanity import check_plane, plane_findings
from ibtools.plane.trajectory import Trajectory

__all__ = [
    "Finding",
    "InterruptedTraining",
    "Measurement",
    "Trajectory",
    "check_plane",
    "load_record",
    "measure",
    "plane_findings",
    "record",
    "save_record",
]
