"""The steps of sparse filtering on a page: what they draw, say and keep in the address."""

import re
from itertools import islice

import pytest

from ibtools.widgets.sparse_filtering_steps import SparseFilteringSteps

ALONE = ".points circle.alone"


def said(page):
    return page.get_by_role("status").text_content()


def choose(page, name):
    return page.get_by_role("combobox", name=name)


def wait_for_words(page, words):
    page.locator("css=.state", has_text=words).wait_for()


def number_said(page, pattern):
    return float(re.search(pattern, said(page))[1])


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_the_keyboard_turns_the_cones_onto_the_points(opened, width, theme):
    visited, page = opened(SparseFilteringSteps(), width, theme)
    assert said(page).startswith("Step 0 of 14: one feature alone tells 0 of 24 points")
    assert page.locator(ALONE).count() == 0
    assert page.locator("line.before").count() == 0
    time = page.get_by_role("slider", name="step")
    time.focus()
    before = page.locator(".points path.sector.alone").first.get_attribute("d")
    loss = number_said(page, r"Loss per point ([\d.]+)")
    time.press("ArrowRight")
    assert said(page).startswith("Step 1 of 14:")
    assert number_said(page, r"Loss per point ([\d.]+)") < loss
    assert page.locator(".points path.sector.alone").first.get_attribute("d") != before
    time.press("End")
    assert said(page).startswith(
        "Step 14 of 14: one feature alone tells 24 of 24 points (z₁ 12, z₂ 12)"
    )
    assert said(page).endswith("Turning the filters lowers it no further.")
    assert time.get_attribute("aria-valuetext") == "14 of 14"
    for picture in ("points", "features"):
        assert page.locator(f".{picture} circle.alone").count() == 24
    assert page.locator("line.before").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (visited.outside, visited.failed, visited.errors) == ([], [], [])


def test_pictures_say_what_they_show(opened):
    _, page = opened(SparseFilteringSteps(step=14))
    label = page.locator(".points svg").get_attribute("aria-label")
    assert label == (
        "24 points in the plane: the cone of z₁ lies at 75° and holds 12; "
        "the cone of z₂ lies at 20° and holds 12"
    )
    label = page.locator(".features svg").get_attribute("aria-label")
    assert label.endswith("Told by one feature: z₁ 12, z₂ 12; by several: 0")
    label = page.locator(".loss svg").get_attribute("aria-label")
    assert label == "Loss per point by step: from 1.408 down to 1.061, 1.061 at step 14 of 14"


def test_controls_follow_one_another_and_begin_again(opened, tab_stops):
    visited, page = opened(SparseFilteringSteps(step=5))
    names = list(islice(tab_stops(page), 7))
    assert names == ["Points", "Features", "Play", "Reset", "New start", "Step", "Copy link"]
    page.get_by_role("button", name="Reset").click()
    assert said(page).startswith("Step 0 of 14:")
    start = page.locator(".points svg").get_attribute("aria-label")
    page.get_by_role("button", name="New start").click()
    assert page.locator(".points svg").get_attribute("aria-label") != start
    choose(page, "points").select_option("near and far")
    assert page.locator(".points circle.hollow").count() == 12
    assert page.locator(".points text", has_text="far").count() == 1
    choose(page, "features").select_option("3")
    assert page.locator("polyline.reach").count() == 1
    assert "z₃" in said(page)
    assert visited.errors == []


def test_play_goes_to_the_end_and_can_be_stopped(opened):
    visited, page = opened(SparseFilteringSteps(step=3))
    play = page.get_by_role("button", name="Play")
    play.click()
    page.get_by_role("button", name="Pause").wait_for()
    page.wait_for_function("document.querySelector('input[type=range]').value > 3")
    page.get_by_role("button", name="Pause").click()
    stopped = page.get_by_role("slider").input_value()
    # Under reduced motion a step takes 0.88 s.
    page.wait_for_timeout(1000)
    assert page.get_by_role("slider").input_value() == stopped
    play.click()
    page.locator("css=.state", has_text="lowers it no further").wait_for(timeout=60_000)
    play.wait_for()
    play.click()
    wait_for_words(page, "Step 0 of")
    assert visited.errors == []


def test_the_address_holds_the_state(opened):
    address = "#bases?data=three_cones&features=3&seed=1&step=2"
    visited, page = opened(SparseFilteringSteps(), address=address)
    assert said(page).startswith("Step 2 of 6: one feature alone tells")
    assert choose(page, "points").input_value() == "three_cones"
    page.get_by_role("slider").press("ArrowRight")
    page.wait_for_url("**#bases?data=three_cones&features=3&seed=1&step=3")
    choose(page, "features").select_option("2")
    page.wait_for_url("**#bases?data=three_cones&seed=1")
    page.evaluate("location.hash = '#bases?step=60'")
    wait_for_words(page, "Step 14 of 14")
    before = said(page)
    for hostile in (
        "data=constructor",
        "data=rings",
        "features=4",
        "features=1e9",
        "seed=-1",
        "seed=2.5",
        "step=61",
        "step=NaN",
        "step=<img src=x>",
        "step=",
    ):
        page.evaluate("text => (location.hash = `#bases?step=60&${text}`)", hostile)
        wait_for_words(page, before)
    page.wait_for_timeout(100)
    assert choose(page, "points").input_value() == "two_cones"
    assert page.locator("img").count() == 0
    assert visited.errors == []


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_axe_finds_nothing(opened, axe_findings, width, theme):
    _, page = opened(SparseFilteringSteps("near_and_far", n_features=3, step=5), width, theme)
    assert axe_findings(page, ".ibtools-lab") == []


def test_what_a_finger_meets_is_large_enough(opened):
    _, page = opened(SparseFilteringSteps(), 390)
    heights = page.locator("css=.ibtools-lab :is(button, select, input)").evaluate_all(
        "nodes => nodes.map((node) => node.getBoundingClientRect().height)"
    )
    assert len(heights) >= 6
    assert min(heights) >= 38
