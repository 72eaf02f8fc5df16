import numpy as np
import pytest
import torch

from ibtools.questions.landscape import critical_point, curvatures, n_parameters, squared_loss


def test_loss_is_that_of_the_network(rng):
    x, y = rng.normal(size=(7, 2)), rng.normal(size=7)
    p = rng.normal(size=n_parameters(2, 3))
    w, b, v, c = p[:6].reshape(2, 3), p[6:9], p[9:12], p[12]
    by_hand = ((np.tanh(x @ w + b) @ v + c - y) ** 2).mean() / 2 + 0.05 * (p**2).sum()
    loss = squared_loss(x, y, n_hidden=3, weight_decay=0.1)
    assert float(loss(torch.from_numpy(p))) == pytest.approx(by_hand)


def test_search_finds_a_saddle_where_it_is_known():
    # x² − y² + z⁴/4 − z: one critical point, (0, 0, 1), with one way down.
    def saddle(p):
        return p[0] ** 2 - p[1] ** 2 + p[2] ** 4 / 4 - p[2]

    point = critical_point(saddle, np.array([0.5, -0.8, 0.6]))
    np.testing.assert_allclose(point, [0, 0, 1], atol=1e-6)
    np.testing.assert_allclose(curvatures(saddle, point), [-2, 2, 3], atol=1e-5)


def test_where_the_gradient_is_nowhere_zero_none_is_found():
    assert critical_point(lambda p: p[0] + torch.exp(p[0]), np.array([0.3])) is None


def test_all_weights_zero_is_critical_for_balanced_labels():
    x = np.array([[1.0, 1], [-1, -1], [1, -1], [-1, 1]])
    loss = squared_loss(x, np.array([1.0, 1, -1, -1]), n_hidden=2, weight_decay=0.01)
    point = critical_point(loss, np.full(n_parameters(2, 2), 1e-3))
    np.testing.assert_allclose(point, 0, atol=1e-6)


def test_critical_points_come_out_again(recorded, made_again):
    name = "questions_critical_points"
    found = recorded(name)
    changed = {"widths": (2,), "seeds": (0,), "stops": (0, 100)}
    again = made_again(name, **changed)
    same = np.isclose(again["loss"][0, 0], found["loss"][0, 0, :2], atol=1e-3, equal_nan=True)
    assert same.mean() > 0.7
    assert np.nanmin(again["flattest"]) > 0
    assert (
        np.isclose(again["flattest"][0, 0], found["flattest"][0, 0, :2], rtol=0.05)[same].mean()
        > 0.7
    )
    np.testing.assert_allclose(again["at_stop"][0, 0], found["at_stop"][0, 0, :2], rtol=1e-3)


def test_what_was_found_is_critical_and_lies_higher_with_more_ways_down(recorded):
    found = recorded("questions_critical_points")
    loss, index = found["loss"].astype(float), found["index"]
    known = index >= 0
    assert (known == ~np.isnan(loss)).all()
    assert known.mean() > 0.4
    for width in range(3):
        here = known[width]
        assert np.corrcoef(index[width][here], loss[width][here])[0, 1] > 0.5
