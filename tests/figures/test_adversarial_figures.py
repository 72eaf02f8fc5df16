from pathlib import Path

import numpy as np
import pytest

from ibtools import figures
from ibtools.questions import load_findings

RECORD = Path(__file__).parents[2] / "book/runs/questions_adversarial"


def test_adversarial_examples_shows_image_change_and_sum():
    found = load_findings(RECORD)
    figure = figures.adversarial_examples(found)
    assert len(figure.frames) == len(found["image"])
    for frame, image, changed in zip(
        figure.frames, found["image"], found["adversarial"], strict=True
    ):
        before, change, after = (np.array(trace.z) for trace in frame.data)
        np.testing.assert_allclose(before.ravel(), 100 * image, atol=0.51)
        np.testing.assert_allclose(after.ravel(), 100 * changed, atol=0.51)
        strong = 50 + 250 * (changed - image)
        np.testing.assert_allclose(change.ravel(), np.clip(strong, 0, 100), atol=0.51)
    assert "3 to 5 with 0.035" in figure.layout.meta["summary"]


def test_transfer_matrix_has_a_row_for_noise():
    found = load_findings(RECORD)
    figure = figures.transfer_matrix(found)
    for i, frame in enumerate(figure.frames):
        (matrix,) = frame.data
        assert matrix.y[-1] == "noise"
        np.testing.assert_allclose(matrix.z[2][3], 100 * found["error"][i, 2, 3].mean(), atol=0.51)
        np.testing.assert_allclose(matrix.z[-1], 100 * found["noise"][i].mean(axis=-1), atol=0.51)
    own = 100 * np.diagonal(found["error"][1].mean(axis=-1)).mean()
    assert f"distortion 0.06: {own:.0f} %" in figure.layout.meta["summary"]
    assert own == pytest.approx(88, abs=1)
