from itertools import pairwise

import pytest
import torch
from torch import nn

from ibtools.questions.counting import (
    ALEXNET,
    Convolution,
    Dense,
    fully_connected_layers,
    parameters,
    ungrouped,
)
from ibtools.questions.fitting import fully_connected, parameter_count


def in_torch(layer):
    if isinstance(layer, Dense):
        return nn.Linear(layer.inputs, layer.outputs, device="meta")
    return nn.Conv2d(layer.channels, layer.filters, layer.size, groups=layer.groups, device="meta")


def test_alexnet_is_counted_layer_by_layer():
    counts = [layer.parameters for layer in ALEXNET]
    assert counts[:5] == [34_944, 307_456, 885_120, 663_936, 442_624]
    assert counts[5:] == [37_752_832, 16_781_312, 4_097_000]
    assert parameters(ALEXNET) == 60_965_224
    assert parameters(ungrouped(ALEXNET)) == 62_378_344


@pytest.mark.parametrize("layers", [ALEXNET, ungrouped(ALEXNET)])
def test_torch_counts_the_same(layers):
    for layer in layers:
        assert parameter_count(in_torch(layer)) == layer.parameters, layer.name


def test_the_layers_of_alexnet_fit_together():
    image = torch.empty(1, 3, 227, 227, device="meta")
    steps = [(4, 0, True), (1, 2, True), (1, 1, False), (1, 1, False), (1, 1, True)]
    for layer, (stride, padding, pooled) in zip(ALEXNET[:5], steps, strict=True):
        convolution = in_torch(layer)
        convolution.stride, convolution.padding = (stride, stride), (padding, padding)
        image = convolution(image)
        if pooled:
            image = nn.functional.max_pool2d(image, 3, 2)
    assert image.numel() == ALEXNET[5].inputs
    for one, following in pairwise(ALEXNET[5:]):
        assert one.outputs == following.inputs


@pytest.mark.parametrize("widths", [(12, 10, 7, 5, 4, 3, 2), (784, 512, 10), (3, 1)])
def test_networks_of_the_course_are_counted_by_the_same_rule(widths):
    assert parameters(fully_connected_layers(widths)) == parameter_count(fully_connected(widths))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Convolution("c", 96, 256, 5, groups=5), "groups must divide channels and filters"),
        (lambda: Convolution("c", 4, 6, 3, groups=4), "got 4 groups of 4 channels and 6 filters"),
        (lambda: Convolution("c", 3, 96, 0), "size must be a whole number"),
        (lambda: Dense("d", 0, 3), "inputs must be a whole number"),
        (lambda: fully_connected_layers([3]), r"at least inputs and outputs, got \(3,\)"),
    ],
)
def test_impossible_layers_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
