"""The 40 tasks: truths, maps, and samples against distributions known without them."""

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtr

from ibtools.truth import beyond_normal
from ibtools.truth.transforms import bimodal, half_cube, spiral, swiss_roll, wiggly_x, wiggly_y

# Name, columns of x, columns of y, nats: as printed by the authors' package, benchmark-mi 0.1.3.
REFERENCE = [
    ("Bivariate normal 1 × 1", 1, 1, 0.4133393),
    ("Normal CDF @ Bivariate normal 1 × 1", 1, 1, 0.4133393),
    ("Uniform 1 × 1 (additive noise=0.1)", 1, 1, 1.7094380),
    ("Uniform 1 × 1 (additive noise=0.75)", 1, 1, 0.3333333),
    ("Bimodal 1 × 1", 1, 1, 0.4133393),
    ("Wiggly @ Bivariate normal 1 × 1", 1, 1, 0.4133393),
    ("Half-cube @ Bivariate normal 1 × 1", 1, 1, 0.4133393),
    ("Student-t 1 × 1 (dof=1)", 1, 1, 0.2241714),
    ("Asinh @ Student-t 1 × 1 (dof=1)", 1, 1, 0.2241714),
    ("Swiss roll 2 × 1", 2, 1, 0.4133393),
    ("Multinormal 2 × 2 (dense)", 2, 2, 0.2938933),
    ("Multinormal 3 × 3 (dense)", 3, 3, 0.4133393),
    ("Multinormal 5 × 5 (dense)", 5, 5, 0.5928118),
    ("Multinormal 25 × 25 (dense)", 25, 25, 1.2921837),
    ("Multinormal 50 × 50 (dense)", 50, 50, 1.6242654),
    ("Multinormal 2 × 2 (2-pair)", 2, 2, 1.0216512),
    ("Multinormal 3 × 3 (2-pair)", 3, 3, 1.0216512),
    ("Multinormal 5 × 5 (2-pair)", 5, 5, 1.0216512),
    ("Multinormal 25 × 25 (2-pair)", 25, 25, 1.0216512),
    ("Student-t 2 × 2 (dof=1)", 2, 2, 0.4319456),
    ("Student-t 2 × 2 (dof=2)", 2, 2, 0.1931472),
    ("Student-t 3 × 3 (dof=2)", 3, 3, 0.2909219),
    ("Student-t 3 × 3 (dof=3)", 3, 3, 0.1787119),
    ("Student-t 5 × 5 (dof=2)", 5, 5, 0.4481507),
    ("Student-t 5 × 5 (dof=3)", 5, 5, 0.2985436),
    ("Normal CDF @ Multinormal 3 × 3 (2-pair)", 3, 3, 1.0216512),
    ("Normal CDF @ Multinormal 5 × 5 (2-pair)", 5, 5, 1.0216512),
    ("Normal CDF @ Multinormal 25 × 25 (2-pair)", 25, 25, 1.0216512),
    ("Half-cube @ Multinormal 3 × 3 (2-pair)", 3, 3, 1.0216512),
    ("Half-cube @ Multinormal 5 × 5 (2-pair)", 5, 5, 1.0216512),
    ("Half-cube @ Multinormal 25 × 25 (2-pair)", 25, 25, 1.0216512),
    ("Spiral @ Multinormal 3 × 3 (2-pair)", 3, 3, 1.0216512),
    ("Spiral @ Multinormal 5 × 5 (2-pair)", 5, 5, 1.0216512),
    ("Spiral @ Multinormal 25 × 25 (2-pair)", 25, 25, 1.0216512),
    ("Spiral @ Normal CDF @ Multinormal 3 × 3 (2-pair)", 3, 3, 1.0216512),
    ("Spiral @ Normal CDF @ Multinormal 5 × 5 (2-pair)", 5, 5, 1.0216512),
    ("Spiral @ Normal CDF @ Multinormal 25 × 25 (2-pair)", 25, 25, 1.0216512),
    ("Asinh @ Student-t 2 × 2 (dof=1)", 2, 2, 0.4319456),
    ("Asinh @ Student-t 3 × 3 (dof=2)", 3, 3, 0.2909219),
    ("Asinh @ Student-t 5 × 5 (dof=2)", 5, 5, 0.4481507),
]
LAWS = {law.name: law for law in beyond_normal()}


def test_names_in_the_order_of_the_package():
    assert list(LAWS) == [name for name, *_ in REFERENCE]


@pytest.mark.parametrize(("name", "d_x", "d_y", "nats"), REFERENCE)
def test_dimensions_and_information(name, d_x, d_y, nats):
    law = LAWS[name]
    assert law.information * np.log(2) == pytest.approx(nats, abs=1e-6)
    x, y = law.sample(50, 0)
    assert (law.d_x, law.d_y) == (d_x, d_y)
    assert (x.shape, y.shape) == ((50, d_x), (50, d_y))


def follows(sample, distribution):
    return stats.kstest(sample, distribution).pvalue > 1e-3


@pytest.mark.parametrize(
    ("name", "of_x", "of_y"),
    [
        ("Bivariate normal 1 × 1", "norm", "norm"),
        ("Normal CDF @ Bivariate normal 1 × 1", "uniform", "uniform"),
        ("Student-t 1 × 1 (dof=1)", "cauchy", "cauchy"),
        ("Multinormal 50 × 50 (dense)", "norm", "norm"),
        ("Normal CDF @ Multinormal 25 × 25 (2-pair)", "uniform", "uniform"),
        ("Student-t 5 × 5 (dof=3)", stats.t(3).cdf, stats.t(3).cdf),
        ("Asinh @ Student-t 3 × 3 (dof=2)", lambda v: stats.t(2).cdf(np.sinh(v)), None),
        (
            "Bimodal 1 × 1",
            lambda v: 0.3 * ndtr(v) + 0.7 * ndtr(v - 5),
            lambda v: 0.5 * ndtr(v + 1) + 0.5 * ndtr(v - 3),
        ),
    ],
)
def test_coordinates_follow_their_distributions(name, of_x, of_y):
    x, y = LAWS[name].sample(3000, 1)
    assert all(follows(column, of_x) for column in x.T[:3])
    assert all(follows(column, of_y or of_x) for column in y.T[:3])


def correlation(x, y):
    return np.corrcoef(x, y)[0, 1]


def test_who_is_correlated_with_whom():
    x, y = LAWS["Multinormal 5 × 5 (2-pair)"].sample(20_000, 2)
    expected = np.diag([0.8, 0.8, 0, 0, 0])
    assert np.corrcoef(x.T, y.T)[:5, 5:] == pytest.approx(expected, abs=0.03)
    x, y = LAWS["Multinormal 3 × 3 (dense)"].sample(20_000, 2)
    assert np.corrcoef(x.T, y.T)[:3, 3:] == pytest.approx(np.full((3, 3), 0.5), abs=0.03)
    x, y = LAWS["Student-t 5 × 5 (dof=3)"].sample(20_000, 2)
    assert correlation(np.sign(x[:, 0]), np.sign(y[:, 0])) == pytest.approx(0, abs=0.03)
    assert correlation(np.log(x[:, 0] ** 2), np.log(y[:, 0] ** 2)) > 0.1


def test_monotone_maps_are_monotone():
    grid = np.linspace(-8, 8, 20_001)
    for of in (half_cube, wiggly_x, wiggly_y):
        assert (np.diff(of(grid)) > 0).all()


def test_bimodal_is_the_quantile_of_its_mixture():
    u = np.linspace(1e-6, 1 - 1e-6, 101)
    v = bimodal(0.3, 0, 5)(u)
    assert 0.3 * ndtr(v) + 0.7 * ndtr(v - 5) == pytest.approx(u, abs=1e-12)


def test_swiss_roll_never_meets_itself():
    roll = swiss_roll(np.linspace(0, 1, 500)[:, None])
    radius = np.hypot(*roll.T)
    assert (np.diff(radius) > 0).all()
    assert radius[[0, -1]] == pytest.approx(np.array([1.5, 4.5]) * np.pi / 21)


def test_spiral_can_be_unwound():
    x = np.random.default_rng(0).standard_normal((200, 5))
    wound = spiral(5, 1, 2)(x)
    assert (wound**2).sum(axis=1) == pytest.approx((x**2).sum(axis=1))
    # The quarter turn, and the angle of the inverse read off what comes out.
    quarter = spiral(2, 0, 1)(np.array([[np.sqrt(np.pi), 0.0]]))
    assert quarter == pytest.approx(np.array([[0, np.sqrt(np.pi)]]), abs=1e-12)
    angle = (wound**2).sum(axis=1) / 5
    back = wound.copy()
    back[:, 1] = np.cos(angle) * wound[:, 1] + np.sin(angle) * wound[:, 2]
    back[:, 2] = np.cos(angle) * wound[:, 2] - np.sin(angle) * wound[:, 1]
    assert back == pytest.approx(x)
    with pytest.raises(ValueError, match="first and second must be two coordinates below 2"):
        spiral(2, 1, 2)
