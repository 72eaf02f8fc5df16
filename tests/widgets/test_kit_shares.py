"""Shares that sum to 1, and the numbers of the kit, in Node."""

import numpy as np
import pytest

from ibtools.information import entropy_from_table
from ibtools.widgets.joint_table import MODULE

KIT = MODULE.parent / "kit"


@pytest.fixture(scope="module")
def answer(in_node):
    """Return a function: answer(expression, **values), in JavaScript, with shares.js in M."""
    files = [KIT / "shares.js", KIT / "numbers.js"]
    return lambda expression, **values: in_node(files, expression, **values)


@pytest.fixture(scope="module")
def laws():
    """Shares of 1 to 16 things, some of them 0."""
    rng = np.random.default_rng(0)
    dense = [rng.dirichlet(np.full(k, a)) for k in (2, 3, 8, 16) for a in (0.2, 1, 20)]
    sparse = [p * (rng.uniform(size=len(p)) < 0.6) for p in dense]
    return [np.ones(1), *dense, *(p / p.sum() for p in sparse if p.sum() > 0)]


def test_the_entropy_is_that_of_the_package(answer, laws):
    told = answer("laws.map(M.entropy)", laws=[p.tolist() for p in laws])
    expected = [entropy_from_table(p) for p in laws]
    assert told == pytest.approx(expected, rel=0, abs=1e-12)
    assert answer("M.entropy([0, 1, 0])") == 0


def test_the_others_make_room_in_proportion(answer):
    moved = answer("M.withShare([0.1, 0.2, 0.3, 0.4], 2, 0.65)")
    assert moved == pytest.approx([0.05, 0.1, 0.65, 0.2], abs=1e-15)
    assert answer("M.withShare([0.1, 0.2, 0.3, 0.4], 1, 1)") == [0, 1, 0, 0]
    back = answer("M.withShare([0, 1, 0, 0, 0, 0], 1, 0.5)")
    assert back == pytest.approx([0.1, 0.5, 0.1, 0.1, 0.1, 0.1], abs=1e-15)


def test_an_address_holds_whole_per_mille(answer, laws):
    for p, parts in zip(
        laws, answer("laws.map(M.perMille)", laws=[p.tolist() for p in laws]), strict=True
    ):
        assert sum(parts) == 1000
        assert np.abs(np.array(parts) - 1000 * p).max() < 1
        assert answer("M.sharesFrom(parts)", parts=parts) == pytest.approx(np.array(parts) / 1000)
    # Of three equal parts the first gets what is over.
    assert answer("M.perMille([1 / 3, 1 / 3, 1 / 3])") == [334, 333, 333]
    # What cannot be shares is dropped.
    assert answer("[[0, 0], []].map((w) => M.sharesFrom(w) ?? 'none')") == ["none", "none"]


def test_numbers_are_kept_within_bounds(answer):
    assert answer("[-7, -1, 0.5, 2, Infinity, -Infinity].map((x) => M.clamp(x, -1, 2))") == [
        -1, -1, 0.5, 2, 2, -1,
    ]  # fmt: skip
    assert answer("[M.sumOf([]), M.sumOf([1, 2, 4]), M.meanOf([1, 2, 6])]") == [0, 7, 3]
