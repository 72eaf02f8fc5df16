import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ibtools.information import (
    entropy_discrete,
    entropy_from_table,
    mutual_information_discrete,
    mutual_information_from_table,
    n_distinct,
)

tables = arrays(
    float, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 20)
).filter(lambda t: t.sum() > 0)
samples = arrays(int, st.integers(1, 40), elements=st.integers(0, 5))


def flip(p):
    return entropy_from_table([p, 1 - p])


def test_binary_symmetric_channel():
    e = 0.1
    table = np.array([[1 - e, e], [e, 1 - e]]) / 2
    assert mutual_information_from_table(table) == pytest.approx(1 - flip(e), abs=1e-12)


def test_uniform_and_constant():
    assert entropy_discrete(np.arange(8)) == pytest.approx(3)
    assert entropy_discrete(np.zeros(8)) == 0
    assert entropy_discrete(np.arange(8), base=np.e) == pytest.approx(np.log(8))


def test_strings_and_rows():
    assert entropy_discrete(np.array(["a", "b", "a", "b"])) == pytest.approx(1)
    assert entropy_discrete(np.array([[0, 1], [0, 1], [1, 1], [1, 0]])) == pytest.approx(1.5)


def test_information_of_xor_needs_both_inputs():
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = x[:, 0] ^ x[:, 1]
    assert mutual_information_discrete(x[:, 0], y) == 0
    assert mutual_information_discrete(x, y) == pytest.approx(1)


@given(tables)
def test_table_information_is_symmetric_and_bounded(table):
    p = table / table.sum()
    information = mutual_information_from_table(p)
    assert information == pytest.approx(mutual_information_from_table(p.T), abs=1e-12)
    limit = min(entropy_from_table(p.sum(axis)) for axis in (0, 1))
    assert 0 <= information <= limit + 1e-9


@given(samples, st.permutations(range(6)))
def test_relabelling_changes_nothing(x, names):
    assert entropy_discrete(np.array(names)[x]) == pytest.approx(entropy_discrete(x), abs=1e-12)


@given(samples)
def test_information_with_itself_is_entropy_and_processing_loses(x):
    assert mutual_information_discrete(x, x) == pytest.approx(entropy_discrete(x), abs=1e-12)
    assert mutual_information_discrete(x // 2, x) <= entropy_discrete(x) + 1e-12


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([[0.5, 0.6]], "sum to 1, got 1.1"),
        ([[1.5, -0.5]], "none negative"),
        ([[np.nan, 1.0]], "finite"),
        ([0.5, 0.5], "2 axes"),
        ([], "non-empty"),
    ],
)
def test_tables_that_are_none(table, message):
    with pytest.raises(ValueError, match=message):
        mutual_information_from_table(table)


def test_different_lengths():
    message = "x and y must have the same number of samples, got 100 and 99"
    with pytest.raises(ValueError, match=message):
        mutual_information_discrete(np.zeros(100), np.zeros(99))


@pytest.mark.parametrize(
    ("x", "message"), [([], r"n ≥ 1"), ([1.0, np.nan], "NaN"), (np.zeros((2, 2, 2)), "shape")]
)
def test_samples_that_are_none(x, message):
    with pytest.raises(ValueError, match=message):
        entropy_discrete(x)


def test_base_must_exceed_one():
    with pytest.raises(ValueError, match="base must be greater than 1"):
        entropy_discrete([0, 1], base=1)


def test_n_distinct_of_float_rows_treats_minus_zero_as_zero():
    assert n_distinct(np.array([[0.0, 1], [-0.0, 1], [0, 2]], dtype=np.float32)) == 2
    assert n_distinct(np.array(["a", "b", "a"])) == 2
