"""The joint table on a page with no kernel: drags, keys, links, and what is said about it."""

import re
from itertools import islice

import numpy as np
import pytest

from ibtools.information import mutual_information_from_table
from ibtools.widgets.joint_table import JointTable

# Resolves after the widget has heard of the address, since it listens for longer.
GO = """hash => new Promise(done => {
  addEventListener("hashchange", done, {once: true});
  location.hash = hash;
}).then(() => {})"""
TABLE = [[0.4, 0.1], [0.1, 0.4]]


def shares(page):
    cells = page.get_by_role("slider").all()
    return [float(cell.get_attribute("aria-valuenow")) for cell in cells]


def said(page):
    """The information that the sentence tells."""
    words = page.get_by_role("status").text_content()
    return float(re.search(r"= ([\d.]+) bits", words)[1])


def settled(page, information):
    """Wait for the sentence, which waits while something is dragged."""
    page.locator("css=.state", has_text=f"= {information:.3f} bits").wait_for()


def dragged(page, cell, dy):
    box = cell.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for part in (0.3, 1):
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + part * dy)
    page.mouse.up()


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_a_drag_moves_the_table_and_the_diagram(opened, width, theme):
    visited, page = opened(JointTable(TABLE), width, theme)
    assert shares(page) == [0.4, 0.1, 0.1, 0.4]
    assert said(page) == 0.278
    cell = page.get_by_role("slider", name="p(x₁, y₂)")
    dragged(page, cell, -44)
    # 44 of the 220 pixels that are a probability of 1; the others keep their proportions.
    after = np.array([[2.8, 2.7], [0.7, 2.8]]) / 9
    assert shares(page) == pytest.approx(after.ravel(), abs=6e-4)
    settled(page, mutual_information_from_table(after))
    dragged(page, cell, 300)
    assert shares(page)[1] == 0
    whole = page.locator("rect.both").bounding_box()
    parts = [bar.bounding_box() for bar in page.locator("rect.bar-of").all()]
    _, x, y, left, right, overlap = parts
    assert x["x"] == pytest.approx(whole["x"], abs=1)
    assert y["x"] + y["width"] == pytest.approx(whole["x"] + whole["width"], abs=1)
    assert x["width"] + y["width"] - whole["width"] == pytest.approx(overlap["width"], abs=2)
    assert left["width"] + overlap["width"] == pytest.approx(x["width"], abs=2)
    assert right["width"] + overlap["width"] == pytest.approx(y["width"], abs=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (visited.outside, visited.failed, visited.errors) == ([], [], [])


def test_the_keyboard_does_all_that_a_drag_does(opened, tab_stops):
    visited, page = opened(JointTable(TABLE))
    names = list(islice(tab_stops(page), 9))
    cells = ["p(x₁, y₁)", "p(x₁, y₂)", "p(x₂, y₁)", "p(x₂, y₂)"]
    assert names[:3] == ["Independent", "A noisy copy", "A copy"]
    assert [name for name in names if name in cells] == cells

    cell = page.get_by_role("slider", name="p(x₂, y₁)")
    cell.focus()
    assert cell.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    for key, share in [
        ("ArrowUp", 0.11),
        ("ArrowRight", 0.12),
        ("ArrowDown", 0.11),
        ("ArrowLeft", 0.10),
        ("PageUp", 0.20),
        ("PageDown", 0.10),
        ("End", 1.0),
        ("Home", 0.0),
        ("ArrowDown", 0.0),
    ]:
        cell.press(key)
        assert cell.get_attribute("aria-valuetext") == f"{share:.2f}", key
    # Back from all and from nothing, the others stand as they stood: 4 : 1 : 4.
    assert shares(page) == [0.444, 0.111, 0, 0.444]
    assert page.evaluate("document.activeElement.ariaLabel") == "p(x₂, y₁)"
    assert visited.errors == []


def test_three_tables_to_begin_with(opened):
    _, page = opened(JointTable([[0.3, 0.1, 0.1], [0.1, 0.2, 0.0], [0.0, 0.1, 0.1]]))
    status = page.get_by_role("status")
    page.get_by_role("button", name="A copy").click()
    assert said(page) == 1.585
    assert shares(page) == [0.333, 0, 0, 0, 0.333, 0, 0, 0, 0.333]
    page.get_by_role("button", name="A noisy copy").click()
    assert 0 < said(page) < 1.585
    label = page.locator(".diagram svg").get_attribute("aria-label")
    page.get_by_role("button", name="Independent").click()
    assert said(page) == 0
    assert status.text_content().endswith("X and Y are independent: no overlap.")
    assert page.locator(".diagram svg").get_attribute("aria-label") != label
    assert "overlap by I(X;Y) = 0.00 bits" in page.locator(".diagram svg").get_attribute(
        "aria-label"
    )


def test_a_link_holds_the_table_and_hostile_ones_nothing(opened):
    visited, page = opened(JointTable(TABLE), address="#table?p_xy=250-250-250-250")
    assert said(page) == 0
    page.get_by_role("slider", name="p(x₁, y₁)").press("End")
    page.wait_for_url("**/page.html#table?p_xy=1000-0-0-0")
    page.evaluate("location.hash = '#table?p_xy=500-0-0-500'")
    page.locator("css=.state", has_text="= 1.000 bits").wait_for()
    for hostile in ("1-2-3", "0-0-0-0", "-1-2-3-4", "500-0-0-1e9", "<img src=x>", "NaN-1-1-1", ""):
        page.evaluate(GO, f"table?p_xy={hostile}")
        assert shares(page) == [0.5, 0, 0, 0.5], hostile
    page.evaluate(GO, "table?p_xy=0-500-500-0")
    assert shares(page) == [0, 0.5, 0.5, 0]
    assert visited.errors == []


def test_a_finger_scrolls_beside_the_grips(opened):
    _, page = opened(JointTable(TABLE), 390)
    action = "node => getComputedStyle(node).touchAction"
    assert {grip.evaluate(action) for grip in page.locator(".grip").all()} == {"none"}
    assert page.locator(".cell").first.evaluate(action) == "auto"
    assert page.locator(".table").evaluate(action) == "auto"
    box = page.locator(".grip").nth(1).bounding_box()
    assert min(box["width"], box["height"]) >= 38
    page.locator(".cell").first.evaluate(
        """node => { for (const [type, y] of [["pointerdown", 100], ["pointermove", 0]])
             node.dispatchEvent(new PointerEvent(type, {pointerType: "touch", clientY: y})); }"""
    )
    assert shares(page) == [0.4, 0.1, 0.1, 0.4]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_table(opened, axe_findings, theme):
    _, page = opened(JointTable(np.full((4, 4), 1 / 16)), 390, theme)
    assert axe_findings(page, ".ibtools-lab") == []
    page.get_by_role("slider").first.press("End")
    assert axe_findings(page, ".ibtools-lab") == []
