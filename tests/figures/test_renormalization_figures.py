from pathlib import Path

import numpy as np
import pytest

from ibtools import figures
from ibtools.questions import load_findings
from ibtools.questions.renormalization import (
    decimated_coupling,
    kl_divergence,
    likelihood_ascent,
    log_weights,
    random_machine,
    ring_bonds,
    spin_states,
)

RECORD = Path(__file__).parents[2] / "book/runs/questions_receptive_fields"


def test_decimated_chain_keeps_its_dots_on_the_curve_and_its_coupling_falls():
    figure = figures.decimated_chain(1.2, steps=3, reach=20)
    curve = np.array(figure.data[0].y)
    for k, frame in enumerate(figure.frames):
        kept, flow, chosen = frame.data
        assert list(kept.x) == list(range(0, 21, 2**k))
        assert np.array(kept.y) == pytest.approx(curve[list(kept.x)], abs=2e-4)
        assert chosen.x == (k,)
        assert chosen.y[0] == flow.y[k]
    assert flow.y[1] == pytest.approx(decimated_coupling(1.2), abs=1e-4)
    assert "1.20, 0.86" in figure.layout.meta["summary"]
    with pytest.raises(ValueError, match="coupling must be positive"):
        figures.decimated_chain(-1)


def test_magnet_fields_shows_each_case_and_all_seeds():
    study = load_findings(RECORD)
    figure = figures.magnet_fields(study)
    drawn, dots, chosen = figure.data
    seeds = len(study.settings["seeds"])
    assert len(dots.x) == 7 * seeds
    assert len(figure.frames) == 6
    assert set(chosen.y) == {"no penalty"}
    # The first unit of the first machine stands top left, scaled to 100.
    field = study["fields"][0, 0, 0].reshape(16, 16)
    assert np.array([row[:16] for row in drawn.z[:16]], dtype=float) == pytest.approx(
        field / 1.27, abs=0.51
    )
    assert drawn.z[0][16] is None
    strong = np.array(figure.frames[2].data[1].x)
    expected = np.nanmedian(study["spread"][0, 2], axis=-1)
    assert strong == pytest.approx(expected, abs=0.006)
    assert f"strong penalty {expected.mean(dtype=float):.2f}" in figure.layout.meta["summary"]
    assert len(figure.to_json()) < 300_000


def test_training_figure_has_both_aims_and_the_identity():
    logs = log_weights(spin_states(4), ring_bonds(4), 0.5)
    way = likelihood_ascent(random_machine(4, 2, spread=0.5, seed=0), logs, steps=30)
    figure = figures.training_and_coarse_graining(way, logs)
    assert [step.label for step in figure.layout.sliders[0].steps] == ["0", "1", "3", "10", "30"]
    divergence = figure.data[0]
    assert divergence.x[0] == 1
    assert divergence.x[-1] == 31
    assert divergence.y[-1] == pytest.approx(kl_divergence(way[-1], logs), abs=1e-4)
    for frame in figure.frames:
        assert frame.data[2].x == pytest.approx(frame.data[2].y, abs=1e-9)
        assert len(frame.data[2].x) == 4
