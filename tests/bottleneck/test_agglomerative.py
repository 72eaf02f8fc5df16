import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse
from scipy.cluster.hierarchy import dendrogram, fcluster, is_monotonic, is_valid_linkage

from ibtools.bottleneck import Problem, encoder_solution
from ibtools.bottleneck.clustering.agglomerative import agglomerative_bottleneck
from ibtools.datasets import soft_label
from ibtools.information import jensen_shannon_divergence


def close(value, abs=1e-10):
    return pytest.approx(value, abs=abs)


def tables():
    shapes = st.tuples(st.integers(1, 8), st.integers(1, 5))
    counts = arrays(float, shapes, elements=st.integers(0, 4)).map(lambda t: t[t.sum(axis=1) > 0])
    return counts.filter(lambda t: len(t) > 0).map(lambda t: t / t.sum())


def random_table(n_x, n_y, seed=0):
    rng = np.random.default_rng(seed)
    return rng.dirichlet(np.full(n_x, 10))[:, None] * rng.dirichlet(np.full(n_y, 0.3), size=n_x)


def blocks(sizes=(3, 4, 2)):
    """Rows of three kinds, in mixed order, and the kinds."""
    kinds = np.random.default_rng(0).permutation(np.repeat(np.arange(3), sizes))
    rows = np.array([[0.8, 0.1, 0.1, 0], [0, 0.2, 0.2, 0.6], [0.1, 0.7, 0.1, 0.1]])
    weights = np.random.default_rng(1).dirichlet(np.full(len(kinds), 3.0))
    return weights[:, None] * rows[kinds], kinds


def plain_merges(p_xy, beta=np.inf):
    """Cheapest pair again and again, by the definition of the cost."""
    clusters = {x: row for x, row in enumerate(p_xy)}
    merges = []
    while len(clusters) > 1:

        def cost(pair):
            i, j = clusters[pair[0]], clusters[pair[1]]
            p = np.array([i.sum(), j.sum()])
            both = np.array([i, j]) / p[:, None]
            loss = jensen_shannon_divergence(both, weights=p / p.sum())
            share = p / p.sum()
            return p.sum() * (loss + share @ np.log2(share) / beta)

        names = sorted(clusters)
        pair = min(((a, b) for a in names for b in names if a < b), key=cost)
        clusters[len(p_xy) + len(merges)] = clusters.pop(pair[0]) + clusters.pop(pair[1])
        merges.append(pair)
    return merges


@pytest.mark.parametrize("beta", [np.inf, 20, 1.5, 0.5])
def test_each_merge_is_the_cheapest(beta):
    p_xy = random_table(24, 5)
    assert agglomerative_bottleneck(p_xy, beta=beta).merges.tolist() == [
        list(pair) for pair in plain_merges(p_xy, beta)
    ]


@given(tables(), st.sampled_from([np.inf, 3.0, 0.7]), st.sampled_from([2, np.e]))
def test_losses_are_drops_of_the_informations_recomputed(p_xy, beta, base):
    tree = agglomerative_bottleneck(p_xy, beta=beta, base=base)
    solutions = [
        encoder_solution(p_xy, tree.encoder(k), beta=1, base=base) for k in tree.n_clusters
    ]
    assert close([s.I_TY for s in solutions]) == tree.I_TY
    assert close([s.H_T for s in solutions]) == tree.H_T
    assert close([s.I_XT for s in solutions]) == tree.H_T
    assert tree.loss == close(-np.diff([s.I_TY for s in solutions]))
    assert (tree.loss >= 0).all()
    assert close(Problem(p_xy).information(base=base)) == tree.I_XY
    assert len(p_xy) == 1 or is_valid_linkage(tree.linkage)


def test_losses_of_many_merges_do_not_drift():
    p_xy = soft_label(55)[::4] / 1024
    tree = agglomerative_bottleneck(p_xy)
    for k in (2, 3, 10, 100, 900):
        solution = encoder_solution(p_xy, tree.encoder(k), beta=1)
        assert tree.I_TY[-k] == close(solution.I_TY)
        assert tree.H_T[-k] == close(solution.H_T)
    assert tree.I_TY[-2] > 0.98 * tree.I_XY
    assert tree.I_TY[-1] == close(0)
    assert tree.H_T[[0, -1]] == close([10, 0])


def test_rows_of_one_kind_come_together_first_and_for_nothing():
    p_xy, kinds = blocks()
    tree = agglomerative_bottleneck(p_xy)
    assert tree.loss[:-2] == close(0, abs=1e-14)
    assert (tree.loss[-2:] > 0.01).all()
    labels = tree.labels(3)
    assert len(set(zip(labels, kinds, strict=True))) == 3
    assert tree.I_TY[-3] == close(tree.I_XY)


def test_ties_go_by_the_order_of_the_rows():
    same = np.full((5, 3), 1 / 15)
    assert agglomerative_bottleneck(same).merges.tolist() == [[0, 1], [2, 5], [3, 6], [4, 7]]


def test_linkage_is_drawn_by_scipy_and_cut_at_the_same_places():
    p_xy = random_table(30, 6)
    tree = agglomerative_bottleneck(p_xy)
    linkage = tree.linkage
    assert is_valid_linkage(linkage)
    assert is_monotonic(linkage)
    assert linkage[-1, 2:] == close([tree.I_XY, 30])
    assert sorted(dendrogram(linkage, no_plot=True)["leaves"]) == list(range(30))
    for k in (1, 2, 7, 30):
        by_scipy = fcluster(linkage, k, "maxclust")
        assert len(set(zip(tree.labels(k), by_scipy, strict=True))) == k


def test_labels_are_numbered_as_they_come_and_nested():
    tree = agglomerative_bottleneck(random_table(20, 4))
    assert tree.labels(20).tolist() == list(range(20))
    assert tree.labels(1).tolist() == [0] * 20
    for k in range(2, 21):
        labels = tree.labels(k)
        assert np.unique(labels, return_index=True)[1].tolist() == sorted(
            np.unique(labels, return_index=True)[1]
        )
        assert len(set(zip(labels, tree.labels(k - 1), strict=True))) == k


def test_finite_beta_pays_for_entropy():
    p_xy = random_table(40, 5)
    greedy, thrifty = (agglomerative_bottleneck(p_xy, beta=beta) for beta in (np.inf, 1.2))
    assert thrifty.H_T[-10] < greedy.H_T[-10]
    assert thrifty.I_TY[-10] < greedy.I_TY[-10]
    assert is_monotonic(thrifty.linkage)


def test_sparse_counts_are_the_table_and_order_of_rows_does_not_matter():
    rng = np.random.default_rng(0)
    counts = rng.poisson(0.7, size=(25, 12)) + np.eye(25, 12, dtype=int) + (np.arange(12) == 3)
    tree = agglomerative_bottleneck(counts / counts.sum())
    for matrix in (sparse.csr_array(counts), sparse.coo_matrix(counts.astype(float))):
        assert agglomerative_bottleneck(matrix).merges.tolist() == tree.merges.tolist()
    even = agglomerative_bottleneck(sparse.csr_array(counts), uniform=True)
    assert even.H_T[0] == close(np.log2(25))
    order = rng.permutation(25)
    shuffled = agglomerative_bottleneck(counts[order] / counts.sum())
    assert close(tree.I_TY) == shuffled.I_TY
    pairs = zip(shuffled.labels(6), tree.labels(6)[order], strict=True)
    assert len(set(pairs)) == 6


def test_one_x_and_one_y():
    single = agglomerative_bottleneck(np.array([[0.5, 0.5]]))
    assert single.merges.shape == (0, 2)
    assert single.linkage.shape == (0, 4)
    assert single.labels(1).tolist() == [0]
    blind = agglomerative_bottleneck(np.full((4, 1), 0.25))
    assert close(np.zeros(4)) == blind.I_TY


@pytest.mark.parametrize("uniform", [False, True])
def test_nothing_is_left_at_the_end_and_never_less(uniform):
    for p_xy in (np.full((3, 3), 1 / 9), random_table(30, 7), np.eye(5) / 5):
        tree = agglomerative_bottleneck(p_xy, uniform=uniform)
        assert min(tree.I_TY.min(), tree.H_T.min()) >= 0
        assert close([0, 0]) == [tree.I_TY[-1], tree.H_T[-1]]


def test_encoders_for_a_whole_number_of_any_type():
    tree = agglomerative_bottleneck(random_table(4, 3))
    for k in (2, 2.0, np.int64(2)):
        assert tree.encoder(k).argmax(axis=1).tolist() == tree.labels(2).tolist()
    for k in (-1, 0, 5, 2.5, None):
        with pytest.raises(ValueError, match="n_clusters must be"):
            tree.encoder(k)


def test_repr_says_what_it_is():
    assert (
        repr(agglomerative_bottleneck(np.eye(2) / 2))
        == "MergeTree(beta=inf, 2 x, I_XY=1.0000 bits)"
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"beta": 0}, "beta must be positive, got 0"),
        ({"beta": np.nan}, "beta must be positive, got nan"),
        ({"beta": "2"}, "beta must be positive, got '2'"),
        ({"base": 1}, "base must be greater than 1"),
    ],
)
def test_settings_that_are_none(settings, message):
    with pytest.raises(ValueError, match=message):
        agglomerative_bottleneck(random_table(4, 3), **settings)


def test_tables_that_are_none():
    with pytest.raises(ValueError, match="p_xy must sum to 1, got 4"):
        agglomerative_bottleneck(np.ones((2, 2)))
    with pytest.raises(ValueError, match="first in row 1: leave them out"):
        agglomerative_bottleneck(np.array([[1.0, 0], [0, 0]]))


@pytest.mark.parametrize("k", [0, 5, 2.5, True])
def test_numbers_of_clusters_that_are_none(k):
    with pytest.raises(ValueError, match="n_clusters must be"):
        agglomerative_bottleneck(random_table(4, 3)).labels(k)
