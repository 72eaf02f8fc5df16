import json
import re

import numpy as np
import pytest

from ibtools.bottleneck import IBCurve, encoder_solution
from ibtools.widgets import BottleneckSlider
from ibtools.widgets.bottleneck_slider import MAX_SOLUTIONS, MODULE
from ibtools.widgets.page_widget import MIME_TYPE, thinned

P_XY = np.array([[0.3, 0.1, 0.0], [0.1, 0.1, 0.1], [0.0, 0.1, 0.2]])


@pytest.fixture(scope="module")
def curve():
    """Solutions by falling β: as many clusters as inputs, two, one."""
    encoders = {9.0: np.eye(3), 3.0: np.array([[1, 0], [0.5, 0.5], [0, 1.0]]), 1.0: np.ones((3, 1))}
    return IBCurve.from_solutions(
        P_XY, [encoder_solution(P_XY, encoder, beta=beta) for beta, encoder in encoders.items()]
    )


def content(slider):
    return slider._repr_mimebundle_()[0][MIME_TYPE]


def test_the_site_gets_what_the_module_asks_for(curve):
    slider = BottleneckSlider(P_XY, curve)
    data, _ = slider._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    shown = content(slider)
    assert shown.keys() == {"module", "address", "state", "summary", "height"}
    assert MODULE.name == f"{shown['module']}.js"
    assert shown["summary"] == data["text/plain"]
    asked = set(re.findall(r'model\.get\("(\w+)"\)', MODULE.read_text()))
    assert asked == shown["state"].keys()
    fields = set(re.findall(r"\bcurve\.(\w+)", MODULE.read_text()))
    assert fields <= shown["state"]["curve"].keys()
    json.dumps(shown, allow_nan=False)


def test_the_numbers_are_those_of_the_curve_by_rising_beta(curve):
    state = content(BottleneckSlider(P_XY, curve))["state"]["curve"]
    assert state["beta"] == [1, 3, 9]
    assert state["n_clusters"] == [1, 2, 3]
    assert state["slope"] == [1, 0.3333, 0.1111]
    np.testing.assert_allclose(state["cost"], curve.I_XT[::-1], rtol=0, atol=6e-5)
    np.testing.assert_allclose(state["relevance"], curve.I_TY[::-1], rtol=0, atol=6e-5)
    assert np.sum(state["encoders"], axis=2).tolist() == [[100] * 3] * 3
    assert state["encoders"][2] == (100 * np.eye(3)).astype(int).tolist()
    assert np.sum(state["shares"], axis=1) == pytest.approx([1, 1, 1])
    assert state["rows"] == [[75, 25, 0], [33, 33, 33], [0, 33, 67]]


def test_a_beta_to_begin_with_and_the_solution_shown(curve):
    slider = BottleneckSlider(P_XY, curve, beta=2.5)
    assert slider.solution is curve[1]
    # As the browser does when the reader drags.
    slider.set_state({"index": 2})
    assert slider.solution is curve[0]
    assert "β = 9: I(X;T) = 1.57 bits" in slider._repr_mimebundle_()[0]["text/plain"]
    assert content(slider)["state"]["index"] == 2


def test_a_deterministic_curve_pays_in_entropy(curve):
    solutions = [
        encoder_solution(P_XY, s.q_t_given_x, beta=s.beta, alpha=0) for s in curve.solutions[::2]
    ]
    hard = IBCurve.from_solutions(P_XY, solutions)
    state = content(BottleneckSlider(P_XY, hard))["state"]["curve"]
    assert state["cost_name"] == "H(T)"
    np.testing.assert_allclose(state["cost"], hard.H_T[::-1], rtol=0, atol=6e-5)


def test_names_go_with_their_values(curve):
    turned = P_XY[[2, 0, 1]]
    again = IBCurve.from_solutions(
        turned,
        [encoder_solution(turned, s.q_t_given_x[[2, 0, 1]], beta=s.beta) for s in curve],
    )
    slider = BottleneckSlider(turned, again, x_names=["c", "a", "b"], y_names="rst")
    assert slider.curve["x_names"] == ["a", "b", "c"]
    assert slider.curve["y_names"] == ["r", "s", "t"]
    with pytest.raises(ValueError, match="x_names must be 3 names, one for each value, got 2"):
        BottleneckSlider(P_XY, curve, x_names=["a", "b"])
    with pytest.raises(ValueError, match="beta must be positive"):
        BottleneckSlider(P_XY, curve, beta=0)


def test_a_large_problem_stays_small():
    rng = np.random.default_rng(0)
    p = rng.dirichlet(np.ones(200 * 30)).reshape(200, 30)
    solutions = [
        encoder_solution(p, rng.dirichlet(np.ones(40), 200), beta=beta)
        for beta in np.geomspace(1, 100, 90)
    ]
    slider = BottleneckSlider(p, IBCurve.from_solutions(p, solutions))
    state = slider.curve
    assert len(json.dumps(content(slider)).encode()) < 200_000
    assert 2 <= len(state["beta"]) <= MAX_SOLUTIONS
    assert (state["beta"][0], state["beta"][-1]) == (1, 100)
    assert len(state["y_names"]) == 7
    assert state["y_names"][-1] == "others"
    likeliest = np.sort(p.sum(axis=0).argsort()[-6:])
    assert state["y_names"][:-1] == [str(y) for y in likeliest]
    assert np.sum(state["rows"], axis=1) == pytest.approx(np.full(48, 100), abs=4)
    assert slider.solution.beta == pytest.approx(state["beta"][slider.index], rel=1e-3)


def test_thinning_keeps_the_ends_and_as_many_as_fit():
    kept = thinned(lambda kept: {"at": kept.tolist()}, 1000, at_most=200, max_bytes=300)["at"]
    assert (kept[0], kept[-1]) == (0, 999)
    assert 40 < len(kept) < 70
    assert len(thinned(lambda kept: {"at": kept.tolist()}, 9, at_most=99, max_bytes=300)["at"]) == 9
    assert thinned(lambda kept: {"at": kept.tolist()}, 9, at_most=99, max_bytes=1)["at"] == [0, 8]
