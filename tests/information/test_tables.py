import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ibtools.information import (
    conditional_entropy_from_table,
    conditional_mutual_information_from_table,
    cross_entropy,
    entropy_from_table,
    jensen_shannon_divergence,
    kl_divergence,
    mutual_information_from_table,
    total_correlation_from_table,
)


def tables(n_axes):
    shapes = st.tuples(*[st.integers(1, 4)] * n_axes)
    counts = arrays(float, shapes, elements=st.integers(0, 20)).filter(lambda t: t.sum() > 0)
    return counts.map(lambda t: t / t.sum())


def close(value):
    return pytest.approx(value, abs=1e-12)


def channel(flip):
    return np.array([[1 - flip, flip], [flip, 1 - flip]]) / 2


def coin(p):
    return -p * np.log2(p) - (1 - p) * np.log2(1 - p)


@pytest.mark.parametrize("flip", [0.01, 0.1, 0.3, 0.5])
def test_binary_symmetric_channel(flip):
    assert mutual_information_from_table(channel(flip)) == close(1 - coin(flip))
    assert conditional_entropy_from_table(channel(flip)) == close(coin(flip))
    assert entropy_from_table(channel(flip)) == close(1 + coin(flip))


def test_uniform_certain_and_base():
    assert entropy_from_table(np.full(8, 1 / 8)) == close(3)
    assert entropy_from_table([0, 1, 0]) == 0
    assert entropy_from_table(np.full((2, 3), 1 / 6), base=np.e) == close(np.log(6))
    assert mutual_information_from_table(np.eye(10) / 10, base=10) == close(1)


def test_rows_are_what_is_given():
    y_from_x = np.array([[0.25, 0], [0.25, 0], [0, 0.5]])
    assert conditional_entropy_from_table(y_from_x) == 0
    assert conditional_entropy_from_table(y_from_x.T) == close(0.5)


def test_xor_is_known_only_together():
    p = np.zeros((2, 2, 2))
    for x in (0, 1):
        for y in (0, 1):
            p[x, y, x ^ y] = 1 / 4
    assert mutual_information_from_table(p.sum(axis=2)) == 0
    assert conditional_mutual_information_from_table(p) == close(1)
    assert total_correlation_from_table(p) == close(1)


def test_a_copied_variable_is_counted_once_for_each_copy():
    p = np.zeros((3, 3, 3, 3))
    p[np.arange(3), np.arange(3), np.arange(3), np.arange(3)] = 1 / 3
    assert total_correlation_from_table(p) == close(3 * np.log2(3))


def test_vanishing_probabilities_stay_finite():
    tiny = np.diag([1.0, 1e-200, 5e-324])
    assert mutual_information_from_table(tiny) == close(0)
    assert total_correlation_from_table(tiny) == close(0)
    assert kl_divergence([1.0, 0], [5e-324, 1.0], base=np.e) == pytest.approx(744.44, abs=0.01)


@given(tables(2))
def test_information_is_symmetric_bounded_and_blind_to_names(p):
    information = mutual_information_from_table(p)
    assert information == close(mutual_information_from_table(p.T))
    assert information == close(mutual_information_from_table(p[::-1, ::-1]))
    assert information == close(total_correlation_from_table(p))
    assert 0 <= information <= min(entropy_from_table(p.sum(axis)) for axis in (0, 1)) + 1e-12
    assert information == close(mutual_information_from_table(p, base=np.e) / np.log(2))


@given(tables(2))
def test_information_is_divergence_from_independence(p):
    independent = np.outer(p.sum(axis=1), p.sum(axis=0))
    assert mutual_information_from_table(p) == close(kl_divergence(p, independent))
    assert mutual_information_from_table(independent) == close(0)


@given(tables(3))
def test_chain_rule(p):
    n_x, n_y, n_z = p.shape
    of_both = mutual_information_from_table(p.reshape(n_x * n_y, n_z))
    of_y = mutual_information_from_table(p.sum(axis=0))
    of_x_given_y = conditional_mutual_information_from_table(p.transpose(0, 2, 1))
    assert of_both == close(of_y + of_x_given_y)
    of_xy = mutual_information_from_table(p.sum(axis=2))
    assert total_correlation_from_table(p) == close(of_xy + of_both)


@given(tables(2), st.data())
def test_processing_loses_information(p, data):
    noise = data.draw(
        arrays(float, (p.shape[1], 3), elements=st.integers(1, 9)).map(
            lambda rows: rows / rows.sum(axis=1, keepdims=True)
        )
    )
    assert mutual_information_from_table(p @ noise) <= mutual_information_from_table(p) + 1e-12


@given(tables(1), st.data())
def test_divergence(p, data):
    q = data.draw(arrays(float, len(p), elements=st.integers(1, 9)).map(lambda t: t / t.sum()))
    assert kl_divergence(p, q) >= 0
    assert kl_divergence(p, p) == 0
    assert cross_entropy(p, q) == close(entropy_from_table(p) + kl_divergence(p, q))


def test_divergence_is_infinite_where_q_forbids():
    assert kl_divergence([0.5, 0.5], [1, 0]) == np.inf
    assert cross_entropy([0.5, 0.5], [1, 0]) == np.inf
    assert kl_divergence([1, 0], [0.5, 0.5]) == close(1)


@given(tables(2).filter(lambda p: (p.sum(axis=1) > 0).all()))
def test_jensen_shannon_is_what_a_sample_tells_about_its_row(p):
    weights = p.sum(axis=1)
    rows = p / weights[:, None]
    by_divergence = sum(
        w * kl_divergence(row, weights @ rows) for w, row in zip(weights, rows, strict=True)
    )
    divergence = jensen_shannon_divergence(rows, weights=weights)
    assert divergence == close(by_divergence)
    assert divergence <= entropy_from_table(weights) + 1e-12


def test_jensen_shannon_of_two():
    assert jensen_shannon_divergence([[1, 0], [0, 1]]) == close(1)
    assert jensen_shannon_divergence([[1, 0], [0, 1]], weights=[0.1, 0.9]) == close(coin(0.1))
    assert jensen_shannon_divergence([[0.3, 0.7], [0.3, 0.7]]) == close(0)


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        ([[0.5, 0.6]], ValueError, "p_xy must sum to 1, got 1.1"),
        ([[1.5, -0.5]], ValueError, "p_xy .* none negative"),
        ([[np.nan, 1.0]], ValueError, "p_xy .* finite"),
        ([[np.inf, 0.0]], ValueError, "p_xy .* finite"),
        ([0.5, 0.5], ValueError, r"p_xy must have 2 axes, got shape \(2,\)"),
        ([], ValueError, "non-empty"),
        ([["a", "b"]], TypeError, "p_xy must hold real numbers"),
        (np.array([[0.5, 0.5]], dtype=object), TypeError, "p_xy must hold real numbers"),
    ],
)
def test_tables_that_are_none(table, error, message):
    for of in (mutual_information_from_table, conditional_entropy_from_table):
        with pytest.raises(error, match=message):
            of(table)


def test_distributions_that_do_not_fit():
    with pytest.raises(ValueError, match=r"p and q must have the same shape, got \(1,\) and \(2,"):
        kl_divergence([1.0], [0.5, 0.5])
    with pytest.raises(ValueError, match="q must sum to 1"):
        cross_entropy([1.0, 0], [0.5, 0.6])
    with pytest.raises(ValueError, match=r"distributions must have shape \(m, k\)"):
        jensen_shannon_divergence([0.5, 0.5])
    with pytest.raises(ValueError, match="distributions must be an array, all rows of one length"):
        jensen_shannon_divergence([[0.5, 0.5], [1.0]])
    with pytest.raises(ValueError, match=r"distributions\[1\] must sum to 1"):
        jensen_shannon_divergence([[0.5, 0.5], [0.5, 0.6]])
    with pytest.raises(ValueError, match=r"weights must have shape \(2,\)"):
        jensen_shannon_divergence([[0.5, 0.5], [0.5, 0.5]], weights=[1.0])
    with pytest.raises(ValueError, match="p_xyz must have 3 axes"):
        conditional_mutual_information_from_table(channel(0.1))
    with pytest.raises(ValueError, match="base must be greater than 1"):
        entropy_from_table([1.0], base=1)
