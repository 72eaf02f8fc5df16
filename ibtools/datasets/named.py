"""Data sets by the names that recorded runs use."""

from ibtools.datasets.digits import digits
from ibtools.datasets.icosahedron import icosahedron_rule
from ibtools.datasets.mnist import mnist_5000
from ibtools.datasets.planar import ring, spirals, xor
from ibtools.datasets.random_labels import random_labels

DATASETS = {
    "icosahedron_rule": icosahedron_rule,
    "ring": ring,
    "xor": xor,
    "spirals": spirals,
    "digits": digits,
    "digits_random_labels": lambda: random_labels(digits()),
    "mnist_5000": mnist_5000,
    "mnist_5000_random_labels": lambda: random_labels(mnist_5000()),
}
