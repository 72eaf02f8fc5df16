import numpy as np
import pytest
from scipy import sparse

from ibtools.datasets import topic_documents


def test_shapes_and_lengths():
    counts, topics = topic_documents(500, 7, 300, length=60)
    assert sparse.issparse(counts)
    assert counts.shape == (500, 300)
    assert counts.dtype.kind == "i"
    lengths = counts.sum(axis=1)
    assert lengths.min() >= 1
    assert lengths.mean() == pytest.approx(60, rel=0.1)
    assert np.log(lengths).std() == pytest.approx(0.5, rel=0.15)
    assert sorted(set(topics)) == list(range(7))
    assert topics.shape == (500,)


def test_frequent_words_come_first():
    counts, _ = topic_documents(500, 7, 300)
    of_words = counts.sum(axis=0)
    assert of_words[:10].sum() > 5 * of_words[-10:].sum()


@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_share_is_how_far_topics_are_apart(share):
    def distance(p, q):
        return 0.5 * np.abs(p - q).sum()

    counts, topics = topic_documents(900, 3, 200, share=share, length=200)
    words = np.array([counts[topics == topic].sum(axis=0) for topic in range(3)])
    mixed = words / words.sum(axis=1, keepdims=True)
    topic_words = np.random.default_rng(1).gamma(0.5, size=(600, 200)) / (np.arange(200) + 10)
    pure = topic_words / topic_words.sum(axis=1, keepdims=True)
    pairs = [(mixed[i], mixed[i - 1]) for i in range(3)]
    mean = np.mean([distance(p, q) for p, q in pairs])
    expected = np.mean([distance(p, q) for p, q in zip(pure[::2], pure[1::2], strict=True)])
    assert mean / expected == pytest.approx(share, abs=0.1)


def test_one_word_and_one_topic():
    counts, topics = topic_documents(3, 1, 1, length=1)
    assert counts.shape == (3, 1)
    assert topics.tolist() == [0, 0, 0]


def test_seeds():
    runs = [topic_documents(20, 3, 50, seed=seed)[0].toarray() for seed in (0, 0, 1)]
    assert (runs[0] == runs[1]).all()
    assert (runs[0] != runs[2]).any()


def test_whole_numbers_may_be_floats():
    counts, topics = topic_documents(20.0, 3.0, 50.0)
    assert (counts != topic_documents(20, 3, 50)[0]).nnz == 0
    assert counts.shape == (20, 50)
    assert len(topics) == 20


@pytest.mark.parametrize(
    ("numbers", "settings", "message"),
    [
        ((0, 2, 5), {}, "n_documents must be a whole number of at least 1, got 0"),
        ((3, 2.5, 5), {}, "n_topics must be a whole number of at least 1, got 2.5"),
        ((3, 2, np.nan), {}, "n_words must be a whole number of at least 1, got nan"),
        ((3, 2, 5), {"length": 0.5}, "length must be at least 1 and finite, got 0.5"),
        ((3, 2, 5), {"share": 1}, "share must lie between 0 and 1, got 1"),
        ((3, 2, 5), {"share": np.nan}, "share must lie between 0 and 1, got nan"),
    ],
)
def test_settings_that_are_none(numbers, settings, message):
    with pytest.raises(ValueError, match=message):
        topic_documents(*numbers, **settings)
