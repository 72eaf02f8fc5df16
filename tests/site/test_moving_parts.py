"""What moves in the chapter: the animated figure and the widget, served and from a file."""

import pytest

CHAPTER = "book/information_bottleneck/opening_the_black_box.html"
POINTS = "plot => plot._fullData.map(trace => Array.from(trace.x))"
SET_THEME = "theme => { document.documentElement.dataset.theme = theme }"
FONT = "plot => plot._fullLayout.font.color"
POSITIONS = "points => points.map(p => [p.getAttribute('cx'), p.getAttribute('cy')])"


@pytest.fixture
def chapter(visit):
    return visit().open(CHAPTER)


def animated_figure(page):
    """The figure with a slider, once it is drawn."""
    for figure in page.locator(".ibtools-figure").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".main-svg").first.wait_for()
        if figure.locator(".slider-container").count():
            return figure
    raise AssertionError("no figure of the chapter has a slider")


def widget(page):
    container = page.locator(".ibtools-widget").first
    container.scroll_into_view_if_needed()
    container.locator("circle.point").first.wait_for(state="attached")
    return container


def wait_for_change(page, locator, expression, before, *, every=False):
    """Wait until the expression on the element (or on all of them) gives something else."""
    for _ in range(50):
        now = (locator.evaluate_all if every else locator.evaluate)(expression)
        if now != before:
            return now
        page.wait_for_timeout(100)
    raise AssertionError(f"still {before!s:.200}")


def check_figure(page):
    plot = animated_figure(page).locator(".ibtools-plot")
    start = plot.evaluate(POINTS)
    plot.locator(".updatemenu-button", has_text="Play").click()
    moved = wait_for_change(page, plot, POINTS, start)
    plot.locator(".updatemenu-button", has_text="Pause").click()
    rail = plot.locator(".slider-rail-touch-rect").bounding_box()
    page.mouse.click(rail["x"] + 0.9 * rail["width"], rail["y"] + rail["height"] / 2)
    assert wait_for_change(page, plot, POINTS, moved) != start


def check_widget(page):
    container = widget(page)
    points = container.locator("circle.point")
    start = points.evaluate_all(POSITIONS)
    container.get_by_role("button", name="Play").click()
    wait_for_change(page, points, POSITIONS, start, every=True)
    container.get_by_role("button", name="Stop").click()
    slider = container.get_by_role("slider", name="Epoch")
    slider.press("Home")
    container.locator("css=.state", has_text="At epoch 0,").wait_for()
    slider.press("End")
    container.locator("css=.state", has_text="At epoch 8000,").wait_for()
    assert points.evaluate_all(POSITIONS) == start


def test_the_figure_plays_and_jumps(chapter):
    check_figure(chapter)


def test_the_figure_follows_the_theme(chapter):
    plot = animated_figure(chapter).locator(".ibtools-plot")
    chapter.evaluate(SET_THEME, "light")
    light = plot.evaluate(FONT)
    chapter.evaluate(SET_THEME, "dark")
    wait_for_change(chapter, plot, FONT, light)


def test_the_widget_plays_and_jumps(chapter):
    check_widget(chapter)


def test_a_widget_that_breaks_says_so(visit):
    visited = visit()
    visited.page.route("**/_static/widgets/*.js", lambda route: route.abort())
    page = visited.open("book/index.html")
    message = page.locator(".ibtools-widget .ibtools-error")
    message.wait_for()
    assert "could not be loaded" in message.text_content()
    assert page.locator(".ibtools-widget .ibtools-summary").is_visible()


def test_all_of_it_works_from_a_file(visit, site):
    visited = visit(address=site.as_uri() + "/")
    page = visited.open(CHAPTER)
    check_figure(page)
    check_widget(page)
    page.locator("mjx-container").first.wait_for(state="attached")
    assert visited.outside == []
