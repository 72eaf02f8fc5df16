"""Thin slices of the two recorded studies, run again."""

import numpy as np
import pytest

from ibtools.questions.memorization import CORRUPTIONS


def test_fitting_speed_comes_out_again(recorded, made_again):
    found = recorded("questions_fitting_speed")
    seeds = found.settings["seeds"]
    again = made_again("questions_fitting_speed", seeds=seeds[:1], shares=(), epochs=6)
    assert found["train_error"].shape == (len(CORRUPTIONS), len(seeds), 61)
    # Other processors round otherwise, and training spreads that out.
    np.testing.assert_allclose(
        again["train_error"][:, 0], found["train_error"][:, 0, :7], atol=0.02
    )


def test_everything_is_learnt_and_only_sense_is_generalised(recorded):
    found = recorded("questions_fitting_speed")
    assert found["train_error"][:, :, -1].max() == 0
    test = dict(zip(CORRUPTIONS, found["test_error"], strict=True))
    assert max(test["true labels"].max(), test["shuffled pixels"].max()) < 0.12
    for kind in ("random pixels", "Gaussian pixels", "random labels"):
        assert test[kind] == pytest.approx(0.9, abs=0.04)


def test_overparametrised_comes_out_again(recorded, made_again):
    name = "questions_overparametrised"
    found = recorded(name)
    widths, sizes = found.settings["widths"], found.settings["sizes"]
    again = made_again(name, seeds=found.settings["seeds"][:1], widths=(2, 64), sizes=(100,))
    columns = [widths.index(2), widths.index(64)]
    assert list(again["parameters"]) == list(found["parameters"][columns]) == [1600, 50890]
    for key in ("train_error", "test_error"):
        assert again[key][0, :, 0] == pytest.approx(
            found[key][sizes.index(100), columns, 0], abs=0.03
        )
