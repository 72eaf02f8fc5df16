import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import ndtri
from scipy.stats import multivariate_normal, rankdata

from ibtools.information import (
    conditional_mutual_information_gaussian,
    conditional_mutual_information_gaussian_from_covariance,
    entropy_gaussian,
    entropy_gaussian_from_covariance,
    mutual_information_gaussian,
    mutual_information_gaussian_from_covariance,
    normal_scores,
)

RHO = [0.0, 0.3, 0.6, 0.9, 0.99]
covariances = arrays(float, (5, 8), elements=st.floats(-1, 1).map(lambda v: round(v, 3))).map(
    lambda a: a @ a.T + np.diag(np.full(5, 0.01))
)


def close(value, tolerance=1e-9):
    return pytest.approx(value, abs=tolerance)


def pairwise(d, rho):
    """Covariance of X, Y with d columns each, X_i and Y_i correlated by rho."""
    return np.block([[np.eye(d), rho * np.eye(d)], [rho * np.eye(d), np.eye(d)]])


def pairs(rng, n, d, rho):
    x, noise = rng.normal(size=(2, n, d))
    return x, rho * x + np.sqrt(1 - rho**2) * noise


@pytest.mark.parametrize("d", [1, 3, 10])
@pytest.mark.parametrize("rho", RHO)
def test_information_of_correlated_columns(d, rho):
    nats = mutual_information_gaussian_from_covariance(pairwise(d, rho), d, base=np.e)
    assert nats == close(-d / 2 * np.log(1 - rho**2))


def test_entropy_of_known_laws():
    assert entropy_gaussian_from_covariance([[1.0]]) == close(np.log2(2 * np.pi * np.e) / 2)
    cov = np.array([[2.0, 0.5, 0], [0.5, 1, 0.3], [0, 0.3, 4]])
    expected = multivariate_normal(cov=cov).entropy()
    assert entropy_gaussian_from_covariance(cov, base=np.e) == close(expected)


def test_common_cause_is_explained_away():
    """X and Y are Z plus noise: dependent, and independent once Z is known."""
    cov = np.array([[2.0, 1, 1], [1, 2, 1], [1, 1, 1]])
    assert mutual_information_gaussian_from_covariance(cov[:2, :2], 1, base=np.e) == close(
        -np.log(0.75) / 2
    )
    assert conditional_mutual_information_gaussian_from_covariance(cov, 1, 1) == close(0)


@given(covariances)
def test_identities(cov):
    """Columns: X two, Y one, Z two."""
    xy_z = mutual_information_gaussian_from_covariance(cov, 3)
    x_yz = mutual_information_gaussian_from_covariance(cov, 2)
    xy = mutual_information_gaussian_from_covariance(cov[:3, :3], 2)
    yz = mutual_information_gaussian_from_covariance(cov[2:, 2:], 1)
    move = [2, 0, 1, 3, 4]
    yx_z = mutual_information_gaussian_from_covariance(cov[np.ix_(move, move)], 3)
    assert xy_z == close(yx_z)
    # Chain rule: I[X;Y,Z] = I[X;Y] + I[X;Z|Y], and processing (dropping Z) loses.
    last = [0, 1, 3, 4, 2]
    xz_y = conditional_mutual_information_gaussian_from_covariance(cov[np.ix_(last, last)], 2, 2)
    assert x_yz == close(xy + xz_y, 1e-7)
    assert xy_z == close(yz + xz_y, 1e-7)
    assert xy <= x_yz + 1e-9
    entropies = [entropy_gaussian_from_covariance(c) for c in (cov[:2, :2], cov[2:, 2:], cov)]
    assert x_yz == close(entropies[0] + entropies[1] - entropies[2], 1e-7)


@given(covariances, arrays(float, 5, elements=st.sampled_from([1e-9, 1e-3, -1.0, 7.0, 1e6])))
def test_units_move_entropy_and_leave_information(cov, scale):
    scaled = cov * np.outer(scale, scale)
    for information in (
        lambda c: mutual_information_gaussian_from_covariance(c, 2),
        lambda c: conditional_mutual_information_gaussian_from_covariance(c, 2, 1),
    ):
        assert information(scaled) == close(information(cov), 1e-7)
    moved = entropy_gaussian_from_covariance(scaled) - entropy_gaussian_from_covariance(cov)
    assert moved == close(np.log2(np.abs(scale)).sum(), 1e-7)


def test_redundant_and_constant_variables_add_nothing():
    rho = 0.6
    expected = -np.log(1 - rho**2) / 2
    cov = np.array([[1, 1, 0, rho], [1, 1, 0, rho], [0, 0, 0, 0], [rho, rho, 0, 1.0]])
    assert mutual_information_gaussian_from_covariance(cov, 3, base=np.e) == close(expected)
    assert entropy_gaussian_from_covariance(cov) == -np.inf
    # X = (A, Z), Y = (B, Z): given Z, only A and B are left.
    mix = np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 0, 1], [0, 0, 1.0]])
    cov = mix @ np.array([[1, rho, 0], [rho, 1, 0], [0, 0, 1]]) @ mix.T
    nats = conditional_mutual_information_gaussian_from_covariance(cov, 2, 2, base=np.e)
    assert nats == close(expected)
    assert mutual_information_gaussian_from_covariance(cov, 2) == np.inf


@pytest.mark.parametrize(
    ("cov", "error", "message"),
    [
        ([1.0, 2.0], ValueError, r"cov must have shape \(d, d\)"),
        (np.ones((2, 3)), ValueError, r"cov must have shape \(d, d\)"),
        (np.zeros((0, 0)), ValueError, "not empty"),
        ([[1, 0.5], [0.4, 1]], ValueError, "cov must be symmetric"),
        ([[1, 2], [2, 1.0]], ValueError, "cov must be positive semi-definite"),
        ([[0, 0.5], [0.5, 1.0]], ValueError, "cov must be positive semi-definite"),
        ([[-1, 0], [0, 1.0]], ValueError, "no negative variance"),
        ([[np.nan, 0], [0, 1.0]], ValueError, "cov must be finite"),
        ([["a", "b"], ["c", "d"]], TypeError, "cov must hold real numbers"),
    ],
)
def test_covariances_that_are_none(cov, error, message):
    with pytest.raises(error, match=message):
        entropy_gaussian_from_covariance(cov)
    with pytest.raises(error, match=message):
        mutual_information_gaussian_from_covariance(cov, 1)


def test_numbers_of_variables_that_do_not_fit():
    with pytest.raises(ValueError, match="n_x must be less than the 2 variables, got 2"):
        mutual_information_gaussian_from_covariance(np.eye(2), 2)
    with pytest.raises(ValueError, match="n_x must be a whole number"):
        mutual_information_gaussian_from_covariance(np.eye(2), 0)
    with pytest.raises(ValueError, match="n_x and n_y must sum to less than the 2 variables"):
        conditional_mutual_information_gaussian_from_covariance(np.eye(2), 1, 1)
    with pytest.raises(ValueError, match="base must be greater than 1"):
        entropy_gaussian_from_covariance(np.eye(2), base=1)


def mean_and_standard_error(values):
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(len(values))


@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_information_is_unbiased_with_few_samples(rho):
    """n = 20, d = 3: d²/(2n) = 0.22 nats too high without the correction, 0.29 exactly."""
    rng = np.random.default_rng(5)
    data = [pairs(rng, 20, 3, rho) for _ in range(1000)]
    truth = -3 / 2 * np.log(1 - rho**2)
    mean, error = mean_and_standard_error(
        [mutual_information_gaussian(*p, base=np.e) for p in data]
    )
    assert abs(mean - truth) < 2 * error
    plain = [mutual_information_gaussian(*p, bias_correction=False, base=np.e) for p in data]
    assert np.mean(plain) - truth == close(0.29, 0.03)


def test_entropy_is_unbiased_with_few_samples():
    rng = np.random.default_rng(6)
    cov = np.array([[2.0, 0.5, 0], [0.5, 1, 0.3], [0, 0.3, 4]])
    truth = entropy_gaussian_from_covariance(cov, base=np.e)
    data = rng.multivariate_normal([3, -1e3, 0], cov, size=(1000, 20))
    mean, error = mean_and_standard_error([entropy_gaussian(x, base=np.e) for x in data])
    assert abs(mean - truth) < 2 * error
    plain = [entropy_gaussian(x, bias_correction=False, base=np.e) for x in data]
    assert np.mean(plain) - truth == close(-3 * 4 / 80, 0.03)


def test_conditional_information_is_unbiased_with_few_samples():
    """X and Y share Z (two columns) and nothing else."""
    rng = np.random.default_rng(7)
    values, plain = [], []
    for _ in range(1000):
        z, a, b = rng.normal(size=(3, 20, 2))
        values.append(conditional_mutual_information_gaussian(z + a, z - b, z, base=np.e))
        plain.append(
            conditional_mutual_information_gaussian(z + a, z - b, z, bias_correction=False)
        )
    mean, error = mean_and_standard_error(values)
    assert abs(mean) < 2 * error
    assert np.mean(plain) > 0.15


def test_samples_without_correction_are_their_covariance():
    rng = np.random.default_rng(8)
    x, y = pairs(rng, 50, 2, 0.7)
    z = rng.normal(size=50) + x[:, 0]
    cov = np.cov(np.column_stack([x, y, z]).T)
    assert entropy_gaussian(x, bias_correction=False) == close(
        entropy_gaussian_from_covariance(cov[:2, :2])
    )
    assert mutual_information_gaussian(x, y, bias_correction=False) == close(
        mutual_information_gaussian_from_covariance(cov[:4, :4], 2)
    )
    assert conditional_mutual_information_gaussian(x, y, z, bias_correction=False) == close(
        conditional_mutual_information_gaussian_from_covariance(cov, 2, 2)
    )


@pytest.mark.parametrize("copula", [False, True])
@pytest.mark.parametrize("scale", [1e-200, 1e-9, -1.0, 1e6, 1e200])
def test_units_of_samples(copula, scale):
    rng = np.random.default_rng(9)
    x, y = pairs(rng, 100, 2, 0.8)
    z = rng.normal(size=100) + y[:, 1]
    expected = mutual_information_gaussian(x, y, copula=copula)
    unit = np.array([scale, 1])
    assert mutual_information_gaussian(x * unit, y, copula=copula) == close(expected)
    assert mutual_information_gaussian(y, x * unit, copula=copula) == close(expected)
    expected = conditional_mutual_information_gaussian(x, y, z, copula=copula)
    scaled = conditional_mutual_information_gaussian(x * unit, y, z * scale, copula=copula)
    assert scaled == close(expected)
    moved = entropy_gaussian(x * unit) - entropy_gaussian(x)
    assert moved == close(np.log2(abs(scale)))
    assert mutual_information_gaussian(x, y, base=np.e) == close(
        mutual_information_gaussian(x, y) * np.log(2)
    )


def test_negative_when_chance_says_so():
    rng = np.random.default_rng(10)
    values = [mutual_information_gaussian(*rng.normal(size=(2, 50))) for _ in range(50)]
    assert min(values) < 0 < max(values)


@pytest.mark.parametrize("n", [6, 100, 20_000])
def test_perfect_dependence_is_infinite(n):
    rng = np.random.default_rng(11)
    x, z = rng.normal(size=(n, 2)), rng.normal(size=n)
    for y in (x, x[:, 0], 3 * x + 0.1, x[:, 0] - 0.7 * x[:, 1], 1e-9 * x, x + 1e3):
        assert mutual_information_gaussian(x, y) == np.inf
        assert conditional_mutual_information_gaussian(x, y, z) == np.inf
    assert mutual_information_gaussian(x[:, 0], np.exp(x[:, 0]), copula=True) == np.inf
    assert mutual_information_gaussian_from_covariance(np.ones((2, 2)), 1) == np.inf


def test_constant_and_duplicate_columns_add_nothing():
    rng = np.random.default_rng(12)
    x, y = pairs(rng, 40, 1, 0.7)
    expected = mutual_information_gaussian(x, y)
    more = np.column_stack([x, np.full(40, 0.1), 3 * x])
    assert mutual_information_gaussian(more, y) == close(expected)
    assert mutual_information_gaussian(np.full(40, 0.1), y) == 0
    assert conditional_mutual_information_gaussian(x, y, np.full(40, 0.1)) == close(expected)
    assert conditional_mutual_information_gaussian(x, y, more) == close(0)
    assert entropy_gaussian(more) == -np.inf
    assert entropy_gaussian(np.full(40, 0.1)) == -np.inf


def test_copula_sees_through_monotone_maps():
    rng = np.random.default_rng(13)
    x, y = pairs(rng, 5000, 1, 0.8)
    truth = -np.log(1 - 0.8**2) / 2
    with_copula = mutual_information_gaussian(x, y, copula=True, base=np.e)
    assert with_copula == close(truth, 0.03)
    wild = np.exp(6 * x), y**3
    assert mutual_information_gaussian(*wild, copula=True, base=np.e) == close(with_copula)
    assert mutual_information_gaussian(*wild, base=np.e) < 0.5 * truth


def test_what_is_not_linear_is_not_seen():
    x = np.random.default_rng(14).normal(size=5000)
    assert abs(mutual_information_gaussian(x, x**2, copula=True)) < 0.01
    assert mutual_information_gaussian(x, (x > 0) * 1, copula=True) > 0.5


@pytest.mark.parametrize(
    ("y", "error", "message"),
    [
        (np.zeros(4), ValueError, "x and y must have the same number of samples, got 5 and 4"),
        ([], ValueError, "y must have shape"),
        ([1, 2, 3, 4, np.nan], ValueError, "y must be finite"),
        ([1, 2, 3, 4, np.inf], ValueError, "y must be finite"),
        (np.array([1, 2, 3, 4, None]), TypeError, "y must hold real numbers"),
        (list("abcde"), TypeError, "y must hold real numbers"),
        (np.zeros((5, 4)), ValueError, "x, y must have more samples than columns in total, got 5"),
    ],
)
def test_samples_that_are_none(y, error, message):
    with pytest.raises(error, match=message):
        mutual_information_gaussian(np.arange(5), y)


def test_too_few_samples():
    with pytest.raises(ValueError, match="got 3 samples of 3 columns"):
        entropy_gaussian(np.eye(3))
    with pytest.raises(ValueError, match="x, y, given must have more samples"):
        conditional_mutual_information_gaussian([1, 2, 3], [1, 2, 4], [2, 1, 0])


@given(arrays(float, st.tuples(st.integers(1, 30), st.integers(1, 3)),
              elements=st.floats(-3, 3).map(lambda v: round(v, 1))))  # fmt: skip
def test_normal_scores_are_quantiles_of_average_ranks(x):
    scores = normal_scores(x)
    assert scores == close(ndtri(rankdata(x, axis=0) / (len(x) + 1)))
    assert normal_scores(np.exp(x)) == close(scores)
    assert normal_scores(-x) == close(-scores)
    assert normal_scores(x[:, 0]).shape == (len(x),)


def test_normal_scores_of_a_constant_are_zero():
    assert (normal_scores(np.full(7, 0.1)) == 0).all()


def test_what_is_given_may_be_nearly_collinear():
    # I[X;Y|Z] = H[X,Z] + H[Y,Z] - H[X,Y,Z] - H[Z], with Z two columns that differ by a thousandth.
    mix = np.random.default_rng(0).normal(size=(4, 4))
    mix[3] = mix[2] + 1e-3 * mix[3]
    cov = mix @ mix.T

    def h(*kept):
        return entropy_gaussian_from_covariance(cov[np.ix_(kept, kept)])

    expected = h(0, 2, 3) + h(1, 2, 3) - h(0, 1, 2, 3) - h(2, 3)
    value = conditional_mutual_information_gaussian_from_covariance(cov, 1, 1)
    assert value == pytest.approx(expected, rel=1e-6)
