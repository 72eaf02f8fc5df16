"""Priors: what a learner takes for granted, where it is so and where it is not."""

from ibtools.questions.priors.factors import combinations, factors, one_hot_factors
from ibtools.questions.priors.hierarchy import Tree, hierarchy, tree_function
from ibtools.questions.priors.smoothness import nearest_mean, smoothness
from ibtools.questions.priors.three_priors import EXPERIMENTS, three_priors

__all__ = [
    "EXPERIMENTS",
    "Tree",
    "combinations",
    "factors",
    "hierarchy",
    "nearest_mean",
    "one_hot_factors",
    "smoothness",
    "three_priors",
    "tree_function",
]
