"""Which letter follows which: a joint table small enough to look at, and real."""

import re
from string import ascii_lowercase

import numpy as np

LETTERS = tuple(ascii_lowercase)
END = "·"


def letter_pairs() -> tuple[np.ndarray, tuple[str, ...], tuple[str, ...]]:
    """Counts (26, 27) of a letter (rows) and what follows it in its word: a letter or its end.

    Returns the counts, the names of the rows and those of the columns, where "·" is the end of a
    word. Counted in the English descriptions of the data sets that come with scikit-learn: some
    nine thousand pairs, every letter at least once. Counts / counts.sum() is a joint table p(x, y)
    with sampling noise: rare letters are known badly.
    """
    from sklearn import datasets

    loaders = ("breast_cancer", "diabetes", "digits", "iris", "linnerud", "wine")
    text = " ".join(getattr(datasets, f"load_{name}")().DESCR for name in loaders)
    following = (*LETTERS, END)
    counts = np.zeros((len(LETTERS), len(following)), dtype=np.int64)
    for word in re.findall("[a-z]+", text.lower()):
        for letter, then in zip(word, word[1:] + END, strict=True):
            counts[LETTERS.index(letter), following.index(then)] += 1
    return counts, LETTERS, following
