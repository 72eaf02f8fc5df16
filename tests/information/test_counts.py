import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import digamma

from ibtools.information import (
    CORRECTIONS,
    entropy_chao_shen,
    entropy_from_counts,
    entropy_grassberger,
    entropy_jackknife,
    entropy_miller_madow,
    entropy_plug_in,
    entropy_shrinkage,
)

counts = st.lists(st.integers(0, 60), min_size=1, max_size=12).filter(any)
corrections = pytest.mark.parametrize("correction", CORRECTIONS)


def nats(correction, c, **settings):
    return entropy_from_counts(c, correction=correction, base=np.e, **settings)


def test_plug_in_and_miller_madow_by_hand():
    assert entropy_plug_in([2, 1, 1]) == pytest.approx(1.5)
    assert entropy_miller_madow([2, 1, 1], base=np.e) == pytest.approx(1.5 * np.log(2) + 2 / 8)


@given(counts.filter(lambda c: sum(c) > 1))
def test_jackknife_leaves_each_sample_out(c):
    c, n = np.array(c), sum(c)
    left_out = [entropy_plug_in(c - one) for one in np.eye(len(c), dtype=int)[c > 0]]
    expected = n * entropy_plug_in(c) - (n - 1) * np.average(left_out, weights=c[c > 0])
    assert entropy_jackknife(c) == pytest.approx(expected, abs=1e-9)


def test_jackknife_does_not_cancel_for_large_counts():
    assert nats("jackknife", [10**14, 10**14]) == pytest.approx(np.log(2), abs=1e-12)


def test_grassberger_by_its_recursion():
    """G(1) = -γ - ln 2, G(2) = 2 - γ - ln 2, G(2m+1) = G(2m), G(2m+2) = G(2m) + 2/(2m+1)."""
    g = [np.nan, digamma(1) - np.log(2), digamma(1) - np.log(2) + 2]
    for m in range(1, 10):
        g += [g[2 * m], g[2 * m] + 2 / (2 * m + 1)]
    for c in ([1, 2], [3, 4, 5], [1, 1, 1, 17], [20, 19, 7]):
        expected = np.log(sum(c)) - sum(k * g[k] for k in c) / sum(c)
        assert entropy_grassberger(c, base=np.e) == pytest.approx(expected, abs=1e-12)


def test_chao_shen_by_hand():
    c, n = np.array([3, 2, 1]), 6
    p = (1 - 1 / n) * c / n
    expected = -(p * np.log(p) / (1 - (1 - p) ** n)).sum()
    assert entropy_chao_shen(c, base=np.e) == pytest.approx(expected)


def test_chao_shen_of_singletons_stays_finite():
    """As if the coverage were 1/n."""
    p = 1 / 100
    expected = -10 * p * np.log(p) / (1 - (1 - p) ** 10)
    assert entropy_chao_shen(np.ones(10), base=np.e) == pytest.approx(expected)


def test_shrinkage_by_hand():
    c, k = np.array([6, 3, 1]), 4
    p = np.append(c, 0) / 10
    shrink = (1 - (p**2).sum()) / (9 * ((1 / k - p) ** 2).sum())
    p = shrink / k + (1 - shrink) * p
    expected = -(p * np.log(p)).sum()
    assert entropy_shrinkage(c, n_symbols=k, base=np.e) == pytest.approx(expected)
    assert entropy_shrinkage([1], n_symbols=8) == pytest.approx(3)
    assert entropy_shrinkage([5, 5]) == pytest.approx(1)


@corrections
@given(c=counts)
def test_any_counts_give_a_number_that_does_not_depend_on_their_order(correction, c):
    value = nats(correction, c)
    assert np.isfinite(value)
    assert value == pytest.approx(nats(correction, [*c[::-1], 0]), abs=1e-9)
    assert entropy_from_counts(c, correction=correction) == pytest.approx(value / np.log(2))
    if np.count_nonzero(c) == 1:
        assert value == 0


@corrections
def test_many_samples_bring_the_truth(correction):
    p = np.array([0.5, 0.25, 0.15, 0.1])
    truth = -(p * np.log(p)).sum()
    assert nats(correction, 10**7 * p) == pytest.approx(truth, abs=1e-6)
    rng = np.random.default_rng(1)
    estimates = [nats(correction, rng.multinomial(2000, p)) for _ in range(100)]
    # The bias of each is below 0.001, the standard error below 0.0015.
    assert np.mean(estimates) == pytest.approx(truth, abs=0.004)


@pytest.mark.parametrize("correction", ["miller-madow", "jackknife", "grassberger", "chao-shen"])
def test_bias_with_as_many_samples_as_symbols(correction):
    """100 uniform symbols, 100 samples: the plug-in value is 0.50 nats too low."""
    rng = np.random.default_rng(2)
    draws = rng.multinomial(100, np.full(100, 0.01), size=100)
    bias = np.mean([nats(correction, c) for c in draws]) - np.log(100)
    plug_in = np.mean([nats("plug-in", c) for c in draws]) - np.log(100)
    assert plug_in == pytest.approx(-0.5, abs=0.1)
    assert abs(bias) < 0.6 * abs(plug_in)


def test_coverage_of_counts_near_the_end_of_the_whole_numbers():
    # One symbol m times, one once: p̃ = 1 - 2/n and 1/n, the latter seen with probability 1 - 1/e.
    m = 7_700_000_000_000_000
    expected = (math.log(m) / (1 - math.exp(-1)) + 2) / m
    assert nats("chao-shen", [m, 1]) == pytest.approx(expected, rel=1e-3)


@corrections
@pytest.mark.parametrize(
    ("c", "error", "message"),
    [
        ([2**53, 2], ValueError, "counts must .* at most 2..53, .* got 9.0"),
        ([1e300, 1e300], ValueError, "counts must .* at most 2..53, .* got 2e.300"),
        ([], ValueError, "counts must count at least one sample"),
        ([0, 0], ValueError, "counts must count at least one sample"),
        ([-1, 2], ValueError, "counts must be whole numbers, none negative"),
        ([0.5, 2], ValueError, "counts must be whole numbers"),
        ([np.nan, 2], ValueError, "counts must be whole numbers"),
        ([np.inf, 2], ValueError, "counts must be whole numbers"),
        (["a"], TypeError, "counts must hold real numbers"),
    ],
)
def test_counts_that_are_none(correction, c, error, message):
    with pytest.raises(error, match=message):
        nats(correction, c)


@pytest.mark.parametrize("correction", ["james-stein", "nsb"])
@pytest.mark.parametrize("n_symbols", [2, 0, -1, 3.5, True])
def test_fewer_symbols_than_were_seen(correction, n_symbols):
    with pytest.raises(ValueError, match="n_symbols must be a whole number of at least 3"):
        nats(correction, [1, 1, 1], n_symbols=n_symbols)


def test_unknown_correction():
    with pytest.raises(ValueError, match="correction must be one of plug-in, miller-madow"):
        nats("magic", [1])
