import numpy as np
import pytest

from ibtools.questions.distillation import (
    information_by_level,
    leaf_states,
    leaf_weights,
    majority_error,
    root_error,
    upward,
    votes,
)


def drawn(flip, depth, n, rng):
    """Roots and leaves by going down the tree."""
    roots = rng.choice([-1, 1], size=n)
    nodes = roots[:, None]
    for _ in range(depth):
        children = np.repeat(nodes, 2, axis=1)
        nodes = np.where(rng.random(children.shape) < flip, -children, children)
    return roots, nodes


def test_weights_are_those_of_patterns_drawn_from_the_root(rng):
    roots, leaves = drawn(0.2, 2, 200_000, rng)
    given = leaf_weights(0.2, 2)
    np.testing.assert_allclose(given.sum(axis=1), 1)
    place = ((1 - leaves) // 2) @ (8, 4, 2, 1)
    for i, root in enumerate((1, -1)):
        seen = np.bincount(place[roots == root], minlength=16) / (roots == root).sum()
        np.testing.assert_allclose(seen, given[i], atol=5e-3)


def test_states_stand_in_the_order_of_the_weights():
    states = leaf_states(1)
    assert states.tolist() == [[1, 1], [1, -1], [-1, 1], [-1, -1]]
    np.testing.assert_allclose(leaf_weights(0.1, 1)[0], [0.81, 0.09, 0.09, 0.01])


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_messages_are_bayes_rule(depth):
    plus, minus = leaf_weights(0.15, depth)
    top = upward(leaf_states(depth), 0.15)[-1]
    np.testing.assert_allclose(top[:, 0], np.log(plus / minus), atol=1e-9)


def test_nothing_about_the_root_is_lost_on_the_way_up():
    entropy, information = information_by_level(upward(leaf_states(3), 0.1), 0.1)
    np.testing.assert_allclose(information, information[0], atol=1e-9)
    assert (np.diff(entropy) < 0).all()
    plus, minus = leaf_weights(0.1, 3)
    both = (plus + minus) / 2
    exact = sum((p * np.log2(p / both)).sum() / 2 for p in (plus, minus))
    assert information[0] == pytest.approx(exact, abs=1e-9)


def test_votes_lose_some():
    states = leaf_states(3)
    _, exact = information_by_level(upward(states, 0.1), 0.1)
    _, voted = information_by_level(votes(states), 0.1)
    assert voted[1] == pytest.approx(exact[1], abs=1e-9)  # of two leaves a vote forgets no more
    assert (np.diff(voted[1:]) < -1e-3).all()
    assert set(np.unique(votes(states)[-1])) == {-1, 0, 1}


def test_errors_agree_with_draws(rng):
    roots, leaves = drawn(0.2, 3, 100_000, rng)
    guess = np.sign(upward(leaves, 0.2)[-1][:, 0].round(9))
    wrong = (guess == -roots).mean() + (guess == 0).mean() / 2
    assert wrong == pytest.approx(root_error(0.2, 3), abs=5e-3)
    votes_wrong = np.sign(leaves.sum(axis=1))
    wrong = (votes_wrong == -roots).mean() + (votes_wrong == 0).mean() / 2
    assert wrong == pytest.approx(majority_error(0.2, 3), abs=5e-3)
    assert root_error(0.1, 4) < majority_error(0.1, 4)


def test_one_level_has_a_closed_form():
    # Two leaves that agree are right or both flipped; two that differ leave a coin.
    assert root_error(0.1, 1) == pytest.approx(0.1)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="depth must be 4 at most, to list all patterns, got 5"):
        leaf_states(5)
    with pytest.raises(ValueError, match=r"flip must lie between 0 and 0\.5, got 0\.5"):
        leaf_weights(0.5, 2)
    with pytest.raises(ValueError, match="leaves must have a power of two as columns, got 3"):
        upward(np.ones((1, 3)), 0.1)
    with pytest.raises(ValueError, match="leaves must hold −1 and 1 only"):
        upward(np.zeros((1, 2)), 0.1)
