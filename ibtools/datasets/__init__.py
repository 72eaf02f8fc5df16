"""What everything runs on: generated, or shipped with a dependency."""

from ibtools.datasets.dataset import Dataset, train_test_split
from ibtools.datasets.digits import digits
from ibtools.datasets.documents import topic_documents
from ibtools.datasets.icosahedron import icosahedron_rule, icosahedron_vertices, soft_label
from ibtools.datasets.letter_pairs import letter_pairs
from ibtools.datasets.mnist import mnist_5000, mnist_full
from ibtools.datasets.named import DATASETS
from ibtools.datasets.planar import ring, spirals, xor
from ibtools.datasets.random_labels import random_labels

__all__ = [
    "DATASETS",
    "Dataset",
    "digits",
    "icosahedron_rule",
    "icosahedron_vertices",
    "letter_pairs",
    "mnist_5000",
    "mnist_full",
    "random_labels",
    "ring",
    "soft_label",
    "spirals",
    "topic_documents",
    "train_test_split",
    "xor",
]
