import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ibtools.datasets import icosahedron_rule
from ibtools.information import layer_information
from ibtools.information.bins import bin_indices
from ibtools.information.cells import cell_information
from ibtools.plane import check_plane, load_record, plane_findings

BINS = {"name": "binning", "n_bins": 30, "low": -1.0, "high": 1.0}
RULE = icosahedron_rule()


def plane(*layers):
    """One network, one snapshot."""
    return np.array(layers, dtype=float)[None, None]


GOOD = {"I_XT": plane(7, 5, 2), "I_TY": plane(1, 0.9, 0.5), "n": 256, "H_Y": 1.0}


def only(**changes):
    (finding,) = plane_findings(**(GOOD | changes))
    return finding


def test_a_plane_that_could_be_true():
    assert plane_findings(**GOOD) == []
    equal = plane(7, 7, 7)
    assert plane_findings(equal, equal, n=256) == []


@pytest.mark.parametrize(
    ("changes", "kind", "layer", "worst", "words"),
    [
        ({"I_TY": plane(1, 0.9, -0.25)}, "negative information", 2, 0.25, "T3 has negative"),
        ({"I_XT": plane(7, 5, -0.6), "I_TY": plane(1, 0.9, -0.7)}, "negative information", 2, 0.7,
         "by up to 0.7 bits"),
        ({"I_XT": plane(7, 5, 0.25)}, "I(T;Y) above I(X;T)", 2, 0.25, "more of Y than of X"),
        ({"I_TY": plane(1.5, 0.9, 0.5)}, "I(T;Y) above H(Y)", 0, 0.5, "than H(Y) = 1 bits"),
        ({"I_XT": plane(8.5, 5, 2)}, "I(X;T) above log n", 0, 0.5, "than log n = 8 bits, n = 256"),
        ({"I_XT": plane(5, 7, 6)}, "a deeper layer knows more about X", 1, 2, "of X than T1"),
        ({"I_TY": plane(0.9, 0.4, 0.6)}, "a deeper layer knows more about Y", 2, 0.2, "than T2"),
    ],
)  # fmt: skip
def test_each_law_by_itself(changes, kind, layer, worst, words):
    finding = next(f for f in plane_findings(**(GOOD | changes)) if f.layer == layer)
    assert (finding.kind, finding.impossible, finding.n_points) == (kind, True, 1)
    assert finding.worst == pytest.approx(worst)
    assert words in finding.sentence
    assert str(finding) == finding.sentence


def test_a_layer_is_compared_with_all_shallower_ones():
    findings = plane_findings(plane(3, 6, 5), plane(1, 1, 1))
    assert [(f.layer, f.worst) for f in findings] == [(1, 3), (2, 2)]
    assert all("than T1" in f.sentence for f in findings)


def test_many_points_make_one_finding_and_name_the_worst():
    rng = np.random.default_rng(0)
    I_XT = np.sort(rng.uniform(1, 5, (4, 30, 3)))[..., ::-1].copy()
    I_XT[1:, 10:, 2] = I_XT[1:, 10:, 0] + 0.5
    I_XT[2, 17, 2] += 10
    finding = plane_findings(I_XT, np.zeros_like(I_XT))
    assert [f.kind for f in finding] == ["a deeper layer knows more about X"]
    assert (finding[0].n_points, finding[0].where) == (60, (2, 17))
    assert "at 60 of 120 points" in finding[0].sentence
    assert "(network 2, snapshot 17)" in finding[0].sentence


def test_tolerance():
    barely = {"I_TY": plane(1 + 5e-4, 0.9, 0.5)}
    assert plane_findings(**(GOOD | barely)) == []
    assert only(**barely, tolerance=1e-4).kind == "I(T;Y) above H(Y)"


def test_at_the_ceiling_is_possible_but_no_news():
    finding = only(I_XT=plane(7.95, 5, 2), estimator=BINS)
    assert (finding.kind, finding.impossible) == ("I(X;T) at log n", False)
    assert finding.worst == pytest.approx(0.05)
    assert "binning (30 bins on [-1, 1]) keeps nearly all 256 inputs apart" in finding.sentence
    assert plane_findings(GOOD["I_XT"] + 0.9, GOOD["I_TY"]) == []


def test_the_ceiling_tells_of_the_points_near_it_only():
    I_XT = np.array([[[7.98], [7.95], [3]]])
    (finding,) = plane_findings(I_XT, np.zeros_like(I_XT), n=256)
    assert (finding.n_points, finding.where) == (2, (0, 1))
    assert finding.worst == pytest.approx(0.05)


def test_a_truth_at_log_n_that_the_estimate_hides():
    finding = only(n_distinct=plane(256, 200, 100), estimator=BINS)
    assert (finding.kind, finding.impossible, finding.layer) == ("I(X;T) truly log n", False, 0)
    assert finding.worst == pytest.approx(1)


def test_units_and_names():
    nats = np.log(2)
    finding = only(
        I_XT=GOOD["I_XT"] * nats, I_TY=plane(1, 0.5, 0.4), H_Y=nats, base=np.e,
        layer_names=["first", "second", "third"],
    )  # fmt: skip
    assert finding.sentence.startswith("first seems to know more of Y than H(Y) = 0.6931 nats")


@pytest.mark.parametrize(
    ("estimator", "activation", "words"),
    [
        (BINS, "tanh", "cuts every layer anew"),
        (BINS, "relu", "takes all activations above 1 for one"),
        ({"name": "binning", "width": 0.07}, "relu", "binning (width 0.07) cuts every layer anew"),
        ({"name": "kernel", "noise_variance": 0.1}, "relu", "adds noise to each layer by itself"),
        ({"name": "mixture"}, None, "mixture adds noise to each layer by itself"),
        ({"name": "monte-carlo"}, None, "monte-carlo adds noise to each layer by itself"),
        ({"name": "own noise"}, None, "own noise errs by at least this much"),
        ({"name": "ksg", "k": 3}, None, "ksg (k 3) errs by at least this much"),
        (None, None, "the estimator errs by at least this much"),
    ],
)
def test_the_artefact_of_a_deeper_layer_that_knows_more(estimator, activation, words):
    finding = only(I_XT=plane(5, 7, 2), estimator=estimator, activation=activation)
    assert words in finding.sentence


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("binning", "cannot do this"),
        ("kernel", "a difference of bounds"),
        ("ksg", "goes below 0"),
    ],
)
def test_the_artefact_of_a_negative_value(name, words):
    assert words in only(I_TY=plane(1, 0.9, -0.2), estimator={"name": name}).sentence
    errs = only(I_TY=plane(1.5, 0.9, 0.5), estimator={"name": "ksg"})
    assert "errs by at least" in errs.sentence
    too_much = only(I_XT=plane(9, 5, 2), estimator={"name": "kernel"})
    assert "errs by at least" in too_much.sentence


def test_relu_layers_in_fixed_bins_break_data_processing():
    """A deeper layer that only shrinks its input: truly nothing is lost or won."""
    rng = np.random.default_rng(0)
    shallow = np.maximum(rng.normal(size=(200, 2)), 0) * 20
    layers = [shallow, shallow / 40]
    I_XT, I_TY = zip(*(layer_information(t, np.arange(200) % 2) for t in layers), strict=True)
    findings = plane_findings(plane(*I_XT), plane(*I_TY), estimator=BINS, activation="relu")
    assert {f.kind for f in findings} == {
        "a deeper layer knows more about X",
        "a deeper layer knows more about Y",
    }
    assert all(f.layer == 1 and f.worst > 0.1 for f in findings)


@given(arrays(float, (12, 3), elements=st.floats(-1, 1)))
def test_exact_information_of_a_chain_breaks_no_law(first):
    """Cells, coarser cells, coarser still: each a function of the one before."""
    y = np.arange(12) % 3
    bins = bin_indices(first, n_bins=16)
    points = [cell_information(bins // coarser, y) for coarser in (1, 2, 8)]
    I_XT, I_TY = (plane(*values) for values in zip(*points, strict=True))
    found = plane_findings(I_XT, I_TY, n=12, H_Y=np.log2(3), tolerance=1e-9)
    assert not any(f.impossible for f in found)


def test_a_recorded_run(request):
    trajectory = load_record(request.config.rootpath / "book/runs/tanh_80_percent")
    found = {(f.kind, trajectory.layer_names[f.layer]): f for f in check_plane(trajectory, RULE.y)}
    deeper = found["a deeper layer knows more about Y", "T5"]
    network, snapshot = deeper.where
    of_y = trajectory.I_TY[network, snapshot]
    assert deeper.worst == pytest.approx(of_y[4] - of_y[:4].min(), abs=1e-6)
    assert "binning (30 bins on [-1, 1]) cuts every layer anew" in deeper.sentence
    assert ("I(X;T) at log n", "T1") in found
    assert found["I(X;T) truly log n", "T5"].worst > 8
    kinds = {kind for kind, _ in found}
    assert not kinds & {"negative information", "I(T;Y) above H(Y)", "I(X;T) above log n"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"I_XT": np.zeros(3)}, "I_XT must have shape"),
        ({"I_XT": np.zeros((0, 1, 1))}, "I_XT must have shape"),
        ({"I_TY": plane(1, 2)}, r"I_TY must have shape \(1, 1, 3\), got \(1, 1, 2\)"),
        ({"I_TY": plane(1, 2, np.nan)}, "I_TY must be finite"),
        ({"n_distinct": plane(1, 2)}, "n_distinct must have shape"),
        ({"base": 1}, "base must be greater than 1"),
    ],
)
def test_bad_planes_are_named(changes, message):
    with pytest.raises(ValueError, match=message):
        plane_findings(**(GOOD | changes))
