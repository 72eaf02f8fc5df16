"""Documents that speak mostly of one topic each: word counts whose topics are known."""

import numpy as np
from scipy import sparse

# Standard deviation of the logarithm of a document's length.
SPREAD = 0.5


def topic_documents(
    n_documents: int,
    n_topics: int,
    n_words: int,
    *,
    length: float = 100,
    share: float = 0.5,
    seed: int = 0,
) -> tuple[sparse.csr_array, np.ndarray]:
    """Word counts (n_documents, n_words) as a SciPy sparse matrix, and topics (n_documents,).

    length: average number of words in a document; single documents vary, log-normally, by half.
    share: the part of its words that a document takes from its topic, on average; the others come
    from the language that all share, and tell nothing.

    The language is a Zipf-like law, p(w) ∝ 1/(w + 10): a few words are everywhere, most are rare. A
    topic is the same law with each probability multiplied by a random factor, Gamma(1/2): it uses
    some words often and others hardly, and different topics overlap. Each document has one topic,
    drawn at random, and a share of its own, from a beta law (a + b = 10).

    A word that no document uses keeps its column of zeros, so that shapes are what was asked for.
    I(X;Y) of documents and words is mostly noise of sampling: 100 words from 2,000 are far from a
    document's true p(y|x). Real documents have bursts, several topics, and word order; what works
    here may fail there.

    Raises ValueError when a number is not a whole number of at least 1, length is less than 1, or
    share is not between 0 and 1.
    """
    numbers = {"n_documents": n_documents, "n_topics": n_topics, "n_words": n_words}
    for name, number in numbers.items():
        if not number >= 1 or number != number // 1:
            raise ValueError(f"{name} must be a whole number of at least 1, got {number!r}")
    if not 1 <= length < np.inf:
        raise ValueError(f"length must be at least 1 and finite, got {length!r}")
    if not 0 < share < 1:
        raise ValueError(f"share must lie between 0 and 1, got {share!r}")
    n_documents, n_topics, n_words = map(int, numbers.values())
    rng = np.random.default_rng(seed)
    language = 1 / (np.arange(n_words) + 10)
    language /= language.sum()
    words_of_topic = language * rng.gamma(0.5, size=(n_topics, n_words))
    words_of_topic /= words_of_topic.sum(axis=1, keepdims=True)
    topics = rng.integers(n_topics, size=n_documents)
    lengths = length * rng.lognormal(-(SPREAD**2) / 2, SPREAD, size=n_documents)
    lengths = np.maximum(1, lengths.round()).astype(int)
    shares = rng.beta(10 * share, 10 * (1 - share), size=n_documents)
    counts = [
        sparse.csr_array(
            rng.multinomial(n, part * words_of_topic[topic] + (1 - part) * language)[None]
        )
        for n, part, topic in zip(lengths, shares, topics, strict=True)
    ]
    return sparse.csr_array(sparse.vstack(counts)), topics
