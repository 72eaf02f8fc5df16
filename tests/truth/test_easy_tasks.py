"""Where an estimator's own assumption holds, it must find the truth of a law made elsewhere."""

import numpy as np
import pytest

from ibtools.information import mutual_information
from ibtools.truth import beyond_normal, error_table, laws

EASY = {law.name: law for law in beyond_normal()}


def named(estimator):
    return lambda x, y: mutual_information(x, y, estimator=estimator)


@pytest.mark.parametrize("estimator", ["gaussian", "copula"])
def test_gaussians_of_low_dimension(estimator):
    chosen = [law for law in laws("gaussian") if law.d_x < 10]
    table = error_table(named(estimator), chosen, n=4000, seeds=3)
    assert (np.abs(table.error) < 0.02 + 0.01 * table.information).all()
    assert not table.failures


def test_copula_does_not_mind_the_marginals():
    names = [
        "Bivariate normal 1 × 1",
        "Bimodal 1 × 1",
        "Wiggly @ Bivariate normal 1 × 1",
        "Half-cube @ Multinormal 5 × 5 (2-pair)",
    ]
    table = error_table(named("copula"), [EASY[name] for name in names], n=4000, seeds=3)
    assert np.abs(table.relative_error).max() < 0.05


def test_neighbours_do_not_mind_the_shape():
    names = [
        "Normal CDF @ Bivariate normal 1 × 1",
        "Uniform 1 × 1 (additive noise=0.1)",
        "Swiss roll 2 × 1",
        "Multinormal 2 × 2 (2-pair)",
    ]
    table = error_table(named("ksg"), [EASY[name] for name in names], n=3000, seeds=2)
    assert np.abs(table.relative_error).max() < 0.06
