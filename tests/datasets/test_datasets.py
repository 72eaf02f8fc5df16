import numpy as np
import pytest

from ibtools.datasets import (
    DATASETS,
    Dataset,
    digits,
    icosahedron_rule,
    icosahedron_vertices,
    random_labels,
    soft_label,
    train_test_split,
)
from ibtools.information import entropy_discrete, mutual_information_from_table, n_distinct


def test_rule_has_the_published_counts():
    rule = icosahedron_rule()
    assert rule.x.shape == (4096, 12)
    assert rule.y.sum() == 2118
    assert entropy_discrete(rule.y) == pytest.approx(0.999157, abs=1e-6)
    assert rule.x[1].tolist() == [0] * 11 + [1]


def test_rule_sees_64_rotation_invariant_classes():
    x = icosahedron_rule().x
    lengths = np.linalg.norm(x @ icosahedron_vertices(), axis=1).round(6)
    assert n_distinct(np.column_stack([x.sum(axis=1), lengths])) == 64


def test_share_of_ones_by_number_of_bits_is_the_published_table():
    rule = icosahedron_rule()
    bits = rule.x.sum(axis=1)
    shares = [rule.y[bits == n].mean() for n in range(13)]
    assert shares[:5] == [0] * 5
    assert np.round(shares[5:8], 4).tolist() == [0.0758, 0.5758, 0.9242]
    assert shares[8:] == [1] * 5


def test_vertices_are_an_icosahedron():
    products = icosahedron_vertices() @ icosahedron_vertices().T
    values, counts = np.unique(products.round(9), return_counts=True)
    assert values == pytest.approx([-1, -1 / np.sqrt(5), 1 / np.sqrt(5), 1])
    assert counts.tolist() == [12, 60, 60, 12]
    assert np.flatnonzero(products[0] > 0.4).tolist() == [0, 1, 3, 5, 10, 11]


@pytest.mark.parametrize(("gain", "information"), [(50, 0.98786), (55, 0.99058), (100, 0.99855)])
def test_soft_label_information(gain, information):
    p_y_given_x = soft_label(gain)
    assert p_y_given_x.argmax(axis=1).tolist() == icosahedron_rule().y.tolist()
    table = p_y_given_x / len(p_y_given_x)
    assert mutual_information_from_table(table) == pytest.approx(information, abs=1e-5)


def test_soft_label_needs_a_positive_gain():
    with pytest.raises(ValueError, match="gain must be positive, got 0"):
        soft_label(0)


def test_digits():
    images = digits()
    assert images.x.shape == (1797, 64)
    assert images.x.min() == 0
    assert images.x.max() == 1
    assert images.n_classes == 10


def test_split_covers_every_sample_once():
    train, test = train_test_split(4096, 0.8, rng=np.random.default_rng(0))
    assert len(train) == 3277
    assert sorted([*train, *test]) == list(range(4096))


def test_unshuffled_split_has_the_shares_of_the_published_code():
    y = icosahedron_rule().y
    train, test = train_test_split(4096, 0.8, rng=np.random.default_rng(0), shuffle=False)
    assert y[train].mean() == pytest.approx(0.4373, abs=1e-4)
    assert y[test].mean() == pytest.approx(0.8364, abs=1e-4)


@pytest.mark.parametrize("fraction", [0, 1, 2, -0.1, float("nan")])
def test_split_refuses_impossible_fractions(fraction):
    with pytest.raises(ValueError, match="train_fraction must lie between 0 and 1"):
        train_test_split(10, fraction, rng=np.random.default_rng(0))


def test_split_refuses_an_empty_part():
    with pytest.raises(ValueError, match="leaves 0 to train on and 10 to test on"):
        train_test_split(10, 0.01, rng=np.random.default_rng(0))


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (np.zeros((3, 2)), np.zeros(4, int), "x must have shape"),
        (np.full((2, 2), np.nan), np.zeros(2, int), "x must be finite"),
        (np.zeros((2, 2)), np.zeros(2), "y must hold integers"),
    ],
)
def test_dataset_refuses_what_does_not_fit(x, y, message):
    with pytest.raises(ValueError, match=message):
        Dataset("bad", x, y)


def test_random_labels_are_the_same_labels_dealt_out_anew():
    real, dealt = digits(), random_labels(digits())
    assert np.array_equal(dealt.x, real.x)
    assert np.array_equal(np.sort(dealt.y), np.sort(real.y))
    # By chance one in ten stays in its place.
    assert 0.05 < (dealt.y == real.y).mean() < 0.15
    assert dealt.name == f"{real.name}, random labels"
    assert np.array_equal(dealt.y, random_labels(digits()).y)
    assert not np.array_equal(dealt.y, random_labels(digits(), seed=1).y)


def test_data_sets_by_name_are_what_their_names_say():
    named = {name: make() for name, make in DATASETS.items()}
    for name, dataset in named.items():
        assert name.endswith("random_labels") == dataset.name.endswith("random labels")
        plain = named[name.removesuffix("_random_labels")]
        assert np.array_equal(dataset.x, plain.x)
        assert np.array_equal(dataset.y, plain.y) == (dataset.name == plain.name)
