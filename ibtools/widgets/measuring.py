"""Snapshots that are kept to be measured again, by another ruler.

What a ruler reads are activations, 4096 inputs times all units of all networks: too much to keep
for every snapshot. The weights are a few hundred numbers a network, and give the activations back
to the last bit.
"""

from dataclasses import fields, replace

import numpy as np
import torch

from ibtools.datasets import Dataset
from ibtools.networks import Snapshot
from ibtools.networks.mlp import forward
from ibtools.plane import BINNING, Measurement, information, measure
from ibtools.plane.measure import layer_histograms

# The bounds of a mixture compare every input with every other.
MOST_COMPARED = 1024
NOTHING_OPTIONAL = {field.name: None for field in fields(Measurement) if field.default is None}


def compared(n: int, at_most: int = MOST_COMPARED) -> np.ndarray:
    """Which of n inputs to compare with each other: all, or at_most spread over them evenly.

    Steps by the golden section leave no stretch of the inputs out, and meet no pattern in their
    order. The step shares no factor with n, so that no input comes twice.
    """
    if n <= at_most:
        return np.arange(n)
    step = round(0.618034 * n)
    while np.gcd(step, n) > 1:
        step += 1
    return np.arange(at_most) * step % n


def without_activations(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, activations=[])


def with_activations(snapshot: Snapshot, x: np.ndarray) -> Snapshot:
    """What `without_activations` took away, for the same inputs x (samples, inputs)."""
    parameters = [tuple(map(torch.from_numpy, layer)) for layer in snapshot.parameters]
    weights, _ = parameters[0]
    everything = torch.from_numpy(x).to(weights.dtype).T.expand(len(weights), -1, -1)
    *hidden, logits = forward(parameters, everything, snapshot.activation)
    layers = [*hidden, torch.softmax(logits, dim=1)]
    return replace(snapshot, activations=[t.mT.numpy() for t in layers])


def measured(snapshot: Snapshot, dataset: Dataset, estimator: dict) -> Measurement:
    """`ibtools.plane.measure`, with I(X;T) and I(T;Y) as in `measured_again`."""
    first = measure(snapshot, dataset.x, dataset.y, estimator=BINNING)
    return measured_again(first, snapshot, dataset, estimator)


def measured_again(
    first: Measurement, snapshot: Snapshot, dataset: Dataset, estimator: dict
) -> Measurement:
    """The measurement of a snapshot by another ruler; what depends on no ruler is kept.

    A mixture is measured on at most 1024 inputs (`compared`), all else on all of them.
    """
    x, y, read = dataset.x, dataset.y, snapshot
    if estimator["name"] == "mixture":
        few = compared(len(y))
        x, y = x[few], y[few]
        read = replace(snapshot, activations=[t[:, few] for t in snapshot.activations])
    found = NOTHING_OPTIONAL | information(read, x, y, estimator)
    return replace(first, histogram=layer_histograms(snapshot, estimator), **found)
