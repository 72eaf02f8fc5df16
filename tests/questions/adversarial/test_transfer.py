import numpy as np

from ibtools.questions.adversarial import NETWORKS


def test_transfer_comes_out_again(recorded, made_again):
    found = recorded("questions_adversarial")
    again = made_again("questions_adversarial", seeds=found.settings["seeds"][:1], n_images=3)
    np.testing.assert_allclose(again["test_error"][:, 0], found["test_error"][:, 0], atol=0.01)
    np.testing.assert_allclose(
        again["distortion"][..., 0], found["distortion"][:, :3, 0], rtol=0.15, atol=0.003
    )
    # Shares of three images.
    for name in ("error", "noise", "sign_error"):
        assert set(np.unique((3 * again[name]).round(6))) <= {0, 1, 2, 3}
    own = again["error"][-1, range(len(NETWORKS)), range(len(NETWORKS))]
    assert own.mean() > 0.9


def test_adversarial_examples_fool_others_and_noise_does_not(recorded):
    found = recorded("questions_adversarial")
    error, noise = found["error"].mean(axis=-1), found["noise"].mean(axis=-1)
    middle = found.settings["sizes"].index(0.06)
    off = ~np.eye(len(NETWORKS), dtype=bool)
    assert error[middle][off].mean() > 0.25
    assert noise[middle].max() < 0.03
    names = list(NETWORKS)
    deep, start, half = (names.index(name) for name in ("2 × 100", "other start", "other half"))
    # The same data bring networks closer than the same architecture.
    assert error[middle][deep, start] > error[middle][deep, half]


def test_every_adversarial_example_shown_has_another_label(recorded):
    found = recorded("questions_adversarial")
    assert (found["image_label"] != found["adversarial_label"]).all()
    assert found["adversarial"].min() >= 0
    assert found["adversarial"].max() <= 1
