import numpy as np

from ibtools.datasets import letter_pairs


def test_english_is_recognised():
    counts, letters, following = letter_pairs()
    assert counts.shape == (26, 27) == (len(letters), len(following))
    assert counts.dtype == np.int64
    assert counts.sum(axis=1).min() > 0
    after = {letter: following[row.argmax()] for letter, row in zip(letters, counts, strict=True)}
    assert (after["q"], after["h"], after["y"]) == ("u", "e", "·")
    assert letters[counts.sum(axis=1).argmax()] == "e"


def test_every_word_ends_once():
    counts, _, following = letter_pairs()
    # As many letters come out of the table as go into it, but for first letters and ends.
    comes, goes = counts[:, :26].sum(axis=0), counts.sum(axis=1)
    assert (goes >= comes).all()
    assert (goes - comes).sum() == counts[:, following.index("·")].sum()
