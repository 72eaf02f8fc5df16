"""Widgets mounted by course.js from a file, with no kernel: what they draw and how they obey."""

import numpy as np
import pytest

from ibtools.bottleneck import IBCurve, encoder_solution
from ibtools.datasets import icosahedron_rule
from ibtools.networks import TrainingSettings
from ibtools.plane import record
from ibtools.widgets import BottleneckSlider, replay

P_XY = np.array([[0.45, 0.05], [0.05, 0.45]])
KEPT = {1.2: 0.5, 2.0: 0.054207, 3.0: 0.005774, 5.0: 0.000168}


@pytest.fixture(scope="module")
def curve():
    solutions = []
    for beta, flip in KEPT.items():
        encoder = np.array([[1 - flip, flip], [flip, 1 - flip]])
        encoder = np.ones((2, 1)) if flip == 0.5 else encoder
        solutions.append(encoder_solution(P_XY, encoder, beta=beta))
    return IBCurve.from_solutions(P_XY, solutions)


def place(page):
    point = page.locator("circle.here")
    return float(point.get_attribute("cx")), float(point.get_attribute("cy"))


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_the_keyboard_moves_along_the_curve(opened, curve, width, theme):
    visited, page = opened(BottleneckSlider(P_XY, curve, beta=2), width, theme)
    slider, words = page.get_by_role("slider", name="β"), page.get_by_role("status")
    assert words.text_content() == "β = 2: I(X;T) = 0.70 bits, I(T;Y) = 0.41 bits, 2 clusters"
    assert words.evaluate("node => node.ariaLive ?? 'polite'") == "polite"
    assert page.locator("rect.cell").count() == 4
    before = place(page)

    slider.focus()
    slider.press("ArrowRight")
    assert words.text_content() == "β = 3: I(X;T) = 0.95 bits, I(T;Y) = 0.52 bits, 2 clusters"
    assert slider.get_attribute("aria-valuetext") == "3"
    after = place(page)
    assert after[0] > before[0]
    assert after[1] < before[1]

    slider.press("Home")
    assert words.text_content() == "β = 1.2: I(X;T) = 0.00 bits, I(T;Y) = 0.00 bits, 1 cluster"
    assert page.locator("rect.cell").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (visited.outside, visited.failed, visited.errors) == ([], [], [])


def test_the_tangent_touches_the_point(opened, curve):
    _, page = opened(BottleneckSlider(P_XY, curve, beta=3))
    x, y = place(page)
    x1, y1, x2, y2 = (
        float(page.locator("line.tangent").get_attribute(end)) for end in ("x1", "y1", "x2", "y2")
    )
    assert y1 + (y2 - y1) * (x - x1) / (x2 - x1) == pytest.approx(y, abs=0.5)
    # Points of the neighbouring solutions lie below it, which is downwards on the screen.
    for circle in page.locator("circle.solution").all():
        cx, cy = (float(circle.get_attribute(name)) for name in ("cx", "cy"))
        assert cy >= y1 + (y2 - y1) * (cx - x1) / (x2 - x1) - 0.5


def test_the_clusters_say_what_they_say(opened, curve):
    _, page = opened(BottleneckSlider(P_XY, curve, beta=5, y_names=["no", "yes"]))
    label = page.locator(".encoder svg").get_attribute("aria-label")
    assert label.endswith("t1 with 50 %: no 90 %, yes 10 %; t2 with 50 %: no 10 %, yes 90 %")
    assert page.locator(".encoder text", has_text="yes").count() == 1


def test_the_slider_follows_the_theme(opened, curve):
    _, page = opened(BottleneckSlider(P_XY, curve))
    root = page.locator(".bottleneck-slider")
    colour = "node => getComputedStyle(node).backgroundColor"
    light = root.evaluate(colour)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.locator(".bottleneck-slider[data-shade=dark]").wait_for()
    assert root.evaluate(colour) != light


@pytest.mark.parametrize(("given", "highest_bits"), [(True, 0.531), (False, 0.999)])
def test_the_lab_shades_what_is_beyond_the_limit(opened, curve, given, highest_bits):
    """The limit that was given, or else that of any label which the input settles: H(Y) bits."""
    settings = TrainingSettings(widths=(4,), n_networks=2, epochs=3)
    trajectory = record(icosahedron_rule(), settings, n_snapshots=2)
    visited, page = opened(replay({"run": trajectory}, limit=curve if given else None))
    page.locator("circle.mean").nth(1).wait_for()
    assert page.locator("polygon.beyond").count() == 1
    assert page.locator("text", has_text="IB limit").count() == 1
    corners = page.locator("polyline.limit").get_attribute("points").split()
    zero, highest = (float(corners[i].split(",")[1]) for i in (0, -1))
    lines = [float(line.get_attribute("y1")) for line in page.locator(".plane line.grid").all()]
    one_bit = next(y for y in reversed(lines) if y < zero)
    assert (zero - highest) / (zero - one_bit) == pytest.approx(highest_bits, abs=0.01)
    assert visited.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_slider(opened, axe_findings, curve, theme):
    _, page = opened(BottleneckSlider(P_XY, curve), theme=theme)
    assert axe_findings(page, ".ibtools-lab") == []


def test_a_link_shows_its_state_and_follows_the_reader(opened, curve):
    visited, page = opened(BottleneckSlider(P_XY, curve, beta=2), address="#slider?index=3")
    assert page.get_by_role("status").text_content().startswith("β = 5:")
    page.get_by_role("slider").press("ArrowLeft")
    page.wait_for_url("**/page.html#slider?index=2")
    page.get_by_role("slider").press("ArrowLeft")
    page.wait_for_url("**/page.html#slider")
    page.evaluate("location.hash = '#slider?index=0'")
    page.locator("css=.state", has_text="β = 1.2:").wait_for()
    for hostile in ("9", "1.5", "<img src=x>", "constructor", ""):
        page.evaluate("text => (location.hash = `#slider?index=${text}`)", hostile)
    page.wait_for_timeout(100)
    assert page.get_by_role("status").text_content().startswith("β = 1.2:")
    assert visited.errors == []
