"""Solving the information bottleneck: compress X, keep what it says about Y."""

from ibtools.bottleneck.curve import IBCurve
from ibtools.bottleneck.merging import merge_equal_clusters
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.solution import BottleneckWarning, Solution, encoder_solution
from ibtools.bottleneck.sufficient import minimal_sufficient_statistic

__all__ = [
    "BottleneckWarning",
    "IBCurve",
    "Problem",
    "Solution",
    "encoder_solution",
    "merge_equal_clusters",
    "minimal_sufficient_statistic",
]
