import json
import re
from itertools import product

import numpy as np
import pytest

from ibtools.information import entropy_from_table
from ibtools.widgets import entropy_bars
from ibtools.widgets.entropy_bars import MODULE, EntropyBars
from ibtools.widgets.page_widget import MIME_TYPE

FOLDER = MODULE.parent / "entropy_bars"
DYADIC = [0.5, 0.25, 0.125, 0.125]


@pytest.fixture(scope="module")
def answer(in_node):
    """Return a function: answer(expression, **values), with all that is computed as M."""
    names = ("huffman", "law", "places", "words")
    files = [*(FOLDER / f"{name}.js" for name in names), MODULE.parent / "kit" / "numbers.js"]
    return lambda expression, **values: in_node(files, expression, **values)


@pytest.fixture(scope="module")
def laws():
    """Distributions over 2 to 8 outcomes: many shapes, some with zeros, one certain, all alike."""
    rng = np.random.default_rng(0)
    dense = [rng.dirichlet(np.full(k, a)) for k in range(2, 9) for a in (0.2, 1, 20)]
    sparse = [p * (rng.uniform(size=len(p)) < 0.6) for p in dense]
    return [
        *dense,
        *(p / p.sum() for p in sparse if p.sum() > 0),
        np.array([0.0, 1.0, 0.0]),
        np.full(8, 1 / 8),
        np.array([1, 1, 2, 3, 5, 8, 13, 21]) / 54,
    ]


def placed(p):
    return [[2 * i, share] for i, share in enumerate(np.asarray(p).tolist())]


def shortest_mean(p):
    """The least Σ p l over all lengths that a code free of prefixes can have: Σ 2^-l ≤ 1."""
    p = p[p > 0]
    longest = max(len(p) - 1, 0)
    lengths = np.array(list(product(range(longest + 1), repeat=len(p))))
    possible = lengths[(2.0**-lengths).sum(axis=1) <= 1]
    return (possible @ p).min()


def test_the_numbers_of_a_law_are_those_of_the_package(answer, laws):
    told = answer("laws.map(M.numbersOf)", laws=[placed(p) for p in laws])
    assert len(told) == len(laws)
    for numbers, p in zip(told, laws, strict=True):
        x = 2 * np.arange(len(p))
        entropy = entropy_from_table(p)
        assert numbers["entropy"] == pytest.approx(entropy, rel=0, abs=1e-12)
        assert numbers["effective"] == pytest.approx(2**entropy, rel=1e-12)
        assert numbers["most"] == pytest.approx(np.log2(len(p)), rel=1e-14)
        assert numbers["mean"] == pytest.approx(p @ x, abs=1e-12)
        variance = p @ x**2 - (p @ x) ** 2
        assert numbers["deviation"] ** 2 == pytest.approx(variance, abs=1e-11)
        assert 0 <= numbers["entropy"] <= numbers["most"] + 1e-12


def test_the_surprise_is_nothing_for_what_is_certain_and_endless_for_what_never_happens(answer):
    assert answer("[1, 0.5, 0.125].map(M.surprise)") == [0, 1, 3]
    assert answer("Object.is(M.surprise(1), 0)")
    assert answer("M.surprise(0) === Infinity")
    surprises = answer("ps.map(M.surprise)", ps=[0.3, 0.7, 0.001])
    assert surprises == pytest.approx(-np.log2([0.3, 0.7, 0.001]), rel=1e-14)


def test_no_code_is_shorter_than_huffmans(answer, laws):
    few = [p for p in laws if len(p[p > 0]) <= 6]
    assert len(few) > 20
    for lengths, p in zip(
        answer("ps.map(M.huffmanLengths)", ps=[*map(list, few)]), few, strict=True
    ):
        mean = sum(share * n for share, n in zip(p, lengths, strict=True) if share > 0)
        assert mean == pytest.approx(shortest_mean(p), rel=0, abs=1e-12)


def test_code_words_fill_the_tree_and_cost_less_than_a_bit_over_the_entropy(answer, laws):
    told = answer("ps.map(M.huffmanWords)", ps=[*map(list, laws)])
    means = answer("laws.map((law) => M.numbersOf(law).length)", laws=[placed(p) for p in laws])
    for words, mean, p in zip(told, means, laws, strict=True):
        assert [word is None for word in words] == [share == 0 for share in p]
        used = [word for word in words if word is not None]
        assert sum(2.0 ** -len(word) for word in used) == 1
        assert not any(a != b and b.startswith(a) for a in used for b in used)
        assert len(set(used)) == len(used)
        assert all(set(word) <= {"0", "1"} for word in used)
        assert mean == pytest.approx(
            sum(share * len(word) for share, word in zip(p, words, strict=True) if share > 0)
        )
        assert entropy_from_table(p) - 1e-12 <= mean < entropy_from_table(p) + 1


def test_the_words_of_known_laws(answer):
    assert answer("M.huffmanWords(p)", p=DYADIC) == ["0", "10", "110", "111"]
    assert answer("M.huffmanWords([0, 1, 0])") == [None, "", None]
    assert answer("M.huffmanWords([0.98, 0.02])") == ["0", "1"]
    eight = answer("M.huffmanWords(p)", p=[1 / 8] * 8)
    assert eight == [f"{i:03b}" for i in range(8)]
    longest = answer("M.huffmanLengths(p)", p=[n / 54 for n in (1, 1, 2, 3, 5, 8, 13, 21)])
    assert longest == [7, 7, 6, 5, 4, 3, 2, 1]


def test_a_bar_takes_from_the_others_in_proportion(answer):
    law = [[4, 0.1], [6, 0.3], [8, 0.6]]
    assert answer("M.withBar(law, 2, 0.2)", law=law) == [
        [4, pytest.approx(0.2)],
        [6, pytest.approx(0.6)],
        [8, 0.2],
    ]
    assert answer("M.withBar(law, 0, 7)", law=law) == [[4, 1], [6, 0], [8, 0]]
    assert answer("M.withBar([[4, 1], [6, 0], [8, 0]], 0, -3)") == [[4, 0], [6, 0.5], [8, 0.5]]
    assert answer("M.withValue(law, 1, 12)", law=law) == [[4, 0.1], [12, 0.3], [8, 0.6]]
    assert answer("M.oneCertain(law)", law=law) == [[4, 0], [6, 0], [8, 1]]
    assert answer("M.equallyLikely(law)", law=law) == [[x, 1 / 3] for x in (4, 6, 8)]


def test_outcomes_come_and_go(answer):
    law = [[0, 0.5], [7, 0.3], [15, 0.2]]
    more = answer("M.withOutcomes(law, 5)", law=law)
    assert [x for x, _ in more] == entropy_bars.gathered(5) == [3, 5, 7, 9, 11]
    assert [p for _, p in more] == pytest.approx([0.3, 0.18, 0.12, 0.2, 0.2])
    again = answer("M.withOutcomes(law, 3)", law=more)
    assert [p for _, p in again] == pytest.approx([0.5, 0.3, 0.2])
    # Back in one movement, all is as it was, and the values are where they were.
    assert answer("M.withOutcomes(law, 3)", law=law) == law
    # What was certain is gone: nothing is known of those that stay.
    assert answer("M.withOutcomes([[4, 0], [6, 0], [8, 1]], 2)") == [[6, 0.5], [8, 0.5]]


def test_places_are_those_of_python_and_far_enough_apart(answer):
    assert answer("[M.LAST_PLACE, M.APART]") == [entropy_bars.LAST_PLACE, entropy_bars.APART]
    for k in range(2, 9):
        gathered, widest = answer(f"[M.gathered({k}), M.widest({k})]")
        assert gathered == entropy_bars.gathered(k)
        assert (widest[0], widest[-1]) == (0, 15)
        for places in (gathered, widest):
            assert min(places) >= 0
            assert max(places) <= 15
            assert np.diff(places).min() >= 2
            assert answer("M.fitsLine(places)", places=places)
    assert answer("[[1, 2, 5], [3, 3], [1, 3]].map(M.fitsLine)") == [False, False, True]
    assert answer("M.laidOut([8, 2, 5], [0, 7, 15])") == [15, 0, 7]
    assert answer("[[15, 0, 8], [4, 6, 8]].map(M.isWidest)") == [True, False]


def test_a_shuffle_leaves_none_where_it_was(answer):
    for k in range(2, 9):
        before = entropy_bars.gathered(k)
        for random in (0, 0.37, 0.999999):
            after = answer(f"M.shuffled(before, () => {random})", before=before)
            assert sorted(after) == before
            assert all(a != b for a, b in zip(after, before, strict=True))


def test_a_value_goes_to_a_free_place_and_over_its_neighbours(answer):
    values = [4, 6, 8, 10]
    wanted = [4.4, 5, 7, 11, 12.4, 99, -99]
    assert [answer(f"M.nearestFree(values, 0, {w})", values=values) for w in wanted] == [
        4, 4, 4, 12, 12, 15, 0,
    ]  # fmt: skip
    assert answer("[1, 10, Infinity].map((n) => M.stepped(values, 0, n))", values=values) == [
        12, 14, 15,
    ]  # fmt: skip
    assert answer("[-1, -10, -Infinity].map((n) => M.stepped(values, 3, n))", values=values) == [
        2, 0, 0,
    ]  # fmt: skip
    # On a full line it stays.
    full = [1, 3, 5, 7, 9, 11, 13, 15]
    assert answer("[1, -1, 10].map((n) => M.stepped(full, 3, n))", full=full) == [7, 7, 7]
    assert answer("M.nearestFree(full, 3, 12)", full=full) == 7


def test_the_sentence_says_what_is_to_be_seen(answer):
    law = [[4, 0.4], [6, 0.3], [8, 0.2], [10, 0.1]]

    def said(law, row="surprise", before=None):
        expression = "M.sentenceFor(law, row, before)"
        return answer(expression, law=law, row=row, before=before or law)

    assert said(law) == (
        "The mean surprise is the entropy, H(X) = 1.85 bits of at most log₂ 4 = 2.00: as uncertain "
        "as 3.60 equally likely outcomes."
    )
    code = said(law, "codes").replace("\u00a0", " ")
    assert code == (
        "A word of the code takes L = 1.90 bits on average: more than the entropy, H = 1.85, and "
        "less than H + 1."
    )
    assert "exactly the entropy" in said(placed(DYADIC), "codes")
    assert said(placed([1, 0])) == "One outcome is certain: nothing surprises, H(X) = 0 bits."
    assert said(placed([0.5, 0.5])).startswith(
        "All 2 outcomes are equally likely: H(X) = log₂ 2 = 1.00"
    )
    apart = [[x, p] for x, (_, p) in zip((0, 5, 10, 15), law, strict=True)]
    assert said(apart, before=law) == (
        "Only the values have moved: mean 6.00 → 5.00, standard deviation 2.00 → 5.00. The entropy "
        "does not look at them: it is still 1.85 bits."
    )
    other = [[x, 0.25] for x, _ in law]
    assert said(other, before=law).startswith("All 4 outcomes are equally likely")


def test_numbers_that_differ_look_different(answer):
    def said(p, row="surprise"):
        return answer("M.sentenceFor(law, row, law)", law=placed(p), row=row)

    nearly = [0.2525, 0.2475, 0.25, 0.25]
    entropy = entropy_from_table(nearly)
    assert f"H(X) = {entropy:.5f} bits of at most log₂ 4 = 2.00000: " in said(nearly)
    assert f"as uncertain as {2**entropy:.4f} equally likely outcomes" in said(nearly)
    near = [0.501, 0.249, 0.125, 0.125]
    entropy = entropy_from_table(near)
    mean = 0.501 + 2 * 0.249 + 3 * 0.25
    code = f"takes L = {mean:.6f} bits on average: more than the entropy, H = {entropy:.6f}"
    assert code in said(near, "codes")
    certain = said([0.9999, 0.0001])
    entropy = entropy_from_table([0.9999, 0.0001])
    assert f"H(X) = {entropy:.3f} bits" in certain
    assert "as uncertain as 1.001 equally likely" in certain
    assert answer("[0, 0.0001, 0.125, 0.9999, 1].map(M.shareOf)") == [
        "0", "< 0.001", "0.125", "> 0.999", "1",
    ]  # fmt: skip
    assert "less than 0.001 at 8" in EntropyBars([0.9999, 0.0001]).summary()
    # Bars of one height that change places.
    law = [[4, 0.25], [6, 0.25], [8, 0.5]]
    moved = [[6, 0.25], [4, 0.25], [8, 0.5]]
    told = answer("M.sentenceFor(moved, 'codes', law)", law=law, moved=moved)
    assert told == "The values have changed places; with equal bars nothing shows."


def test_the_site_gets_what_the_module_asks_for():
    bars = EntropyBars([0.5, 0.5, 0.0], values=[9, 0, 3], row="codes")
    data, _ = bars._repr_mimebundle_()
    shown = data[MIME_TYPE]
    assert shown["module"] == MODULE.stem
    assert shown["state"] == {"law": [[9, 0.5], [0, 0.5], [3, 0.0]], "row": "codes"}
    sources = [file.read_text() for file in (MODULE, FOLDER / "address.js")]
    asked = set(re.findall(r'model\.get\("(\w+)"\)', "".join(sources)))
    assert asked == {"law", "row", "address"}
    assert shown["summary"] == data["text/plain"]
    assert "Mean 4.50, standard deviation 4.50. Entropy 1.000 bits" in shown["summary"]
    assert "between 0 and log₂ 3 = 1.585: as uncertain as 2.00 equally likely" in shown["summary"]
    json.dumps(shown, allow_nan=False)
    assert EntropyBars().law == [[4, 0.5], [6, 0.25], [8, 0.125], [10, 0.125]]


def test_what_the_reader_drags_is_checked_too():
    bars = EntropyBars()
    bars.set_state({"law": [[3, 0.2], [7, 0.8]]})
    assert "over 2 outcomes" in bars.summary()
    with pytest.raises(ValueError, match="law must be pairs of value and probability, got"):
        bars.law = [0.5, 0.5]
    with pytest.raises(ValueError, match="p must sum to 1, got 2"):
        bars.law = [[0, 1], [3, 1]]
    with pytest.raises(ValueError, match=re.escape("at least 2 apart, got [0, 1]")):
        bars.law = [[0, 0.5], [1, 0.5]]
    with pytest.raises(ValueError, match="row must be one of surprise, codes, got 'bits'"):
        bars.row = "bits"


@pytest.mark.parametrize(
    ("p", "settings", "message"),
    [
        ([0.5, 0.4], {}, "p must sum to 1, got 0.9"),
        ([1.5, -0.5], {}, "p must hold finite numbers, none negative"),
        (1.0, {}, "p must have 1 axes"),
        ([1.0], {}, "p must have 2 to 8 outcomes, got 1"),
        (np.full(9, 1 / 9), {}, "p must have 2 to 8 outcomes, got 9"),
        (np.full((2, 2), 0.25), {}, "p must have 1 axes"),
        ([0.5, 0.5], {"values": [1, 3, 5]}, "values must be as many as p, 2, got 3"),
        ([0.5, 0.5], {"values": [1, 16]}, r"values must be whole numbers from 0 to 15"),
        ([0.5, 0.5], {"values": [1.5, 6]}, r"got \[1.5, 6.0\]"),
        ([0.5, 0.5], {"values": [np.nan, 6]}, "values must be whole numbers"),
        ([0.5, 0.5], {"values": 5}, "values must be whole numbers from 0 to 15"),
        ([0.5, 0.5], {"values": [6, 5]}, "any two at least 2 apart"),
        ([0.5, 0.5], {"row": "words"}, "row must be one of surprise, codes, got 'words'"),
    ],
)
def test_what_is_no_law_is_refused(p, settings, message):
    with pytest.raises(ValueError, match=message):
        EntropyBars(p, **settings)
