import numpy as np
import torch

from ibtools.questions.regularization import REGULARIZERS, shifts


def test_a_shift_moves_each_image_as_a_whole(rng):
    images = torch.zeros(50, 28, 28)
    images[:, 14, 14] = 1
    generator = torch.Generator().manual_seed(0)
    moved = shifts(2)(images.reshape(50, -1), generator).reshape(50, 28, 28)
    assert (moved.sum(dim=(1, 2)) == 1).all()
    places = moved.nonzero()[:, 1:]
    assert places.min() == 12
    assert places.max() == 16
    assert len({tuple(place) for place in places.tolist()}) > 10


def test_what_comes_in_is_background():
    images = torch.full((3, 784), -0.4)
    images[:, 400] = 5
    moved = shifts(1)(images, torch.Generator().manual_seed(1))
    assert set(np.unique(moved.numpy())) == {np.float32(-0.4), np.float32(5)}


def test_regularizers_come_out_again(recorded, made_again):
    name = "questions_regularizers"
    found = recorded(name)
    used = ("dropout", "early stopping")
    again = made_again(name, seeds=found.settings["seeds"][:1], shares=(0.0,), names=used)
    rows = [found.settings["names"].index(each) for each in used]
    for key in ("train_error", "test_error"):
        np.testing.assert_allclose(again[key][0, :, 0], found[key][0, rows, 0], atol=0.02)


def test_without_any_regulariser_it_generalises_and_fits_noise(recorded):
    found = recorded("questions_regularizers")
    train, test = found["train_error"].mean(axis=-1), found["test_error"].mean(axis=-1)
    case = dict(zip(REGULARIZERS, range(len(REGULARIZERS)), strict=True))
    assert test[0, case["none"]] < 0.12
    assert train[1, case["none"]] == 0
    # Decay and dropout of this size leave noise to be learnt, moved images do not.
    assert max(train[1, case["weight decay"]], train[1, case["dropout"]]) < 0.02
    assert train[1, case["shifted images"]] > 0.4
