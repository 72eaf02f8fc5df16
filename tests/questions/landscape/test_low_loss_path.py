import numpy as np
import pytest
import torch

from ibtools.questions.landscape import (
    WAYS,
    barrier,
    bent_path,
    losses,
    matched_units,
    on_the_way,
    outputs,
    permuted_units,
)


@pytest.fixture
def networks():
    generator = torch.Generator().manual_seed(0)
    shapes = (2, 6, 4), (2, 1, 4), (2, 4, 10), (2, 1, 10)
    return [torch.randn(shape, generator=generator) for shape in shapes]


def test_units_in_another_order_say_the_same_and_are_put_back(networks):
    orders = np.array([[2, 0, 3, 1], [1, 0, 2, 3]])
    mixed = permuted_units(networks, orders)
    torch.testing.assert_close(mixed[0][0, :, 0], networks[0][0, :, 2])
    x = torch.randn(9, 6, generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(outputs(mixed, x), outputs(networks, x))
    for own, back in zip(networks, matched_units(networks, mixed), strict=True):
        torch.testing.assert_close(own, back)


def test_a_path_begins_and_ends_where_it_should(networks):
    other = [2 * each + 1 for each in networks]
    middle = [each - 5 for each in networks]
    for between in (None, middle):
        for place, wanted in ((0.0, networks), (1.0, other)):
            here = on_the_way(networks, between, other, torch.full((2, 1, 1), place))
            for a, b in zip(here, wanted, strict=True):
                torch.testing.assert_close(a, b)
    half = torch.full((2, 1, 1), 0.5)
    for a, b, m, h in zip(networks, other, middle, on_the_way(networks, middle, other, half),
                          strict=True):  # fmt: skip
        torch.testing.assert_close(h, a / 4 + m / 2 + b / 4)


def test_bending_lowers_the_loss_on_the_way(networks):
    generator = torch.Generator().manual_seed(2)
    x = torch.randn(60, 6, generator=generator)
    y = outputs([each[:1] for each in networks], x)[0].argmax(dim=1).numpy()
    one, other = ([each[:1] for each in networks],) * 2
    mixed = permuted_units(other, np.array([[1, 2, 3, 0]]))
    half = torch.full((1, 1, 1), 0.5)
    middle = bent_path(one, mixed, x, y, epochs=60, learning_rate=0.05, batch_size=20, seed=0)
    straight, _ = losses(on_the_way(one, None, mixed, half), x, y)
    bent, _ = losses(on_the_way(one, middle, mixed, half), x, y)
    assert bent[0] < 0.5 * straight[0]


def test_barrier_is_measured_from_the_line_between_the_ends():
    t = np.array([0, 0.2, 0.6, 1])
    assert barrier(t, np.array([1.0, 1.2, 2.4, 2.0])) == pytest.approx(0.8)
    assert barrier(t, np.array([1.0, 0.5, 1.0, 2.0])) == 0
    assert barrier(t, np.array([[1.0, 1, 1, 1], [0, 3, 0, 0]])).tolist() == [0, 3]
    with pytest.raises(ValueError, match="same number of samples"):
        barrier(t, np.zeros(3))


def test_paths_come_out_again(recorded, made_again):
    found = recorded("questions_low_loss_path")
    again = made_again("questions_low_loss_path", widths=(10,), n_pairs=4)
    highest = [barrier(found["t"], each["train_loss"][:, 0].astype(float)).mean(axis=1)
               for each in (found, again)]  # fmt: skip
    np.testing.assert_allclose(*highest, rtol=0.5, atol=0.05)


def test_matched_or_bent_the_way_hardly_climbs(recorded):
    found = recorded("questions_low_loss_path")
    climb = barrier(found["t"], found["train_loss"].astype(float)).mean(axis=-1)
    straight, matched, bent = (climb[WAYS.index(way)] for way in WAYS)
    assert (np.diff(straight) < 0).all()
    assert (matched < straight / 2).all()
    assert (bent < straight / 2).all()
    assert max(matched[-1], bent[-1]) < 0.1
