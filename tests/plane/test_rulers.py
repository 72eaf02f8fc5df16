"""Each ruler by its name gives what the function behind it gives, every number in its place."""

import json
from dataclasses import fields, replace

import numpy as np
import pytest

from ibtools.datasets import icosahedron_rule, soft_label
from ibtools.information import (
    adaptive_noise_variance,
    layer_information,
    layer_information_kernel,
    layer_information_monte_carlo,
    mutual_information,
)
from ibtools.networks import Progress, Snapshot, TrainingSettings, training
from ibtools.plane import (
    BINNING,
    Experiment,
    Trajectory,
    class_spread,
    information,
    joined,
    measure,
    measure_each,
    noisy_layer_information,
    record_each,
    validated_estimator,
)

RULE = icosahedron_rule()
RNG = np.random.default_rng(0)
X = RNG.integers(0, 2, (48, 3)).astype(float)
Y = RNG.integers(0, 2, 48)
NOTHING = {field.name: np.zeros(2) for field in fields(Progress)}


def seen(*layers, noise=0.0, parameters=()):
    """A snapshot of two networks with these activations."""
    return Snapshot(
        **NOTHING, activations=list(layers), parameters=parameters, activation="tanh", noise=noise
    )


T1, T2 = RNG.normal(size=(2, 48, 3)), RNG.uniform(-1, 1, (2, 48, 2))
TWO_LAYERS = seen(T1, T2)


def by_layer(found, name, expected):
    """found[name] is (networks, layers), as told layer by layer."""
    assert found[name].shape == (2, 2)
    for layer, values in enumerate(expected):
        assert found[name][:, layer] == pytest.approx(values), name


def test_binning():
    settings = {"bins": "equal", "n_bins": 7, "low": -0.5, "high": 2.0}
    found = information(TWO_LAYERS, X, Y, {"name": "binning", **settings})
    told = [layer_information(t, Y, **settings) for t in (T1, T2)]
    by_layer(found, "I_XT", [i_xt for i_xt, _ in told])
    by_layer(found, "I_TY", [i_ty for _, i_ty in told])
    wide = information(TWO_LAYERS, X, Y, {"name": "binning", "bins": "width", "width": 0.5})
    by_layer(wide, "I_XT", [layer_information(t, Y, bins="width", width=0.5)[0] for t in (T1, T2)])


def test_binning_about_the_soft_label():
    snapshot = next(training(RULE, TrainingSettings(widths=(3,), n_networks=2), [0]))
    found = information(snapshot, RULE.x, RULE.y, BINNING | {"label_gain": 5.0})
    told = [layer_information(t, soft_label(5.0))[1] for t in snapshot.activations]
    by_layer(found, "I_TY", told)


@pytest.mark.parametrize("relative", [False, True])
def test_mixture(relative):
    found = information(
        TWO_LAYERS, X, Y, {"name": "mixture", "noise_variance": 0.05, "relative": relative}
    )
    variances = [adaptive_noise_variance(t, variance=0.05) if relative else 0.05 for t in (T1, T2)]
    told = [
        layer_information_kernel(t, Y, noise_variance=variance)
        for t, variance in zip((T1, T2), variances, strict=True)
    ]
    places = {
        "I_XT": "I_XT_upper",
        "I_TY": "I_TY_difference",
        "I_XT_low": "I_XT_lower",
        "I_XT_high": "I_XT_upper",
        "I_TY_low": "I_TY_lower",
        "I_TY_high": "I_TY_upper",
    }
    assert set(found) == set(places)
    for name, bound in places.items():
        by_layer(found, name, [getattr(each, bound) for each in told])


def with_two_errors(told):
    """What a record holds of sampled values: two standard errors on either side."""
    expected = {}
    for name in ("I_XT", "I_TY"):
        value, error = getattr(told, name), getattr(told, f"{name}_error")
        expected |= {
            name: value,
            f"{name}_low": value - 2 * error,
            f"{name}_high": value + 2 * error,
        }
    return expected


def test_monte_carlo():
    settings = {"noise_variance": 0.1, "n_samples": 3, "seed": 5}
    found = information(TWO_LAYERS, X, Y, {"name": "monte-carlo", **settings})
    told = [with_two_errors(layer_information_monte_carlo(t, Y, **settings)) for t in (T1, T2)]
    for name in found:
        by_layer(found, name, [each[name] for each in told])
    other = information(TWO_LAYERS, X, Y, {"name": "monte-carlo", **settings, "seed": 6})
    assert not np.allclose(other["I_XT"], found["I_XT"], atol=1e-6)


def test_own_noise():
    parameters = [
        (RNG.normal(size=(2, 3, 3)), RNG.normal(size=(2, 3, 1))),
        (RNG.normal(size=(2, 2, 3)), np.zeros((2, 2, 1))),
    ]
    snapshot = seen(T1, T2, noise=0.3, parameters=parameters)
    few = {"n_samples": 64, "n_conditional": 8, "n_marginal": 3, "seed": 2}
    found = information(snapshot, X, Y, {"name": "own noise", **few})
    told = noisy_layer_information(parameters, X, Y, activation="tanh", noise=0.3, **few)
    for name, values in with_two_errors(told).items():
        assert found[name][:, :1] == pytest.approx(values)
        assert np.isnan(found[name][:, 1]).all()
    by_layer(found, "class_spread", [class_spread(t, Y) for t in (T1, T2)])


def test_the_front_door_with_noise():
    found = information(TWO_LAYERS, X, Y, {"name": "gaussian", "noise": 0.5, "seed": 3})
    random = np.random.default_rng(3)
    for layer, t in enumerate((T1, T2)):
        noisy = [network + 0.5 * random.standard_normal(network.shape) for network in t]
        for name, other in (("I_XT", X), ("I_TY", Y)):
            told = [float(mutual_information(other, n, estimator="gaussian")) for n in noisy]
            assert found[name][:, layer] == pytest.approx(told)


# Few samples in many columns: the doubts are not what is tested.
UNDOUBTED = pytest.mark.filterwarnings("ignore::ibtools.information.EstimateWarning")


@UNDOUBTED
def test_the_front_door_passes_settings_and_seed():
    known = {"name": "mixture-monte-carlo", "noise_variance": 0.5}
    one, again, other = (
        information(seen(T1), X, Y, {**known, "seed": seed})["I_XT"] for seed in (1, 1, 2)
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


@UNDOUBTED
@pytest.mark.parametrize("bound", ["upper", "lower"])
def test_an_estimator_of_labels_takes_the_inputs_for_labels(bound):
    """T is the continuous variable of the two, whatever the numbers of X look like."""
    unlike = np.unpackbits(np.arange(48, dtype=np.uint8)[:, None], axis=1).astype(float)
    estimator = {"name": f"mixture-{bound}", "noise_variance": 0.05}
    found = information(seen(T1), unlike, Y, estimator)
    told = layer_information_kernel(T1, Y, noise_variance=0.05)
    assert found["I_XT"][:, 0] == pytest.approx(getattr(told, f"I_XT_{bound}"))


@UNDOUBTED
def test_an_estimator_of_symbols_counts_states():
    t = np.repeat(np.arange(4.0), 12)[None, :, None] * [[[1]], [[-1]]]
    inputs = np.unpackbits(np.arange(48, dtype=np.uint8)[:, None], axis=1).astype(float)
    found = information(seen(t), inputs, Y, {"name": "plug-in"})
    assert found["I_XT"] == pytest.approx(2)


def test_settings_are_spelled_out_in_values_of_json():
    spelled = validated_estimator({"name": "ksg", "k": np.int64(4)})
    assert spelled["k"] == 4
    assert {"noise", "seed", "variant"} <= set(spelled)
    assert validated_estimator({"name": "infonce", "hidden": (8, 4)})["hidden"] == [8, 4]
    assert "copula" not in validated_estimator({"name": "copula"})
    for each in (BINNING, {"name": "mixture", "relative": np.True_}, spelled):
        again = validated_estimator(each)
        assert json.loads(json.dumps(again)) == again
        assert validated_estimator(again) == again


@pytest.mark.parametrize(
    ("estimator", "message"),
    [
        ("ksg", r"estimator must be a name and its settings, .*, got 'ksg'"),
        ({}, "estimator must be named one of binning, .*ksg.* got None"),
        ({"name": ["ksg"]}, "estimator must be named one of"),
        ({"name": "ksg", "neighbours": 3}, "estimator: neighbours is no setting of 'ksg'"),
        ({"name": "ksg", "base": 3}, "estimator: base is no setting of 'ksg'"),
        ({"name": "binning", "base": 3}, "estimator binning takes .*, got base as well"),
        ({"name": "copula", "copula": False}, "estimator: copula is no setting"),
        ({"name": "mixture-upper"}, "estimator: 'mixture-upper' needs noise_variance"),
        (
            {"name": "ksg", "k": object()},
            "estimator ksg must have settings that fit into JSON, got",
        ),
    ],
)
def test_what_cannot_be_is_refused_before_any_training(estimator, message):
    with pytest.raises(ValueError, match=message):
        Experiment(estimators={"it": estimator})


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"noise": -1.0}, "noise must be a finite number of at least 0, got -1.0"),
        ({"noise": "loud"}, "noise must be a finite number of at least 0, got 'loud'"),
        ({"seed": -1}, "seed must be a whole number of at least 0, got -1"),
    ],
)
def test_impossible_noise_at_the_front_door(settings, message):
    with pytest.raises(ValueError, match=message):
        information(TWO_LAYERS, X, Y, {"name": "gaussian", **settings})


def test_own_noise_of_networks_without_noise():
    quiet = replace(NOISY, settings=replace(NOISY.settings, noise=0.0))
    with pytest.raises(ValueError, match="noise must be positive"):
        quiet.run(progress=False)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"estimators": {}}, "estimators must give at least one a name"),
        ({"estimators": [BINNING]}, "estimators must give at least one a name"),
        ({"estimators": {1: BINNING}}, r"estimators must have words for names, got \[1\]"),
        ({"n_snapshots": 2.5}, "n_snapshots must be a whole number of at least 2, got 2.5"),
        ({"n_snapshots": 1}, "n_snapshots must be a whole number of at least 2, got 1"),
    ],
)
def test_impossible_experiments(changes, message):
    with pytest.raises(ValueError, match=message):
        Experiment(**changes)


def test_no_estimator_is_an_error():
    with pytest.raises(ValueError, match="estimators must name at least one"):
        measure_each(TWO_LAYERS, X, Y, {})
    with pytest.raises(ValueError, match="estimators must name at least one"):
        record_each(RULE, TrainingSettings(n_networks=1, epochs=1), {}, n_snapshots=2)


def test_constant_units_states_and_bins_are_counted():
    t = np.zeros((2, 48, 3))
    t[0, :, 0] = np.arange(48)
    t[1, :, 1:] = np.arange(24).repeat(2)[:, None]
    found = measure(seen(t), X, Y, estimator=BINNING | {"n_bins": 4, "low": 0.0, "high": 48.0})
    assert found.n_constant.tolist() == [[2], [1]]
    assert found.n_distinct.tolist() == [[48], [24]]
    # 48 values 0 … 47 once and 0 … 23 four times over; all other 144 are 0.
    assert found.histogram * 288 == pytest.approx(np.array([[144 + 60, 60, 12, 12]]))


def test_bins_without_a_fixed_range_leave_the_histograms_theirs():
    few = {"name": "binning", "n_bins": 4}
    equal, free = (
        measure(TWO_LAYERS, X, Y, estimator=few | kind) for kind in ({}, {"bins": "ebab"})
    )
    assert (equal.histogram.shape, free.histogram.shape) == ((2, 4), (2, 30))


NOISY = Experiment(
    settings=TrainingSettings(widths=(4, 3), n_networks=5, epochs=3, noise=0.1),
    estimators={
        "own": {"name": "own noise", "n_samples": 32, "n_conditional": 4},
        "mixture": {"name": "mixture", "noise_variance": 0.01},
    },
    n_snapshots=3,
)


@pytest.fixture(scope="module")
def parts():
    return [part.run(progress=False) for part in NOISY.parts(3)]


def test_parts_are_joined_with_bands_and_spread(parts):
    whole, together = NOISY.run(progress=False), joined(parts)
    for name, path in together.items():
        assert path.settings == whole[name].settings
        assert set(path.arrays()) == set(whole[name].arrays())
        for array, values in path.arrays().items():
            # Networks of other parts are measured with other draws of the noise.
            loose = name == "own" and array.startswith("I_")
            tolerance = {"atol": 3 if loose else 1e-3, "rtol": 1e-3, "equal_nan": True}
            assert np.allclose(values, getattr(whole[name], array), **tolerance), array
    assert together["own"].class_spread.shape == (5, 3, 3)
    assert [part["own"].n_networks for part in parts] == [3, 2]


def test_bands_and_spread_are_kept(parts, tmp_path):
    NOISY.save(joined(parts), tmp_path / "run", command="", seconds=0)
    for name, path in NOISY.load(tmp_path / "run").items():
        before = joined(parts)[name]
        assert set(path.arrays()) == set(before.arrays())
        for array, values in path.arrays().items():
            assert np.allclose(values, getattr(before, array), rtol=1e-3, equal_nan=True), array
    with np.load(tmp_path / "run.npz") as stored:
        assert stored["histograms"].dtype == np.float16


def test_parts_that_do_not_fit_are_refused(parts):
    first, second = (part["mixture"] for part in parts)
    for wrong in (
        [second, first],
        [first, first],
        [first, parts[1]["own"]],
        [first, second.at([0, 1])],
        [first, replace(second, settings=second.settings | {"noise": 0.2})],
    ):
        with pytest.raises(ValueError, match="parts must be of one ensemble"):
            Trajectory.concatenate(wrong)
    with pytest.raises(ValueError, match="parts must hold at least one trajectory"):
        Trajectory.concatenate([])
    with pytest.raises(ValueError, match="parts must hold at least one"):
        joined([])


def test_half_a_band_is_refused(parts):
    with pytest.raises(ValueError, match="must be given together or not at all"):
        replace(parts[0]["mixture"], I_TY_low=None)


def test_a_table_of_what_no_layer_has_is_refused(parts):
    path = parts[0]["own"]
    assert "nan" in path.table("I_XT", [0, 3])
    for quantity in ("train_loss", "settings", "figure"):
        with pytest.raises(ValueError, match=f"quantity must be one of I_XT.*, got '{quantity}'"):
            path.table(quantity, [0])


def test_dead_and_living(parts):
    path = parts[0]["mixture"]
    states = np.full(path.n_distinct.shape, 9)
    states[1, -1, 1] = 1
    states[2, 0, 0] = 1
    path = replace(path, n_distinct=states)
    assert path.dead.tolist() == [False, True, False]
    assert np.array_equal(path.living().I_XT, path.I_XT[[0, 2]])
    assert np.array_equal(path.living().I_TY_high, path.I_TY_high[[0, 2]])
    assert replace(path, n_distinct=np.ones_like(states)).living().n_networks == 0


def test_the_soft_label_of_another_data_set_is_refused():
    soft = {"soft": {"name": "binning", "label_gain": 55.0}}
    settings = TrainingSettings(widths=(3,), n_networks=1, epochs=1)
    with pytest.raises(ValueError, match="label_gain is about the 12-bit rule"):
        Experiment(dataset="digits", settings=settings, estimators=soft, n_snapshots=2).run()
