import json

import pytest

from ibtools.truth import load_errors, load_sweep
from ibtools.truth.__main__ import main


def test_list_shows_every_law_with_its_information(capsys):
    main(["list"])
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 78
    assert any("Spiral @ Multinormal 3 × 3" in line and "1.4739 bits" in line for line in printed)
    main(["list", "--laws", "discrete"])
    assert len(capsys.readouterr().out.splitlines()) == 8


def test_run_prints_the_table_and_saves_only_when_asked(capsys, tmp_path):
    run = ["run", "gaussian", "--laws", "gaussian", "--n", "300", "--seeds", "2"]
    main([*run, "--folder", str(tmp_path)])
    printed = capsys.readouterr().out
    assert "Gaussian 10 × 10 (ρ = 0.9)" in printed
    assert "15 laws, n = 300, 2 seeds: of 12 with information" in printed
    assert not list(tmp_path.iterdir())

    saved = [*run, "--set", "copula=True", "--save", "--folder", str(tmp_path)]
    main(saved)
    table = load_errors(tmp_path / "estimators_gaussian_gaussian")
    assert (table.estimator, table.settings) == ("gaussian", {"copula": True})
    facts = json.loads((tmp_path / "estimators_gaussian_gaussian.json").read_text("utf-8"))
    assert facts["command"].startswith("python -m ibtools.truth run gaussian --laws gaussian")


def test_sweep(capsys, tmp_path):
    main(["sweep", "gaussian", "--sizes", "50", "100", "--seeds", "2", "--save", "--name", "small",
          "--folder", str(tmp_path)])  # fmt: skip
    assert capsys.readouterr().out.count("n = 50") == 3
    assert load_sweep(tmp_path / "small").sizes == (50, 100)


def test_an_estimator_that_always_fails_is_not_saved(capsys, tmp_path):
    with pytest.raises(SystemExit, match="gaussian failed on every law"):
        main(["run", "gaussian", "--laws", "discrete", "--n", "20", "--seeds", "1", "--set",
              "bins=3", "--save", "--folder", str(tmp_path)])  # fmt: skip
    assert "bins is no setting of 'gaussian'" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "kgs"], "copula"),
        (["run", "gaussian", "--set", "copula"], "settings must look like key=value"),
        (["run", "gaussian", "--laws", "normal"], "beyond-normal"),
    ],
)
def test_bad_arguments_are_refused_with_what_there_is(arguments, message, capsys):
    with pytest.raises(SystemExit):
        main(arguments)
    assert message in capsys.readouterr().err
