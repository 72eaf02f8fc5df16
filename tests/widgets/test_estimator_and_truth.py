import json
import re

import numpy as np
import pytest
from scipy.special import digamma
from scipy.stats import kstest, norm

from ibtools.information import (
    mutual_information_binned,
    mutual_information_gaussian,
    mutual_information_ksg,
)
from ibtools.truth import correlated_gaussians
from ibtools.widgets.estimator_and_truth import (
    ESTIMATORS,
    LARGEST_N,
    LARGEST_RHO,
    LARGEST_SEED,
    MODULE,
    MOST_DIMENSIONS,
    N_SAMPLES,
    SMALLEST_N,
    EstimatorAndTruth,
)
from ibtools.widgets.page_widget import MIME_TYPE

PARTS = MODULE.parent / "estimator_and_truth"
FILES = [PARTS / f"{name}.js" for name in ("samples", "ksg", "sweep")]

HELP = """
const columnsOf = (rows) => rows[0].map((_, j) => Float64Array.from(rows, (row) => row[j]));
const rowsOf = (columns) => Array.from(columns[0], (_, i) => columns.map((column) => column[i]));
function finished(steps) {
  for (;;) { const { value, done } = steps.next(); if (done) return value; }
}
"""


@pytest.fixture(scope="module")
def answer(in_node):
    """Return a function: answer(expression, **values), in JavaScript, all computing files as M."""

    def ask(expression, **values):
        return in_node(FILES, f"(() => {{ {HELP} return {expression}; }})()", **values)

    return ask


@pytest.fixture(scope="module")
def cases():
    """Samples x and y, of several sizes, dimensions and dependences, on scales of their own."""
    drawn = []
    for seed, (n, d, rho) in enumerate(
        [(25, 1, 0.0), (25, 10, 0.9), (60, 2, 0.5), (200, 3, 0.95), (400, 5, 0.7), (1000, 1, 0.99)]
    ):
        x, y = correlated_gaussians(d, rho).draw(n, np.random.default_rng(seed))
        drawn.append((3 + 0.01 * x, 100 * np.exp(y)))
    return drawn


@pytest.fixture(scope="module")
def estimates(answer, cases):
    """Of each estimator by name, for each case, by the page's own code."""
    return answer(
        "Object.fromEntries(names.map((name) => [name, cases.map(([x, y]) =>"
        "  finished(M.estimatorOf(name)(columnsOf(x), columnsOf(y))))]))",
        names=list(ESTIMATORS),
        cases=[(x.tolist(), y.tolist()) for x, y in cases],
    )


@pytest.mark.parametrize("name", ESTIMATORS)
def test_an_estimator_is_that_of_the_package(estimates, cases, name):
    expected = [ESTIMATORS[name][1](x, y) for x, y in cases]
    # Not all the same: only where every sample has a cell of its own do bins say log n.
    assert len(set(expected)) >= len(cases) - 1
    assert estimates[name] == pytest.approx(expected, rel=0, abs=1e-9)


def test_a_name_means_the_function_and_the_setting_it_says(estimates, cases):
    for place, (x, y) in enumerate(cases):
        told = {name: values[place] for name, values in estimates.items()}
        for k in (1, 3, 10):
            assert told[f"ksg-{k}"] == pytest.approx(mutual_information_ksg(x, y, k=k), abs=1e-9)
        for n_bins in (5, 10, 30):
            expected = mutual_information_binned(x, y, n_bins=n_bins)
            assert told[f"bins-{n_bins}"] == pytest.approx(expected, abs=1e-9)
        expected = mutual_information_gaussian(x, y, bias_correction=False)
        assert told["gaussian"] == pytest.approx(expected, abs=1e-9)


def test_digamma_at_whole_numbers(answer):
    told = answer("Array.from(M.digammas(1000))")
    assert told[1:] == pytest.approx(digamma(np.arange(1, 1001)), rel=0, abs=1e-12)


def test_the_truth_is_that_of_the_package(answer):
    asked = [(d, rho) for d in (1, 2, 10) for rho in (0, 0.3, 0.6, 0.99)]
    told = answer("asked.map((one) => M.informationOfNormals(...one))", asked=asked)
    expected = [correlated_gaussians(d, rho).information for d, rho in asked]
    assert told == pytest.approx(expected, rel=0, abs=1e-12)


def drawn(answer, **settings):
    made = answer(
        "[M.correlatedNormals(settings)].map(({ x, y }) => [rowsOf(x), rowsOf(y)])[0]",
        settings={"n": 2000, "dimension": 2, "rho": 0.8, "seed": 3, "sample": 0} | settings,
    )
    return np.array(made[0]), np.array(made[1])


def test_samples_are_normal_and_correlated_by_pairs(answer):
    x, y = drawn(answer)
    for column in (*x.T, *y.T):
        assert kstest(column, norm.cdf).pvalue > 1e-3
    expected = np.kron([[1, 0.8], [0.8, 1]], np.eye(2))
    # Four standard errors of a correlation that is 0.
    assert np.abs(np.corrcoef(np.hstack([x, y]).T) - expected).max() < 4 / np.sqrt(2000)


def test_the_same_seed_draws_the_same_and_another_draws_afresh(answer):
    x, y = drawn(answer)
    again = drawn(answer)
    np.testing.assert_array_equal((x, y), again)
    for change in ({"seed": 4}, {"sample": 1}, {"n": 1999}):
        other, _ = drawn(answer, **change)
        assert abs(np.corrcoef(x[:1999, 0], other[:1999, 0])[0, 1]) < 4 / np.sqrt(1999)
    # Another ρ moves the same points, and a further dimension leaves them where they are.
    stronger, more = drawn(answer, rho=0.9), drawn(answer, dimension=3)
    np.testing.assert_array_equal(stronger[0], x)
    np.testing.assert_array_equal(more[0][:, :2], x)
    np.testing.assert_array_equal(more[1][:, :2], y)


def test_a_sweep_is_the_estimates_of_its_samples_few_samples_first(answer):
    rows = answer(
        "[...M.sweep(settings)].filter((row) => row)",
        settings={"estimator": "bins-5", "rho": 0.7, "dimension": 1, "seed": 8},
    )
    sizes = [row["n"] for row in rows]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (SMALLEST_N, LARGEST_N)
    assert {len(row["estimates"]) for row in rows} == {N_SAMPLES}
    for row in rows:
        assert row["mean"] == pytest.approx(np.mean(row["estimates"]))
        assert row["sd"] == pytest.approx(np.std(row["estimates"], ddof=1))
        assert row["standardError"] == pytest.approx(row["sd"] / np.sqrt(N_SAMPLES))
    x, y = drawn(answer, n=100, dimension=1, rho=0.7, seed=8, sample=4)
    expected = mutual_information_binned(x, y, n_bins=5)
    assert rows[2]["estimates"][4] == pytest.approx(expected, abs=1e-12)


def test_the_claim_holds_on_the_samples_of_the_page(answer):
    """Bins overshoot in small samples and high dimension, neighbours fall short of strong
    dependence, both by much more than chance."""

    def first_and_last(estimator, rho, dimension):
        truth = correlated_gaussians(dimension, rho).information
        rows = answer(
            "[...M.sweep(settings)].filter((row) => row)",
            settings={"estimator": estimator, "rho": rho, "dimension": dimension, "seed": 0},
        )
        return [(row["mean"] - truth) / row["standardError"] for row in (rows[0], rows[-1])]

    assert min(first_and_last("bins-10", 0.6, 1)) > 4
    assert min(first_and_last("bins-10", 0.6, 2)) > 4
    assert max(first_and_last("ksg-3", 0.9, 3)) < -4
    assert min(first_and_last("gaussian", 0.6, 10)) > 4


def test_the_site_gets_what_the_module_asks_for():
    widget = EstimatorAndTruth(estimator="ksg-3", rho=0.95, dimension=4, seed=7)
    data, _ = widget._repr_mimebundle_()
    shown = data[MIME_TYPE]
    source = MODULE.read_text()
    assert shown["module"] == MODULE.stem
    state = shown["state"]
    choices = state.pop("choices")
    assert state == {"estimator": "ksg-3", "rho": 0.95, "dimension": 4, "seed": 7}
    assert [name for name, _ in choices] == list(ESTIMATORS)
    assert "choices" in set(re.findall(r'model\.get\("(\w+)"\)', source))
    assert re.search(r"SETTINGS = (\[.*\]);", source)[1] == json.dumps(list(state))
    assert shown["summary"] == data["text/plain"]
    json.dumps(shown, allow_nan=False)


def test_both_sides_know_the_same_limits():
    source = MODULE.read_text()
    for name, value in [
        ("LARGEST_RHO", LARGEST_RHO),
        ("MOST_DIMENSIONS", MOST_DIMENSIONS),
        ("LARGEST_SEED", LARGEST_SEED),
    ]:
        assert f"const {name} = {value};" in source
    assert f"REPEATS = {N_SAMPLES};" in (PARTS / "sweep.js").read_text()


def test_the_summary_tells_truth_estimates_and_bias():
    words = EstimatorAndTruth(estimator="ksg-3", rho=0.9, dimension=3).summary()
    assert "which is 3.59 bits for 3 × 3 normal variables of correlation 0.9" in words
    few, many = re.findall(r"from (\d+) samples ([\d.]+) ± [\d.]+ bits, ([\d.]+) too low", words)
    assert (few[0], many[0]) == ("25", "800")
    for _, mean, bias in (few, many):
        assert float(mean) + float(bias) == pytest.approx(3.59, abs=0.011)
    assert "too high" in EstimatorAndTruth(estimator="bins-30").summary()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"estimator": "histogram"}, "estimator must be one of ksg-1, .*, got 'histogram'"),
        ({"rho": 1.0}, "rho must lie between 0 and 0.99, got 1.0"),
        ({"rho": -0.5}, "rho must lie between 0 and 0.99, got -0.5"),
        ({"rho": float("nan")}, "rho must lie between 0 and 0.99, got nan"),
        ({"rho": "0.5"}, "rho must lie between 0 and 0.99, got '0.5'"),
        ({"dimension": 0}, "dimension must be a whole number of at least 1, got 0"),
        ({"dimension": 11}, "dimension must be at most 10, got 11"),
        ({"seed": -1}, "seed must be a whole number of at least 0, got -1"),
        ({"seed": 10_000}, "seed must be at most 9999, got 10000"),
    ],
)
def test_settings_that_cannot_be(settings, message):
    with pytest.raises(ValueError, match=message):
        EstimatorAndTruth(**settings)


def test_what_the_reader_chooses_is_checked_too():
    widget = EstimatorAndTruth()
    widget.set_state({"estimator": "ksg-10", "rho": 0.25, "dimension": 2, "seed": 1})
    assert "KSG, k = 10" in widget.summary()
    with pytest.raises(ValueError, match="estimator must be one of"):
        widget.estimator = "constructor"
    with pytest.raises(ValueError, match=r"rho must lie between 0 and 0\.99, got 1"):
        widget.rho = 1
    assert (widget.estimator, widget.rho) == ("ksg-10", 0.25)
