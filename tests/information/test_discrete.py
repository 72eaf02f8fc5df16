import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ibtools.information import (
    CORRECTIONS,
    conditional_entropy_discrete,
    conditional_mutual_information_discrete,
    entropy_discrete,
    joint_symbols,
    mutual_information_discrete,
    mutual_information_from_table,
    n_distinct,
    symbols,
    total_correlation_discrete,
)

samples = arrays(int, st.integers(1, 40), elements=st.integers(0, 5))
paired = st.integers(1, 40).flatmap(
    lambda n: st.tuples(*[arrays(int, n, elements=st.integers(0, 3))] * 3)
)
corrections = pytest.mark.parametrize("correction", CORRECTIONS)


def close(value):
    return pytest.approx(value, abs=1e-12)


def test_uniform_and_constant():
    assert entropy_discrete(np.arange(8)) == close(3)
    assert entropy_discrete(np.zeros(8)) == 0
    assert entropy_discrete(np.arange(8), base=np.e) == close(np.log(8))


def objects(*values):
    x = np.empty(len(values), dtype=object)
    x[:] = values
    return x


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (["a", "b", "a"], [0, 1, 0]),
        ([["a", "x"], ["b", "x"], ["a", "x"]], [0, 1, 0]),
        ([[0, 1], [2, 1], [0, 1]], [0, 1, 0]),
        ([[0.0], [1.5], [-0.0]], [0, 1, 0]),
        ([[0.0, 1], [1.5, 1], [-0.0, 1]], [0, 1, 0]),
        (np.array([[0, 1], [3, 1], [-0.0, 1]], dtype=np.longdouble), [0, 1, 0]),
        ([True, False, True], [1, 0, 1]),
        (np.array(["2026-01-01", "2026-01-02", "2026-01-01"], dtype="M8[D]"), [0, 1, 0]),
        (objects(1, "1", 1.0), [0, 1, 0]),
        (objects((1, 2), None, (1, 2)), [0, 1, 0]),
        (np.array([[1, "a"], ["1", "a"], [1, "a"]], dtype=object), [0, 1, 0]),
        ([7], [0]),
    ],
)
def test_symbols_of_every_type(x, expected):
    found = symbols(x)
    # Only which are equal is promised.
    assert (found[:, None] == found).tolist() == np.equal.outer(expected, expected).tolist()
    assert sorted(set(found)) == list(range(n_distinct(x)))


@given(arrays(np.float32, st.tuples(st.integers(1, 30), st.integers(1, 4)),
              elements=st.sampled_from([-1.0, -0.0, 0.0, 0.5])))  # fmt: skip
def test_rows_are_equal_exactly_when_all_their_entries_are(x):
    found = symbols(x)
    same = (x[:, None, :] == x).all(axis=2)
    assert ((found[:, None] == found) == same).all()
    assert (joint_symbols(*x.T)[:, None] == joint_symbols(*x.T)).tolist() == same.tolist()
    assert n_distinct(x) == found.max() + 1


def test_joint_symbols_of_mixed_types():
    joint = joint_symbols(["a", "a", "b", "a"], [[0, 1], [0, 1], [0, 1], [1, 1]], [1.5] * 4)
    assert len(set(joint)) == 3
    assert joint[0] == joint[1]


def test_information_of_xor_needs_both_inputs():
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    a, b = x.T
    assert mutual_information_discrete(a, a ^ b) == 0
    assert mutual_information_discrete(x, a ^ b) == close(1)
    assert conditional_mutual_information_discrete(a, a ^ b, b) == close(1)
    assert total_correlation_discrete(a, b, a ^ b) == close(1)


def test_different_types_and_relabelling():
    x = np.array(["red", "red", "blue", "green"])
    assert mutual_information_discrete(x, [0, 0, 1, 2]) == close(1.5)
    assert conditional_entropy_discrete(x, [0, 0, 1, 1]) == close(0.5)


@given(samples, st.permutations(range(6)))
def test_relabelling_changes_nothing(x, names):
    assert entropy_discrete(np.array(names)[x]) == close(entropy_discrete(x))


@given(samples)
def test_information_with_itself_is_entropy_and_processing_loses(x):
    assert mutual_information_discrete(x, x) == close(entropy_discrete(x))
    assert mutual_information_discrete(x // 2, x) <= entropy_discrete(x) + 1e-12


@given(paired)
def test_plug_in_is_the_table_of_frequencies(triple):
    x, y, z = triple
    table = np.histogram2d(x, y, bins=(range(5), range(5)))[0] / len(x)
    information = mutual_information_discrete(x, y)
    assert information == close(mutual_information_from_table(table))
    assert information == close(mutual_information_discrete(y, x))
    assert information == close(entropy_discrete(x) - conditional_entropy_discrete(x, y))
    assert information == close(total_correlation_discrete(x, y))
    both = np.stack([x, y], axis=1)
    assert mutual_information_discrete(both, z) == close(
        mutual_information_discrete(y, z) + conditional_mutual_information_discrete(x, z, y)
    )


@corrections
@given(triple=paired)
def test_every_correction_keeps_symmetry_unit_and_constants(correction, triple):
    x, y, z = triple
    assert mutual_information_discrete(x, y, correction=correction) == close(
        mutual_information_discrete(y, x, correction=correction)
    )
    nats = conditional_mutual_information_discrete(x, y, z, correction=correction, base=np.e)
    bits = conditional_mutual_information_discrete(x, y, z, correction=correction)
    assert bits == close(nats / np.log(2))
    constant = np.full(len(x), "same")
    assert entropy_discrete(constant, correction=correction) == 0
    assert mutual_information_discrete(x, constant, correction=correction) == close(0)


@pytest.mark.parametrize("correction", sorted(set(CORRECTIONS) - {"plug-in"}))
def test_corrections_remove_bias_of_independent_variables(correction):
    """12 × 12 symbols, 200 samples: (K-1)²/(2n) is 0.44 bits."""

    def mean(how):
        rng = np.random.default_rng(0)
        pairs = [rng.integers(0, 12, (2, 200)) for _ in range(20)]
        return np.mean([mutual_information_discrete(x, y, correction=how) for x, y in pairs])

    assert mean("plug-in") > 0.35
    assert abs(mean(correction)) < 0.6 * mean("plug-in")


def test_pairs_never_seen_count_as_possible():
    """Four pairs of 16, each seen once, are weak evidence that the other 12 do not occur."""
    x = np.array([0, 1, 2, 3])
    assert mutual_information_discrete(x, x) == close(2)
    assert mutual_information_discrete(x, x, correction="nsb") < 1
    assert entropy_discrete(x, correction="james-stein", n_symbols=16) == close(4)


def test_different_lengths():
    message = "x and y must have the same number of samples, got 100 and 99"
    with pytest.raises(ValueError, match=message):
        mutual_information_discrete(np.zeros(100), np.zeros(99))
    with pytest.raises(ValueError, match="x and given must have the same number"):
        conditional_mutual_information_discrete([1, 2], [1, 2], [1])
    with pytest.raises(ValueError, match=r"variables\[0\] and variables\[2\] must have the same"):
        total_correlation_discrete([1, 2], [1, 2], [1])


@pytest.mark.parametrize(
    ("y", "error", "message"),
    [
        ([], ValueError, r"y must have shape .* n ≥ 1"),
        (np.zeros((3, 0)), ValueError, r"y must have shape .* d ≥ 1"),
        (np.zeros((2, 2, 2)), ValueError, "y must have shape"),
        (3, ValueError, "y must have shape"),
        ([1.0, np.nan], ValueError, "y must not contain NaN"),
        (objects("a", np.nan), ValueError, "y must not contain NaN"),
        (np.array(["NaT", "2026-01-01"], dtype="M8[D]"), ValueError, "y must not contain NaN"),
        (objects([1, 2], [1, 2]), TypeError, "y must hold values that can be dictionary keys"),
        (objects(np.zeros(2), 1), TypeError, "y must hold values that can be dictionary keys"),
    ],
)
def test_samples_that_are_none(y, error, message):
    with pytest.raises(error, match=message):
        mutual_information_discrete([0, 1], y)


def test_settings_that_are_none():
    with pytest.raises(ValueError, match="base must be greater than 1"):
        entropy_discrete([0, 1], base=1)
    with pytest.raises(ValueError, match=r"correction must be one of plug-in, .*, got 'none'"):
        mutual_information_discrete([0, 1], [0, 1], correction="none")
    with pytest.raises(ValueError, match="variables must be at least one"):
        joint_symbols()
    with pytest.raises(ValueError, match="variables must be at least one"):
        total_correlation_discrete()
