import numpy as np
import pytest
import torch
from torch import nn

from ibtools.questions.memorization import gini, loss_sensitivity


def test_gini_in_closed_form():
    assert gini(np.ones(7)) == 0
    for n in (1, 2, 10):
        assert gini(np.eye(n)[0]) == pytest.approx(1 - 1 / n)
    assert gini([1, 3]) == pytest.approx(0.25)
    # Evenly spread over [0, 1]: 1/3. Exponential: 1/2.
    u = (np.arange(100_000) + 0.5) / 100_000
    assert gini(u) == pytest.approx(1 / 3, abs=1e-4)
    assert gini(-np.log(u)) == pytest.approx(1 / 2, abs=1e-3)


def test_gini_is_the_mean_difference_and_knows_no_scale(rng):
    v = rng.gamma(2.0, size=200)
    by_pairs = np.abs(v[:, None] - v).sum() / (2 * 200 * v.sum())
    for scale in (1.0, 1e-300, 1e300):
        assert gini(scale * v) == pytest.approx(by_pairs)
    assert gini(np.concatenate([v, v])) == pytest.approx(by_pairs)


def test_gini_refuses_what_is_not_shared_out():
    with pytest.raises(ValueError, match="values must be 0 or more and not all 0, got -1 to 2"):
        gini([2, -1])
    with pytest.raises(ValueError, match="not all 0, got 0 to 0"):
        gini([0, 0])
    with pytest.raises(ValueError, match="not empty"):
        gini([])


def test_loss_sensitivity_of_a_linear_model_by_hand(rng):
    model = nn.Linear(5, 3)
    x, y = rng.normal(size=(8, 5)).astype(np.float32), rng.integers(3, size=8)
    with torch.no_grad():
        p = torch.softmax(model(torch.as_tensor(x)), dim=1).numpy()
    # ∂L/∂x = Wᵀ(p − one-hot).
    by_hand = np.abs((p - np.eye(3)[y]) @ model.weight.detach().numpy()).sum(axis=1)
    np.testing.assert_allclose(loss_sensitivity(model, x, y), by_hand, rtol=1e-4)


def test_sensitivity_comes_out_again(recorded, made_again):
    found = recorded("questions_sensitivity")
    again = made_again("questions_sensitivity", seeds=found.settings["seeds"][:1], epochs=5)
    np.testing.assert_allclose(again["gini"][:, 0], found["gini"][:, 0, :5], atol=0.02)
    last = found["gini"][..., -1]
    assert last[0].min() > last[1].max() > last[2].max()
    np.testing.assert_allclose(found["average"].mean(axis=1), 1, rtol=1e-4)
