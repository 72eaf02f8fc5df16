import numpy as np
import pytest

from ibtools.questions.renormalization import field_spread

NEAR, HOT, SHUFFLED = range(3)
NONE, WEAK, STRONG = range(3)


def test_the_spread_of_fields_that_are_known():
    side = 16
    field = np.zeros((side**2, 4))
    field[37, 0] = -2.0  # one site
    field[[0, side - 1], 1] = 1.0  # neighbours across the edge
    field[:, 2] = 0.3  # everywhere
    one, two, everywhere, nothing = field_spread(field, side)
    assert one == 0
    assert two == pytest.approx(np.sqrt(1 / 2))
    assert everywhere == pytest.approx(np.sqrt((side**2 + 2) / 6))
    assert np.isnan(nothing)


def test_the_spread_does_not_depend_on_the_place_or_the_scale():
    side = 6
    field = np.random.default_rng(0).normal(size=(side, side))
    moved = np.roll(field, (2, 5), axis=(0, 1)) * -7
    spreads = field_spread(np.column_stack([field.ravel(), moved.ravel()]), side)
    assert spreads[0] == pytest.approx(spreads[1])
    assert field_spread(field.T.reshape(-1, 1), side)[0] == pytest.approx(spreads[0])


def test_weights_of_another_lattice_are_refused():
    with pytest.raises(ValueError, match="must have side² = 16 rows, got 15"):
        field_spread(np.ones((15, 2)), 4)


def test_the_record_says_what_the_chapter_tells(recorded):
    found = recorded("questions_receptive_fields")
    spread = np.nanmedian(found["spread"], axis=-1)
    untrained = np.nanmedian(found["spread_untrained"], axis=-1)
    assert (untrained > 6).all()
    assert (spread[NEAR, NONE] > 4.5).all()
    assert (spread[NEAR, WEAK] < 2.5).all()
    assert (spread[NEAR, STRONG] < 1.3).all()
    assert (spread[SHUFFLED, STRONG] > 4).all()
    undone = np.nanmedian(found["spread_unshuffled"], axis=-1)
    assert np.abs(undone - spread[NEAR])[1:].max() < 0.2
    # Hot samples are local too, under a strong penalty, and not more narrowly.
    assert (spread[NEAR, STRONG] < spread[HOT, STRONG]).all()
    assert (spread[HOT, STRONG] < 2).all()
    second = np.nanmedian(found["spread_second"][NEAR], axis=-1)
    mixed = np.nanmedian(found["spread_mixed"][NEAR], axis=-1)
    assert (second[1:] > spread[NEAR, 1:]).all()
    assert (second[NONE] < spread[NEAR, NONE]).all()
    assert (second < mixed - 1).all()


def test_a_slice_made_again_agrees_with_the_record(recorded, made_again):
    found = recorded("questions_receptive_fields")
    # One seed and its own samples, as recorded; only the machines with a strong penalty.
    again = made_again("questions_receptive_fields", seeds=(3,), penalties=(0.01,))
    strong = np.nanmedian(found["spread"][:, STRONG, 3], axis=-1)
    assert np.nanmedian(again["spread"][:, 0, 0], axis=-1) == pytest.approx(strong, abs=0.15)
    assert again["spread_untrained"][0] == pytest.approx(found["spread_untrained"][3], abs=1e-4)
    assert np.abs(again["fields"]).max() == 127
