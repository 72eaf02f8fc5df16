"""Solving the information bottleneck: compress X, keep what it says about Y."""

from ibtools.bottleneck.blahut_arimoto import (
    ChannelCapacity,
    RateDistortion,
    Split,
    blahut_arimoto_step,
    channel_capacity,
    cluster_splits,
    critical_beta,
    information_bottleneck,
    information_bottleneck_curve,
    onset_beta,
    optimality_gap,
    rate_distortion,
    rate_distortion_curve,
)
from ibtools.bottleneck.clustering import (
    Clustering,
    MergeTree,
    agglomerative_bottleneck,
    sequential_bottleneck,
)
from ibtools.bottleneck.curve import IBCurve
from ibtools.bottleneck.deterministic import (
    deterministic_bottleneck,
    deterministic_bottleneck_curve,
    deterministic_bottleneck_step,
    generalised_bottleneck,
    generalised_bottleneck_curve,
    generalised_bottleneck_step,
)
from ibtools.bottleneck.deterministic_labels import (
    deterministic_labels_curve,
    deterministic_labels_power_optimum,
    erasure_encoder,
    has_deterministic_labels,
)
from ibtools.bottleneck.gaussian import (
    GaussianSolution,
    discretised_gaussian,
    gaussian_bottleneck,
    gaussian_bottleneck_curve,
    gaussian_bottleneck_from_samples,
    gaussian_critical_betas,
    gaussian_relevance_at,
)
from ibtools.bottleneck.merging import merge_equal_clusters
from ibtools.bottleneck.power import power_bottleneck, power_bottleneck_curve
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.solution import BottleneckWarning, Solution, encoder_solution
from ibtools.bottleneck.sufficient import minimal_sufficient_statistic
from ibtools.bottleneck.symmetric import (
    binary_symmetric_beta_at,
    binary_symmetric_bottleneck,
    binary_symmetric_relevance_at,
    binary_symmetric_source,
)

__all__ = [
    "BottleneckWarning",
    "ChannelCapacity",
    "Clustering",
    "GaussianSolution",
    "IBCurve",
    "MergeTree",
    "Problem",
    "RateDistortion",
    "Solution",
    "Split",
    "agglomerative_bottleneck",
    "binary_symmetric_beta_at",
    "binary_symmetric_bottleneck",
    "binary_symmetric_relevance_at",
    "binary_symmetric_source",
    "blahut_arimoto_step",
    "channel_capacity",
    "cluster_splits",
    "critical_beta",
    "deterministic_bottleneck",
    "deterministic_bottleneck_curve",
    "deterministic_bottleneck_step",
    "deterministic_labels_curve",
    "deterministic_labels_power_optimum",
    "discretised_gaussian",
    "encoder_solution",
    "erasure_encoder",
    "gaussian_bottleneck",
    "gaussian_bottleneck_curve",
    "gaussian_bottleneck_from_samples",
    "gaussian_critical_betas",
    "gaussian_relevance_at",
    "generalised_bottleneck",
    "generalised_bottleneck_curve",
    "generalised_bottleneck_step",
    "has_deterministic_labels",
    "information_bottleneck",
    "information_bottleneck_curve",
    "merge_equal_clusters",
    "minimal_sufficient_statistic",
    "onset_beta",
    "optimality_gap",
    "power_bottleneck",
    "power_bottleneck_curve",
    "rate_distortion",
    "rate_distortion_curve",
    "sequential_bottleneck",
]
