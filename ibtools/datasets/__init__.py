"""What everything runs on: generated, or shipped with a dependency."""

from ibtools.datasets.dataset import Dataset, train_test_split
from ibtools.datasets.digits import digits
from ibtools.datasets.icosahedron import icosahedron_rule, icosahedron_vertices, soft_label

__all__ = [
    "Dataset",
    "digits",
    "icosahedron_rule",
    "icosahedron_vertices",
    "soft_label",
    "train_test_split",
]
