"""Every study has a record that was made with the settings it has now."""

import json

import numpy as np
import pytest

from ibtools.questions import Findings, Study, load_findings, save_findings
from ibtools.questions.__main__ import main
from ibtools.questions.recorded import STUDIES

POWERS = Study(
    "What are the powers?",
    lambda base, exponents: {"power": np.array([float(base) ** e for e in exponents])},
    {"base": 2, "exponents": (0, 1, 2)},
    {"exponents": (0,)},
)


def test_a_study_runs_with_its_settings_or_the_short_ones():
    assert POWERS.run()["power"].tolist() == [1, 2, 4]
    assert POWERS.quick().run()["power"].tolist() == [1]
    with pytest.raises(KeyError, match=r"name must be one of \['power'\], got 'powr'"):
        POWERS.run()["powr"]


def test_a_record_gives_back_what_was_found(tmp_path):
    save_findings(POWERS.run(), tmp_path / "powers", command="powers", seconds=1.0)
    back = load_findings(tmp_path / "powers")
    assert back["power"].tolist() == [1, 2, 4]
    assert back.settings == {"base": 2, "exponents": [0, 1, 2]}


def test_rows_say_what_came_out():
    findings = Findings({}, {"loss": np.array([[1.0, 3.0]]), "epochs": np.array(5)})
    assert findings.rows() == [
        "loss             1×2  1 to 3, mean 2",
        "epochs    one number  5 to 5, mean 5",
    ]


@pytest.mark.parametrize("name", STUDIES)
def test_the_record_is_that_of_the_study(recorded, name):
    assert recorded(name).settings == json.loads(json.dumps(STUDIES[name].settings))
    assert name.startswith("questions_")


def test_the_short_settings_are_some_of_the_settings():
    for study in STUDIES.values():
        assert study.short
        assert set(study.short) <= set(study.settings)


def test_the_command_lists_every_study(capsys):
    main(["list"])
    listed = capsys.readouterr().out
    assert all(study.question in listed for study in STUDIES.values())
