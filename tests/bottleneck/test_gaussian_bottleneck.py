import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from ibtools.bottleneck.gaussian.canonical import canonical_directions
from ibtools.bottleneck.gaussian.curve import gaussian_bottleneck_curve, gaussian_relevance_at
from ibtools.bottleneck.gaussian.discretised import discretised_gaussian
from ibtools.bottleneck.gaussian.solver import (
    gaussian_bottleneck,
    gaussian_bottleneck_from_samples,
    gaussian_critical_betas,
)
from ibtools.information import (
    mutual_information_gaussian,
    mutual_information_gaussian_from_covariance,
)

SHAPES = [(1, 1), (3, 2), (2, 4), (5, 5), (6, 1)]


def close(value, tolerance=1e-10):
    return pytest.approx(value, abs=tolerance)


def both(solution):
    return solution.I_XT, solution.I_TY


def covariance(n_x, n_y, seed=0):
    rows = np.random.default_rng(seed).normal(size=(3 * (n_x + n_y), n_x + n_y))
    return rows.T @ rows


def pair(correlation):
    return np.array([[1, correlation], [correlation, 1]])


def informations(cov, projection):
    """I(X;T) and I(T;Y) in bits from the covariances of (X, T) and (T, Y), T = AX + noise."""
    n_x, n_t = projection.shape[1], len(projection)
    with_t = np.vstack([np.eye(len(cov)), np.pad(projection, ((0, 0), (0, len(cov) - n_x)))])
    joint = with_t @ cov @ with_t.T
    joint[-n_t:, -n_t:] += np.eye(n_t)
    x_and_t = np.r_[:n_x, len(cov) : len(joint)]
    return (
        mutual_information_gaussian_from_covariance(joint[np.ix_(x_and_t, x_and_t)], n_x),
        mutual_information_gaussian_from_covariance(joint[n_x:, n_x:], len(cov) - n_x),
    )


def betas_of_interest(cov, n_x):
    critical = gaussian_critical_betas(cov, n_x)
    critical = critical[np.isfinite(critical)]
    return np.r_[0.5, 1, critical, critical * 1.01, critical + 2, 50]


@pytest.mark.parametrize(("n_x", "n_y"), SHAPES)
@pytest.mark.parametrize("seed", range(5))
def test_the_projection_has_the_informations_it_claims(n_x, n_y, seed):
    cov = covariance(n_x, n_y, seed)
    for beta in betas_of_interest(cov, n_x):
        solution = gaussian_bottleneck(cov, n_x, beta)
        assert both(solution) == close(informations(cov, solution.projection))


@pytest.mark.parametrize("correlation", [0.1, -0.5, 0.99])
@pytest.mark.parametrize("beta", [1.5, 5, 200])
def test_one_variable_each(correlation, beta):
    cov = pair(correlation)
    solution = gaussian_bottleneck(cov * np.outer([3, 7], [3, 7]), 1, beta)
    share = correlation**2
    weight = max(0, beta * share - 1) / (1 - share)
    assert solution.projection[0, 0] == close(np.sqrt(weight) / 3)
    assert solution.critical_betas == close(1 / share)
    assert solution.eigenvalues == close(1 - share)
    noise = 1 / weight if weight else np.inf
    told = -np.log2(1 - share / (1 + noise)) / 2
    assert both(solution) == close((np.log2(1 + weight) / 2, told))


def test_directions_diagonalise_what_y_leaves_open():
    cov = covariance(4, 3)
    solution = gaussian_bottleneck(cov, 4, 100.0)
    x, xy, y = cov[:4, :4], cov[:4, 4:], cov[4:, 4:]
    x_given_y = x - xy @ np.linalg.solve(y, xy.T)
    rho, directions = canonical_directions(cov, 4)
    assert solution.eigenvalues == close(1 - rho**2)
    assert directions @ x @ directions.T == close(np.eye(4))
    assert directions @ x_given_y @ directions.T == close(np.diag(solution.eigenvalues))
    assert directions @ x_given_y == close(solution.eigenvalues[:, None] * (directions @ x), 1e-9)
    assert list(solution.eigenvalues) == sorted(solution.eigenvalues)
    assert np.array_equal(solution.noise_covariance, np.eye(4))


@pytest.mark.parametrize(("n_x", "n_y"), SHAPES)
def test_curve_in_closed_form_goes_through_the_solutions(n_x, n_y):
    cov = covariance(n_x, n_y)
    betas = np.random.default_rng(1).permutation(betas_of_interest(cov, n_x))
    curve = gaussian_bottleneck_curve(cov, n_x, betas)
    assert np.array_equal(curve.beta, betas)
    assert gaussian_relevance_at(cov, n_x, curve.I_XT) == close(curve.I_TY)
    limit = mutual_information_gaussian_from_covariance(cov, n_x)
    assert limit == close(curve.I_XY)
    assert gaussian_relevance_at(cov, n_x, np.inf) == close(limit)
    assert gaussian_relevance_at(cov, n_x, 1e4) == close(curve.I_XY)
    assert list(curve.n_clusters) == [(beta > curve[0].critical_betas).sum() for beta in betas]
    assert [s.I_TY for s in curve] == list(curve.I_TY)
    assert np.isinf(curve.H_T).all()
    assert curve.converged.all()


@pytest.mark.parametrize(("n_x", "n_y"), SHAPES)
def test_curve_by_the_formula_of_the_paper(n_x, n_y):
    cov = covariance(n_x, n_y)
    for beta in betas_of_interest(cov, n_x):
        solution = gaussian_bottleneck(cov, n_x, beta, base=np.e)
        n = solution.n_active
        open_share = solution.eigenvalues[:n]
        paid = np.log((beta - 1) * (1 - open_share) / open_share).sum() / 2
        told = paid - np.log(beta * (1 - open_share)).sum() / 2
        assert both(solution) == close((paid, told))
        if n:
            means = [np.prod(share) ** (1 / n) for share in (1 - open_share, open_share)]
            told = paid - n / 2 * np.log(means[0] + np.exp(2 * paid / n) * means[1])
            assert gaussian_relevance_at(cov, n_x, paid, base=np.e) == close(told)


def test_curve_is_concave_with_slope_one_over_beta():
    cov = covariance(3, 3)
    first = gaussian_critical_betas(cov, 3)[0]
    assert gaussian_relevance_at(cov, 3, 1e-6) / 1e-6 == pytest.approx(1 / first, rel=1e-4)
    curve = gaussian_bottleneck_curve(cov, 3, first * np.geomspace(1.001, 1e4, 400))
    assert np.nanmax(curve.slope_excess()) < 1e-9
    assert np.diff(curve.slopes()).max() < 1e-9
    step = 1e-4
    around = [gaussian_relevance_at(cov, 3, curve.I_XT + side) for side in (-step, step)]
    assert (around[1] - around[0]) / (2 * step) == pytest.approx(1 / curve.beta, rel=1e-3)
    between = np.linspace(0, curve.I_XT[-1], 300)
    exact = gaussian_relevance_at(cov, 3, between)
    assert (curve.relevance_at(between) <= exact + 1e-12).all()
    assert (exact <= curve.relevance_limit_at(between) + 1e-12).all()
    assert curve.relevance_at(between) == close(exact, 1e-3)
    assert curve.relevance_at(between, "H_T") == close(0)


@given(st.integers(0, 10**6), st.floats(1.05, 30), st.floats(-6, 0))
def test_no_small_change_of_the_projection_is_better(seed, beta, log_size):
    rng = np.random.default_rng(seed)
    cov = covariance(3, 2, seed)
    solution = gaussian_bottleneck(cov, 3, beta)
    change = 10**log_size * rng.normal(size=(3, 3)) / np.sqrt(np.diag(cov)[:3])
    I_XT, I_TY = informations(cov, solution.projection + change)
    assert I_XT - beta * I_TY >= solution.functional - 1e-9


@pytest.mark.parametrize("beta", [1.6, 4.0, 20.0])
def test_no_search_from_elsewhere_finds_better(beta):
    cov = covariance(3, 2, seed=4)
    deviation = np.sqrt(np.diag(cov))
    cov = cov / np.outer(deviation, deviation)
    best = gaussian_bottleneck(cov, 3, beta, base=np.e).functional
    conditional = cov[:3, :3] - cov[:3, 3:] @ np.linalg.solve(cov[3:, 3:], cov[:3, 3:].T)

    def functional(flat):
        a = flat.reshape(3, 3)
        alone, given_y = (a @ s @ a.T + np.eye(3) for s in (cov[:3, :3], conditional))
        (_, total), (_, rest) = np.linalg.slogdet(alone), np.linalg.slogdet(given_y)
        gradient = (1 - beta) * np.linalg.solve(alone, a @ cov[:3, :3])
        gradient += beta * np.linalg.solve(given_y, a @ conditional)
        return (total - beta * (total - rest)) / 2, gradient.ravel()

    found = [
        minimize(functional, start, jac=True, method="L-BFGS-B", options={"ftol": 1e-14}).fun
        for start in np.random.default_rng(0).normal(size=(10, 9))
    ]
    assert min(found) == close(best, 1e-6)
    assert min(found) >= best - 1e-9


@settings(max_examples=50)
@given(st.integers(0, 10**6), st.floats(0.5, 50))
def test_informations_do_not_depend_on_the_coordinates(seed, beta):
    rng = np.random.default_rng(seed)
    cov = covariance(3, 2, seed)
    change = np.zeros((5, 5))
    for block in (change[:3, :3], change[3:, 3:]):
        rotation = np.linalg.qr(rng.normal(size=block.shape))[0]
        block[:] = rotation * rng.uniform(0.5, 2, len(block))
    change *= 10.0 ** rng.integers(-6, 7, size=(5, 1))
    before, after = (gaussian_bottleneck(c, 3, beta) for c in (cov, change @ cov @ change.T))
    assert both(after) == close(both(before), 1e-6)
    assert both(before) == close(informations(cov, after.projection @ change[:3, :3]), 1e-6)


def test_nothing_is_worth_its_cost_up_to_the_critical_beta():
    cov = covariance(3, 2)
    first, second, third = gaussian_critical_betas(cov, 3)
    assert third == np.inf
    for beta in (1e-9, 1.0, first):
        solution = gaussian_bottleneck(cov, 3, beta)
        assert (*both(solution), solution.n_active) == (0, 0, 0)
        assert not solution.projection.any()
    assert gaussian_bottleneck(cov, 3, second).n_active == 1
    assert gaussian_bottleneck(cov, 3, second * 1.0001).n_active == 2
    assert gaussian_bottleneck(cov, 3, 1e9).n_active == 2


def test_pieces_of_the_curve_meet():
    cov = covariance(4, 4)
    opens = [gaussian_bottleneck(cov, 4, beta).I_XT for beta in gaussian_critical_betas(cov, 4)]
    for paid in opens[1:]:
        left, here, right = (gaussian_relevance_at(cov, 4, paid + d) for d in (-1e-6, 0, 1e-6))
        assert right - here == pytest.approx(here - left, rel=1e-4)


def test_independent_and_constant_variables():
    for cov, n_x in [(np.eye(3), 2), (np.diag([1.0, 0, 1]), 2), (np.diag([0.0, 0, 1]), 2)]:
        solution = gaussian_bottleneck(cov, n_x, 100.0)
        assert both(solution) == (0, 0)
        assert np.isinf(solution.critical_betas).all()
        assert not gaussian_relevance_at(cov, n_x, [0, 1, np.inf]).any()


@pytest.mark.parametrize("seed", range(5))
def test_correlation_of_rounding_errors_is_none(seed):
    rotations = np.linalg.qr(np.random.default_rng(seed).normal(size=(2, 3, 3)))[0]
    cross = 0.8 * np.outer(rotations[0, :, 0], rotations[1, :, 0])
    cov = np.block([[np.eye(3), cross], [cross.T, np.eye(3)]])
    assert gaussian_critical_betas(cov, 3) == close([1 / 0.64, np.inf, np.inf])
    assert gaussian_bottleneck(cov, 3, 1e300).n_active == 1


def test_columns_that_add_nothing_change_nothing():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 3))
    y = x[:, :2] + rng.normal(size=(200, 2))
    plain = gaussian_bottleneck_from_samples(x, y, 5.0)
    of_y = np.c_[y, y[:, 0], np.full(200, 0.1), y.sum(axis=1)]
    for of_x in (
        np.c_[x, x[:, 0]],
        np.c_[x, np.full(200, 0.1)],
        np.c_[x, x @ [1.0, -2.0, 0.5]],
        x * [1e6, 1e-6, 1],
        x * 1e-200,
        x * 1e200,
        x + 1e5,
    ):
        for other in (y, of_y):
            solution = gaussian_bottleneck_from_samples(of_x, other, 5.0)
            assert both(solution) == close(both(plain), 1e-8)
            assert solution.projection.shape == (of_x.shape[1],) * 2
            heard = (of_x - of_x.mean(axis=0)) @ solution.projection[0]
            assert abs(heard) == close(abs((x - x.mean(axis=0)) @ plain.projection[0]), 1e-5)
    constant = gaussian_bottleneck_from_samples(np.c_[x, np.full(200, 0.1)], y, 5.0)
    assert not constant.projection[:, 3].any()


def test_samples_give_the_information_of_their_covariance():
    rng = np.random.default_rng(0)
    x = rng.normal(size=1000)
    y = 2 * x + rng.normal(size=1000)
    solution = gaussian_bottleneck_from_samples(x, y, 1e6)
    plug_in = mutual_information_gaussian(x, y, bias_correction=False)
    assert plug_in == close(solution.I_TY, 1e-5)
    same = gaussian_bottleneck(np.cov(x, y), 1, 1e6)
    assert solution.projection == pytest.approx(same.projection)


def test_y_that_x_determines():
    x = np.random.default_rng(0).normal(size=(100, 2))
    y = x @ [1.0, 2.0]
    cov = np.cov(np.c_[x, y].T)
    assert gaussian_critical_betas(cov, 2).tolist() == [1, np.inf]
    assert gaussian_relevance_at(cov, 2, [0, 3, np.inf]) == pytest.approx([0, 3, np.inf])
    assert gaussian_bottleneck(cov, 2, 1.0).I_XT == 0
    assert np.isinf(gaussian_bottleneck_curve(cov, 2, [0.5, 1]).I_XY)
    with pytest.raises(ValueError, match=r"beta must be at most 1 for this cov.*add noise to Y"):
        gaussian_bottleneck(cov, 2, 1.1)
    with pytest.raises(ValueError, match="beta must be at most 1"):
        gaussian_bottleneck_from_samples(x, y, 2.0)


def test_a_whole_number_of_variables_may_be_a_float():
    assert gaussian_bottleneck(pair(0.6), 1.0, 5).I_XT == gaussian_bottleneck(pair(0.6), 1, 5).I_XT


def test_solution_in_words_and_other_units():
    bits, nats = (gaussian_bottleneck(pair(0.8), 1, 5.0, base=base) for base in (2, np.e))
    assert repr(bits) == "GaussianSolution(beta=5, I_XT=1.4150, I_TY=0.5760 bits, n_active=1 of 1)"
    assert "nats" in repr(nats)
    assert np.divide(both(nats), both(bits)) == close(np.log([2, 2]))
    assert nats.projection == close(bits.projection)
    curves = [gaussian_bottleneck_curve(pair(0.8), 1, [5.0], base=base) for base in (2, np.e)]
    assert np.log(2) == close(curves[1].I_XY / curves[0].I_XY)
    assert gaussian_relevance_at(pair(0.8), 1, nats.I_XT, base=np.e) == close(nats.I_TY)


@pytest.mark.parametrize("beta", [0, -1, np.nan, np.inf, None, "1"])
def test_beta_must_be_positive(beta):
    with pytest.raises(ValueError, match="beta must be positive and finite"):
        gaussian_bottleneck(pair(0.5), 1, beta)


def test_bad_input_is_named():
    for solve in (
        lambda cov, n_x: gaussian_bottleneck(cov, n_x, 2.0),
        lambda cov, n_x: gaussian_bottleneck_curve(cov, n_x, [2.0]),
        lambda cov, n_x: gaussian_relevance_at(cov, n_x, 1.0),
        gaussian_critical_betas,
    ):
        with pytest.raises(ValueError, match="n_x must be less than the 2 variables, got 2"):
            solve(pair(0.5), 2)
        with pytest.raises(ValueError, match="n_x must be a whole number"):
            solve(pair(0.5), 0)
        with pytest.raises(ValueError, match="cov must be positive semi-definite"):
            solve(pair(2.0), 1)
        with pytest.raises(ValueError, match="cov must be symmetric"):
            solve(np.array([[1, 0.5], [0, 1]]), 1)
        with pytest.raises(ValueError, match="cov must have shape"):
            solve(np.ones((2, 3)), 1)
        with pytest.raises(ValueError, match="cov must be finite"):
            solve(np.full((2, 2), np.nan), 1)
        with pytest.raises(TypeError, match="cov must hold real numbers"):
            solve(np.array([["a", "b"]]), 1)
    with pytest.raises(ValueError, match=r"betas must have shape \(n,\), not empty, got \(0,\)"):
        gaussian_bottleneck_curve(pair(0.5), 1, [])
    with pytest.raises(ValueError, match=r"betas must have shape \(n,\), not empty, got \(\)"):
        gaussian_bottleneck_curve(pair(0.5), 1, 2.0)
    with pytest.raises(ValueError, match=r"betas\[.\] must be positive"):
        gaussian_bottleneck_curve(pair(0.5), 1, [2.0, -1.0])
    with pytest.raises(ValueError, match="cost_value must be 0 or more"):
        gaussian_relevance_at(pair(0.5), 1, -0.1)
    with pytest.raises(ValueError, match="base must be greater than 1"):
        gaussian_relevance_at(pair(0.5), 1, 0.1, base=1)


def test_bad_samples_are_named():
    x = np.random.default_rng(0).normal(size=(10, 2))
    with pytest.raises(ValueError, match="same number of samples, got 10 and 9"):
        gaussian_bottleneck_from_samples(x, x[1:], 2.0)
    with pytest.raises(ValueError, match="more samples than columns"):
        gaussian_bottleneck_from_samples(x[:4], x[:4], 2.0)
    with pytest.raises(ValueError, match="y must be finite"):
        gaussian_bottleneck_from_samples(x, x * np.nan, 2.0)
    with pytest.raises(ValueError, match="x must have shape"):
        gaussian_bottleneck_from_samples(np.empty((0, 2)), x, 2.0)


@pytest.mark.parametrize("correlation", [0, 0.5, -0.8, 0.95])
def test_table_of_a_gaussian_has_its_information(correlation):
    deviation = np.sqrt(1 - correlation**2)
    coarsest = discretised_gaussian(correlation, int(12 / deviation) + 2)
    finer = discretised_gaussian(correlation, 100)
    exact = mutual_information_gaussian_from_covariance(pair(correlation), 1)
    assert coarsest.information() == close(exact, 1e-7)
    assert finer.information() == close(exact, 1e-7)
    points = np.linspace(-6, 6, 100)
    assert finer.p_x @ points**2 == close(1, 1e-6)
    assert points @ finer.p_xy @ points == close(correlation, 1e-6)


def test_table_of_a_gaussian_too_coarse_to_be_one():
    with pytest.raises(ValueError, match="n_points must be a whole number of at least 21, got 20"):
        discretised_gaussian(0.8, 20)
    with pytest.raises(ValueError, match="correlation must be between -1 and 1, got 1"):
        discretised_gaussian(1, 100)
    with pytest.raises(ValueError, match="correlation must be between -1 and 1, got nan"):
        discretised_gaussian(np.nan, 100)
    with pytest.raises(ValueError, match="reach must be positive"):
        discretised_gaussian(0.5, 100, reach=0)
    with pytest.raises(ValueError, match="reach must be at most 38"):
        discretised_gaussian(0.5, 200, reach=60)
