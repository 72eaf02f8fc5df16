import copy
import math
import pickle
import warnings

import numpy as np
import pytest

from ibtools.information import (
    ENTROPY,
    MUTUAL_INFORMATION,
    Estimate,
    EstimateWarning,
    entropy,
    mutual_information,
)
from ibtools.information.neighbors import mutual_information_ksg
from ibtools.information.resampling import bootstrap, chance_interval, half_sample


def gaussian_pair(n, rho, seed=0, d=1):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, d))
    return x, rho * x + math.sqrt(1 - rho**2) * rng.normal(size=(n, d))


def truth(rho, d=1):
    return -d / 2 * math.log2(1 - rho**2)


X, Y = gaussian_pair(500, 0.6)
SYMBOLS = np.random.default_rng(1).integers(3, size=500)
NEURAL = [name for name, row in MUTUAL_INFORMATION.items() if row.family == "variational"]
REQUIRED = {
    name: {"noise_variance": 0.01} for name, row in ENTROPY.items() if row.family == "mixture"
}


def test_an_estimate_is_its_value_and_knows_what_it_is():
    estimate = mutual_information(X, Y, estimator="ksg", k=5)
    assert estimate == estimate.value == mutual_information_ksg(X, Y, k=5)
    assert f"{estimate:.3f}" == f"{estimate.value:.3f}"
    assert (estimate.unit, estimate.estimator, estimate.n) == ("bits", "ksg", 500)
    assert estimate.settings["k"] == 5
    assert estimate.settings["variant"] == 1
    assert estimate.bound == "neither"
    for other in (copy.deepcopy(estimate), pickle.loads(pickle.dumps(estimate))):
        assert (other, other.n, other.settings) == (estimate, 500, estimate.settings)
    assert repr(estimate).endswith("bits (ksg, n = 500)")


def test_units():
    bits = mutual_information(X, Y)
    nats = mutual_information(X, Y, base=math.e)
    assert nats == pytest.approx(bits * math.log(2))
    assert (nats.unit, nats.ceiling) == ("nats", pytest.approx(bits.ceiling * math.log(2)))
    assert mutual_information(X, Y, base=10).unit == "bans"


@pytest.mark.parametrize("name", [name for name in MUTUAL_INFORMATION if name not in NEURAL])
def test_every_estimator_of_information_answers_with_its_name(name):
    kinds = MUTUAL_INFORMATION[name].variables
    x, y = (SYMBOLS if kind == "discrete" else X for kind in kinds)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EstimateWarning)
        estimate = mutual_information(x, y + 0 * y, estimator=name, **REQUIRED.get(name, {}))
    assert estimate.estimator == name
    assert estimate.bound == MUTUAL_INFORMATION[name].bound
    assert estimate <= estimate.ceiling + 1e-9
    assert set(MUTUAL_INFORMATION[name].preset) <= set(estimate.settings)


@pytest.mark.parametrize("name", NEURAL)
def test_every_learned_estimator_keeps_what_it_says_about_itself(name):
    pytest.importorskip("torch")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EstimateWarning)
        y = SYMBOLS if "discrete" in MUTUAL_INFORMATION[name].variables else Y
        estimate = mutual_information(X, y, estimator=name, steps=60, seed=3, base=math.e)
    assert (estimate.estimator, estimate.unit) == (name, "nats")
    assert estimate.settings["seed"] == 3
    assert estimate.bound == MUTUAL_INFORMATION[name].bound
    assert estimate.learning_curve.shape[1] == 3
    assert -1 < estimate < 3


@pytest.mark.parametrize("name", ENTROPY)
def test_every_estimator_of_entropy_answers_with_its_name(name):
    x = SYMBOLS if ENTROPY[name].variables == ("discrete",) else X
    estimate = entropy(x, estimator=name, **REQUIRED.get(name, {}))
    assert estimate.estimator == name
    assert np.isfinite(estimate)


def test_the_kind_of_the_variables_picks_the_estimator():
    assert mutual_information(X, Y).estimator == "ksg"
    assert mutual_information(X, SYMBOLS).estimator == "ross"
    assert mutual_information(SYMBOLS.astype(str), X) == mutual_information(X, SYMBOLS.astype(str))
    assert mutual_information(SYMBOLS, SYMBOLS > 1).estimator == "plug-in"
    assert entropy(SYMBOLS).estimator == "plug-in"
    assert entropy(X).estimator == "neighbors"


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"estimator must be one of plug-in, .*ksg, .*'KSG'"):
        mutual_information(X, Y, estimator="KSG")
    with pytest.raises(ValueError, match="neighbors"):
        entropy(X, estimator="ksg")


def test_settings_that_are_none():
    with pytest.raises(TypeError, match="neighbours is no setting of 'ksg'; it has k, "):
        mutual_information(X, Y, estimator="ksg", neighbours=4)
    # What the name fixes cannot be changed behind its back.
    with pytest.raises(TypeError, match="copula is no setting of 'copula'"):
        mutual_information(X, Y, estimator="copula", copula=False)
    with pytest.raises(TypeError, match="'mixture-upper' needs noise_variance"):
        entropy(X, estimator="mixture-upper")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"interval": "jackknife"}, "interval must be one of half-samples, bootstrap"),
        ({"interval": "bootstrap"}, "interval must be half-samples for 'ksg'"),
        ({"interval": ["bootstrap"]}, "interval must be one of half-samples, bootstrap"),
        ({"interval": "half-samples", "level": 1}, "level must lie between 0 and 1, got 1"),
        ({"interval": "half-samples", "level": "95 %"}, "level must lie between 0 and 1, got '95"),
        ({"interval": "half-samples", "n_resamples": 1}, "n_resamples must be a whole number"),
        ({"n_shuffles": -1}, "n_shuffles must be a whole number of at least 0"),
        ({"base": 1}, "base must be greater than 1"),
    ],
)
def test_options_that_are_none(arguments, message):
    with pytest.raises(ValueError, match=message):
        mutual_information(X, Y, **arguments)


def test_different_lengths():
    message = "x and y must have the same number of samples, got 500 and 499"
    with pytest.raises(ValueError, match=message):
        mutual_information(X, Y[:-1])


def test_interval_covers_the_truth_as_often_as_it_says():
    # A law on which the estimators are unbiased, so that only chance is left to cover.
    for estimator, interval in [("ksg", "half-samples"), ("gaussian", "bootstrap")]:
        covered = 0
        for seed in range(60):
            x, y = gaussian_pair(300, 0.5, seed)
            estimate = mutual_information(
                x, y, estimator=estimator, interval=interval, level=0.9, n_resamples=60
            )
            covered += estimate.interval[0] <= truth(0.5) <= estimate.interval[1]
        assert 47 <= covered <= 60, (estimator, covered)


def test_intervals_mirror_the_central_share_of_the_draws():
    for draw in (bootstrap, half_sample):
        # Skewed draws, 0² to 100²: mean 3350, 5 % below 5², 5 % above 95².
        draws = (float(i**2) for i in range(101))
        seen = []

        def estimate(x, draws=draws, seen=seen):
            seen.append(x)
            return next(draws)

        rng = np.random.default_rng(0)
        low, high = chance_interval(
            estimate, (np.arange(9),), 10.0, rng, draw=draw, n_resamples=101, level=0.9
        )
        assert (low, high) == pytest.approx((10 + 3350 - 95**2, 10 + 3350 - 5**2))
        lengths = {(len(x), len(np.unique(x)) == len(x)) for x in seen}
        if draw is half_sample:
            assert lengths == {(4, True)}
        else:
            assert {length for length, _ in lengths} == {9}


def test_baseline_is_the_estimate_without_information():
    x, y = np.random.default_rng(0).integers(10, size=(2, 200))
    with pytest.warns(EstimateWarning, match="10 × 10 cells are many for n = 200"):
        estimate = mutual_information(x, y, n_shuffles=40)
    # The bias of counting, here: mean of 400 draws of independent symbols, 0.344 bits.
    assert estimate.baseline == pytest.approx(0.344, abs=0.03)
    assert estimate == pytest.approx(0.344, abs=0.15)


def test_bias_against_sample_size():
    x = np.random.default_rng(0).integers(50, size=800)
    curve = entropy(x, bias=True).bias
    assert curve[:, 0].tolist() == [100, 200, 400, 800]
    assert (np.diff(curve[:, 1]) > 0).all()
    assert curve[-1, 1] == pytest.approx(entropy(x))


def test_the_last_point_of_the_bias_curve_is_the_estimate_itself():
    # Made again with the samples in another order it would meet other surrogates.
    estimate = mutual_information(X[:40], Y[:40], estimator="ksg-corrected", bias=True)
    assert estimate.bias[:, 0].tolist() == [5, 10, 20, 40]
    assert estimate.bias[-1, 1] == estimate


def test_too_few_samples_to_divide():
    message = "n = 6 must be larger for interval or bias, .* 3 of the samples: k must be less than"
    with pytest.warns(EstimateWarning), pytest.raises(ValueError, match=message):
        mutual_information(X[:6], Y[:6], interval="half-samples")
    with pytest.raises(ValueError, match=r"n = 7 must be larger .* 0 of the samples: x must have"):
        entropy(SYMBOLS[:7], bias=True)
    assert entropy(SYMBOLS[:8], bias=True).bias[0].tolist() == [1, 0]


def test_an_infinite_estimate_has_no_interval_and_says_why():
    with pytest.warns(EstimateWarning, match="determine each other within a millionth"):
        estimate = mutual_information(X, 2 * X, estimator="gaussian", interval="bootstrap")
    assert (estimate.value, estimate.interval) == (math.inf, (-math.inf, math.inf))
    # Finite itself, but not from half of the samples, whose ranks agree.
    x, y = np.array([[0.0, 1, 2, 3, 4, 5], [0, 1, 2, 4, 3, 5]])
    estimate = mutual_information(x, y, estimator="copula", interval="half-samples")
    assert math.isfinite(estimate)
    assert estimate.interval == (-math.inf, math.inf)


def test_the_ceiling_of_ross_holds_for_labels_that_come_in_pairs():
    labels = np.repeat(np.arange(30), 2)
    x = 10.0 * labels + np.random.default_rng(0).uniform(size=60)
    with pytest.warns(EstimateWarning, match="100% of the ceiling of ross"):
        estimate = mutual_information(x, labels)
    assert estimate == pytest.approx(estimate.ceiling)


def test_symbols_that_hardly_repeat():
    # More than 60 samples could tell, if each of them were another symbol.
    with pytest.warns(EstimateWarning, match="x is taken as symbols, and has 60 different ones"):
        assert entropy(X[:60], estimator="grassberger") > math.log2(60)
    with pytest.warns(EstimateWarning, match="y is taken as symbols, and has 60 different ones"):
        assert mutual_information(X[:60], X[:60], estimator="ross") == 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        x = np.random.default_rng(0).integers(1000, size=500)
        assert len(entropy(x, estimator="nsb", n_symbols=1000).remarks) == 0


def test_columns_of_labels_do_not_count_as_dimensions():
    labels = np.repeat(SYMBOLS[:, None], 9, axis=1)
    assert mutual_information(X, labels).remarks == ()


def test_negative_values_are_kept_unless_clipped():
    x, y = gaussian_pair(200, 0.0, seed=2)
    assert mutual_information(x, y) < 0
    assert mutual_information(x, y, clip=True) == 0


def test_warnings_where_the_number_says_more_about_the_ruler():
    with pytest.warns(EstimateWarning, match=r"100% of the ceiling of plug-in at n = 64"):
        entropy(np.arange(64))
    with pytest.warns(EstimateWarning, match="of the ceiling of ksg"):
        mutual_information(X, X + 1e-6 * Y)
    with pytest.warns(EstimateWarning, match="of the ceiling of mixed"):
        mutual_information(X, X, estimator="mixed")
    with pytest.warns(EstimateWarning, match="20 columns are many for n = 300"):
        mutual_information(*gaussian_pair(300, 0.5, d=10))
    x, y = gaussian_pair(300, 0.5)
    with pytest.warns(EstimateWarning, match="of the values in a column of x repeat"):
        estimate = mutual_information(np.maximum(x, 0), y)
    assert "mixed" in estimate.remarks[0]


def test_doubts_say_how_much_and_about_which_variable():
    # Independent: (10-1)(10-1)/(2·200) = 0.2 nats of counting, in bits.
    x, y = np.random.default_rng(0).integers(10, size=(2, 200))
    with pytest.warns(EstimateWarning, match=r"about 0\.29 bits of it"):
        mutual_information(x, y)
    # Labels first: what repeats is y. Two in 100 are a pair.
    repeated = np.append(X[:99, 0], X[0, 0])
    with pytest.warns(EstimateWarning, match="2% of the values in a column of y repeat"):
        mutual_information(SYMBOLS[:100], repeated)


def test_nothing_is_said_where_nothing_is_wrong():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert mutual_information(X, Y).remarks == ()
        assert mutual_information(X, SYMBOLS).remarks == ()
        assert mutual_information(SYMBOLS, SYMBOLS).remarks == ()


def test_no_call_touches_the_global_random_state_and_all_agree():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    results = [
        mutual_information(X, Y, interval="half-samples", n_resamples=5, n_shuffles=2)
        for _ in range(2)
    ]
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002
    assert results[0].interval == results[1].interval
    assert results[0].baseline == results[1].baseline
    assert isinstance(results[0], Estimate)
