import subprocess
import sys

import numpy as np
import pytest
import torch

from ibtools.information.estimate import EstimateWarning
from ibtools.information.variational import (
    mutual_information_barber_agakov,
    mutual_information_corrected_copula,
    mutual_information_difference_of_entropies,
    mutual_information_variational,
)
from ibtools.information.variational.doubts import about_gap
from ibtools.information.variational.training import Training

RHO = 0.6
INFORMATION = -np.log2(1 - RHO**2) / 2
QUICK = {"hidden": (16,), "steps": 300, "patience": 300}
BOUNDS = ("infonce", "donsker-varadhan", "nwj", "smile")
ENTROPY_OF_NORMAL = np.log2(2 * np.pi * np.e) / 2


def gaussians(n, rho=RHO, d=1, seed=0):
    x, noise = np.random.default_rng(seed).normal(size=(2, n, d))
    return x, rho * x + np.sqrt(1 - rho**2) * noise


def quick_variational(x, y, bound="infonce", **settings):
    settings = {"learning_rate": 5e-3, "inputs": "ranks", **QUICK, **settings}
    return mutual_information_variational(x, y, bound=bound, **settings)


def quick_copula(x, y, **settings):
    settings = {"batch_size": 64, **QUICK, **settings}
    return mutual_information_corrected_copula(x, y, folds=2, **settings)


def quick_difference(x, y, **settings):
    return mutual_information_difference_of_entropies(x, y, **{**QUICK, **settings})


def quick_decoder(x, y, **settings):
    settings = {"entropy_y": ENTROPY_OF_NORMAL, **QUICK, **settings}
    return mutual_information_barber_agakov(x, y, **settings)


ESTIMATORS = [quick_variational, quick_copula, quick_difference, quick_decoder]


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("critic", ["separable", "concatenated"])
def test_critics_on_gaussians(bound, critic):
    settings = {"critic": critic, "held_out": 0.5, "batch_size": 32}
    value = quick_variational(*gaussians(4000), bound=bound, **settings)
    assert value == pytest.approx(INFORMATION, abs=0.06)
    assert value.unit == "bits"
    assert value.estimator == bound
    assert value.n == 4000
    assert value.bound == ("lower" if bound in ("infonce", "nwj") else "neither")


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
@pytest.mark.parametrize("estimate", ESTIMATORS[1:])
def test_densities_and_copula_on_gaussians(estimate):
    assert estimate(*gaussians(4000)) == pytest.approx(INFORMATION, abs=0.06)


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
@pytest.mark.parametrize("estimate", ESTIMATORS)
def test_independent(estimate):
    x, _ = gaussians(2000, d=2)
    y, _ = gaussians(2000, seed=1)
    # The decoder compares with the entropy of the law, not of the 400 held-out samples.
    assert estimate(x, y) == pytest.approx(0, abs=0.1 if estimate is quick_decoder else 0.03)


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
def test_what_no_correlation_shows():
    x = np.random.default_rng(0).normal(size=3000)
    noisy = x**2 + 0.5 * np.random.default_rng(1).normal(size=3000)
    for estimate in ESTIMATORS[:3]:
        assert estimate(x, noisy) > 0.5


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
def test_large_information_where_critics_fail():
    x, y = gaussians(10_000, rho=0.9, d=10)
    truth = -5 * np.log(1 - 0.9**2)
    value = mutual_information_difference_of_entropies(x, y, hidden=(16,), steps=100, base=np.e)
    assert value == pytest.approx(truth, rel=0.05)
    assert value.bound == "neither"
    for bound in BOUNDS:
        with pytest.warns(EstimateWarning):
            failed = quick_variational(x, y, bound=bound, base=np.e)
        assert abs(failed / truth - 1) > 0.05
        assert failed.remarks


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
def test_infonce_never_exceeds_its_ceiling_and_says_so():
    x = np.random.default_rng(0).normal(size=1000)
    with pytest.warns(EstimateWarning, match="within 10 % of the ceiling log 4"):
        value = quick_variational(x, x, batch_size=4, steps=800)
    assert value.ceiling == pytest.approx(2)
    assert 1.8 < value <= 2
    assert any("ceiling" in remark for remark in value.remarks)


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
def test_decoder_of_labels():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, 4000)
    x = (labels ^ (rng.random(4000) < 0.1)) + 1e-3 * rng.normal(size=4000)
    h = -0.1 * np.log2(0.1) - 0.9 * np.log2(0.9)
    value = quick_decoder(x, labels, entropy_y=None, learning_rate=1e-2)
    assert value == pytest.approx(1 - h, abs=0.06)
    assert value.bound == "lower"
    assert value.ceiling == pytest.approx(1, abs=0.01)
    names = np.array(["heads", "tails"])[labels]
    assert quick_decoder(x, names, entropy_y=1.0, learning_rate=1e-2) == pytest.approx(
        value, abs=0.01
    )


def test_decoder_knows_the_unit_of_y():
    x, y = gaussians(2000)
    value = quick_decoder(x, y)
    scaled = quick_decoder(x, 8 * y, entropy_y=ENTROPY_OF_NORMAL + 3)
    assert scaled == pytest.approx(value, abs=1e-6)


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
@pytest.mark.parametrize("estimate", ESTIMATORS)
def test_repeats_exactly_and_leaves_random_state_and_settings_alone(estimate):
    x, y = gaussians(400)
    torch_before, numpy_before = torch.random.get_rng_state(), np.random.get_state()[1].copy()  # noqa: NPY002
    threads, dtype = torch.get_num_threads(), torch.get_default_dtype()
    first, again = estimate(x, y, steps=60), estimate(x, y, steps=60)
    assert first == again
    np.testing.assert_array_equal(first.learning_curve, again.learning_curve)
    assert estimate(x, y, steps=60, seed=1) != first
    assert torch.equal(torch.random.get_rng_state(), torch_before)
    assert (np.random.get_state()[1] == numpy_before).all()  # noqa: NPY002
    assert (torch.get_num_threads(), torch.get_default_dtype()) == (threads, dtype)


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
@pytest.mark.parametrize("estimate", ESTIMATORS[:3])
def test_units_of_columns_change_nothing(estimate):
    x, y = gaussians(400)
    value = estimate(x, y, steps=60)
    assert estimate(x * 2.0**-30, y * 2.0**20, steps=60) == value
    assert estimate(1e-9 * x, 1e6 * y - 3, steps=60) == pytest.approx(value, abs=1e-3)


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
@pytest.mark.parametrize("estimate", ESTIMATORS[:3])
def test_base_curve_and_settings(estimate):
    x, y = gaussians(400)
    bits, nats = (estimate(x, y, steps=100, base=base) for base in (2, np.e))
    assert nats.unit == "nats"
    assert nats / np.log(2) == pytest.approx(float(bits))
    assert bits.learning_curve[:, 0].tolist() == [0, 50, 100]
    np.testing.assert_allclose(
        nats.learning_curve[1:, 1:] / np.log(2), bits.learning_curve[1:, 1:], rtol=1e-6
    )
    assert bits.settings["steps"] == 100
    assert not {"x", "y", "base"} & set(bits.settings)


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
@pytest.mark.parametrize("estimate", ESTIMATORS[:2])
def test_a_constant_column_tells_nothing(estimate):
    x, y = gaussians(1000)
    constant = np.full(1000, 7.0)
    assert estimate(x, constant, steps=60) == pytest.approx(0, abs=0.02)
    assert estimate(np.column_stack([x, constant]), y) == pytest.approx(INFORMATION, abs=0.25)


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
def test_a_function_of_the_other_is_infinite():
    x, _ = gaussians(200)
    assert quick_copula(x, np.exp(x), steps=50) == np.inf


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
def test_still_rising():
    with pytest.warns(EstimateWarning, match="still rising when the 50 steps ran out"):
        quick_variational(*gaussians(1000), steps=50, learning_rate=1e-3)


def test_a_gap_between_training_and_held_out_values_is_told():
    curve = np.array([[0, np.nan, 1.0], [50, 2.4, 2.0], [100, 3.0, 1.5]])
    assert "training shows 2.40 nats where held-out samples show 2.00" in about_gap(curve)[0]
    assert about_gap(curve[:1]) == []
    assert about_gap(curve - [[0, 0.25, 0]]) == []


@pytest.mark.filterwarnings("ignore::ibtools.information.estimate.EstimateWarning")
def test_interrupting_keeps_what_was_learned(monkeypatch):
    from ibtools.information.variational import critic_bounds

    calls = []

    def infonce(table):
        calls.append(1)
        if len(calls) > 700:
            raise KeyboardInterrupt
        return original(table)

    original = critic_bounds.bounds.infonce
    monkeypatch.setattr(critic_bounds.bounds, "infonce", infonce)
    with pytest.warns(EstimateWarning, match="interrupted after"):
        value = quick_variational(*gaussians(1000), steps=10_000)
    assert 2 <= len(value.learning_curve) < 20
    assert value > 0.1


def test_each_half_is_read_where_the_other_is_best():
    halves = np.array([[0.0, 0.1], [0.3, 0.2], [0.2, 0.5]])
    training = Training(np.zeros((3, 3)), halves, "patience")
    assert training.readings.tolist() == [0.2, 0.2]
    assert training.value == pytest.approx(0.2)


BAD = [
    ({"y": np.arange(99.0)}, ValueError, "same number of samples"),
    ({"x": np.full(100, np.nan)}, ValueError, "x must be finite"),
    ({"x": np.array(["a"] * 100)}, TypeError, "x must hold real numbers"),
    ({"x": np.arange(3.0), "y": np.arange(3.0)}, ValueError, "x must have at least 2 samples"),
    ({"x": np.zeros((100, 0))}, ValueError, "x must have shape"),
    ({"steps": 0}, ValueError, "steps must be a whole number"),
    ({"batch_size": 1}, ValueError, "batch_size must be a whole number of at least 2"),
    ({"learning_rate": -1}, ValueError, "learning_rate must be positive"),
    ({"hidden": ()}, ValueError, "hidden must name at least one layer"),
    ({"seed": -1}, ValueError, "seed must be a whole number"),
    ({"base": 1}, ValueError, "base must be greater than 1"),
]


@pytest.mark.parametrize("estimate", ESTIMATORS)
@pytest.mark.parametrize(("change", "error", "message"), BAD)
def test_bad_input(estimate, change, error, message):
    x, y = gaussians(100)
    with pytest.raises(error, match=message):
        estimate(**{"x": x[:, 0], "y": y[:, 0], **change})


def test_bad_settings_of_single_estimators():
    x, y = gaussians(100)
    for change in ({"bound": "mine"}, {"critic": "joint"}, {"inputs": "raw"}, {"held_out": 1.0}):
        with pytest.raises(ValueError, match=next(iter(change))):
            mutual_information_variational(x, y, **change)
    with pytest.raises(ValueError, match="clip must be greater than 0, got 0"):
        mutual_information_variational(x, y, bound="smile", clip=0)
    with pytest.raises(ValueError, match="folds must be a whole number of at least 2"):
        mutual_information_corrected_copula(x, y, folds=1)
    with pytest.raises(ValueError, match="more samples than columns"):
        mutual_information_corrected_copula(np.random.default_rng(0).normal(size=(40, 50)), y[:40])
    with pytest.raises(ValueError, match="y must vary in every column"):
        mutual_information_difference_of_entropies(x, np.ones(100))
    with pytest.raises(ValueError, match="entropy_y must be given"):
        mutual_information_barber_agakov(x, y)


def test_torch_is_not_imported_with_the_room():
    code = "import sys, ibtools.information; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
