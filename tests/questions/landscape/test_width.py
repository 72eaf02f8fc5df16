import numpy as np
import pytest
import torch

from ibtools.datasets import mnist_5000
from ibtools.questions.landscape import losses, outputs, reduced_images, trained_ensemble


@pytest.fixture
def digits():
    data = mnist_5000()
    rows = slice(0, None, 25)
    reduced = reduced_images(data)[rows]
    return torch.from_numpy(reduced), data.y[rows]


def test_small_images_are_standardised_means_of_four_pixels():
    data = mnist_5000()
    small = reduced_images(data)
    assert small.shape == (5000, 100)
    np.testing.assert_allclose(small.std(axis=1), 1, atol=1e-5)
    image = data.x[0].reshape(28, 28)
    by_hand = np.array([[image[r : r + 2, c : c + 2].mean() for c in range(4, 24, 2)]
                        for r in range(4, 24, 2)]).ravel()  # fmt: skip
    np.testing.assert_allclose(
        small[0], (by_hand - by_hand.mean()) / by_hand.std(), rtol=1e-4, atol=1e-5
    )


def test_the_ensemble_says_what_each_network_says_alone(digits):
    x, y = digits
    weights = trained_ensemble(
        x, y, 5, n_networks=3, epochs=1, learning_rate=0.1, batch_size=50, seed=0
    )
    w1, b1, w2, b2 = (each[1] for each in weights)
    alone = (x @ w1 + b1).relu() @ w2 + b2
    torch.testing.assert_close(outputs(weights, x)[1], alone)
    loss, error = losses(weights, x, y)
    wanted = torch.nn.functional.cross_entropy(alone, torch.from_numpy(y))
    assert loss[1] == pytest.approx(float(wanted), rel=1e-5)
    assert error[1] == pytest.approx((alone.argmax(1).numpy() != y).mean())


def test_a_network_learns_as_if_it_were_alone(digits):
    x, y = digits
    settings = {"learning_rate": 0.1, "batch_size": 200, "seed": 0}
    wide = trained_ensemble(x, y, 50, n_networks=2, epochs=0, **settings)
    for each, fan_in in zip(wide, (100, 100, 50, 50), strict=True):
        assert 0.9 < each.abs().max() * fan_in**0.5 <= 1
    start = trained_ensemble(x, y, 4, n_networks=2, epochs=0, **settings)
    end = trained_ensemble(x, y, 4, n_networks=2, epochs=1, **settings)
    w1, b1, w2, b2 = (each[0].clone().requires_grad_() for each in start)
    loss = torch.nn.functional.cross_entropy((x @ w1 + b1).relu() @ w2 + b2, torch.from_numpy(y))
    loss.backward()
    # 200 images: one step in the epoch, of the whole learning rate.
    torch.testing.assert_close(end[0][0], (w1 - 0.1 * w1.grad).detach(), rtol=1e-4, atol=1e-6)
    torch.testing.assert_close(end[3][0], (b2 - 0.1 * b2.grad).detach(), rtol=1e-4, atol=1e-6)


def test_losses_by_width_come_out_again(recorded, made_again):
    found = recorded("questions_width")
    again = made_again("questions_width", widths=(10,), n_networks=10, epochs=40)
    # Other networks of the same kind: their first weights are drawn together.
    np.testing.assert_allclose(
        again["test_loss"].mean(), found["test_loss"][0].mean(), atol=4 * 0.05 / 10**0.5
    )


def test_wide_networks_end_alike(recorded):
    found = recorded("questions_width")
    test = found["test_loss"].astype(float)
    assert (np.diff(test.mean(axis=1)) < 0).all()
    spread = test.std(axis=1)
    assert spread[0] > 4 * spread[-1]
