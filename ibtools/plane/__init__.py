"""A training seen as a path in the information plane."""

from ibtools.plane.clustering import class_distances, class_spread
from ibtools.plane.estimators import BINNING, LAYER_ESTIMATORS, information, validated_estimator
from ibtools.plane.experiment import Experiment, joined
from ibtools.plane.findings import Finding
from ibtools.plane.grid import variations
from ibtools.plane.linear import LinearInformation, generalisation_error, linear_information
from ibtools.plane.linear_records import load_linear_record, record_linear, save_linear_record
from ibtools.plane.linear_trajectory import (
    LinearTrajectory,
    error_at_information,
    largest_fall,
)
from ibtools.plane.measure import Measurement, measure, measure_each
from ibtools.plane.neuron import binned_neuron_information, noisy_neuron_information
from ibtools.plane.noisy import NoisyInformation, noisy_layer_information
from ibtools.plane.recording import InterruptedTraining, record, record_each
from ibtools.plane.records import load_record, load_records, save_record
from ibtools.plane.sanity import check_plane, plane_findings
from ibtools.plane.summary import (
    RankCorrelation,
    compression,
    compression_ranks,
    dead_over_epochs,
    first_epoch,
    information_of_states,
    peak_epoch,
    spread,
)
from ibtools.plane.sweep import sweep
from ibtools.plane.trajectory import Trajectory

__all__ = [
    "BINNING",
    "LAYER_ESTIMATORS",
    "Experiment",
    "Finding",
    "InterruptedTraining",
    "LinearInformation",
    "LinearTrajectory",
    "Measurement",
    "NoisyInformation",
    "RankCorrelation",
    "Trajectory",
    "binned_neuron_information",
    "check_plane",
    "class_distances",
    "class_spread",
    "compression",
    "compression_ranks",
    "dead_over_epochs",
    "error_at_information",
    "first_epoch",
    "generalisation_error",
    "information",
    "information_of_states",
    "joined",
    "largest_fall",
    "linear_information",
    "load_linear_record",
    "load_record",
    "load_records",
    "measure",
    "measure_each",
    "noisy_layer_information",
    "noisy_neuron_information",
    "peak_epoch",
    "plane_findings",
    "record",
    "record_each",
    "record_linear",
    "save_linear_record",
    "save_record",
    "spread",
    "sweep",
    "validated_estimator",
    "variations",
]
