import numpy as np
import pytest

from ibtools.check.learning import best_constant


def on_grid(y, points=20_001):
    grid = np.linspace(-10, 20, points)[:, None]
    squared, absolute = ((grid - y) ** 2).mean(axis=1), np.abs(grid - y).mean(axis=1)
    return grid[squared.argmin(), 0], grid[absolute.argmin(), 0]


ANSWERS = [
    (lambda y: (np.mean(y), np.median(y)), "Right"),
    (lambda y: (np.median(y), np.mean(y)), "exchanged"),
    (lambda y: ((y.min() + y.max()) / 2, np.median(y)), "halfway between"),
    (lambda y: (np.mean(y), (y.min() + y.max()) / 2), "halfway between"),
    (lambda y: (np.mean(y), np.mean(y)), "squared errors only"),
    (lambda y: (np.median(y), np.median(y)), "absolute errors only"),
    (lambda y: (np.var(y), np.abs(y - np.median(y)).mean()), "least risks themselves"),
    (lambda y: (np.mean(y), 2.0), "2 has a mean absolute error of 3.14.* 3.00"),
    (lambda y: (5.0, np.median(y)), "mean squared error of 19.57.* 19.06"),
    (lambda y: (y.mean(), y[len(y) // 2]), "1, stands in the .* sort them"),
    (lambda y: (y.mean(), sorted(y)[len(y) // 2]), "Right"),
    (on_grid, "off by 5e-04 from the median, 3"),
    (lambda y: on_grid(y, 301), "search .* off by 1e-02 from the mean"),
    (lambda y: (y.mean(), 3 + 2e-5), "off by 2e-05 from the median, 3"),
    (np.mean, "two constants.*the one number 4.28571"),
    (lambda y: [np.mean(y)] * 3, r"two constants.*got \[4.28"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(best_constant(answer), message)
