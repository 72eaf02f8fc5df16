"""Error tables and sweeps, of estimators made up so that every number is known."""

import hashlib
import json
import warnings

import numpy as np
import pytest

from ibtools.information.estimate import EstimateWarning
from ibtools.truth import (
    Law,
    correlated_gaussians,
    error_sweep,
    error_table,
    load_errors,
    load_sweep,
    save_errors,
)


def constant_law(name, information):
    def draw(n, rng):
        # The first value tells a made-up estimator which law and which seed it is given.
        return np.full((n, 1), information), rng.standard_normal((n, 1))

    return Law(name, information, draw)


LAWS = [constant_law("nothing", 0.0), constant_law("little", 1.0), constant_law("much", 4.0)]


def too_high(x, y):
    return x[0, 0] * 1.06 + 0.01


def fails_on_much(x, y):
    if x[0, 0] == 4:
        raise ZeroDivisionError("much too much")
    return x[0, 0]


def test_errors_and_counts():
    table = error_table(too_high, LAWS, n=10, seeds=3)
    assert table.estimates.shape == table.seconds.shape == (3, 3)
    assert table.error == pytest.approx([0.01, 0.07, 0.25])
    assert table.relative_error[1:] == pytest.approx([0.07, 0.0625])
    assert np.isnan(table.relative_error[0])
    assert (table.n_within(0.05), table.n_within(0.065), table.n_within(0.1)) == (0, 1, 2)
    assert table.mean_absolute_error() == pytest.approx(0.11)
    assert table.mean_absolute_error(base=np.e) == pytest.approx(0.11 * np.log(2))
    assert table.spread == pytest.approx(0)
    assert "3 laws, n = 10, 3 seeds: of 2 with information 0 within 5 %, 2" in table.summary()


def test_a_seed_draws_the_same_samples_whoever_estimates():
    tables = [error_table(lambda x, y: y.mean(), LAWS, n=9, seeds=s) for s in (2, [1, 0], [7])]
    assert (tables[0].estimates == tables[1].estimates[:, ::-1]).all()
    assert (tables[0].spread > 0).all()
    assert np.isnan(tables[2].spread).all()


def test_a_failure_is_kept_with_its_message():
    table = error_table(fails_on_much, LAWS, n=5, seeds=2)
    assert np.isnan(table.estimates[2]).all()
    assert table.failures == {"much": "seed 0: ZeroDivisionError: much too much"}
    assert table.mean_absolute_error() == 0
    assert table.n_within(0.1) == 1
    assert "1 failed" in table.summary()
    assert any("much too much" in line for line in table.rows())


def test_doubts_are_counted_and_other_warnings_pass():
    def doubtful(x, y):
        warnings.warn("at the ceiling", EstimateWarning, stacklevel=1)
        warnings.warn("something else", DeprecationWarning, stacklevel=1)
        return 0.0

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        table = error_table(doubtful, LAWS[:1], n=5, seeds=3)
    assert table.n_warnings.tolist() == [3]
    assert {warning.category for warning in caught} == {DeprecationWarning}


def test_interrupting_is_no_failure_of_the_estimator():
    def interrupted(x, y):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        error_table(interrupted, LAWS, n=5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"laws": []}, "laws and seeds must not be empty, got 0 and 5"),
        ({"seeds": []}, "laws and seeds must not be empty, got 3 and 0"),
        ({"seeds": 0}, "seeds must be a whole number of at least 1, got 0"),
        ({"n": 0}, "n must be a whole number of at least 1, got 0"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        error_table(too_high, **({"laws": LAWS, "n": 5} | arguments))


def test_no_bar_outside_a_terminal(capfd):
    error_table(too_high, LAWS, n=5)
    assert capfd.readouterr().err == ""
    error_table(too_high, LAWS, n=5, progress=True)
    assert "estimate" in capfd.readouterr().err


def correlation_only(x, y):
    return float(-np.log2(1 - np.corrcoef(x[:, 0], y[:, 0])[0, 1] ** 2) / 2)


def test_sweep_has_its_axes_in_order():
    swept = error_sweep(
        correlation_only, sizes=[50, 2000], dimensions=[1, 3], correlations=[0, 0.9], seeds=3
    )
    assert swept.estimates.shape == (2, 2, 2, 3)
    truth = [[correlated_gaussians(d, rho).information for rho in (0, 0.9)] for d in (1, 3)]
    assert swept.information == pytest.approx(np.array(truth))
    # One pair of three is all it sees.
    assert swept.error[1, 0, 1] == pytest.approx(0, abs=0.1)
    assert swept.error[1, 1, 1] == pytest.approx(-truth[1][1] * 2 / 3, abs=0.1)
    assert (swept.spread[0] > swept.spread[1]).all()
    assert len(swept.rows()) == 5


def test_tables_and_sweeps_saved_and_loaded(tmp_path):
    table = error_table(fails_on_much, LAWS, n=5, seeds=2)
    save_errors(table, tmp_path / "table", command="make it so", seconds=1.25)
    loaded = load_errors(tmp_path / "table")
    assert (loaded.names, loaded.seeds, loaded.n) == (table.names, (0, 1), 5)
    assert loaded.failures == table.failures
    assert (loaded.information == table.information).all()
    assert loaded.estimates == pytest.approx(table.estimates, rel=1e-6, nan_ok=True)
    facts = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))
    assert facts["command"] == "make it so"
    assert set(facts["versions"]) >= {"python", "numpy", "scipy"}

    swept = error_sweep(correlation_only, sizes=[50], dimensions=[1], correlations=[0.5], seeds=2)
    save_errors(swept, tmp_path / "sweep", command="", seconds=0)
    assert load_sweep(tmp_path / "sweep").error == pytest.approx(swept.error, rel=1e-5)


def test_records_that_are_none_are_refused(tmp_path):
    table = error_table(too_high, LAWS, n=5, seeds=2)
    with pytest.raises(FileNotFoundError):
        load_errors(tmp_path / "none")
    path = tmp_path / "table"
    save_errors(table, path, command="", seconds=0)
    with pytest.raises(ValueError, match="not a readable record"):
        load_sweep(path)
    facts = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))
    pickled = {"estimates": np.array([object()]), "seconds": table.seconds}
    shorter = {"estimates": table.estimates[:1], "seconds": table.seconds}
    for arrays, message in ((pickled, "allow_pickle"), (shorter, r"must have shape \(3, 2\)")):
        np.savez(tmp_path / "table.npz", **arrays)
        digest = hashlib.sha256((tmp_path / "table.npz").read_bytes()).hexdigest()
        (tmp_path / "table.json").write_text(json.dumps(facts | {"sha256": digest}))
        with pytest.raises(ValueError, match=message):
            load_errors(path)
    path.with_suffix(".npz").write_bytes(b"PK")
    with pytest.raises(ValueError, match="not a readable record"):
        load_errors(path)
