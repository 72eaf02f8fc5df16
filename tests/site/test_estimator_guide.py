"""The buttons of the estimator guide show one dimension at a time."""

import pytest

SHOWN = """plot => plot._fullData.filter(trace => trace.visible === true && trace.name !== "truth")
    .map(trace => trace.x.length + " " + Array.from(trace.y).join(" "))"""


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_each_button_shows_other_errors(visit, width, theme):
    page = visit(width, theme).open("book/appendix/estimator_guide.html")
    pressed = 0
    for figure in page.locator(".ibtools-figure").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".main-svg").first.wait_for()
        buttons = figure.locator(".updatemenu-button")
        if not buttons.count():
            continue
        seen = set()
        for i in range(buttons.count()):
            buttons.nth(i).click()
            page.wait_for_timeout(100)
            shown = figure.locator(".ibtools-plot").evaluate(SHOWN)
            assert len(shown) >= 5
            seen.add(tuple(shown))
        assert len(seen) == 3
        pressed += 1
    assert pressed == 3
