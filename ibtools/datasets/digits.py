"""Real images small enough for every laptop: scikit-learn's handwritten digits."""

import numpy as np

from ibtools.datasets.dataset import Dataset


def digits() -> Dataset:
    """1797 images of 8×8 pixels, scaled to [0, 1], with labels 0 … 9 (UCI, via scikit-learn)."""
    from sklearn.datasets import load_digits

    x, y = load_digits(return_X_y=True)
    return Dataset("digits", (x / 16).astype(np.float32), y.astype(np.int64))
