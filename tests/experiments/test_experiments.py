import pytest

from ibtools.experiments.__main__ import main
from ibtools.experiments.catalogue import EXPERIMENTS


def test_list_names_every_run(capsys):
    main(["list"])
    printed = capsys.readouterr().out
    assert all(name in printed for name in EXPERIMENTS)


def test_quick_run_prints_and_saves_nothing(capsys, tmp_path):
    main(["run", "tanh_5_percent", "--quick", "--folder", str(tmp_path)])
    assert "3 networks to epoch 100" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_an_unknown_name_is_refused_with_the_known_ones(capsys):
    with pytest.raises(SystemExit):
        main(["run", "tanh"])
    assert "tanh_80_percent" in capsys.readouterr().err
