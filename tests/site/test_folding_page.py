"""The folded sheet on a page with no kernel: what it shows, and how keys and fingers move it."""

import pytest

from ibtools.widgets.folding import Folding

TWO_LAYERS = (
    "2 layers of folds and one cut, 9 units: 16 pieces of paper; the cut goes through 16 of them, "
    "and so there are 32 linear regions. A single layer of 9 units makes at most 46."
)


def said(page):
    return page.get_by_role("status").text_content()


def seams(page, picture=0):
    return page.locator(".sheet").nth(picture).locator(".cut").count()


def set_slider(page, name, *keys):
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.focus()
    for key in keys:
        slider.press(key)
    return slider


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_depth_multiplies_the_cut(opened, width, theme):
    visited, page = opened(Folding(depth=2), width, theme)
    assert said(page) == TWO_LAYERS
    assert (seams(page, 0), seams(page, 1)) == (16, 16)
    assert "the one cut is there 16 times" in page.locator(".sheet svg").first.get_attribute(
        "aria-label"
    )

    set_slider(page, "Folding layers", "ArrowRight")
    assert "13 units: 64 pieces of paper; the cut goes through 64 of them" in said(page)
    assert "and so there are 128 linear regions" in said(page)
    assert "at most 92" in said(page)
    assert seams(page) == 64
    set_slider(page, "Folding layers", "Home")
    assert "1 layer of folds and one cut, 5 units: 4 pieces" in said(page)
    assert page.locator(".sheet").nth(0).locator("text.name").all_text_contents()[1:] == [*"ABCD"]
    assert page.locator(".sheet").nth(1).locator("text.name").all_text_contents()[1:] == ["A B C D"]

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (visited.outside, visited.failed, visited.errors) == ([], [], [])


def test_a_flat_sheet_is_the_sheet_laid_open(opened):
    _, page = opened(Folding(fold=0, depth=1))
    shapes = "nodes => nodes.map(({ points }) => [...points].map(({ x, y }) => [x, y]))"
    flat, open_sheet = (
        page.locator(".sheet").nth(i).locator("polygon").evaluate_all(shapes) for i in (1, 0)
    )
    assert len(flat) == 8
    for corners, others in zip(flat, open_sheet, strict=True):
        for corner, other in zip(corners, others, strict=True):
            assert corner == pytest.approx(other, abs=0.2)
    set_slider(page, "Fold", "End")
    folded = page.locator(".sheet").nth(1).locator("polygon").evaluate_all(shapes)
    assert folded != flat
    assert page.locator(".sheet text.name").nth(-2).text_content().startswith("folded by 1 layer")


def test_the_network_decides_how_deep_it_can_be(opened):
    _, page = opened(Folding(depth=4))
    page.get_by_role("combobox", name="network").select_option("thirds")
    assert "2 layers of folds and one cut, 13 units: 81 pieces" in said(page)
    assert page.get_by_role("slider", name="Folding layers").get_attribute("max") == "2"
    page.get_by_role("combobox", name="network").select_option("random")
    assert "4 layers of folds and one cut, 17 units:" in said(page)


@pytest.mark.parametrize("width", [1400, 390])
def test_the_cut_follows_keys_and_fingers(opened, width):
    visited, page = opened(Folding(depth=2, cut=(5, 58)), width)
    before = page.locator(".sheet .cut").first.get_attribute("points")
    end = set_slider(page, "one end of the cut", "ArrowRight", "PageUp")
    assert end.get_attribute("aria-valuenow") == "16"
    assert end.get_attribute("aria-valuetext") == "upper side, 64 % along"
    assert page.locator(".sheet .cut").first.get_attribute("points") != before
    end.press("Home")
    end.press("ArrowLeft")
    assert end.get_attribute("aria-valuetext") == "left side, 96 % along"

    box = end.bounding_box()
    assert min(box["width"], box["height"]) >= 38
    sheet = page.locator(".sheet").nth(1).locator("svg").bounding_box()
    end.hover()
    page.mouse.down()
    page.mouse.move(sheet["x"] + sheet["width"] - 5, sheet["y"] + sheet["height"] / 2, steps=4)
    page.mouse.up()
    assert end.get_attribute("aria-valuetext").startswith("right side,")
    # Only the handle takes a finger: elsewhere it scrolls the page.
    touch = "node => getComputedStyle(node).touchAction"
    assert end.evaluate(touch) == "none"
    assert page.locator(".sheet svg").nth(1).evaluate(touch) == "auto"
    assert visited.errors == []


def test_a_cut_that_misses_adds_nothing(opened):
    _, page = opened(Folding(depth=2, cut=(7, 7)))
    assert "the cut goes through 0 of them, and so there are 16 linear regions" in said(page)
    assert seams(page) == 0


def test_playing_folds_layer_by_layer_for_a_calm_reader(opened):
    visited, page = opened(Folding(depth=2, fold=0))
    page.evaluate("""() => {
      window.shown = new Set();
      const value = document.querySelector('.folds .value');
      new MutationObserver(() => window.shown.add(value.textContent))
        .observe(value, { childList: true });
    }""")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("shown.size === 2")
    page.get_by_role("button", name="Play").wait_for()
    assert page.evaluate("[...window.shown]") == ["50 %", "100 %"]
    assert visited.errors == []


def test_a_link_shows_its_state_and_follows_the_reader(opened):
    visited, page = opened(Folding(), address="#folding?depth=1&fold=0.5&cut=20-80")
    assert said(page).startswith("1 layer of folds")
    assert page.get_by_role("slider", name="Fold", exact=True).get_attribute("aria-valuetext") == (
        "50 %"
    )
    end = set_slider(page, "other end of the cut", "ArrowLeft")
    page.wait_for_url("**/page.html#folding?depth=1&fold=0.5&cut=20-79")
    page.evaluate("location.hash = '#folding'")
    page.locator(".state", has_text=TWO_LAYERS).wait_for()
    for hostile in (
        "fold=2&cut=1-200&network=constructor",
        "fold=&cut=5&network=<img src=x>",
        "cut=1-2-3&fold=NaN&other=1",
    ):
        page.evaluate("text => (location.hash = `#folding?depth=3&${text}`)", hostile)
        page.locator(".state", has_text="13 units: 64 pieces of paper; the cut goes").wait_for()
        assert end.get_attribute("aria-valuenow") == "58"
        assert page.locator(".folds .value").text_content() == "100 %"
        page.evaluate("location.hash = '#folding?depth=-1&fold=0.25'")
        page.locator(".folds .value", has_text="25 %").wait_for()
        assert "64 pieces" in said(page)
        page.evaluate("location.hash = '#folding'")
        page.locator(".state", has_text=TWO_LAYERS).wait_for()
    # What no network can be is not shown, and what one can be stays readable.
    page.evaluate("location.hash = '#folding?network=thirds&depth=4'")
    page.locator(".state", has_text="2 layers of folds and one cut, 13 units").wait_for()
    assert visited.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(opened, axe_findings, theme):
    _, page = opened(Folding(depth=1), theme=theme)
    assert axe_findings(page, ".ibtools-lab") == []
