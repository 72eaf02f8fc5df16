"""A training seen as a path in the information plane."""

from ibtools.plane.estimators import BINNING, LAYER_ESTIMATORS, information, validated_estimator
from ibtools.plane.experiment import Experiment, joined
from ibtools.plane.findings import Finding
from ibtools.plane.measure import Measurement, measure, measure_each
from ibtools.plane.recording import InterruptedTraining, record, record_each
from ibtools.plane.records import load_record, load_records, save_record
from ibtools.plane.sanity import check_plane, plane_findings
from ibtools.plane.trajectory import Trajectory

__all__ = [
    "BINNING",
    "LAYER_ESTIMATORS",
    "Experiment",
    "Finding",
    "InterruptedTraining",
    "Measurement",
    "Trajectory",
    "check_plane",
    "information",
    "joined",
    "load_record",
    "load_records",
    "measure",
    "measure_each",
    "plane_findings",
    "record",
    "record_each",
    "save_record",
    "validated_estimator",
]
