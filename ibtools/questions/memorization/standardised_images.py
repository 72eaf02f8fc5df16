"""Every image brought to the same brightness and contrast."""

import numpy as np

from ibtools.information.validation import columns


def standardised_images(x: np.ndarray) -> np.ndarray:
    """x (n, d) float32, each image shifted to mean 0 and scaled to variance 1 over its d pixels.

    As Zhang et al. (2017), appendix A, do before training. Raises ValueError for an image all of
    whose pixels are equal, which has no contrast to bring to 1.
    """
    x = columns(x)
    spread = x.std(axis=1, keepdims=True)
    constant = np.flatnonzero(np.ptp(x, axis=1) == 0)
    if len(constant):
        raise ValueError(f"x must hold images of more than one shade, got one in row {constant[0]}")
    return ((x - x.mean(axis=1, keepdims=True)) / spread).astype(np.float32)
