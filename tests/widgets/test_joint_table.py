import json
import re

import numpy as np
import pytest

from ibtools.information import (
    conditional_entropy_from_table,
    entropy_from_table,
    mutual_information_from_table,
)
from ibtools.widgets.joint_table import MODULE, JointTable
from ibtools.widgets.page_widget import MIME_TYPE

ENTROPIES = MODULE.parent / "joint_table" / "entropies.js"
SHAPES = [(2, 2), (3, 3), (4, 4), (2, 4), (4, 3)]


@pytest.fixture(scope="module")
def answer(in_node):
    """Return a function: answer(expression, **values), in JavaScript, with entropies.js as M."""
    return lambda expression, **values: in_node([ENTROPIES], expression, **values)


@pytest.fixture(scope="module")
def tables():
    """Tables of all sizes, some with zeros, one that is certain."""
    rng = np.random.default_rng(0)
    dense = [rng.dirichlet(np.ones(a * b)).reshape(a, b) for a, b in SHAPES for _ in range(5)]
    sparse = [p * (rng.uniform(size=p.shape) < 0.6) for p in dense]
    return [
        *dense,
        *(p / p.sum() for p in sparse if p.sum() > 0),
        np.array([[0.0, 1.0], [0.0, 0.0]]),
    ]


def test_entropies_are_those_of_the_package(answer, tables):
    told = answer("ps.map(M.entropies)", ps=[p.tolist() for p in tables])
    expected = [
        {
            "x": entropy_from_table(p.sum(axis=1)),
            "y": entropy_from_table(p.sum(axis=0)),
            "xy": entropy_from_table(p),
            "information": mutual_information_from_table(p),
            "xGivenY": conditional_entropy_from_table(p.T),
            "yGivenX": conditional_entropy_from_table(p),
        }
        for p in tables
    ]
    assert len(told) == len(tables)
    for mine, theirs in zip(told, expected, strict=True):
        assert mine == pytest.approx(theirs, rel=0, abs=1e-12)
        assert min(mine.values()) >= 0


def test_without_dependence_nothing_overlaps_and_marginals_stay(answer, tables):
    made = answer("ps.map(M.independent)", ps=[p.tolist() for p in tables])
    information = answer("ps.map((p) => M.entropies(p).information)", ps=made)
    assert information == pytest.approx(np.zeros(len(tables)), abs=1e-14)
    for p, q in zip(tables, made, strict=True):
        np.testing.assert_allclose(np.sum(q, axis=1), p.sum(axis=1), atol=1e-15)
        np.testing.assert_allclose(np.sum(q, axis=0), p.sum(axis=0), atol=1e-15)


@pytest.mark.parametrize(("n_x", "n_y"), SHAPES)
def test_a_copy_tells_all_and_a_noisy_one_less(answer, n_x, n_y):
    copy, noisy = (np.array(answer(f"M.copyOfX({n_x}, {n_y}, {noise})")) for noise in (0, 0.2))
    assert copy.shape == noisy.shape == (n_x, n_y)
    assert (copy.sum(), noisy.sum()) == pytest.approx((1, 1))
    assert noisy.trace() == pytest.approx(0.8)
    told = mutual_information_from_table(copy)
    assert told == pytest.approx(entropy_from_table(copy.sum(axis=1)))
    assert told == pytest.approx(np.log2(min(n_x, n_y)))
    assert 0 < mutual_information_from_table(noisy) < told


def test_a_list_in_the_order_of_reading_is_a_table_again(answer):
    assert answer("M.rowsOf([1, 2, 3, 4, 5, 6], 3)") == [[1, 2, 3], [4, 5, 6]]
    assert answer("M.rowsOf([1, 2, 3, 4, 5, 6], 2)") == [[1, 2], [3, 4], [5, 6]]


def test_the_site_gets_what_the_module_asks_for():
    table = JointTable([[0.5, 0.25], [0.0, 0.25]])
    data, _ = table._repr_mimebundle_()
    shown = data[MIME_TYPE]
    assert shown["module"] == MODULE.stem
    assert shown["state"] == {"p_xy": [[0.5, 0.25], [0.0, 0.25]]}
    assert set(re.findall(r'model\.get\("(\w+)"\)', MODULE.read_text())) == {"p_xy"}
    assert shown["summary"] == data["text/plain"]
    assert "H(X) = 0.811, H(Y) = 1.000, H(X,Y) = 1.500" in shown["summary"]
    assert shown["summary"].endswith("H(X|Y) = 0.500, H(Y|X) = 0.689, I(X;Y) = 0.311.")
    json.dumps(shown, allow_nan=False)


def test_what_the_reader_drags_is_checked_too():
    table = JointTable(np.full((2, 3), 1 / 6))
    table.set_state({"p_xy": [[0.5, 0.25, 0.25], [0, 0, 0]]})
    assert "H(X) = 0.000" in table.summary()
    with pytest.raises(ValueError, match=re.escape("p_xy must keep its shape (2, 3), got (2, 2)")):
        table.p_xy = [[0.25, 0.25], [0.25, 0.25]]
    with pytest.raises(ValueError, match="p_xy must sum to 1, got 2"):
        table.p_xy = [[1, 0, 0], [0, 0, 1]]
    with pytest.raises(TypeError, match="p_xy must hold real numbers"):
        table.p_xy = "half"


@pytest.mark.parametrize(
    ("p_xy", "message"),
    [
        ([[0.5, 0.4], [0.0, 0.0]], "p_xy must sum to 1, got 0.9"),
        ([[1.5, -0.5], [0.0, 0.0]], "p_xy must hold finite numbers, none negative"),
        ([[np.nan, 0.5], [0.5, 0.0]], "p_xy must hold finite numbers"),
        ([0.5, 0.5], r"p_xy must have 2 axes, got shape \(2,\)"),
        ([[0.5, 0.5]], r"p_xy must have 2 to 4 rows and 2 to 4 columns, got shape \(1, 2\)"),
        (
            np.full((5, 2), 0.1),
            r"p_xy must have 2 to 4 rows and 2 to 4 columns, got shape \(5, 2\)",
        ),
    ],
)
def test_what_is_no_table_is_refused(p_xy, message):
    with pytest.raises(ValueError, match=message):
        JointTable(p_xy)
