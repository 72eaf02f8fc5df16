"""The landscape of v tanh(w x) in Node, against NumPy, SciPy and torch."""

import json
import re

import numpy as np
import pytest
import torch
from scipy.optimize import minimize

from ibtools.widgets.loss_landscape import DATA, LARGEST, MODULE, STEP_SIZES, LossLandscape, X
from ibtools.widgets.page_widget import MIME_TYPE

FOLDER = MODULE.with_suffix("")
NAMES = ("unit", "walk", "levels", "least", "state", "words", "labels")
FILES = [*(FOLDER / f"{name}.js" for name in NAMES), MODULE.parent / "kit" / "numbers.js"]
OWN = (2.0, -2.0, 0.3, 0.31, 1.0, -0.07)
Y = {**DATA, "yours": OWN}


@pytest.fixture(scope="module")
def js(in_node):
    return lambda expression, **given: in_node(FILES, expression, **given)


@pytest.fixture(scope="module")
def points():
    rng = np.random.default_rng(0)
    inner = rng.uniform([-4, -2.5], [4, 2.5], (40, 2))
    return np.vstack([inner, [[0, 0], [0, 1.5], [-2, 0], [4, 2.5], [-4, 2.5]]])


def data(name):
    return {"x": list(X), "y": list(Y[name])}


def as_points(values):
    return [{"w": w, "v": v} for w, v in values]


def loss(w, v, y):
    """Mean of (v tanh(w x) - y)² / 2 over the data; w and v of any one shape."""
    f = np.multiply.outer(v, np.ones(len(X))) * np.tanh(np.multiply.outer(w, X))
    return ((f - np.asarray(y)) ** 2 / 2).mean(axis=-1)


def gradient(w, v, y):
    theta = torch.tensor([w, v], dtype=torch.float64, requires_grad=True)
    f = theta[1] * torch.tanh(theta[0] * torch.tensor(X, dtype=torch.float64))
    ((f - torch.tensor(y, dtype=torch.float64)) ** 2 / 2).mean().backward()
    return theta.grad.numpy()


@pytest.mark.parametrize("name", Y)
def test_losses_are_those_of_numpy_and_gradients_those_of_torch(js, points, name):
    losses, gradients, turned = js(
        """[points.map((p) => M.lossAt(p, data)), points.map((p) => M.gradientAt(p, data)),
            points.map((p) => M.lossAt(M.mirrored(p), data))]""",
        points=as_points(points),
        data=data(name),
    )
    np.testing.assert_allclose(losses, loss(*points.T, Y[name]), rtol=0, atol=1e-12)
    found = [[g["w"], g["v"]] for g in gradients]
    expected = [gradient(w, v, Y[name]) for w, v in points]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    # The mirrored point is the same function.
    assert turned == losses


@pytest.mark.parametrize("size", [0.1, 0.5])
@pytest.mark.parametrize("name", ["rising", "no relation", "yours"])
def test_descent_goes_where_numpy_goes(js, name, size):
    walked = js(
        """(() => {
          let walk = M.walkFrom({ w: -1.5, v: 1 });
          for (let i = 0; i < 120; i += 1) walk = M.walkOn(walk, data, size);
          return walk;
        })()""",
        data=data(name),
        size=size,
    )
    expected = [np.array([-1.5, 1.0])]
    for _ in range(120):
        expected.append(expected[-1] - size * gradient(*expected[-1], Y[name]))
    found = [[p["w"], p["v"]] for p in walked["points"]]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    assert walked["uphill"] == 0
    losses = loss(*np.transpose(expected), Y[name])
    assert (np.diff(losses) <= 1e-12).all()


def test_too_large_a_step_goes_uphill_or_off_the_map(js):
    walk, off = js(
        """(() => {
          let walk = M.walkFrom({ w: 0.8, v: 1.2 });
          for (let i = 0; i < 40; i += 1) walk = M.walkOn(walk, data, 3);
          return [walk, M.walkOn(M.walkFrom({ w: -1.5, v: 1 }), data, 3)];
        })()""",
        data=data("rising"),
    )
    losses = loss(*np.array([[p["w"], p["v"]] for p in walk["points"]]).T, DATA["rising"])
    assert walk["uphill"] == (np.diff(losses) > 0).sum() >= 15
    assert off["points"] == [{"w": -1.5, "v": 1}]
    landed = np.array([-1.5, 1]) - 3 * gradient(-1.5, 1, DATA["rising"])
    assert [off["beyond"]["w"], off["beyond"]["v"]] == pytest.approx(landed, abs=1e-12)
    assert abs(landed[1]) > LARGEST["v"]


def test_a_walk_is_over_where_nothing_slopes(js):
    told = js(
        """[{ w: 0, v: 0 }, { w: -1.5, v: 1 }].map((p) => M.isOver(M.walkFrom(p), data))""",
        data=data("rising"),
    )
    assert told == [True, False]


@pytest.mark.parametrize("name", Y)
def test_the_least_loss_is_what_scipy_finds(js, name):
    least = js("M.leastOnMap(data)", data=data(name))
    bounds = [(-LARGEST["w"], LARGEST["w"]), (-LARGEST["v"], LARGEST["v"])]
    starts = [(w, v) for w in (0.3, 1, 2, 3.5) for v in (-2, -0.5, 0.5, 2)]
    found = [
        minimize(lambda p: float(loss(*p, Y[name])), start, bounds=bounds, tol=1e-14)
        for start in starts
    ]
    best = min(found, key=lambda one: one.fun)
    assert least["loss"] == pytest.approx(best.fun, abs=1e-9)
    assert least["loss"] <= best.fun + 1e-14
    # The point with both signs turned has the same loss: which is found first is rounding.
    w, v = best.x if best.x[0] * least["point"]["w"] > 0 else -best.x
    assert [least["point"]["w"], least["point"]["v"]] == pytest.approx([w, v], abs=2e-3)
    assert least["atEdge"] == (name == "step")


def test_no_point_is_best_where_nothing_beats_zero(js):
    even = [0.8, -0.6, 0.3, 0.3, -0.6, 0.8]
    for y in (even, [0.0] * 6):
        least = js("M.leastOnMap(data)", data={"x": list(X), "y": y})
        assert "point" not in least
        assert least["loss"] == pytest.approx(np.mean(np.square(y)) / 2, abs=1e-15)


def test_a_straight_line_is_best_at_the_upper_edge(js):
    least = js("M.leastOnMap(data)", data={"x": list(X), "y": list(X)})
    assert least["point"]["v"] == LARGEST["v"]
    assert least["atEdge"] is True


def inside(regions, w, v):
    """Whether points lie in one of the regions, by the intervals to the left and to the right."""
    answer = np.zeros(w.shape, dtype=bool)
    for region in regions:
        at, low, high = np.array([[one["w"], one["low"], one["high"]] for one in region]).T
        between = (w >= at[0]) & (w <= at[-1])
        answer |= between & (v >= np.interp(w, at, low)) & (v <= np.interp(w, at, high))
    return answer


@pytest.mark.parametrize("name", Y)
@pytest.mark.parametrize("level", [0.02, 0.2, 1, 4])
def test_regions_hold_what_is_below_their_level(js, name, level):
    regions = js("M.regionsBelow(level, data)", level=level, data=data(name))
    rng = np.random.default_rng(1)
    w, v = rng.uniform(-4, 4, 20_000), rng.uniform(-2.5, 2.5, 20_000)
    low = loss(w, v, Y[name]) <= level
    # Between two columns of the map a line is straight: few points are on the wrong side.
    assert (inside(regions, w, v) != low).mean() < 0.004
    for region in regions:
        at = [one["w"] for one in region]
        assert at == sorted(at)
        for end in ("low", "high"):
            edge = np.array([[one["w"], one[end]] for one in region])
            free = np.abs(edge[:, 1]) < LARGEST["v"]
            heights = loss(*edge[free].T, Y[name])
            assert heights == pytest.approx(level, abs=1e-9)


def test_falling_is_the_mirror_image_of_rising(js):
    rising, falling = (
        js("M.regionsBelow(0.1, data)", data=data(name)) for name in ("rising", "falling")
    )
    turned = [
        [{"w": one["w"], "low": -one["high"], "high": -one["low"]} for one in region]
        for region in falling
    ]
    assert rising == turned
    quadrants = {np.sign(one["w"] * one["low"]) for region in rising for one in region}
    assert 1.0 in quadrants
    least = js("M.leastOnMap(data).point", data=data("falling"))
    assert (np.sign(least["w"]), np.sign(least["v"])) == (1, -1)


def test_new_starts_lie_on_the_map_and_apart(js):
    starts = js("Array.from({ length: 20 }, (_, i) => M.startNumber(i + 1, M.MAP))")
    places = np.array([[s["w"], s["v"]] for s in starts])
    assert (np.abs(places) <= [LARGEST["w"], LARGEST["v"]]).all()
    away = np.linalg.norm((places[:, None] - places) / [4, 2.5], axis=-1)
    assert away[~np.eye(20, dtype=bool)].min() > 0.15
    # All four quadrants are soon seen.
    assert {tuple(np.sign(place)) for place in places[:8]} == {(-1, -1), (-1, 1), (1, -1), (1, 1)}


def test_words_say_where_the_point_stands(js):
    def said(point, name="rising", walk="undefined"):
        return js(
            f"M.sentence({{ point, data, least: M.leastOnMap(data), walk: {walk} }})",
            point=point,
            data=data(name),
        )

    start = {"w": -1.5, "v": 1}
    assert said(start) == (
        "(w, v) = (−1.50, 1.00): loss 2.002, gradient (−0.210, 1.699). The least loss on this map, "
        "0.005, is at (0.96, 1.52) and at (−0.96, −1.52); 1.997 lower than here."
    )
    assert said(start, walk="M.walkOn(M.walkFrom(point), data, 0.1)").startswith("Step 1. (w, v)")
    off = said(start, walk="M.walkOn(M.walkFrom(point), data, 3)")
    assert off.startswith("The next step leads off the map, to (−0.87, −4.10), where the loss is")
    up = said({"w": 1.29, "v": 2.17}, walk="{ points: [point, point], uphill: 1 }")
    assert up.startswith("Step 1, uphill once: the step size is too large. ")
    flat = said({"w": 0, "v": 0}, walk="M.walkOn(M.walkFrom(point), data, 1)")
    assert "hardly moves any more" in flat
    assert "gradient (0.000, 0.000)" in flat
    assert "at its edge: beyond it the loss goes on falling" in said(start, "step")
    assert said({"w": 0.9617, "v": 1.5172}).endswith("; as good as reached.")
    assert js("[M.fixed(-0.001), M.fixed(-1.234), M.fixed(-0.001, 3)]") == [
        "0.00",
        "−1.23",
        "−0.001",
    ]


def test_labels_lie_on_nothing(js):
    written = js(
        """(() => {
          const written = [];
          const area = { left: 0, right: 200, top: 0, bottom: 100,
                         text: (words, x, y) => written.push([words, x, y]) };
          const put = M.labelsOn(area, [[50, 50, 10]]);
          put("under", "", [{ x: 50, y: 50, anchor: "middle" }]);
          for (let i = 0; i < 9; i += 1) put("around", "", M.spotsAround([50, 50], 10));
          put("outside", "", [{ x: 210, y: 50, anchor: "start" }]);
          return written;
        })()"""
    )
    assert {words for words, *_ in written} == {"around"}
    assert 3 <= len(written) <= 6
    heights = sorted(y for _, _, y in written)
    assert heights[0] < 40
    assert heights[-1] > 60


def test_an_address_says_the_state_and_hostile_ones_nothing(js):
    sets = {name: list(y) for name, y in DATA.items()}
    state = {"point": [-1.5, 1.0], "y": sets["rising"], "size": 0.5}
    moved = {"point": [0.25, -2.0], "y": list(OWN), "size": 3}

    def written(of):
        return js("M.written(sets, state)", sets=sets, state=of)

    def asked(given, present, beginning):
        return js(
            "M.asked(given, beginning, sets, present)",
            given=given,
            beginning=beginning,
            sets=sets,
            present=present,
        )

    assert written(state) == {"data": "rising", "y": "", "w": "-1.5", "v": "1", "step": "0.5"}
    text = written(moved)
    assert text["data"] == "yours"
    assert text["y"] == "200_-200_30_31_100_-7"
    assert asked(text, state, state) == moved
    assert asked({}, moved, state) == state
    # A page that begins with data of its own.
    assert asked({}, state, moved) == moved
    assert asked({"data": "step"}, moved, moved)["y"] == sets["step"]
    assert asked({"data": "rising", "y": ""}, moved, moved)["y"] == sets["rising"]
    # A link that leaves the point out is one to the first point itself.
    between = {**state, "point": [-1.23456, 0.98765]}
    assert asked({"step": "3"}, moved, between) == {**between, "size": 3}
    hostile = {
        "data": ["constructor", "__proto__", "", "yours", "Rising"],
        "y": ["1_2", "999_0_0_0_0_0", "1.5_0_0_0_0_0", "_____", "NaN_0_0_0_0_0", "<b>"],
        "w": ["4.1", "", "NaN", "1e9", "Infinity", "<img>"],
        "v": ["-2.51", " ", "x"],
        "step": ["0", "2", "0.50", "-1", ""],
    }
    # What makes no sense leaves that part as it is.
    own = {"y": state["y"]}
    kept = {"data": own, "y": own, "w": {"point": [-1.5, -2.0]}, "v": {"point": [0.25, 1.0]}}
    kept["step"] = {"size": 0.5}
    for key, texts in hostile.items():
        for word in texts:
            assert asked({key: word}, state, moved) == {**moved, **kept[key]}, (key, word)


def test_python_and_the_page_know_the_same(js):
    assert js("[M.MAP.w, M.MAP.v, M.HIGHEST]") == [LARGEST[name] for name in "wvy"]
    assert js("M.STEP_SIZES") == list(STEP_SIZES)


def test_the_site_gets_what_the_module_asks_for():
    shown = LossLandscape("falling", w=2, v=-0.5)._repr_mimebundle_()[0][MIME_TYPE]
    assert (shown["module"], shown["address"]) == ("loss_landscape", "landscape")
    asked = set(re.findall(r'model\.get\("(\w+)"\)', MODULE.read_text()))
    assert asked - {"address"} == shown["state"].keys()
    assert shown["state"]["point"] == [2.0, -0.5]
    height = loss(2, -0.5, DATA["falling"])
    assert '("falling") as a map over w and v: each point of the map is a f' in shown["summary"]
    assert f"At w = 2.00, v = -0.50 the loss is {height:.2f}" in shown["summary"]
    json.dumps(shown, allow_nan=False)


def test_what_the_reader_moves_is_there_and_checked():
    widget = LossLandscape()
    assert (widget.data, widget.point) == ("rising", [-1.5, 1.0])
    assert widget.loss == pytest.approx(float(loss(-1.5, 1, DATA["rising"])), abs=1e-15)
    widget.set_state({"point": [0.5, 2.0], "step_size": 3})
    widget.set_state({"y": list(OWN)})
    assert (widget.data, widget.step_size) == ("yours", 3.0)
    assert widget.loss == pytest.approx(float(loss(0.5, 2, OWN)), abs=1e-15)
    assert "data points as a map" in widget.summary()
    assert LossLandscape(OWN).y == list(OWN)
    assert LossLandscape(DATA["step"]).data == "step"
    with pytest.raises(ValueError, match=r"v must be a number between ±2\.5, got 2\.6"):
        widget.point = [0, 2.6]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"data": "rise"}, "data must be one of rising, falling, step, no relation, got 'rise'"),
        ({"data": [1, 2]}, r"data must be 6 numbers between ±2.0, got \[1, 2\]"),
        ({"data": [0, 0, 0, 0, 0, 2.5]}, "data must be 6 numbers between ±2.0"),
        ({"data": [0, 0, 0, 0, 0, np.nan]}, "data must be 6 numbers between ±2.0"),
        ({"data": 5}, "data must be 6 numbers between ±2.0, got 5"),
        ({"w": [1, 2]}, r"w must be a number between ±4.0, got \[1, 2\]"),
        ({"w": 4.5}, "w must be a number between ±4.0, got 4.5"),
        ({"w": np.inf}, "w must be a number between ±4.0, got inf"),
        ({"v": -3}, "v must be a number between ±2.5, got -3"),
        ({"step_size": 0.2}, "step_size must be one of 0.1, 0.5, 3.0, got 0.2"),
    ],
)
def test_wrong_settings_are_answered_in_words(arguments, words):
    with pytest.raises(ValueError, match=words):
        LossLandscape(**arguments)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [({"w": "left"}, "w"), ({"w": "1.5"}, "w"), ({"v": 1j}, "v"), ({"data": ["0"] * 6}, "data")],
)
def test_words_are_no_numbers(arguments, name):
    with pytest.raises(TypeError, match=f"^{name} must hold real numbers, got dtype"):
        LossLandscape(**arguments)


def test_what_is_given_is_what_a_link_can_say():
    given = LossLandscape(np.array(OWN) * 0.9999, w=-1.2345, v=0.996)
    assert given.y == list(OWN)
    assert given.point == [-1.23, 1.0]
    nothing = LossLandscape(np.full(6, -0.0), w=-0.0, v=-0.001)
    assert "-0.00" not in nothing.summary()
    assert str(nothing.y + nothing.point) == str([0.0] * 8)
