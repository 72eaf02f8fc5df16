import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse
from sklearn.metrics import adjusted_mutual_info_score

from ibtools.bottleneck import BottleneckWarning, Problem, encoder_solution
from ibtools.bottleneck.clustering.agglomerative import agglomerative_bottleneck
from ibtools.bottleneck.clustering.joining import weight_of_totals
from ibtools.bottleneck.clustering.reinsertion import cluster_masses, drawn_rows, sweep
from ibtools.bottleneck.clustering.sequential import sequential_bottleneck
from ibtools.bottleneck.clustering.sparse_tables import sparse_rows
from ibtools.datasets import topic_documents
from ibtools.information.tables import entropy_from_table


def close(value, abs=1e-10):
    return pytest.approx(value, abs=abs)


def tables():
    shapes = st.tuples(st.integers(1, 9), st.integers(1, 5))
    counts = arrays(float, shapes, elements=st.integers(0, 4)).map(lambda t: t[t.sum(axis=1) > 0])
    return counts.filter(lambda t: len(t) > 0).map(lambda t: t / t.sum())


def random_table(n_x, n_y, seed=0):
    rng = np.random.default_rng(seed)
    return rng.dirichlet(np.full(n_x, 10))[:, None] * rng.dirichlet(np.full(n_y, 0.3), size=n_x)


def objective(p_xy, labels, beta=np.inf):
    solution = encoder_solution(p_xy, np.eye(labels.max() + 1)[labels], beta=1)
    return solution.I_TY - solution.H_T / beta


def plain_sweep(p_xy, labels, n_clusters, order, beta):
    """Try every cluster for every x, and compute the objective anew each time."""
    labels = labels.copy()
    for x in order:
        values = []
        for t in range(n_clusters):
            labels_there = np.where(np.arange(len(labels)) == x, t, labels)
            values.append(objective(p_xy, labels_there, beta))
        if max(values) > values[labels[x]] + 1e-11:
            labels[x] = int(np.argmax(values))
    return labels


@pytest.mark.parametrize("beta", [np.inf, 2.0, 0.8])
def test_a_sweep_is_draw_and_reinsert_in_every_restart(beta):
    p_xy = random_table(20, 6)
    rng = np.random.default_rng(1)
    labels, order = rng.integers(4, size=(3, 20)), rng.permutation(20)
    weight = weight_of_totals(beta)
    table = sparse_rows(p_xy, uniform=False)
    masses = cluster_masses(table, labels, 4)
    new, n_moves = sweep(drawn_rows(table, weight), masses, labels, order)
    expected = [plain_sweep(p_xy, start, 4, order, beta) for start in labels]
    assert new.tolist() == np.array(expected).tolist()
    assert n_moves.tolist() == (new != labels).sum(axis=1).tolist()


@settings(deadline=None)
@given(tables(), st.data(), st.sampled_from([np.inf, 3.0, 0.7]), st.booleans())
def test_it_rises_to_a_local_optimum(p_xy, data, beta, uniform):
    k = data.draw(st.integers(1, len(p_xy)))
    found = sequential_bottleneck(p_xy, k, beta=beta, uniform=uniform, n_restarts=3)
    if uniform:
        p_xy = p_xy / p_xy.sum(axis=1, keepdims=True) / len(p_xy)
    assert found.converged
    assert (np.diff(found.history) >= -1e-12).all()
    assert found.history[-1] == close(objective(p_xy, found.labels, beta))
    assert found.history[-1] == close(found.restarts.max(), abs=2e-12)
    for x in range(len(p_xy)):
        for t in range(k):
            moved = np.where(np.arange(len(p_xy)) == x, t, found.labels)
            assert objective(p_xy, moved, beta) <= found.history[-1] + 1e-10


@settings(deadline=None)
@given(tables(), st.data(), st.sampled_from([2, np.e]))
def test_informations_are_those_of_the_encoder(p_xy, data, base):
    k = data.draw(st.integers(1, len(p_xy)))
    found = sequential_bottleneck(p_xy, k, n_restarts=2, base=base)
    solution = encoder_solution(p_xy, found.encoder, beta=1, base=base)
    assert close(solution.I_TY) == found.I_TY
    assert close(solution.H_T) == found.H_T
    assert close(Problem(p_xy).information(base=base)) == found.I_XY
    assert sorted(set(found.labels)) == list(range(k))


def test_ends_of_the_scale():
    p_xy = random_table(12, 5)
    single = sequential_bottleneck(p_xy, 1)
    assert (close(0), close(0)) == (single.I_TY, single.H_T)
    every = sequential_bottleneck(p_xy, 12)
    assert close(every.I_XY) == every.I_TY
    assert len(set(every.labels)) == 12


def test_the_best_partition_of_a_small_table():
    p_xy = random_table(8, 3, seed=5)
    bits = (np.arange(2**8)[:, None] >> np.arange(8)) & 1
    best = max(objective(p_xy, labels) for labels in bits)
    assert close(best) == sequential_bottleneck(p_xy, 2, n_restarts=20).I_TY


def test_kinds_of_rows_are_found_whatever_their_numbers():
    rng = np.random.default_rng(0)
    kinds = rng.integers(4, size=60)
    p_xy = rng.dirichlet(np.full(60, 5))[:, None] * rng.dirichlet(np.full(8, 0.5), size=4)[kinds]
    found = sequential_bottleneck(p_xy, 4)
    assert adjusted_mutual_info_score(kinds, found.labels) == close(1)
    assert close(found.I_XY) == found.I_TY
    renamed = sequential_bottleneck(p_xy, 4, labels=(found.labels + 1) % 4, n_restarts=1)
    assert close(found.I_TY) == renamed.I_TY
    assert renamed.labels.tolist() == ((found.labels + 1) % 4).tolist()


def test_finite_beta_leaves_clusters_empty():
    p_xy = random_table(30, 6)
    free, thrifty, silent = (
        sequential_bottleneck(p_xy, 8, beta=beta) for beta in (np.inf, 4.0, 0.5)
    )
    assert len(set(free.labels)) == 8
    assert 1 < len(set(thrifty.labels)) < 8
    assert thrifty.H_T < free.H_T
    assert len(set(silent.labels)) == 1


def test_warm_start():
    p_xy = random_table(60, 8)
    tree = agglomerative_bottleneck(p_xy)
    start = tree.labels(6)
    found = sequential_bottleneck(p_xy, 6, labels=start, n_restarts=1)
    assert found.history[0] == close(tree.I_TY[-6])
    assert tree.I_TY[-6] < found.I_TY
    again = sequential_bottleneck(p_xy, 6, labels=found.labels, n_restarts=1)
    assert again.labels.tolist() == found.labels.tolist()
    assert again.n_steps == 1
    with_others = sequential_bottleneck(p_xy, 6, labels=start, n_restarts=5)
    assert with_others.I_TY >= found.I_TY - 1e-10
    assert start.tolist() == tree.labels(6).tolist()


def test_empty_clusters_of_a_warm_start_are_filled():
    found = sequential_bottleneck(random_table(15, 4), 5, labels=np.zeros(15), n_restarts=1)
    assert sorted(set(found.labels)) == list(range(5))


def test_counts_probabilities_and_copies_give_one_answer():
    counts, topics = topic_documents(150, 5, 300)
    found = sequential_bottleneck(counts, 5, n_restarts=3)
    used = counts[:, counts.sum(axis=0) > 0].toarray()
    for same in (
        sparse.csr_matrix(counts),
        sparse.coo_array(counts.astype(np.uint8)),
        counts * 1000,
        counts.toarray() / counts.sum(),
        Problem(used / used.sum()),
    ):
        assert sequential_bottleneck(same, 5, n_restarts=3).labels.tolist() == found.labels.tolist()
    assert adjusted_mutual_info_score(topics, found.labels) > 0.7
    assert found.I_TY < 0.3 * found.I_XY


def test_uniform_gives_every_document_one_weight():
    counts, _ = topic_documents(80, 4, 200)
    even = sequential_bottleneck(counts, 80, uniform=True, n_restarts=1)
    assert close(np.log2(80)) == even.H_T
    assert np.log2(80) - 0.05 > sequential_bottleneck(counts, 80, n_restarts=1).H_T


def test_hundreds_of_clusters_and_restarts_in_groups():
    counts, _ = topic_documents(240, 4, 300, length=30)
    found = sequential_bottleneck(counts, 200, n_restarts=3)
    assert len(set(found.labels)) == 200
    assert len(found.restarts) == 3


def test_seeds():
    p_xy = random_table(50, 8)
    runs = [sequential_bottleneck(p_xy, 7, n_restarts=4, seed=seed) for seed in (0, 0, 1)]
    assert runs[0].labels.tolist() == runs[1].labels.tolist()
    assert runs[0].restarts.tolist() != runs[2].restarts.tolist()


def test_tolerance_stops_early_and_unrest_warns():
    counts, _ = topic_documents(200, 5, 400, length=40)
    patient = sequential_bottleneck(counts, 5, n_restarts=2)
    hasty = sequential_bottleneck(counts, 5, n_restarts=2, tolerance=0.2)
    assert hasty.converged
    assert hasty.n_steps < patient.n_steps
    with pytest.warns(BottleneckWarning, match="after 1 sweeps: raise max_steps"):
        stopped = sequential_bottleneck(counts, 5, n_restarts=2, max_steps=1)
    assert not stopped.converged
    assert len(stopped.history) == 2


def test_repr_says_how_it_ended():
    assert repr(sequential_bottleneck(np.eye(2) / 2, 2)) == (
        "Clustering(n_clusters=2, I_TY=1.0000 of 1.0000 bits, H_T=1.0000, converged after 1 steps)"
    )


@pytest.mark.parametrize(
    ("n_clusters", "others", "message"),
    [
        (5, {}, "n_clusters must be at most n_x = 4, got 5"),
        (0, {}, "n_clusters must be a whole number of at least 1, got 0"),
        (2, {"n_restarts": 0}, "n_restarts must be a whole number"),
        (2, {"max_steps": 0.5}, "max_steps must be a whole number"),
        (2, {"tolerance": -0.1}, "tolerance must be at least 0 and less than 1, got -0.1"),
        (2, {"tolerance": np.nan}, "tolerance must be at least 0"),
        (2, {"beta": -1}, "beta must be positive, got -1"),
        (2, {"base": 0}, "base must be greater than 1"),
        (2, {"seed": -1}, "seed must be a whole number"),
        (2, {"labels": [0, 1]}, r"labels must have shape \(4,\), one for each x, got \(2,\)"),
        (2, {"labels": [0, 1, 2, 1]}, "labels must be whole numbers from 0 to 1, got 0 to 2"),
        (2, {"labels": [0, 1, 0.5, 1]}, "labels must be whole numbers from 0 to 1"),
    ],
)
def test_settings_that_are_none(n_clusters, others, message):
    with pytest.raises(ValueError, match=message):
        sequential_bottleneck(random_table(4, 3), n_clusters, **others)


@pytest.mark.parametrize(
    ("counts", "error", "message"),
    [
        ([[1, 0], [0, 0], [0, 0]], ValueError, "p.x. = 0|nothing in 2 of 3 rows, first in row 1"),
        ([[1, -1.0], [0, 1]], ValueError, "none negative, got -1 to 1"),
        ([[1, np.nan], [0, 1]], ValueError, "p_xy must hold finite numbers"),
        ([[1, np.inf], [0, 1]], ValueError, "p_xy must hold finite numbers"),
        ([[1, 1j], [0, 1]], TypeError, "p_xy must hold real numbers, got dtype complex128"),
        (np.empty((0, 3)), ValueError, r"p_xy must have shape \(n_x, n_y\), none empty"),
    ],
)
def test_counts_that_are_none(counts, error, message):
    with pytest.raises(error, match=message):
        sequential_bottleneck(sparse.csr_array(np.asarray(counts)), 1)


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int8, np.int64, np.float32])
def test_entries_of_one_place_are_added_whatever_their_type(dtype):
    rows, words = np.repeat([0, 1, 1, 2], [300, 40, 2, 5]), np.repeat([0, 0, 1, 2], [300, 40, 2, 5])
    ones = (np.ones(len(rows), dtype), (rows, words))
    found = sequential_bottleneck(sparse.coo_array(ones, shape=(3, 3)), 3)
    assert close(entropy_from_table(np.array([300, 42, 5]) / 347)) == found.H_T


def test_rows_with_an_entry_twice_are_those_with_the_sum():
    """Such as csr matrices, which keep what was put into them until asked."""
    once = sparse.csr_array(np.array([[5.0, 1], [2, 4], [1, 6]]))
    twice = sparse.csr_array(
        (np.array([2.0, 1, 3, 2, 4, 1, 6]), [0, 1, 0, 0, 1, 0, 1], [0, 3, 5, 7]), shape=(3, 2)
    )
    found, expected = (sequential_bottleneck(table, 2) for table in (twice, once))
    assert close((expected.I_XY, expected.I_TY)) == (found.I_XY, found.I_TY)


def test_it_does_not_rest_before_nothing_moves():
    for seed in range(20):
        found = sequential_bottleneck(random_table(30, 5), 4, n_restarts=1, seed=seed)
        assert found.history[-1] == close(found.history[-2], abs=1e-12)


@pytest.mark.parametrize("scale", [5e-324, 1e-310, 1e307])
@pytest.mark.parametrize("uniform", [False, True])
def test_only_proportions_of_counts_matter(scale, uniform):
    counts = np.array([[9, 1, 0], [8, 2, 2], [0, 1, 7], [1, 0, 5]])
    expected, found = (
        sequential_bottleneck(sparse.csr_array(table), 2, uniform=uniform)
        for table in (counts, counts * scale)
    )
    assert found.labels.tolist() == expected.labels.tolist()
    assert close([expected.I_XY, expected.I_TY, expected.H_T], abs=1e-12) == [
        found.I_XY,
        found.I_TY,
        found.H_T,
    ]


def test_entries_that_cancel_and_stored_zeros_are_no_words():
    stored = sparse.coo_array(([1.0, 0, 2, 3], ([0, 1, 2, 2], [0, 1, 1, 1])), shape=(3, 2))
    with pytest.raises(ValueError, match="nothing in 1 of 3 rows, first in row 1"):
        sequential_bottleneck(stored, 2)
    with pytest.raises(ValueError, match=r"p_xy must have shape \(n_x, n_y\)"):
        sequential_bottleneck(sparse.coo_array(np.array([1.0, 2.0])), 1)
