import numpy as np
import pytest

from ibtools.datasets import mnist_5000
from ibtools.questions.memorization import (
    CORRUPTIONS,
    corrupted,
    random_label_share,
    standardised_images,
)


def test_a_share_p_of_random_labels_changes_nine_tenths_of_it():
    y = np.arange(100_000) % 10
    for p in (0, 0.3, 1):
        changed = random_label_share(y, p, n_classes=10, seed=1) != y
        # Five standard deviations of a mean of 100,000 yes and no.
        assert changed.mean() == pytest.approx(0.9 * p, abs=5 * 0.5 / np.sqrt(1e5))


def test_labels_replaced_at_a_small_share_are_replaced_at_a_larger_one():
    y = np.zeros(5000, dtype=int)
    some, more = (random_label_share(y, p, n_classes=4, seed=2) for p in (0.3, 0.6))
    assert (more[some != 0] == some[some != 0]).all()


def test_each_corruption_keeps_what_it_says():
    true = mnist_5000()
    made = {kind: corrupted(true, kind, seed=4) for kind in CORRUPTIONS}
    assert (made["true labels"].x == true.x).all()
    assert (made["true labels"].y == true.y).all()
    for kind in ("shuffled pixels", "random pixels"):
        # The pixels of each image are the same, in other places.
        assert (np.sort(made[kind].x, axis=1) == np.sort(true.x, axis=1)).all()
        assert (made[kind].x != true.x).any()
        assert (made[kind].y == true.y).all()
    # One permutation for all images: a column is a column of the images.
    shuffled, random = made["shuffled pixels"].x, made["random pixels"].x
    totals = np.sort(true.x.sum(axis=0))
    np.testing.assert_allclose(np.sort(shuffled.sum(axis=0)), totals, rtol=1e-4)
    assert np.ptp(random.mean(axis=0)) < 0.1 < np.ptp(true.x.mean(axis=0))
    noise = made["Gaussian pixels"].x
    assert noise.dtype == true.x.dtype
    assert noise.mean() == pytest.approx(true.x.mean(), abs=1e-3)
    assert noise.std() == pytest.approx(true.x.std(), abs=1e-3)
    assert (made["random labels"].x == true.x).all()
    assert (made["random labels"].y != true.y).mean() == pytest.approx(0.9, abs=0.03)


def test_the_same_seed_is_the_same_corruption():
    true = mnist_5000()
    first, again, other = (corrupted(true, "random labels", seed=s).y for s in (0, 0, 1))
    assert (first == again).all()
    assert (first != other).any()


def test_bad_input_is_refused():
    y = np.arange(10)
    with pytest.raises(ValueError, match=r"p must lie in \[0, 1\], got 1.5"):
        random_label_share(y, 1.5, n_classes=10)
    with pytest.raises(ValueError, match="y must hold labels 0 … 8, got 0 to 9"):
        random_label_share(y, 0.5, n_classes=9)
    with pytest.raises(ValueError, match="kind must be one of"):
        corrupted(mnist_5000(), "blurred")


def test_standardised_images_have_no_brightness_and_contrast_of_their_own(rng):
    x = standardised_images(rng.uniform(0, 200, size=(5, 30)))
    np.testing.assert_allclose(x.mean(axis=1), 0, atol=1e-5)
    np.testing.assert_allclose(x.std(axis=1), 1, atol=1e-5)
    assert x.dtype == np.float32
    with pytest.raises(ValueError, match="more than one shade, got one in row 1"):
        standardised_images(np.array([[1.0, 2.0], [3.0, 3.0]]))
