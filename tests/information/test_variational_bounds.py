import numpy as np
import pytest
import torch

from ibtools.information.variational import donsker_varadhan, infonce, jensen_shannon, nwj, smile
from ibtools.information.variational.bounds import moving_average_surrogate
from ibtools.information.variational.copula import StudentCopula, fit_student_copula

RHO = 0.6
INFORMATION = -np.log(1 - RHO**2) / 2


@pytest.fixture(params=[2, 3, 17])
def scores(request):
    return torch.from_numpy(np.random.default_rng(request.param).normal(size=[request.param] * 2))


def apart(scores):
    table = scores.numpy()
    return table[~np.eye(len(table), dtype=bool)]


def gaussian_table(n, seed):
    """Log density ratios of all pairs of n samples of two Gaussians with correlation RHO."""
    x, noise = np.random.default_rng(seed).normal(size=(2, n))
    y = RHO * x + np.sqrt(1 - RHO**2) * noise
    x = x[:, None]
    q = (RHO**2 * (x**2 + y**2) - 2 * RHO * x * y) / (1 - RHO**2)
    return torch.from_numpy(INFORMATION - q / 2)


def test_formulas(scores):
    f, others = scores.numpy(), apart(scores)
    joint = np.diag(f).mean()
    assert donsker_varadhan(scores).item() == pytest.approx(joint - np.log(np.exp(others).mean()))
    assert nwj(scores).item() == pytest.approx(joint + 1 - np.exp(others).mean())
    clipped = np.clip(np.exp(others), np.exp(-0.5), np.exp(0.5))
    assert smile(scores, clip=0.5).item() == pytest.approx(joint - np.log(clipped.mean()))
    softmax = [np.exp(np.diag(f)) / np.exp(f).mean(axis) for axis in (0, 1)]
    assert infonce(scores).item() == pytest.approx(np.log(softmax).mean())
    together, product = np.log1p(np.exp(-np.diag(f))), np.log1p(np.exp(others))
    assert jensen_shannon(scores).item() == pytest.approx(-together.mean() - product.mean())


def test_ceiling_of_infonce_is_log_k_and_nobody_elses():
    perfect = torch.full((8, 8), -50.0).fill_diagonal_(50.0)
    assert infonce(perfect).item() == pytest.approx(np.log(8))
    assert donsker_varadhan(perfect).item() == pytest.approx(100)


def test_a_constant_changes_nothing_where_it_should_not(scores):
    for bound in (donsker_varadhan, infonce):
        assert bound(scores + 3).item() == pytest.approx(bound(scores).item())
    assert smile(scores, clip=np.inf).item() == pytest.approx(donsker_varadhan(scores).item())
    assert nwj(scores).item() <= donsker_varadhan(scores).item() + 1e-12


def test_the_log_density_ratio_reaches_the_information():
    table = gaussian_table(1500, seed=0)
    for bound in (donsker_varadhan, nwj, infonce):
        assert bound(table).item() == pytest.approx(INFORMATION, abs=0.03)
    assert smile(table).item() == pytest.approx(INFORMATION, abs=0.03)


def test_no_critic_does_better_than_the_log_density_ratio():
    table = gaussian_table(1000, seed=1)
    for other in (0.5 * table, 1.5 * table, table.square()):
        assert nwj(other) < nwj(table)
        assert jensen_shannon(other) < jensen_shannon(table)


def test_gradient_of_the_surrogate_divides_by_the_given_partition(scores):
    scores.requires_grad_(True)
    moving_average_surrogate(scores, torch.tensor(2.0)).backward()
    k = len(scores)
    expected = -np.exp(scores.detach().numpy()) / (2 * k * (k - 1))
    np.fill_diagonal(expected, 1 / k)
    np.testing.assert_allclose(scores.grad.numpy(), expected, rtol=1e-6)


def student_log_ratio(x, y, r, dof):
    from scipy.stats import multivariate_t

    joint, d_x = np.hstack([x, y]), x.shape[1]
    parts = [(joint, r), (x, r[:d_x, :d_x]), (y, r[d_x:, d_x:])]
    both, of_x, of_y = (multivariate_t(shape=s, df=dof).logpdf(v) for v, s in parts)
    return both - of_x - of_y


def test_student_copula_is_the_ratio_of_student_densities():
    rng = np.random.default_rng(0)
    root = rng.normal(size=(5, 5))
    r = root @ root.T
    r /= np.sqrt(np.outer(np.diag(r), np.diag(r)))
    fitted = fit_student_copula(*np.split(rng.multivariate_normal(np.zeros(5), r, 9), [2], axis=1))
    assert len(fitted.correlations) == 2
    white_x, white_y = (np.linalg.inv(np.linalg.cholesky(b)).T for b in (r[:2, :2], r[2:, 2:]))
    left, rho, right = np.linalg.svd(white_x.T @ r[:2, 2:] @ white_y)
    copula = StudentCopula(3.0, rho, white_x @ left, white_y @ right.T)
    x, y = rng.standard_t(3, (7, 2)), rng.standard_t(3, (7, 3))
    u, v = x @ copula.to_x, y @ copula.to_y
    np.testing.assert_allclose(copula.log_ratio(u, v), student_log_ratio(x, y, r, 3), atol=1e-10)
    np.testing.assert_allclose(np.diag(copula.log_ratio(u, v, table=True)), copula.log_ratio(u, v))
    shifted = student_log_ratio(x, np.roll(y, -1, axis=0), r, 3)
    np.testing.assert_allclose(np.diag(copula.log_ratio(u, v, table=True), 1), shifted[:-1])


@pytest.mark.parametrize("dof", [1.0, 3.0])
def test_degrees_of_freedom_are_found(dof):
    from ibtools.information.gaussian import normal_scores

    rng = np.random.default_rng(0)
    scale = np.sqrt(rng.chisquare(dof, (4000, 1)) / dof)
    x, y = np.split(rng.normal(size=(4000, 4)) / scale, 2, axis=1)
    copula = fit_student_copula(normal_scores(x), normal_scores(y))
    assert copula.dof == pytest.approx(dof, rel=0.15)


def test_copula_of_gaussians_has_no_heavy_tails():
    rng = np.random.default_rng(0)
    x, y = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 4000).T[:, :, None]
    copula = fit_student_copula(x, y)
    assert copula.dof > 30
    assert copula.correlations == pytest.approx([0.6], abs=0.03)
