"""Clusters of tables and of documents: merged one pair at a time, or moved one x at a time."""

from ibtools.bottleneck.clustering.agglomerative import agglomerative_bottleneck
from ibtools.bottleneck.clustering.merge_tree import MergeTree
from ibtools.bottleneck.clustering.result import Clustering
from ibtools.bottleneck.clustering.sequential import sequential_bottleneck

__all__ = [
    "Clustering",
    "MergeTree",
    "agglomerative_bottleneck",
    "sequential_bottleneck",
]
