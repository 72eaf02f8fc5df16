from dataclasses import replace

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


def test_the_soft_label_is_what_relevance_is_about():
    """Before training, the first layer still tells all 4096 inputs apart."""
    told = {}
    for name in ("tanh_80_percent", "tanh_soft_label"):
        run = EXPERIMENTS[name]
        short = replace(run.settings, n_networks=1, epochs=1)
        trajectory = replace(run, settings=short, n_snapshots=2).run(progress=False)
        assert trajectory.estimator.get("label_gain") == run.gain
        told[name] = float(trajectory.I_TY[0, 0, 0])
    assert told["tanh_80_percent"] == pytest.approx(0.999157, abs=1e-4)
    assert told["tanh_soft_label"] == pytest.approx(0.99, abs=2e-3)


def test_an_unknown_name_is_refused_with_the_known_ones(capsys):
    with pytest.raises(SystemExit):
        main(["run", "tanh"])
    assert "tanh_80_percent" in capsys.readouterr().err
