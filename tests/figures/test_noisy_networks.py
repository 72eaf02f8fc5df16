import numpy as np
import pytest

from ibtools.figures.noisy_networks import PANELS, noisy_networks

EPOCHS = [0, 1, 10, 100, 1000]
RISE_AND_FALL = np.array([1.0, 1, 2, 3, 2.25])
SPREAD = np.array([1.0, 1, 0.8, 0.5, 0.25])


def planes(n_networks=2, n_layers=3):
    """Layer l and network k: the curves, shifted."""
    shift = np.arange(n_layers) + 0.1 * np.arange(n_networks)[:, None, None]
    return (
        RISE_AND_FALL[:, None] + shift,
        2 * RISE_AND_FALL[:, None] + shift,
        SPREAD[:, None] + shift,
    )


def test_three_panels_with_a_line_for_each_layer():
    figure = noisy_networks(EPOCHS, *planes())
    titles = [figure.layout[axis].title.text for axis in ("yaxis", "yaxis2", "yaxis3")]
    assert titles == list(PANELS)
    lines = [trace for trace in figure.data if trace.fill is None]
    assert [line.name for line in lines] == 3 * ["T1", "T2", "T3"]
    assert [line.yaxis for line in lines] == 3 * ["y"] + 3 * ["y2"] + 3 * ["y3"]
    # Means over the networks; epoch 0 has no place on a log scale.
    assert lines[1].y == pytest.approx(RISE_AND_FALL[1:] + 1.05)
    assert lines[8].y == pytest.approx(SPREAD[1:] + 2.05)
    assert sum(bool(trace.showlegend) for trace in figure.data) == 3


def test_summary_says_what_each_layer_does_after_its_peak():
    summary = noisy_networks(EPOCHS, *planes()).layout.meta["summary"]
    assert "T2 has most information, 4.05 bits, at epoch 100" in summary
    assert (
        "changes by -0.75 bits, the binned entropy by -1.50 bits and the spread by -0.25" in summary
    )


def test_some_layers_keep_their_names_and_colours():
    every, some = noisy_networks(EPOCHS, *planes()), noisy_networks(EPOCHS, *planes(), layers=[2])
    (line, *_) = [trace for trace in some.data if trace.fill is None]
    assert line.name == "T3"
    assert line.line.color == next(t for t in every.data if t.name == "T3").line.color
    assert len(some.data) == 6


def test_shapes_that_do_not_fit_are_named():
    information, entropy, spread = planes()
    with pytest.raises(ValueError, match=r"must all have shape .*, got"):
        noisy_networks(EPOCHS, information, entropy, spread[:, :, :2])
    with pytest.raises(ValueError, match="4 snapshots"):
        noisy_networks(EPOCHS[1:], information, entropy, spread)
