import numpy as np
import pytest

from ibtools.information import mutual_information_from_table
from ibtools.information.data_processing import CROSSED, SPREAD, search_for_violation


@pytest.mark.parametrize("sizes", [(3, 3, 3), (2, 4, 2), (4, 2, 5)])
def test_no_search_ever_breaks_the_inequality(sizes):
    I_XY, I_XZ = search_for_violation(n_starts=100, steps=150, sizes=sizes, seed=1)
    assert I_XY.shape == I_XZ.shape == (151, 100)
    assert CROSSED == 1e-12
    assert (I_XZ <= I_XY + CROSSED).all()
    assert I_XZ.min() > -1e-12
    assert I_XY.max() <= np.log2(min(sizes[:2])) + 1e-12


def test_searches_end_at_the_wall_along_its_length():
    I_XY, I_XZ = search_for_violation()
    assert np.median(I_XZ[0] / I_XY[0]) < 0.5
    assert (I_XZ[-1] > 0.95 * I_XY[-1]).all()
    assert np.ptp(I_XY[-1]) > 0.4
    # They slide along it: with the wall all but reached both informations still change.
    at_wall = (I_XZ > 0.9 * I_XY).argmax(axis=0)
    assert np.median(np.abs(I_XY[-1] - I_XY[at_wall, np.arange(60)])) > 0.05


def test_without_the_condition_it_is_broken_at_once():
    I_XY, I_XZ = search_for_violation(markov=False)
    assert (I_XZ[50] > I_XY[50]).all()
    assert (I_XZ[-1] > I_XY[-1] + 1e-3).mean() > 0.9
    assert I_XZ.max() <= np.log2(3) + 1e-12


@pytest.mark.parametrize("markov", [True, False])
def test_information_of_the_first_tables(markov):
    n_x, n_y, n_z = sizes = (2, 3, 4)
    I_XY, I_XZ = search_for_violation(n_starts=5, steps=1, sizes=sizes, markov=markov, seed=3)
    rng = np.random.default_rng(3)
    shapes = [(n_x,), (n_x, n_y), (1 if markov else n_x, n_y, n_z)]
    logits = [np.exp(SPREAD * rng.normal(size=(5, *shape))) for shape in shapes]
    p_x, p_y, p_z = (each / each.sum(axis=-1, keepdims=True) for each in logits)
    for start in range(5):
        p_xyz = p_x[start][:, None, None] * p_y[start][..., None] * p_z[start]
        assert I_XY[0, start] == pytest.approx(mutual_information_from_table(p_xyz.sum(axis=2)))
        assert I_XZ[0, start] == pytest.approx(mutual_information_from_table(p_xyz.sum(axis=1)))


def test_a_step_follows_the_gradient():
    # Adam's first step moves every logit by its step size along the sign of the gradient.
    before, after = (search_for_violation(n_starts=20, steps=1, seed=5)[i] for i in (0, 1))
    share = after / (before + after)
    assert (share[1] > share[0]).all()


def test_same_seed_same_search():
    first, again, other = (
        search_for_violation(n_starts=3, steps=2, seed=seed)[1] for seed in (0, 0, 1)
    )
    assert (first == again).all()
    assert (first != other).all()


def test_searches_have_starts_steps_and_values():
    with pytest.raises(ValueError, match="n_starts must be a whole number"):
        search_for_violation(n_starts=0)
    with pytest.raises(ValueError, match="sizes must be three, of X, Y and Z"):
        search_for_violation(sizes=(3, 3))
    with pytest.raises(ValueError, match="sizes must be a whole number of at least 2, got 1"):
        search_for_violation(sizes=(3, 1, 3))
