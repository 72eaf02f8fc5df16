import numpy as np
import pytest
import torch

from ibtools.questions.priors import (
    EXPERIMENTS,
    Tree,
    combinations,
    nearest_mean,
    one_hot_factors,
    tree_function,
)


def test_nearest_mean_by_hand():
    x, y = np.array([[0.0], [1.0], [3.0]]), np.array([10.0, 20.0, 40.0])
    assert list(nearest_mean(x, y, np.array([[0.2], [2.5]]))) == [10, 40]
    assert list(nearest_mean(x, y, np.array([[0.2]]), neighbours=2)) == [15]
    with pytest.raises(ValueError, match="neighbours must be 3 at most, got 4"):
        nearest_mean(x, y, x, neighbours=4)


def test_a_code_of_factors_has_a_unit_for_each_value():
    combined = combinations(3, 2)
    assert combined.shape == (8, 3)
    code = one_hot_factors(combined, 2)
    assert (code.sum(axis=1) == 3).all()
    assert len(np.unique(code, axis=0)) == 8
    # One direction for each value, less one shared by each factor but the first.
    assert np.linalg.matrix_rank(code) == 3 * (2 - 1) + 1


def test_a_tree_sees_its_inputs_in_pairs():
    tree, x = Tree(4, width=3, seed=1), torch.randn(6, 4)
    nodes = tree.levels
    left, right = nodes[0][0](x[:, :2]), nodes[0][1](x[:, 2:])
    by_hand = nodes[1][0](torch.cat([left, right], dim=1))
    torch.testing.assert_close(tree(x), by_hand)
    again = Tree(4, width=3, seed=1)
    torch.testing.assert_close(again(x), tree(x))
    with pytest.raises(ValueError, match="n_inputs must be a power of two from 2 on, got 6"):
        Tree(6)


def test_the_tree_function_is_its_rule_three_times():
    def rule(u, v):
        return np.tanh(2 * u * v + u - v) / 0.8

    x = np.linspace(-1, 1, 8)
    pairs = [rule(x[k], x[k + 1]) for k in range(0, 8, 2)]
    by_hand = rule(rule(pairs[0], pairs[1]), rule(pairs[2], pairs[3]))
    assert tree_function(x[None]) == pytest.approx([by_hand])


def test_three_priors_come_out_again(recorded, made_again):
    name = "questions_priors"
    found = recorded(name)
    small = found.settings["hierarchy"] | {"sizes": (300,)}
    again = made_again(name, seeds=found.settings["seeds"][:2], hierarchy=small)
    for key in ("smoothness_with_prior", "smoothness_without", "factors_without"):
        np.testing.assert_allclose(again[key], found[key][:, :2], rtol=1e-3, err_msg=key)
    i = found.settings["hierarchy"]["sizes"].index(300)
    for key in ("hierarchy_with_prior", "hierarchy_without"):
        np.testing.assert_allclose(again[key][0], found[key][i, :2], atol=0.1, err_msg=key)


def test_each_prior_helps_where_it_holds(recorded):
    found = recorded("questions_priors")
    for name in EXPERIMENTS:
        on, off = found[f"{name}_with_prior"][-1], found[f"{name}_without"][-1]
        assert on.max() < off.min() / 2, name
