"""The self-consistent equations, solved: the information bottleneck, and its two ancestors."""

from ibtools.bottleneck.blahut_arimoto.annealing import information_bottleneck_curve
from ibtools.bottleneck.blahut_arimoto.channel_capacity import ChannelCapacity, channel_capacity
from ibtools.bottleneck.blahut_arimoto.critical import (
    Split,
    cluster_splits,
    critical_beta,
    onset_beta,
)
from ibtools.bottleneck.blahut_arimoto.equations import blahut_arimoto_step
from ibtools.bottleneck.blahut_arimoto.optimality import optimality_gap
from ibtools.bottleneck.blahut_arimoto.rate_distortion import (
    RateDistortion,
    rate_distortion,
    rate_distortion_curve,
)
from ibtools.bottleneck.blahut_arimoto.solver import information_bottleneck

__all__ = [
    "ChannelCapacity",
    "RateDistortion",
    "Split",
    "blahut_arimoto_step",
    "channel_capacity",
    "cluster_splits",
    "critical_beta",
    "information_bottleneck",
    "information_bottleneck_curve",
    "onset_beta",
    "optimality_gap",
    "rate_distortion",
    "rate_distortion_curve",
]
