"""Estimator and truth on a page with no kernel: computed in the browser, obeying keys and links."""

import re

import pytest

from ibtools.widgets.estimator_and_truth import EstimatorAndTruth

# Resolves after the widget has heard of the address, since it listens for longer.
GO = """hash => new Promise(done => {
  addEventListener("hashchange", done, {once: true});
  location.hash = hash;
}).then(() => {})"""
ALL_MEASURED = "document.querySelectorAll('circle.mean').length === 6"


def measured(page):
    """Wait until all sizes are measured, and return what is said then."""
    page.wait_for_function(ALL_MEASURED)
    page.locator("css=.state", has_text="from 800 samples").wait_for()
    return page.get_by_role("status").text_content()


def heights(page):
    return [float(dot.get_attribute("cy")) for dot in page.locator("circle.mean").all()]


def level(page):
    return float(page.locator("line.truth").get_attribute("y1"))


def biases(page):
    return [float(text.replace("−", "-")) for text in page.locator("text.bias").all_text_contents()]


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_bins_overshoot_and_neighbours_fall_short(opened, width, theme):
    visited, page = opened(EstimatorAndTruth(), width, theme)
    words = measured(page)
    assert re.fullmatch(
        r"The truth is 0.32 bits. 10 bins: from 25 samples \d.\d\d ± \d.\d\d, \d.\d\d too high; "
        r"from 800 samples \d.\d\d ± \d.\d\d, \d.\d\d too high.",
        words,
    )
    assert page.locator(".estimates svg").get_attribute("aria-label").endswith(words)
    assert page.locator("circle.estimate").count() == 120
    # Downwards on the screen is less.
    assert max(heights(page)) < level(page)
    assert min(biases(page)) > 0
    assert page.locator("text", has_text="too high").count() == 1

    page.get_by_role("slider", name="ρ").fill("0.9")
    page.get_by_role("slider", name="dimension").fill("3")
    page.get_by_role("combobox").select_option("KSG, k = 3")
    words = measured(page)
    assert words.startswith("The truth is 3.59 bits. KSG, k = 3: from 25 samples")
    assert words.count("too low") == 2
    assert min(heights(page)) > level(page)
    assert max(biases(page)) < 0
    assert page.locator("text", has_text="too low").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (visited.outside, visited.failed, visited.errors) == ([], [], [])


def test_the_keyboard_reaches_and_moves_everything(opened):
    visited, page = opened(EstimatorAndTruth())
    measured(page)
    page.keyboard.press("Tab")
    focused = "document.activeElement.labels?.[0]?.firstChild.textContent"
    assert page.evaluate(focused) == "Estimator"
    page.keyboard.press("ArrowUp")
    assert measured(page).startswith("The truth is 0.32 bits. 5 bins:")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Correlation ρ"
    page.keyboard.press("Home")
    assert page.get_by_role("slider", name="ρ").get_attribute("aria-valuetext") == "0.00"
    assert measured(page).startswith("The truth is 0.00 bits.")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Dimension d"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "New samples"
    before = measured(page)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "words => document.querySelector('.state').textContent !== words", arg=before
    )
    assert measured(page) != before
    assert visited.errors == []


def test_the_same_seed_is_the_same_picture(opened):
    _, page = opened(EstimatorAndTruth(estimator="bins-5", seed=3))
    words, first = measured(page), heights(page)
    page.get_by_role("button", name="New samples").click()
    page.wait_for_url("**/page.html#estimators?seed=4")
    assert measured(page) != words
    assert heights(page) != first
    page.evaluate("location.hash = '#estimators?seed=3'")
    page.locator("css=.state", has_text=words).wait_for()
    assert heights(page) == first


def test_a_link_shows_its_state_and_hostile_ones_nothing(opened):
    link = "#estimators?estimator=gaussian&rho=0.9&dimension=10&seed=2"
    visited, page = opened(EstimatorAndTruth(), address=link)
    words = measured(page)
    assert words.startswith("The truth is 11.98 bits. Gaussian, plug-in:")
    assert page.get_by_role("slider", name="dimension").input_value() == "10"
    page.get_by_role("slider", name="ρ").press("ArrowLeft")
    page.wait_for_url(f"**/page.html{link.replace('0.9', '0.89')}")
    page.evaluate("location.hash = '#estimators?rho=0.3'")
    page.locator("css=.state", has_text="The truth is 0.07 bits. 10 bins").wait_for()
    values = "Array.from(document.querySelectorAll('select, input'), (node) => node.value)"
    for hostile in (
        "estimator=constructor&rho=0.3",
        "estimator=ksg-99&rho=0.3",
        "dimension=11&rho=0.3",
        "dimension=2.5&rho=0.3",
        "seed=-1&rho=0.3",
        "seed=NaN&rho=0.3",
        "rho=1",
        "rho=-0.2",
        "rho=1e9",
        "rho=<img src=x>",
        "rho=",
    ):
        page.evaluate(GO, f"estimators?{hostile}")
        assert page.evaluate(values) == ["bins-10", "0.3", "1"], hostile
    assert measured(page).startswith("The truth is 0.07 bits. 10 bins")
    # Between two steps of the slider the nearest counts.
    page.evaluate(GO, "estimators?rho=0.986")
    assert measured(page).startswith("The truth is 2.83 bits.")
    assert visited.errors == []


def test_it_rests_out_of_sight_and_goes_on_in_sight(opened):
    visited, page = opened(EstimatorAndTruth())
    measured(page)
    page.evaluate("document.querySelector('main').style.paddingBottom = '3000px'")
    page.evaluate("scrollTo(0, 2500)")
    seen = """new Promise(done => new IntersectionObserver(([entry]) => done(entry.isIntersecting))
        .observe(document.querySelector('.ibtools-lab')))"""
    page.wait_for_function(f"async () => !(await {seen})")
    page.evaluate("document.querySelector('input[type=range]').value = 0.5")
    page.evaluate("document.querySelector('input').dispatchEvent(new Event('input'))")
    # Twenty frames, in any of which it could have gone on.
    page.evaluate(
        """new Promise(done => { let left = 20;
             const next = () => (left -= 1) ? requestAnimationFrame(next) : done(); next(); })"""
    )
    assert page.locator("circle.mean").count() == 0
    page.evaluate("scrollTo(0, 0)")
    assert measured(page).startswith("The truth is 0.21 bits.")
    assert visited.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_estimates(opened, axe_findings, theme):
    _, page = opened(EstimatorAndTruth(estimator="ksg-3"), 390, theme)
    measured(page)
    assert axe_findings(page, ".ibtools-lab") == []
