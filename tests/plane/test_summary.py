import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from ibtools.information import entropy_discrete
from ibtools.plane.summary import (
    compression,
    compression_ranks,
    dead_over_epochs,
    first_epoch,
    information_of_states,
    peak_epoch,
    spread,
)
from ibtools.plane.trajectory import AXES, Trajectory

EPOCHS = np.array([0, 1, 10, 100])


def made(i_xt, **arrays):
    """A trajectory with these I(X;T) (networks, 4, layers) and accuracies, and zeros else."""
    sizes = dict(zip("nsl", np.shape(i_xt), strict=True)) | {"b": 2}
    known = {"I_XT": np.asarray(i_xt, dtype=float), "epochs": EPOCHS} | arrays
    zeros = {name: np.zeros([sizes[axis] for axis in axes]) for name, axes in AXES.items()}
    return Trajectory(settings={}, estimator={"name": "none"}, **{**zeros, **known})


def test_compression_is_the_fall_from_each_networks_own_peak():
    path = made([[[5, 1], [7, 2], [6, 3], [2, 4]], [[9, 0], [1, 0], [3, 0], [4, 0]]])
    assert compression(path).tolist() == [[5, 0], [5, 0]]
    assert peak_epoch(path).tolist() == [[1, 100], [0, 0]]


def test_a_layer_without_numbers_has_no_peak():
    path = made([[[5, np.nan], [7, np.nan], [6, np.nan], [2, np.nan]]])
    assert compression(path)[0].tolist() == pytest.approx([5, np.nan], nan_ok=True)
    with pytest.raises(ValueError, match="must have I_XT without NaN"):
        peak_epoch(path)


def test_first_epoch():
    rising = np.array([[0.2, 0.6, 0.5, 0.9], [0.2, 0.3, 0.3, 0.4]])
    assert first_epoch(EPOCHS, rising, 0.55).tolist() == pytest.approx([1, np.nan], nan_ok=True)
    assert first_epoch(EPOCHS, rising, 0.2).tolist() == [0, 0]
    assert first_epoch(EPOCHS, -rising, -0.6, falling=True)[0] == 1
    falling = first_epoch(EPOCHS, -rising, -0.35, falling=True)
    assert falling.tolist() == [1, 100]
    layered = first_epoch(EPOCHS, np.stack([rising, 1 - rising], axis=-1), 0.55)
    assert layered == pytest.approx(np.array([[1, 0], [np.nan, 0]]), nan_ok=True)


def test_the_last_dead_are_those_of_the_trajectory():
    states = np.full((3, 4, 2), 5)
    states[1, 2:, 0] = 1
    states[2, 1, 1] = 1
    states[0, 3, 0] = 2
    path = made(np.zeros((3, 4, 2)), n_distinct=states)
    dead = dead_over_epochs(path)
    assert dead.tolist() == [[False] * 4, [False, False, True, True], [False, True, False, False]]
    assert dead[:, -1].tolist() == path.dead.tolist()


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_the_entropy_of_states_is_within_its_bounds(states):
    least, largest = information_of_states(len(set(states)), len(states))
    assert least - 1e-9 <= entropy_discrete(np.array(states)) <= largest + 1e-9


def test_bounds_of_states_are_reached():
    n = 12
    uneven = [0] * 9 + [1, 2, 3]
    assert information_of_states(4, n)[0] == pytest.approx(entropy_discrete(np.array(uneven)))
    assert information_of_states(4, n)[1] == pytest.approx(2)
    least, largest = information_of_states(np.array([[1, n]]), n)
    assert least == pytest.approx(largest)
    assert least == pytest.approx(np.array([[0, np.log2(n)]]))


@pytest.mark.parametrize(("states", "n"), [(0, 4), (5, 4)])
def test_impossible_numbers_of_states_are_named(states, n):
    with pytest.raises(ValueError, match="n_distinct must lie between 1 and n = 4"):
        information_of_states(states, n)


def test_spread_in_words():
    assert spread([1.0, 2.0, np.nan, 4.5]) == "2.50 (1.00 to 4.50)"
    assert spread(np.float32([12, 11.9999])) == "12.00"
    assert spread([np.nan]) == "none"
    assert spread([3, 5], 0) == "4 (3 to 5)"


def ranked(fall, accuracy):
    """A trajectory whose layers fall by the columns of fall, with these last accuracies."""
    i_xt = np.zeros((len(fall), 4, fall.shape[1]))
    i_xt[:, 1] = fall
    accuracies = np.zeros((len(fall), 4))
    accuracies[:, -1] = accuracy
    return made(i_xt, test_accuracy=accuracies)


def test_rank_correlation_is_spearmans():
    rng = np.random.default_rng(3)
    fall, accuracy = rng.integers(0, 6, (30, 2)), rng.integers(0, 9, 30)
    found = compression_ranks(ranked(fall, accuracy))
    for layer in range(2):
        expected = spearmanr(fall[:, layer], accuracy).statistic
        assert found.rho[layer] == pytest.approx(expected)
        assert found.low[layer] < expected < found.high[layer]


def test_rank_correlation_of_what_agrees_and_of_what_does_not_differ():
    fall = np.column_stack([np.arange(20), -np.arange(20) + 20, np.zeros(20)])
    found = compression_ranks(ranked(fall, np.exp(np.arange(20))))
    assert found.rho[:2] == pytest.approx([1, -1])
    assert found.low[0] == pytest.approx(1)
    assert np.isnan([found.rho[2], found.low[2], found.high[2]]).all()
    assert found.in_words(0) == "1.00 (95 %: 1.00 to 1.00)"
    assert found.in_words() == "none: the networks do not differ"


def test_the_interval_covers_no_correlation_about_95_times_in_a_hundred():
    rng = np.random.default_rng(0)
    runs = [
        compression_ranks(ranked(rng.random((25, 1)), rng.random(25)), n_resamples=200)
        for _ in range(200)
    ]
    covered = sum(run.low[0] <= 0 <= run.high[0] for run in runs)
    # 190 of 200 expected, four standard deviations are 12; a percentile interval is a bit narrow.
    assert 175 <= covered <= 199


def test_the_interval_is_as_wide_as_95_percent_ask_for():
    """Without correlation Spearman's ρ of n networks spreads by 1/√(n-1)."""
    rng = np.random.default_rng(0)
    found = compression_ranks(ranked(rng.random((40, 60)), rng.random(40)))
    half = (found.high - found.low).mean() / 2
    assert half == pytest.approx(1.96 / np.sqrt(39), rel=0.08)


def test_too_few_networks_for_a_correlation():
    few = ranked(np.arange(3.0)[:, None], np.arange(3))
    with pytest.raises(ValueError, match="at least 4 networks, got 3"):
        compression_ranks(few)
    with pytest.raises(ValueError, match="n_resamples"):
        compression_ranks(few, n_resamples=0)
