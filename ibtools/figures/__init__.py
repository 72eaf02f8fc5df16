"""Plotly figures, one builder a file, one theme."""

from ibtools.figures.adversarial_examples import adversarial_examples
from ibtools.figures.agreeing_networks import agreeing_networks
from ibtools.figures.bifurcation import bifurcation
from ibtools.figures.binned_neuron import binned_neuron
from ibtools.figures.block_codes import block_codes
from ibtools.figures.chain_rule import chain_rule
from ibtools.figures.channel_bits import channel_bits
from ibtools.figures.compression_and_accuracy import compression_and_accuracy
from ibtools.figures.critical_heights import critical_heights
from ibtools.figures.critical_share import critical_share
from ibtools.figures.data_processing import data_processing
from ibtools.figures.data_size import data_size
from ibtools.figures.dead_networks import dead_in_the_mean, dead_networks
from ibtools.figures.decimated_chain import decimated_chain
from ibtools.figures.deep_linear import information_and_error
from ibtools.figures.descent_in_coordinates import descent_in_coordinates
from ibtools.figures.distilled_levels import distilled_levels
from ibtools.figures.distinct_states import distinct_states
from ibtools.figures.double_descent import double_descent
from ibtools.figures.encoder import encoder_heatmap
from ibtools.figures.ends_by_width import ends_by_width
from ibtools.figures.epochs_to_reach import epochs_to_reach
from ibtools.figures.error_bounds import error_bounds
from ibtools.figures.estimator_errors import error_by_sample_size, estimate_by_truth
from ibtools.figures.exact_fit import exact_fit
from ibtools.figures.example_difficulty import example_difficulty
from ibtools.figures.falls import falls
from ibtools.figures.flattened_product import flattened_product
from ibtools.figures.folded_regions import folded_regions
from ibtools.figures.glass_energies import glass_energies
from ibtools.figures.gradients import gradient_phases
from ibtools.figures.growing_networks import growing_networks
from ibtools.figures.handed_on import handed_on
from ibtools.figures.ib_curve import ib_curve
from ibtools.figures.information_plane import information_plane
from ibtools.figures.interpolated_noise import interpolated_noise
from ibtools.figures.invariance import invariance
from ibtools.figures.irrelevant_inputs import irrelevant_inputs
from ibtools.figures.layer_panels import layer_panels
from ibtools.figures.learning_by_heart import learning_by_heart
from ibtools.figures.learnt_products import learnt_products
from ibtools.figures.learnt_zigzags import learnt_zigzags
from ibtools.figures.led_back import led_back
from ibtools.figures.loss_along_direction import loss_along_direction
from ibtools.figures.loss_slice import loss_slice
from ibtools.figures.magnet_fields import magnet_fields
from ibtools.figures.merge_tree import merge_tree
from ibtools.figures.mirror_weights import mirror_weights
from ibtools.figures.multiplied_out import multiplied_out
from ibtools.figures.multiplying_gate import multiplying_gate
from ibtools.figures.neurons import neuron_activations, noisy_neuron
from ibtools.figures.noisy_networks import noisy_networks
from ibtools.figures.occluded import occluded
from ibtools.figures.over_epochs import compare_runs, layers_over_epochs
from ibtools.figures.parameter_counts import parameter_counts
from ibtools.figures.priors import priors
from ibtools.figures.quantised import quantised
from ibtools.figures.random_and_trained import random_and_trained
from ibtools.figures.region_counts import region_counts
from ibtools.figures.regularizers import regularizers
from ibtools.figures.request_steps import request_steps
from ibtools.figures.risk import risk
from ibtools.figures.saturation import saturation
from ibtools.figures.stairs import stairs
from ibtools.figures.task_errors import task_errors
from ibtools.figures.three_variables import three_variables
from ibtools.figures.through_layers import through_layers
from ibtools.figures.throws import throws
from ibtools.figures.trained_bottlenecks import reached_in_plane, reached_over_beta
from ibtools.figures.training_and_coarse_graining import training_and_coarse_graining
from ibtools.figures.transfer_matrix import transfer_matrix
from ibtools.figures.two_learners import two_learners
from ibtools.figures.typical_set import typical_set
from ibtools.figures.uneven_sensitivity import uneven_sensitivity
from ibtools.figures.warped_plane import grid_lines
from ibtools.figures.ways_between import ways_between

__all__ = [
    "adversarial_examples",
    "agreeing_networks",
    "bifurcation",
    "binned_neuron",
    "block_codes",
    "chain_rule",
    "channel_bits",
    "compare_runs",
    "compression_and_accuracy",
    "critical_heights",
    "critical_share",
    "data_processing",
    "data_size",
    "dead_in_the_mean",
    "dead_networks",
    "decimated_chain",
    "descent_in_coordinates",
    "distilled_levels",
    "distinct_states",
    "double_descent",
    "encoder_heatmap",
    "ends_by_width",
    "epochs_to_reach",
    "error_bounds",
    "error_by_sample_size",
    "estimate_by_truth",
    "exact_fit",
    "example_difficulty",
    "falls",
    "flattened_product",
    "folded_regions",
    "glass_energies",
    "gradient_phases",
    "grid_lines",
    "growing_networks",
    "handed_on",
    "ib_curve",
    "information_and_error",
    "information_plane",
    "interpolated_noise",
    "invariance",
    "irrelevant_inputs",
    "layer_panels",
    "layers_over_epochs",
    "learning_by_heart",
    "learnt_products",
    "learnt_zigzags",
    "led_back",
    "loss_along_direction",
    "loss_slice",
    "magnet_fields",
    "merge_tree",
    "mirror_weights",
    "multiplied_out",
    "multiplying_gate",
    "neuron_activations",
    "noisy_networks",
    "noisy_neuron",
    "occluded",
    "parameter_counts",
    "priors",
    "quantised",
    "random_and_trained",
    "reached_in_plane",
    "reached_over_beta",
    "region_counts",
    "regularizers",
    "request_steps",
    "risk",
    "saturation",
    "stairs",
    "task_errors",
    "three_variables",
    "through_layers",
    "throws",
    "training_and_coarse_graining",
    "transfer_matrix",
    "two_learners",
    "typical_set",
    "uneven_sensitivity",
    "ways_between",
]
