"""Still pictures: what a reader without JavaScript sees, and nobody else loads."""

import logging
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from ibtools.site import stills
from ibtools.site.mime import still_html, widget_html

ROOT = Path(__file__).parents[2]
MAX_BYTES = 60_000


def pages_with_widgets(site):
    return sorted({page for page, _, _ in stills.widgets_of(site).values()})


def test_every_widget_has_its_small_picture_and_no_picture_is_left_over(site):
    pictures = {file.name: file for file in (ROOT / stills.STILLS).glob("*")}
    assert pictures.keys() == stills.widgets_of(site).keys(), "run `make stills`"
    assert max(file.stat().st_size for file in pictures.values()) < MAX_BYTES


@pytest.mark.parametrize("width", [1400, 390])
def test_without_javascript_every_widget_is_a_picture_and_its_words(browser, site, address, width):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    failed = []
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    for file in pages_with_widgets(site):
        page.goto(f"{address}{file.relative_to(site)}", wait_until="load")
        widgets = page.locator(".ibtools-widget")
        assert widgets.count() > 0
        for widget in widgets.all():
            words = widget.locator(".ibtools-summary")
            assert words.is_visible()
            picture = widget.get_by_role("img")
            picture.scroll_into_view_if_needed()
            assert picture.is_visible()
            assert picture.get_attribute("alt") == words.text_content()
            natural, shown = picture.evaluate("img => [img.naturalWidth, img.clientWidth]")
            assert natural == int(picture.get_attribute("width")) > 0
            assert 0 < shown <= min(natural, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert failed == []
    context.close()


def test_with_javascript_no_picture_is_loaded(visit, site):
    visited = visit()
    asked = []
    visited.page.on("request", lambda request: asked.append(request.url))
    for file in pages_with_widgets(site):
        page = visited.open(str(file.relative_to(site)))
        for widget in page.locator(".ibtools-widget").all():
            widget.scroll_into_view_if_needed()
            widget.locator("css=svg, canvas").first.wait_for(state="attached")
        page.wait_for_load_state("networkidle")
        assert page.locator("noscript img").count() == 0
    assert any("/_static/course.js" in url for url in asked)
    assert [url for url in asked if f"/{stills.STILLS.name}/" in url] == []


# ---- the page's part ----


WIDGET = {"address": "slider", "summary": 'More than "one" < two', "module": "m", "height": 9}


def environment(srcdir, docname="book/part/page"):
    dependencies = []
    return SimpleNamespace(
        srcdir=str(srcdir),
        docname=docname,
        temp_data={},
        dependencies=dependencies,
        note_dependency=dependencies.append,
    )


def test_the_second_widget_of_a_kind_has_a_picture_of_its_own(tmp_path):
    folder = tmp_path / stills.STILLS
    folder.mkdir(parents=True)
    for number, name in enumerate(("page-slider", "page-lab", "page-slider-2")):
        Image.new("P", (70 + number, 50)).save(folder / f"{name}.png")
    env = environment(tmp_path)
    first = still_html(env, WIDGET)
    assert 'src="../../_static/stills/page-slider.png"' in first
    assert 'alt="More than &quot;one&quot; &lt; two" width="70" height="50"' in first
    assert 'page-lab.png"' in still_html(env, WIDGET | {"address": "lab"})
    second = still_html(env, WIDGET)
    assert 'page-slider-2.png"' in second
    assert 'width="72"' in second
    assert second.startswith("<noscript>")
    assert widget_html(WIDGET | {"state": {}}, second).count(second) == 1
    assert len(env.dependencies) == 3


def test_a_missing_picture_warns_and_names_the_command(tmp_path):
    env = environment(tmp_path)
    warnings = []
    handler = logging.Handler()
    handler.emit = lambda record: warnings.append((record.getMessage(), record.location))
    logger = logging.getLogger("sphinx.ibtools.site.mime")
    logger.addHandler(handler)
    try:
        assert still_html(env, WIDGET) == ""
    finally:
        logger.removeHandler(handler)
    assert warnings == [
        ("the widget has no picture page-slider.png: run `make stills`", "book/part/page")
    ]
    # So that the next build reads the page again.
    assert env.dependencies == [str(tmp_path / stills.STILLS / "page-slider.png")]
