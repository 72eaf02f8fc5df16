"""What does sequential clustering of documents cost, next to sib-clustering, and is it as good?

Documents of known topics (word counts, p(x) proportional to length), as many restarts, at most as
many sweeps and the same share of moves to stop at, one thread. First one restart is run from
sib-clustering's start in its order, where both must make the same moves. Then both go their own
ways, in turn; their random numbers differ, and with them the optima they find. Below, I(T;Y) and
the agreement with the true topics (adjusted mutual information), with k-means on tf-idf beside.
A ratio below 1 means that ibtools is faster.
"""

import statistics
import time
import warnings

import numpy as np
from scipy import sparse
from sib import SIB
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics import adjusted_mutual_info_score

from ibtools.bottleneck.clustering.joining import weight_of_totals
from ibtools.bottleneck.clustering.reinsertion import cluster_masses, drawn_rows, sweep
from ibtools.bottleneck.clustering.sequential import sequential_bottleneck
from ibtools.bottleneck.clustering.sparse_tables import sparse_rows
from ibtools.datasets import topic_documents

# documents, topics, words, restarts, seeds
CASES = (
    (1000, 10, 2000, 4, 5),
    (1000, 20, 2000, 1, 5),
    (1000, 20, 2000, 4, 5),
    (1000, 20, 2000, 10, 5),
    (4000, 20, 6000, 4, 3),
    (4000, 20, 6000, 10, 3),
)
SWEEPS, TOLERANCE = 15, 0.02


def sib(counts: sparse.csr_matrix, k: int, n_restarts: int, seed: int) -> SIB:
    settings = {"max_iter": SWEEPS, "tol": TOLERANCE, "uniform_prior": False, "n_jobs": 1}
    return SIB(k, n_init=n_restarts, random_state=seed, **settings).fit(counts)


def ours(counts: sparse.csr_matrix, k: int, n_restarts: int, seed: int):
    settings = {"max_steps": SWEEPS, "tolerance": TOLERANCE, "seed": seed}
    return sequential_bottleneck(counts, k, n_restarts=n_restarts, **settings)


def k_means(counts: sparse.csr_matrix, k: int, n_restarts: int, seed: int) -> np.ndarray:
    tf_idf = TfidfTransformer().fit_transform(counts)
    return KMeans(k, n_init=n_restarts, random_state=seed).fit_predict(tf_idf)


def from_the_start_of_sib(counts: sparse.csr_matrix, k: int, seed: int) -> np.ndarray:
    """Labels of one restart with the random numbers that sib-clustering draws for this seed."""
    n = counts.shape[0]
    draws = np.random.RandomState(np.random.RandomState(seed).randint(np.iinfo(np.int32).max))
    labels = draws.permutation(np.linspace(0, k, n, endpoint=False).astype(int))[None]
    table = sparse_rows(counts, uniform=False)
    every_x = drawn_rows(table, weight_of_totals(np.inf))
    for _ in range(SWEEPS):
        masses = cluster_masses(table, labels, k)
        labels, n_moves = sweep(every_x, masses, labels, draws.permutation(n))
        if n_moves[0] <= TOLERANCE * n:
            break
    return labels[0]


def timed(cluster, *settings) -> tuple[float, object]:
    start = time.perf_counter()
    found = cluster(*settings)
    return time.perf_counter() - start, found


def compare(n: int, k: int, n_words: int, n_restarts: int, n_seeds: int) -> None:
    rounds = []
    for seed in range(n_seeds):
        documents, topics = topic_documents(n, k, n_words, seed=seed)
        counts = sparse.csr_matrix(documents)
        their_time, theirs = timed(sib, counts, k, n_restarts, seed)
        our_time, mine = timed(ours, counts, k, n_restarts, seed)
        k_means_time, by_k_means = timed(k_means, counts, k, n_restarts, seed)
        same = from_the_start_of_sib(counts, k, seed) == sib(counts, k, 1, seed).partition_.labels
        labels = (theirs.labels_, mine.labels, by_k_means)
        agreement = [adjusted_mutual_info_score(topics, each) for each in labels]
        values = (theirs.score_, mine.I_TY, mine.I_XY)
        rounds.append((their_time, our_time, k_means_time, *values, *agreement, same.mean()))
    means = [statistics.mean(column) for column in zip(*rounds, strict=True)]
    ratios = sorted(our_time / their_time for their_time, our_time, *_ in rounds)
    print(f"{n} documents, {n_words} words, {k} topics, restarts: {n_restarts}, seeds: {n_seeds}")
    print(f"    sib-clustering {means[0]:.2f} s, ibtools {means[1]:.2f} s: ", end="")
    print(f"{statistics.median(ratios):.2f} of its time ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    print(f"    I(T;Y): sib-clustering {means[3]:.4f}, ibtools {means[4]:.4f} ", end="")
    print(f"of {means[5]:.3f} bits; same labels from the same start: {means[9]:.2%}")
    print(f"    agreement with the topics: sib-clustering {means[6]:.3f}, ", end="")
    print(f"ibtools {means[7]:.3f}, k-means on tf-idf {means[8]:.3f} ", end="")
    print(f"({means[2] / means[0]:.2f} of sib-clustering's time)", flush=True)


def main() -> None:
    warnings.simplefilter("ignore")
    for case in CASES:
        compare(*case)


if __name__ == "__main__":
    main()
