import numpy as np
import pytest

from ibtools.questions.memorization import KINDS, learning_data


def test_the_three_kinds_of_data():
    real, labels, pixels = (learning_data(kind, 300, seed=2) for kind in KINDS)
    for data in (real, labels, pixels):
        np.testing.assert_allclose(data.x.mean(axis=1), 0, atol=1e-5)
        assert len(data.x) == 300
    assert (labels.x == real.x).all()
    assert (labels.y != real.y).mean() == pytest.approx(0.9, abs=0.08)
    assert (pixels.y == real.y).all()

    # Neighbours in an image are alike, in noise not.
    def likeness(data):
        return np.corrcoef(data.x[:, 400:420].ravel(), data.x[:, 401:421].ravel())[0, 1]

    assert likeness(real) > 0.6
    assert abs(likeness(pixels)) < 0.1


def test_difficulty_comes_out_again_and_real_data_has_easy_examples(recorded, made_again):
    found = recorded("questions_difficulty")["wrong"]
    again = made_again("questions_difficulty", n_networks=20)["wrong"]
    # Twenty networks against a hundred, the first of which they are.
    for few, many in zip(again, found, strict=True):
        assert few.mean() / 20 == pytest.approx(many.mean() / 100, abs=0.02)
        assert np.corrcoef(few, many)[0, 1] > 0.8
    real, labels, pixels = found
    assert (real == 0).mean() > 0.3
    assert max((labels == 0).mean(), (pixels == 0).mean()) < 0.01
