"""The slider of the solver guide moves along the curve, by keys, with no kernel."""

import re

import pytest


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_keys_move_along_the_curve(visit, width, theme):
    page = visit(width, theme).open("book/appendix/bottleneck_guide.html")
    widget = page.locator(".ibtools-widget")
    widget.scroll_into_view_if_needed()
    slider, state = widget.get_by_role("slider"), widget.get_by_role("status")
    slider.focus()
    said = []
    for key in ("Home", "End"):
        page.keyboard.press(key)
        page.wait_for_timeout(100)
        said.append(state.inner_text())
    assert said[0].startswith("β = 1.8: I(X;T) = 0.00 bits, I(T;Y) = 0.00 bits, 1 cluster")
    cost, relevance = (float(bits) for bits in re.findall(r"([\d.]+) bits", said[1]))
    assert cost > 2
    assert 0.4 < relevance < 0.68
    box = widget.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
