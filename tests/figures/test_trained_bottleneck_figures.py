import numpy as np
import pytest

from ibtools import figures
from ibtools.bottleneck.variational import VariationalSweep


def sweep(error, cost=1.0, betas=(1.0, 10.0)):
    """Three seeds, two looks; the first look holds numbers that no figure may show."""
    last = np.array(error)[:, None] + [-0.01, 0.0, 0.02]
    looks = np.stack([np.full_like(last, 99.0), last], axis=-1)
    names = ("I_XT_upper", "I_TY_lower", "error")
    arrays = {f"{name}_{part}": looks for name in names for part in ("train", "test")}
    arrays["I_XT_upper_train"] = looks * cost
    return VariationalSweep(
        betas=np.array(betas), seeds=np.arange(3), epochs=np.array([0, 5]), **arrays,
        I_XT_train=last,
    )  # fmt: skip


def named(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def test_errors_are_means_in_per_cent_with_a_band():
    figure = figures.reached_over_beta({"a": sweep([0.3, 0.1])})
    assert named(figure, "a").x == (1.0, 10.0)
    assert named(figure, "a").y == pytest.approx([30.3333, 10.3333], abs=1e-4)
    band = next(trace for trace in figure.data if trace.fill == "toself")
    assert band.y == pytest.approx([32, 12, 9, 29], abs=1e-4)
    assert band.mode == "lines"
    assert figure.layout.xaxis.type == "log"
    assert figure.layout.yaxis.title.text == "error on test samples, %"


def test_baselines_are_lines_in_the_colour_of_their_sweep():
    plain = sweep([0.2], betas=(np.inf,))
    sweeps = {"a": sweep([0.3, 0.1]), "b": sweep([0.4, 0.2])}
    figure = figures.reached_over_beta(sweeps, baselines={"b": plain}, top=50)
    (line,) = figure.layout.shapes
    assert line.y0 == pytest.approx(20.3333, abs=1e-4)
    assert line.line.color == named(figure, "b").line.color
    assert figure.layout.yaxis.range == (0, 50)
    assert "b without cost: 20.3" in figure.layout.meta["summary"]


def test_the_plane_has_bounds_their_spread_and_the_limit():
    figure = figures.reached_in_plane({"a": sweep([0.5, 2.0], cost=2)}, label_entropy=1.5)
    points = named(figure, "a")
    assert points.x == pytest.approx([1.0067, 4.0067], abs=1e-4)
    assert points.y == pytest.approx([0.5033, 2.0033], abs=1e-4)
    assert points.error_x.array == pytest.approx([0.0333, 0.0333], abs=1e-4)
    assert points.error_x.arrayminus == pytest.approx([0.0267, 0.0267], abs=1e-4)
    limit = named(figure, "min(I(X;T), H(Y))")
    assert limit.x[:2] == limit.y[:2] == (0, 1.5)
    assert limit.x[2] > 4
    shorter = figures.reached_in_plane({"a": sweep([0.5, 2.0])}, label_entropy=1.5, end=3)
    assert shorter.layout.xaxis.range[1] == 3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda s: figures.reached_over_beta(s, "speed"), "quantity must be one of error_test"),
        (lambda s: figures.reached_over_beta(s, baselines={"b": s["a"]}), "name of a baseline"),
        (lambda s: figures.reached_in_plane(s, 0), "label_entropy must be positive"),
        (lambda s: figures.reached_in_plane(s, 1, part="all"), "part must be one of train, test"),
        (lambda s: figures.reached_in_plane(s, 1, end=-1), "end must be positive"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call({"a": sweep([0.3, 0.1])})
