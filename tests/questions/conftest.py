from pathlib import Path

import numpy as np
import pytest

from ibtools.questions import load_findings
from ibtools.questions.recorded import STUDIES

RUNS = Path(__file__).parents[2] / "book/runs"


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def recorded():
    """Return a function that reads the record of a study: recorded(name)."""
    return lambda name: load_findings(RUNS / name)


@pytest.fixture
def made_again():
    """Return a function that runs a study, some settings changed: made_again(name, **changed)."""

    def run(name, **changed):
        study = STUDIES[name]
        assert set(changed) <= set(study.settings)
        arrays = study.experiment(**study.settings | changed)
        return {key: np.asarray(values) for key, values in arrays.items()}

    return run
