"""Every page, at two widths and in both themes, with no host but its own."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def pages() -> list[str]:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [toc["root"], *chapters]


LIVE = """figure => {
    const plot = figure.querySelector(".ibtools-plot")
    return plot.data?.length > 0 && plot.querySelectorAll("svg path").length > 0
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("name", pages())
def test_a_page_is_whole(visit, name, width, theme):
    visited = visit(width, theme)
    page = visited.open(f"{name}.html")
    assert page.evaluate("document.documentElement.dataset.theme") == theme

    for figure in page.locator(".ibtools-figure").all():
        figure.scroll_into_view_if_needed()
        page.wait_for_function(LIVE, arg=figure.element_handle())
    for widget in page.locator(".ibtools-widget").all():
        widget.scroll_into_view_if_needed()
        widget.locator("css=svg").first.wait_for()
    if page.locator(".math").count():
        page.locator("mjx-container").first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".ibtools-error, mjx-merror").count() == 0
    assert (visited.outside, visited.failed, visited.errors) == ([], [], [])


def test_the_contents_open_on_a_phone(visit):
    page = visit(390).open("book/index.html")
    chapter = page.locator(".bd-sidebar-primary a", has_text="Opening the black box")
    assert not chapter.is_visible()
    page.locator("button.primary-toggle:visible").click()
    chapter.wait_for(state="visible")


def test_the_root_leads_to_the_welcome_page(visit):
    page = visit().open("index.html")
    page.wait_for_url("**/book/index.html")
