import numpy as np
import pytest

from ibtools.check import opening_the_black_box as check
from ibtools.information import bin_indices, entropy_discrete, mutual_information_discrete


def right(layer, y, n_bins):
    bins = bin_indices(layer, n_bins=n_bins)
    return entropy_discrete(bins), mutual_information_discrete(bins, y)


def without_clipping(layer, y, n_bins):
    bins = np.floor((layer + 1) / 2 * n_bins)
    return entropy_discrete(bins), mutual_information_discrete(bins, y)


def per_unit(layer, y, n_bins):
    bins = bin_indices(layer, n_bins=n_bins)
    return sum(entropy_discrete(unit) for unit in bins.T), mutual_information_discrete(bins, y)


def few_samples_forgotten(n, u, b):
    return min(12, u * np.log2(b))


def variances(gradients):
    return gradients.var(axis=0).sum()


CASES = [
    (check.binned_information, right, "Right"),
    (check.binned_information, lambda *a: right(*a)[::-1], "exchanged"),
    (check.binned_information, lambda *a: [np.log(2) * v for v in right(*a)], "nats"),
    (check.binned_information, per_unit, "add the entropies of the units"),
    (check.binned_information, without_clipping, "bin of its own"),
    (check.binned_information, lambda *a: (right(*a)[0], 0.1), r"I\(T;Y\) should be"),
    (check.binned_information, lambda *a: (1.0, 0.1), r"I\(X;T\) should be"),
    (check.ceiling, lambda n, u, b: min(np.log2(n), u * np.log2(b)), "Right"),
    (check.ceiling, lambda n, u, b: min(np.log(n), u * np.log(b)), "nats"),
    (check.ceiling, lambda n, u, b: np.log2(n), "only 900 cells"),
    (check.ceiling, lambda n, u, b: u * np.log2(b), "most cells stay empty"),
    (check.ceiling, lambda n, u, b: min(np.log2(n), np.log2(u * b)), r"bins \*\* units"),
    (check.ceiling, lambda n, u, b: 1.0, "too high or too low"),
    (check.ceiling, few_samples_forgotten, r"ceiling\(205, 3, 30\) gives 12.000"),
    (check.signal_to_noise, lambda g: np.linalg.norm(g.mean(0)) / np.sqrt(variances(g)), "Right"),
    (check.signal_to_noise, lambda g: (g.mean(0) ** 2).sum() / variances(g), "take the root"),
    (
        check.signal_to_noise,
        lambda g: np.linalg.norm(g, axis=1).mean() / np.sqrt(variances(g)),
        "mean of the norms",
    ),
    (
        check.signal_to_noise,
        lambda g: np.mean(np.abs(g.mean(0)) / g.std(axis=0)),
        "one ratio per weight",
    ),
    (check.signal_to_noise, lambda g: 5.0, "the ratio is not 5.000"),
]


@pytest.mark.parametrize(("checker", "answer", "message"), CASES)
def test_each_answer_gets_its_own_hint(checker, answer, message, assert_says):
    assert_says(checker(answer), message)
