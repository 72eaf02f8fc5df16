"""The loss landscape on a page with no kernel: keys, fingers, descent, data, and addresses."""

import re
from itertools import islice

import numpy as np
import pytest

from ibtools.widgets.loss_landscape import DATA, LossLandscape, X

START = (
    "(w, v) = (−1.50, 1.00): loss 2.002, gradient (−0.210, 1.699). The least loss on this map, "
    "0.005, is at (0.96, 1.52) and at (−0.96, −1.52); 1.997 lower than here."
)
GO = """hash => new Promise(done => {
  addEventListener("hashchange", done, {once: true});
  location.hash = hash;
}).then(() => {})"""


def said(page):
    return page.locator(".state").text_content()


def wait_for_words(page, words):
    page.locator("css=.state", has_text=words).wait_for()


def do(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def point(page):
    return page.get_by_role("slider", name="point (w, v)")


def where(page):
    """w and v, as the sentence says them."""
    w, v = re.search(r"\(w, v\) = \((−?[\d.]+), (−?[\d.]+)\)", said(page)).groups()
    return float(w.replace("−", "-")), float(v.replace("−", "-"))


def middle(locator):
    box = locator.bounding_box()
    return np.array([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])


def levels(page):
    return page.locator("polygon.level").evaluate_all("all => all.map(p => p.outerHTML)")


def drag(page, handle, dx, dy):
    x, y = middle(handle)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2)
    page.mouse.move(x + dx, y + dy)
    page.mouse.up()


def loss(w, v, y):
    """The loss at points w, v of any one shape."""
    f = np.asarray(v)[..., None] * np.tanh(np.multiply.outer(w, X))
    return ((f - np.asarray(y)) ** 2 / 2).mean(axis=-1)


class Ruler:
    """Reads places of a picture back through the numbers on its axes."""

    def __init__(self, page, picture):
        self.written = page.locator(f"{picture} text").evaluate_all(
            """all => all.map(one =>
                 [one.textContent, ...["x", "y"].map(key => Number(one.getAttribute(key)))])"""
        )
        ends = [-2, 2]
        across, up = (
            [self._tick(value, anchor, column) for value in ends]
            for anchor, column in ((max, 1), (min, 2))
        )
        # Numbers on the upright axis stand 4 pixels below their lines.
        self.unit = np.array([across[1] - across[0], up[1] - up[0]]) / 4
        self.origin = np.array([sum(across) / 2, sum(up) / 2 - 4])

    def _tick(self, value, pick, column):
        """Where a number stands: lowest of all across, leftmost of all up."""
        name = str(value).replace("-", "−")
        same = [one for one in self.written if one[0] == name]
        return pick(same, key=lambda one: one[3 - column])[column]

    def place(self, pixels):
        return (np.asarray(pixels) - self.origin) / self.unit

    def corners(self, page, selector):
        """For each shape found, its corners (n, 2) in the units of the axes."""
        found = page.locator(selector).evaluate_all(
            "all => all.map(one => one.attributes.points.value)"
        )
        return [
            self.place([[float(at) for at in pair.split(",")] for pair in points.split()])
            for points in found
        ]

    def lines(self, page, selector):
        """For each line found, its two ends (2, 2) in the units of the axes."""
        found = page.locator(selector).evaluate_all(
            "all => all.map(one => ['x1', 'y1', 'x2', 'y2'].map(key => +one.getAttribute(key)))"
        )
        return [self.place(np.reshape(ends, (2, 2))) for ends in found]


@pytest.mark.parametrize(("width", "name"), [(1400, "rising"), (390, "no relation")])
def test_the_map_is_the_loss(opened, width, name):
    _, page = opened(LossLandscape(name), width)
    ruler = Ruler(page, ".map")
    regions = ruler.corners(page, "polygon.level")
    shares = page.locator("polygon.level").evaluate_all(
        "all => all.map(one => parseFloat(one.style.getPropertyValue('--share')))"
    )
    levels = (4, 2, 1, 0.4, 0.2, 0.1, 0.04, 0.02)
    seen = set()
    for region, share in zip(regions, shares, strict=True):
        free = (np.abs(region[:, 0]) < 3.99) & (np.abs(region[:, 1]) < 2.49)
        if not free.any():
            continue
        heights = loss(*region[free].T, DATA[name])
        level = min(levels, key=lambda one: abs(np.log(np.median(heights) / one)))
        # Corners are drawn to a tenth of a pixel: less than 0.002 of a unit.
        assert heights == pytest.approx(level, rel=0.05, abs=0.012)
        # The bluer, the lower; and a region lies around what is below its level.
        assert share == pytest.approx(6 + 68 * (levels.index(level) + 1) / 8, abs=0.51)
        middles = (region[: len(region) // 2] + region[::-1][: len(region) // 2]) / 2
        assert (loss(*middles.T, DATA[name]) <= level + 0.012).all()
        seen.add(level)
    assert {one for one in levels if one > 0.12} - {4} <= seen

    numbered = [one for one in ruler.written if one[0].removeprefix("loss ") in map(str, levels)]
    numbered = [one for one in numbered if abs(abs(ruler.place(one[1:])[0]) - 3.3) < 1e-6]
    assert len(numbered) >= 2
    for words, x, y in numbered:
        height = loss(*ruler.place([x, y - 4]), DATA[name])
        assert height == pytest.approx(float(words.removeprefix("loss ")), rel=1e-6)

    crosses = np.array([ends.mean(axis=0) for ends in ruler.lines(page, "line.least")])
    assert len(crosses) == 4
    told = re.search(r"is at \((.*?), (.*?)\) and", said(page)).groups()
    least = np.array([float(one.replace("−", "-")) for one in told])
    np.testing.assert_allclose(np.abs(crosses), np.abs([least] * 4), atol=0.006)
    grid = np.meshgrid(np.linspace(-4, 4, 161), np.linspace(-2.5, 2.5, 101))
    assert (loss(*crosses.T, DATA[name]) <= loss(*grid, DATA[name]).min() + 1e-4).all()


@pytest.mark.parametrize("width", [1400, 390])
def test_the_curve_is_the_function_of_the_point(opened, width):
    _, page = opened(LossLandscape("step", w=-0.7, v=1.9), width)
    ruler = Ruler(page, ".picture:not(.map)")
    (curve,) = ruler.corners(page, "polyline.curve")
    np.testing.assert_allclose(curve[:, 1], 1.9 * np.tanh(-0.7 * curve[:, 0]), atol=0.005)
    assert np.ptp(curve[:, 0]) > 4.5
    errors = np.array(ruler.lines(page, "line.error"))
    np.testing.assert_allclose(errors[:, :, 0], np.stack([X, X], axis=1), atol=1e-6)
    np.testing.assert_allclose(errors[:, 0, 1], DATA["step"], atol=1e-6)
    np.testing.assert_allclose(errors[:, 1, 1], 1.9 * np.tanh(-0.7 * np.array(X)), atol=1e-6)


def test_a_step_off_the_map_points_where_it_leads(opened):
    _, page = opened(LossLandscape(step_size=3))
    do(page, "Step")
    (way,) = Ruler(page, ".map").corners(page, "polyline.beyond-map")
    np.testing.assert_allclose(way[0], [-1.5, 1], atol=0.002)
    # It ends at the lower edge, on the straight way to (−0.87, −4.10).
    w = -1.5 + (3.5 / 5.1) * (1.5 - 0.87)
    np.testing.assert_allclose(way[1], [w, -2.5], atol=0.01)
    # What was said of steps of this size is not said of others.
    page.get_by_role("combobox", name="Step size").select_option("0.1 (small)")
    assert page.locator("polyline.beyond-map").count() == 0
    assert said(page) == START


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_a_point_is_a_function(opened, width, theme):
    visited, page = opened(LossLandscape(), width, theme)
    assert said(page) == START
    curve = page.locator("polyline.curve")
    before, seen = curve.get_attribute("points"), levels(page)
    title = page.locator(".picture text.name", has_text="f(x)")
    assert title.text_content() == "this point: f(x) = 1.00·tanh(−1.50·x)"

    point(page).focus()
    outline = "node => getComputedStyle(node).outlineStyle"
    assert point(page).evaluate(outline) == "solid"
    for key, place in [
        ("ArrowRight", (-1.4, 1.0)),
        ("ArrowUp", (-1.4, 1.1)),
        ("ArrowLeft", (-1.5, 1.1)),
        ("ArrowDown", (-1.5, 1.0)),
        ("PageUp", (-1.5, 1.5)),
        ("PageDown", (-1.5, 1.0)),
        ("End", (4.0, 1.0)),
        ("ArrowRight", (4.0, 1.0)),
        ("Home", (-4.0, 1.0)),
    ]:
        point(page).press(key)
        assert where(page) == place, key
    height = LossLandscape(w=-4).loss
    words = f"w = −4.00, v = 1.00, loss {height:.3f}"
    assert point(page).get_attribute("aria-valuetext") == words
    assert curve.get_attribute("points") != before
    assert title.text_content() == "this point: f(x) = 1.00·tanh(−4.00·x)"
    # The landscape is that of the data: it stays.
    assert levels(page) == seen
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (visited.outside, visited.failed, visited.errors) == ([], [], [])


@pytest.mark.parametrize("width", [1400, 390])
def test_fingers_move_the_point_and_its_mirror_image(opened, width):
    visited, page = opened(LossLandscape(w=-2, v=1), width)
    handle, twin = point(page), page.locator("circle.twin")
    box = handle.bounding_box()
    assert min(box["width"], box["height"]) >= 38
    centre = (middle(handle) + middle(twin)) / 2
    drag(page, handle, *(2 * (centre - middle(handle))))
    assert where(page) == pytest.approx((2, -1), abs=0.03)
    np.testing.assert_allclose((middle(handle) + middle(twin)) / 2, centre, atol=0.6)
    # A drag does not leave the map, a click on it moves the point there.
    drag(page, handle, 600, 0)
    assert where(page)[0] == 4
    page.mouse.click(*centre)
    assert where(page) == pytest.approx((0, 0), abs=0.03)
    assert page.evaluate("document.activeElement.ariaLabel") == "point (w, v)"
    # Beside the map there is no point.
    edge = page.locator(".map svg").bounding_box()
    for across, down in ((5, 100), (100, 5), (edge["width"] / 2, edge["height"] - 5)):
        page.mouse.click(edge["x"] + across, edge["y"] + down)
        assert where(page) == pytest.approx((0, 0), abs=0.03)
    # Elsewhere a finger scrolls the page.
    touch = "node => getComputedStyle(node).touchAction"
    assert handle.evaluate(touch) == "none"
    assert page.locator(".map svg").evaluate(touch) == "auto"
    assert visited.errors == []


def test_data_make_the_landscape(opened):
    visited, page = opened(LossLandscape())
    rising = levels(page)
    sets = page.get_by_role("combobox", name="Data")
    assert sets.locator("option").all_text_contents() == [
        "rising",
        "falling",
        "step",
        "no relation",
    ]
    sets.select_option("falling")
    assert levels(page) != rising
    assert "is at (0.96, −1.52) and at (−0.96, 1.52)" in said(page)
    sets.select_option("step")
    assert "at its edge: beyond it the loss goes on falling" in said(page)
    sets.select_option("no relation")
    assert "The least loss on this map, 0.117, is at (1.43, 0.12)" in said(page)
    do(page, "Reset")
    assert levels(page) == rising
    assert said(page) == START

    handle = page.get_by_role("slider", name="y₆ at x = 2.00")
    assert handle.get_attribute("aria-valuetext") == "1.40"
    drag(page, handle, 40, 120)
    assert sets.input_value() == "yours"
    assert float(handle.get_attribute("aria-valuenow")) < 0
    assert levels(page) != rising
    assert where(page) == (-1.5, 1.0)
    drag(page, handle, 0, 400)
    assert handle.get_attribute("aria-valuetext") == "−2.00"
    for key, value in [
        ("ArrowUp", "−1.90"),
        ("ArrowRight", "−1.80"),
        ("ArrowLeft", "−1.90"),
        ("PageUp", "−1.40"),
        ("End", "2.00"),
        ("ArrowUp", "2.00"),
        ("Home", "−2.00"),
    ]:
        handle.press(key)
        assert handle.get_attribute("aria-valuetext") == value, key
    # Back by hand, the data are those of the menu again.
    for key in ["End", *["ArrowDown"] * 6]:
        handle.press(key)
    assert sets.input_value() == "rising"
    assert sets.locator("option", has_text="yours").count() == 0
    assert levels(page) == rising
    assert visited.errors == []


def test_descent_by_steps_and_by_itself(opened):
    visited, page = opened(LossLandscape())
    do(page, "Step")
    assert said(page).startswith("Step 1. (w, v) = (−1.39, 0.15):")
    assert page.locator("polyline.earlier").count() == 1
    assert page.locator("circle.stride").count() == 2
    do(page, "Descend")
    page.get_by_role("button", name="Pause").wait_for()
    page.get_by_role("button", name="Descend").wait_for(timeout=60_000)
    assert said(page).startswith(
        "Step 79. The gradient is shorter than 0.005: descent hardly moves any more. "
        "(w, v) = (−1.05, −1.47): loss 0.005"
    )
    assert said(page).endswith("as good as reached.")
    assert page.locator("circle.stride").count() == 80
    assert page.locator("polyline.earlier").count() == 10
    # Whatever the reader changes begins anew.
    point(page).press("ArrowUp")
    assert page.locator("circle.stride").count() == 0
    do(page, "Step")
    assert said(page).startswith("Step 1. ")
    do(page, "New start")
    assert said(page).startswith("(w, v) = ")
    first = where(page)
    do(page, "New start")
    assert where(page) != first
    do(page, "Reset")
    assert said(page) == START
    assert visited.errors == []


def test_descent_pauses_and_rests_out_of_sight(opened):
    visited, page = opened(LossLandscape(step_size=0.1))
    page.emulate_media(reduced_motion="no-preference")
    do(page, "Descend")
    wait_for_words(page, "Step ")
    do(page, "Pause")
    still = where(page)
    page.wait_for_timeout(200)
    assert where(page) == still
    do(page, "Descend")
    page.wait_for_timeout(150)
    page.get_by_role("combobox", name="Data").select_option("falling")
    # New data stop it and clear the way.
    page.get_by_role("button", name="Descend").wait_for()
    assert page.locator("circle.stride").count() == 0
    do(page, "Descend")
    page.locator("circle.stride").nth(2).wait_for(state="attached")
    page.evaluate("document.querySelector('main').style.marginTop = '3000px'")
    seen = """new Promise(done => new IntersectionObserver(([entry]) => done(entry.isIntersecting))
        .observe(document.querySelector('.ibtools-lab')))"""
    page.wait_for_function(f"async () => !(await {seen})")
    count = page.locator("circle.stride").count()
    assert count > 2
    page.wait_for_timeout(300)
    assert page.locator("circle.stride").count() == count
    page.evaluate("document.querySelector('main').style.marginTop = '0'")
    page.locator("circle.stride").nth(count).wait_for(state="attached")
    assert visited.errors == []


def test_a_point_in_hand_descends_no_further(opened):
    visited, page = opened(LossLandscape(step_size=0.1))
    for handle in (point(page), page.get_by_role("slider", name="y₁ at")):
        do(page, "Descend")
        wait_for_words(page, "Step ")
        page.mouse.move(*middle(handle))
        page.mouse.down()
        page.get_by_role("button", name="Descend").wait_for()
        held = where(page)
        page.wait_for_timeout(400)
        assert where(page) == held
        page.mouse.up()
    assert visited.errors == []


def test_descent_stops_after_a_while_and_goes_on_when_asked(opened):
    _, page = opened(LossLandscape("step", w=0.1, v=0.1, step_size=0.1))
    width = page.get_by_role("button", name="Descend").bounding_box()["width"]
    do(page, "Descend")
    pause = page.get_by_role("button", name="Pause")
    assert pause.bounding_box()["width"] == width
    page.get_by_role("button", name="Descend").wait_for(timeout=60_000)
    assert said(page).startswith("Step 300. It stops here after 300 steps; Descend goes on. (w, v)")
    do(page, "Step")
    assert said(page).startswith("Step 301. (w, v)")


def test_a_step_where_nothing_slopes_says_so(opened):
    _, page = opened(LossLandscape(w=0, v=0))
    do(page, "Step")
    assert said(page).startswith("Step 1. The gradient is shorter than 0.005")


@pytest.mark.parametrize("width", [1400, 390])
def test_words_have_room_where_the_pictures_stay(opened, width):
    _, page = opened(LossLandscape("step", w=-1.5, v=1, step_size=3), width)
    top = page.locator(".map").bounding_box()["y"]
    for name in ("Step", "New start", "Step", "Descend"):
        do(page, name)
        page.get_by_role("button", name="Descend").wait_for(timeout=60_000)
        assert page.locator(".map").bounding_box()["y"] == top, said(page)


def test_too_large_a_step_is_said(opened):
    visited, page = opened(LossLandscape(w=0.8, v=1.2))
    page.get_by_role("combobox", name="Step size").select_option("3 (too large)")
    for _ in range(4):
        do(page, "Step")
    assert re.match(r"Step 4, uphill (once|\d times): the step size is too large\.", said(page))
    do(page, "Reset")
    assert page.get_by_role("combobox", name="Step size").input_value() == "0.5"
    page.evaluate(GO, "landscape?step=3&w=-1.5&v=1")
    do(page, "Step")
    assert said(page).startswith("The next step leads off the map, to (−0.87, −4.10)")
    assert page.locator("polyline.beyond-map").count() == 1
    assert where(page) == (-1.5, 1.0)
    assert visited.errors == []


def test_the_keyboard_goes_through_all_in_order(opened, tab_stops):
    _, page = opened(LossLandscape())
    names = list(islice(tab_stops(page), 15))
    handles = [
        f"y{'₁₂₃₄₅₆'[i]} at x = {x}"
        for i, x in enumerate(["−2.00", "−1.20", "−0.40", "0.40", "1.20", "2.00"])
    ]
    buttons = ["Step", "Descend", "New start", "Reset"]
    assert names[:6] == ["Data", "Step size", *buttons]
    assert names[6:14] == ["point (w, v)", *handles, "Copy link"]


def test_pictures_say_what_they_show(opened):
    _, page = opened(LossLandscape())
    labels = [one.get_attribute("aria-label") for one in page.locator("svg[role=img]").all()]
    assert labels == [
        f"The loss over w and v. {START}",
        "Six data points and f(x) = 1.00·tanh(−1.50·x), loss 2.002.",
    ]
    written = page.locator(".map text").all_text_contents()
    assert written.count("least loss") == 2
    assert {"(w, v)", "(−w, −v): the same f", "loss 4", "1"} <= set(written)


def test_a_link_shows_its_state_and_follows_the_reader(opened):
    visited, page = opened(LossLandscape(), address="#landscape?data=falling&w=2&v=-0.5&step=0.1")
    assert where(page) == (2.0, -0.5)
    assert page.get_by_role("combobox", name="Data").input_value() == "falling"
    assert page.get_by_role("combobox", name="Step size").input_value() == "0.1"
    point(page).press("ArrowUp")
    page.wait_for_url("**/page.html#landscape?data=falling&w=2&v=-0.4&step=0.1")
    page.evaluate(GO, "landscape")
    assert said(page) == START
    page.get_by_role("slider", name="y₁ at x = −2.00").press("PageUp")
    page.wait_for_url("**/page.html#landscape?data=yours&y=-100_-120_-70_40_130_140")
    page.evaluate(GO, "landscape?y=0_0_0_0_0_100&w=0&v=0")
    assert page.get_by_role("combobox", name="Data").input_value() == "yours"
    assert where(page) == (0, 0)
    page.evaluate(GO, "landscape")
    for hostile in (
        "data=constructor&w=9&v=NaN&step=7&y=1",
        "data=<img src=x>&w=&v=1e9&y=999_0_0_0_0_0",
        "y=0.5_0_0_0_0_0&other=1",
    ):
        page.evaluate(GO, f"landscape?{hostile}")
        assert said(page) == START, hostile
    assert visited.errors == []


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_axe_finds_nothing(opened, axe_findings, theme, width):
    _, page = opened(LossLandscape(), width, theme)
    assert axe_findings(page, ".ibtools-lab") == []
    do(page, "Step")
    assert axe_findings(page, ".ibtools-lab") == []
