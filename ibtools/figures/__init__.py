"""Plotly figures, one builder a file, one theme."""

from ibtools.figures.bifurcation import bifurcation
from ibtools.figures.binned_neuron import binned_neuron
from ibtools.figures.encoder import encoder_heatmap
from ibtools.figures.estimator_errors import error_by_sample_size, estimate_by_truth
from ibtools.figures.gradients import gradient_phases
from ibtools.figures.ib_curve import ib_curve
from ibtools.figures.information_plane import information_plane
from ibtools.figures.merge_tree import merge_tree
from ibtools.figures.over_epochs import compare_runs, layers_over_epochs
from ibtools.figures.saturation import saturation
from ibtools.figures.task_errors import task_errors
from ibtools.figures.trained_bottlenecks import reached_in_plane, reached_over_beta

__all__ = [
    "bifurcation",
    "binned_neuron",
    "compare_runs",
    "encoder_heatmap",
    "error_by_sample_size",
    "estimate_by_truth",
    "gradient_phases",
    "ib_curve",
    "information_plane",
    "layers_over_epochs",
    "merge_tree",
    "reached_in_plane",
    "reached_over_beta",
    "saturation",
    "task_errors",
]
