from dataclasses import replace

import numpy as np
import pytest

from ibtools import figures
from ibtools.figures.panels import BEFORE, MOST_EPOCHS
from ibtools.plane.summary import compression, dead_over_epochs, information_of_states
from ibtools.plane.trajectory import AXES, Trajectory

N_INPUTS = 64


def made(seed, *, n=6, epochs=(0, 1, 3, 10, 30, 100), layers=3, bounds=False, **settings):
    """A trajectory of random numbers that could be one's."""
    rng = np.random.default_rng(seed)
    sizes = {"n": n, "s": len(epochs), "l": layers, "b": 4}
    arrays = {name: rng.random([sizes[axis] for axis in axes]) for name, axes in AXES.items()}
    arrays |= {
        "epochs": np.array(epochs),
        "I_XT": 6 * arrays["I_XT"],
        "n_distinct": rng.integers(2, N_INPUTS + 1, arrays["I_XT"].shape),
        "n_constant": rng.integers(0, 3, arrays["I_XT"].shape),
    }
    if bounds:
        arrays |= {
            "I_XT_low": arrays["I_XT"] - 0.5,
            "I_XT_high": arrays["I_XT"] + 0.25,
            "I_TY_low": arrays["I_TY"] - 2,
            "I_TY_high": arrays["I_TY"] + 1,
        }
    known = {"widths": [4, 3][: layers - 1], "train_fraction": 0.8, **settings}
    return Trajectory(settings=known, estimator={"name": "none"}, **arrays)


def with_dead(run, networks, since):
    """The run with networks whose first layer is dead from a snapshot on."""
    states = run.n_distinct.copy()
    states[networks, since:, 0] = 1
    return replace(run, n_distinct=states)


def named(figure, name, **wanted):
    """The traces of this name, those with these properties."""
    return [
        trace
        for trace in figure.data
        if trace.name == name and all(trace[key] == value for key, value in wanted.items())
    ]


def drawn(figure):
    """All that draws points."""
    return [trace for trace in figure.data if trace.x is not None and trace.x != (None,)]


PLAIN, BOUNDED = made(0), made(1, bounds=True)
RUNS = {"a": made(2), "b": made(3, n=4)}


def test_bounds_are_hatched_and_networks_plain():
    figure = figures.layer_panels({"bins": PLAIN, "mixture": BOUNDED})
    bands = [trace for trace in drawn(figure) if trace.fill == "toself"]
    plain, hatched = bands[:3], bands[3:]
    assert all(band.fillpattern.shape is None for band in plain)
    assert all(band.fillpattern.shape == "/" for band in hatched)
    later = PLAIN.epochs > 0
    for layer, band in enumerate(plain):
        ends = PLAIN.I_XT[:, later, layer]
        upper, lower = np.split(np.array(band.y), 2)
        assert upper == pytest.approx(np.quantile(ends, 0.75, axis=0), abs=1e-4)
        assert lower[::-1] == pytest.approx(np.quantile(ends, 0.25, axis=0), abs=1e-4)
    for layer, band in enumerate(hatched):
        mean = BOUNDED.I_XT[:, later, layer].mean(axis=0)
        upper, lower = np.split(np.array(band.y), 2)
        assert upper == pytest.approx(mean + 0.25, abs=1e-4)
        assert lower[::-1] == pytest.approx(mean - 0.5, abs=1e-4)
    assert "; left open, 0.75 bits on average." in figure.layout.meta["summary"]
    keys = [trace.name for trace in figure.data if trace.x == (None,)]
    assert keys == ["middle half of networks", "left open by the ruler"]


def test_keys_name_only_the_bands_there_are():
    def keys(figure):
        return [trace.name for trace in figure.data if trace.x == (None,)]

    assert keys(figures.layer_panels({"bins": PLAIN})) == ["middle half of networks"]
    assert keys(figures.layer_panels({"m": BOUNDED})) == ["left open by the ruler"]
    assert keys(figures.layers_over_epochs(BOUNDED)) == ["left open by the ruler"]
    assert keys(figures.layers_over_epochs(PLAIN)) == []


def test_panels_share_one_scale():
    figure = figures.layer_panels({"bins": PLAIN, "mixture": BOUNDED})
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert figure.layout.yaxis.range[1] > max(PLAIN.I_XT.max(), BOUNDED.I_XT.max())
    lines = [trace for trace in drawn(figure) if trace.fill is None]
    expected = BOUNDED.I_XT[:, 1:, 2].mean(axis=0)
    assert lines[-1].y == pytest.approx(expected, abs=1e-4)
    assert f"Ŷ {PLAIN.I_XT[:, -1, 2].mean():.2f} (" in figure.layout.meta["summary"]


def test_no_more_than_sixty_epochs_and_the_last_among_them():
    long = made(4, epochs=range(200))
    figure = figures.layers_over_epochs(long)
    assert all(len(trace.x) <= 2 * MOST_EPOCHS for trace in drawn(figure))
    assert figure.data[1].x[-1] == 199
    plane = figures.information_plane(long)
    assert 40 < len(plane.frames) <= MOST_EPOCHS + 1
    assert plane.frames[0].name == "0"
    assert plane.frames[-1].name == "199"


def test_bounds_in_the_plane():
    figure = figures.information_plane(BOUNDED)
    bars = figure.data[-1].error_x
    assert bars.array == pytest.approx([0.25] * 3)
    assert bars.arrayminus == pytest.approx([0.5] * 3)
    assert figure.frames[-1].data[1].error_x.array == pytest.approx([0.25] * 3)
    assert "leaves 3.0 bits on average" in figure.layout.meta["summary"]
    assert figures.information_plane(PLAIN).data[-1].error_x.array is None


def test_falls_of_every_network():
    figure = figures.falls(RUNS)
    for name, run in RUNS.items():
        points = named(figure, name, mode="markers")
        bars = named(figure, name, mode="lines")
        for layer, fall in enumerate(compression(run).T):
            assert points[layer].y == pytest.approx(fall, abs=1e-3)
            assert bars[layer].y == pytest.approx([fall.mean()] * 2, abs=1e-3)
            # A run's points stay in its slot of its layer.
            assert np.abs(np.array(points[layer].x) - layer).max() < 0.5
    assert max(named(figure, "a")[0].x) < min(named(figure, "b")[0].x)
    assert f"T1 {compression(RUNS['a'])[:, 0].mean():.2f} (" in figure.layout.meta["summary"]


def test_several_quantities_from_epoch_0():
    figure = figures.compare_runs(
        RUNS, ["test_accuracy", "I_XT"], 0, start=True, references={"always 1": 0.836}
    )
    lines = named(figure, "b", fill=None)
    assert lines[0].x[0] == BEFORE
    assert figure.layout.xaxis.ticktext[0] == "0"
    assert lines[0].y == pytest.approx(RUNS["b"].test_accuracy.mean(axis=0), abs=1e-4)
    assert lines[1].y == pytest.approx(RUNS["b"].I_XT[..., 0].mean(axis=0), abs=1e-4)
    assert lines[1].yaxis == "y2"
    titles = [note.text for note in figure.layout.annotations]
    assert titles == ["test accuracy", "I(X;T), bits (T: T1)", "always 1"]
    assert figure.layout.shapes[0].y0 == figure.layout.shapes[0].y1 == 0.836
    assert "always 1, 0.836" in figure.layout.meta["summary"]


def test_runs_of_several_depths_have_no_layer_name_in_common():
    depths = {"1": made(5, layers=2), "2": made(6)}
    assert "last hidden" in figures.compare_runs(depths, "I_XT", -2).layout.yaxis.title.text
    assert "T: Ŷ" in figures.compare_runs(depths, "I_XT").layout.yaxis.title.text


def test_data_size_at_the_end_and_at_its_highest():
    runs = [made(7, train_fraction=0.45), made(8, train_fraction=0.05, n=4)]
    figure = figures.data_size(runs)
    at_end, highest = named(figure, "T2", fill=None)[0], named(figure, "T2, highest")[0]
    assert at_end.x == highest.x == (5, 45)
    small, large = runs[1].I_XT[..., 1], runs[0].I_XT[..., 1]
    assert at_end.y == pytest.approx([small[:, -1].mean(), large[:, -1].mean()], abs=1e-3)
    peaks = [small.max(axis=1).mean(), large.max(axis=1).mean()]
    assert highest.y == pytest.approx(peaks, abs=1e-3)
    assert figure.data[0].y[:2] == pytest.approx([small[:, -1].max(), large[:, -1].max()], abs=1e-4)
    accuracy = named(figure, "accuracy", fill=None)[0]
    assert accuracy.yaxis == "y3"
    assert accuracy.y[0] == pytest.approx(runs[1].test_accuracy[:, -1].mean(), abs=1e-3)
    assert "5 %, 4 networks" in figure.layout.meta["summary"]


def test_epochs_to_reach_leave_nobody_out():
    run = PLAIN
    accuracy = np.zeros(run.test_accuracy.shape)
    accuracy[:5, 3:] = 0.95
    accuracy[:2, 1:] = 0.95
    run = replace(run, test_accuracy=accuracy, test_loss=1 - accuracy)
    few = replace(run, test_accuracy=np.roll(accuracy, 3, axis=0) * (np.arange(6) > 3)[:, None])
    figure = figures.epochs_to_reach({"5": run, "1": few}, 0.9)
    points = named(figure, "5", mode="markers")[0]
    assert points.y == pytest.approx([1, 1, 10, 10, 10])
    # The median of 1, 1, 10, 10, 10 and one that never arrives.
    assert named(figure, "5", mode="lines")[0].y == (10, 10)
    assert named(figure, "1", mode="lines")[0].y == ()
    assert [note.text for note in figure.layout.annotations] == ["1 never", "4 never"]
    assert "5: median 10, 1 to 10, never in 1 of 6 networks." in figure.layout.meta["summary"]
    assert figures.epochs_to_reach({"5": run}, 0.1, "test_loss").data[0].y == points.y
    none = figures.epochs_to_reach({"5": run}, 0.99)
    assert "5: none of 6 networks." in none.layout.meta["summary"]


def test_dead_networks_are_counted():
    run = with_dead(PLAIN, [1, 4], 3)
    figure = figures.dead_networks({"relu": run, "tanh": PLAIN})
    dead, constant = named(figure, "relu: 2 of 6 dead", fill=None)
    assert dead.y == tuple(dead_over_epochs(run).sum(axis=0)) == (0, 0, 0, 2, 2, 2)
    share = 100 * run.n_constant[..., :2].sum(axis=-1).mean(axis=0) / 7
    assert constant.y == pytest.approx(share, abs=1e-3)
    summary = figure.layout.meta["summary"]
    assert "relu: dead networks 2 of 6 at epoch 100, the first at epoch 10; constant" in summary
    assert "tanh: dead networks 0 of 6 at epoch 100; constant" in summary


def test_the_dead_in_the_mean():
    run = with_dead(PLAIN, [1, 4], 3)
    figure = figures.dead_in_the_mean(run, 1)
    later, alive = run.I_XT[:, 1:, 1], [0, 2, 3, 5]
    for name, group in {"4 alive": later[alive], "all 6": later, "2 dead": later[[1, 4]]}.items():
        line = named(figure, name, fill=None)[0]
        assert line.y == pytest.approx(group.mean(axis=0), abs=1e-4)
        assert f"{name} {group[:, -1].mean():.2f}" in figure.layout.meta["summary"]
    for none in (PLAIN, with_dead(PLAIN, list(range(6)), 0)):
        with pytest.raises(ValueError, match="must have dead and living networks"):
            figures.dead_in_the_mean(none)


def test_states_bound_the_truth_from_both_sides():
    figure = figures.distinct_states({"float32": PLAIN}, N_INPUTS, layers=[-1])
    least, largest = information_of_states(PLAIN.n_distinct[:, 1:, 2], N_INPUTS)
    band, states, reading = [trace for trace in drawn(figure)]
    upper, lower = np.split(np.array(band.y), 2)
    assert upper == pytest.approx(largest.mean(axis=0), abs=1e-3)
    assert lower[::-1] == pytest.approx(least.mean(axis=0), abs=1e-3)
    assert band.fillpattern.shape == "/"
    assert states.y == pytest.approx(upper, abs=1e-3)
    assert reading.y == pytest.approx(PLAIN.I_XT[:, 1:, 2].mean(axis=0), abs=1e-3)
    assert reading.line.dash == "dot"
    mean = PLAIN.n_distinct[:, -1, 2].mean()
    assert f"Ŷ {mean:.0f} (" in figure.layout.meta["summary"]


def test_a_point_a_network_and_the_correlation_of_the_living():
    run = with_dead(made(9, n=12), [0], 2)
    accuracy = run.test_accuracy.copy()
    accuracy[1:, -1] = compression(run)[1:, 1] / 6
    run = replace(run, test_accuracy=accuracy)
    figure = figures.compression_and_accuracy({"relu": run})
    points = figure.data[0]
    assert points.x == pytest.approx(compression(run)[1:, 1], abs=1e-3)
    assert points.y == pytest.approx(accuracy[1:, -1], abs=1e-4)
    assert figure.layout.annotations[0].text == "dead, not drawn: relu 1 of 12"
    assert "ρ = 1.00" in points.name
    assert "11 of 12 networks alive" in figure.layout.meta["summary"]


def test_when_the_gradient_falls_below_its_noise():
    ratio = np.array([[0.5, 2, 4, 0.9, 3, 0.5], [0.5, 2, 4, 3, 2, 0.5], [2, 2, 2, 2, 2, 2]])
    run = made(10, n=3)
    signal = np.ones(run.I_XT.shape)
    signal[..., -1] = ratio
    run = replace(run, gradient_mean=signal, gradient_std=np.ones(signal.shape))
    summary = figures.gradient_phases(run, 1).layout.meta["summary"]
    assert "first falls below 1 at epoch 55 in the median, 10 to 100, in 2 of 3" in summary
    steady = replace(run, gradient_mean=2 * np.ones(signal.shape))
    assert "never falls below 1" in figures.gradient_phases(steady, 1).layout.meta["summary"]


def test_fifty_networks_stay_small_and_are_told_in_words():
    epochs = np.unique(np.geomspace(1, 8000, 110).astype(int))
    fifty = {f"run {i}": made(i, n=50, epochs=epochs, layers=6) for i in range(5)}
    first = fifty["run 0"]
    dead = with_dead(first, [3], 5)
    sized = {
        f"{d}": replace(run, settings={"widths": [4], "train_fraction": d})
        for d, run in zip((0.05, 0.25, 0.45, 0.65, 0.85), fifty.values(), strict=True)
    }
    built = {
        "layer_panels": figures.layer_panels(fifty),
        "falls": figures.falls(fifty),
        "compare_runs": figures.compare_runs(fifty, ["I_XT", "test_accuracy"], start=True),
        "data_size": figures.data_size(list(sized.values())),
        "epochs_to_reach": figures.epochs_to_reach(fifty, 0.9),
        "dead_networks": figures.dead_networks(fifty),
        "dead_in_the_mean": figures.dead_in_the_mean(dead),
        "distinct_states": figures.distinct_states(fifty, N_INPUTS),
        "compression_and_accuracy": figures.compression_and_accuracy(fifty),
    }
    for name, figure in built.items():
        assert len(figure.to_json()) < 150_000, name
        assert len(figure.layout.meta["summary"]) > 40, name
        assert any(axis.title.text for axis in figure.select_xaxes()), name
    assert len(figures.information_plane(first).to_json()) < 330_000


def test_unknown_quantities_are_named():
    with pytest.raises(ValueError, match="quantity must be one of train_loss"):
        figures.epochs_to_reach(RUNS, 0.9, "I_XT")
    with pytest.raises(ValueError, match=r"one that every layer has, I_XT.* got 'beauty'"):
        figures.layer_panels(RUNS, "beauty")


def test_panels_of_networks_with_other_layers_are_refused():
    runs = {"a": made(0, layers=3), "b": made(0, layers=2)}
    with pytest.raises(ValueError, match="runs must all have the layers T1, T2, Ŷ, got T1, Ŷ of b"):
        figures.layer_panels(runs)


def test_the_output_of_noisy_networks_is_a_gap_and_no_warning():
    run = made(8, bounds=True)
    arrays = {name: getattr(run, name).copy() for name in ("I_XT", "I_TY", "I_XT_high", "I_TY_low")}
    for values in arrays.values():
        values[..., -1] = np.nan
    run = replace(run, **arrays)
    built = [
        figures.information_plane(run),
        figures.layers_over_epochs(run),
        figures.layer_panels({"own noise": run}),
        figures.data_size([run]),
        figures.falls({"own noise": run}),
    ]
    for figure in built:
        assert "nan" not in figure.layout.meta["summary"]
        assert np.isfinite([axis.range or (0, 0) for axis in figure.select_yaxes()]).all()
    plane = built[0]
    assert plane.layout.xaxis.range[1] == np.ceil(run.I_XT[..., :-1].max()) + 1.5
    start, end = run.I_TY[:, [0, -1], -2].mean(axis=0)
    assert f"Mean I(T;Y) of T2: from {start:.2f} to {end:.2f} bits" in plane.layout.meta["summary"]
    unmeasured = replace(run, I_XT=np.full_like(run.I_XT, np.nan))
    with pytest.raises(ValueError, match="must have numbers for I_XT and I_TY, got none"):
        figures.information_plane(unmeasured)
