"""The graph of a network on a page with no kernel: keys, fingers, steps, flows and addresses."""

import re

import numpy as np
import pytest

from ibtools.widgets.network_graph import NetworkGraph

NEURON = {"weights": [[[0.5, -1.2, 0.1]]], "inputs": (1, 0.3), "target": 0.8}
FORMULA = "ŷ = tanh(0.50·1.00 − 1.20·0.30 + 0.10) = tanh(0.24) = 0.24."
LOSS = "loss = (ŷ − target)² = (0.24 − 0.80)² = 0.32."


def said(page):
    return page.get_by_role("status").text_content().split("\n")


def chosen(page):
    return page.locator(".parts [aria-selected=true]").text_content()


def press(page, *keys):
    parts = page.get_by_role("listbox")
    parts.focus()
    for key in keys:
        parts.press(key)


def do(page, name):
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_a_neuron_by_keyboard(opened, width, theme):
    visited, page = opened(NetworkGraph(**NEURON), width, theme)
    assert said(page) == [FORMULA, LOSS]
    assert FORMULA in page.locator(".graph svg").get_attribute("aria-label")
    assert chosen(page) == "weight from x1 to ŷ, 0.50"
    press(page, "ArrowLeft")
    assert chosen(page) == "input x1, 1.00"
    slider = page.get_by_role("slider", name="Input x1")
    slider.focus()
    slider.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "0.95"
    assert said(page)[0] == "x1 = 0.95 is given."
    press(page, "ArrowRight", "ArrowDown", "ArrowRight")
    assert chosen(page) == "bias of ŷ, 0.10, value 0.21"
    assert said(page)[0].startswith("ŷ = tanh(0.50·0.95 − 1.20·0.30 + 0.10)")
    active = page.get_by_role("listbox").get_attribute("aria-activedescendant")
    assert page.locator(f"[id='{active}']").text_content() == chosen(page)

    do(page, "Backward")
    assert said(page)[2].startswith("∂loss/∂b = −1.18·0.96 = −1.12: what comes back to ŷ")
    assert chosen(page).endswith("gradient −1.12")
    assert page.locator(".gradient").count() == 2
    assert page.locator(".dot").count() == 0
    do(page, "Forward")
    assert page.locator(".gradient").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (visited.outside, visited.failed, visited.errors) == ([], [], [])


def test_steps_are_those_of_gradient_descent(opened):
    visited, page = opened(NetworkGraph(rate=0.1, **NEURON))
    numbers, got = np.array([0.5, -1.2, 0.1]), np.array([1, 0.3, 1])
    losses = []
    for _ in range(3):
        value = np.tanh(numbers @ got)
        losses.append((value - 0.8) ** 2)
        do(page, "Step")
        numbers = numbers - 0.1 * 2 * (value - 0.8) * (1 - value**2) * got
        after = (np.tanh(numbers @ got) - 0.8) ** 2
        assert said(page)[0] == f"Step: the loss goes from {losses[-1]:.2f} to {after:.2f}."
    assert f"{numbers[0]:.2f}·1.00" in said(page)[1]
    do(page, "Start again")
    assert said(page) == [FORMULA, LOSS]
    assert visited.errors == []


def test_a_step_that_is_too_large_is_refused_in_words(opened):
    widget = NetworkGraph(
        activation="linear", weights=[[[20, 20, 0]]], inputs=(20, 20), target=-20, rate=5
    )
    visited, page = opened(widget)
    alarm = page.locator(".alarm")
    assert alarm.text_content() == ""
    before = said(page)
    do(page, "Step")
    assert "beyond ±20" in alarm.text_content()
    assert said(page) == before
    do(page, "Forward")
    assert alarm.text_content() == ""
    assert visited.errors == []


@pytest.mark.parametrize("width", [1400, 390])
def test_a_finger_chooses_units_edges_and_the_target(opened, width):
    _, page = opened(NetworkGraph((2, 3, 3, 1)), width)
    picture = page.locator(".graph svg")
    for place, name in (
        (picture.locator("circle.unit").nth(3), "bias of h2"),
        (picture.locator("circle.unit").first, "input x1"),
        (picture.locator("rect.box").nth(1), "target"),
    ):
        box, whole = place.bounding_box(), picture.bounding_box()
        assert min(box["width"], 2 * box["height"]) >= 38
        x, y = box["x"] + box["width"] / 2 - whole["x"], box["y"] + box["height"] / 2 - whole["y"]
        page.get_by_role("listbox").click(position={"x": x, "y": y})
        assert chosen(page).startswith(name)
    # A tap beside everything changes nothing, and a finger anywhere scrolls the page.
    page.get_by_role("listbox").click(position={"x": 200, "y": 30})
    assert chosen(page).startswith("target")
    touch = "node => getComputedStyle(node).touchAction"
    assert page.get_by_role("listbox").evaluate(touch) == "auto"


def test_networks_and_activations(opened):
    visited, page = opened(NetworkGraph())
    page.get_by_role("combobox", name="network").select_option("2-3-3-1")
    assert page.locator("circle.unit").count() == 9
    assert page.locator("line.edge").count() == 18
    assert said(page)[0].startswith("h1 = tanh(")
    page.get_by_role("combobox", name="activation").select_option("relu")
    assert said(page)[0].startswith("h1 = relu(")
    do(page, "Backward")
    assert page.locator(".gradient").count() == 18
    page.get_by_role("combobox", name="network").select_option("one neuron")
    assert page.locator("circle.unit").count() == 3
    assert page.locator(".gradient").count() == 0
    assert visited.errors == []


def test_values_and_gradients_flow_for_those_who_like_motion(opened):
    visited, page = opened(NetworkGraph((2, 3, 1)))
    page.emulate_media(reduced_motion="no-preference")
    values = page.locator("text.value")
    assert values.count() == 8
    # [dots that go back, values, gradients] of every moment at which dots are under way.
    page.evaluate("""() => { window.seen = []; new MutationObserver(() => {
        const count = (part) => document.querySelectorAll(part).length;
        if (count('circle.dot'))
          seen.push([count('circle.dot.back'), count('text.value'), count('.gradient')]);
      }).observe(document.querySelector('.graph'), { childList: true, subtree: true }); }""")
    do(page, "Forward")
    # Units that the flow has not reached say nothing yet.
    page.wait_for_function("seen.some(([back, values]) => !back && values < 8)")
    page.wait_for_function("!document.querySelector('.dot')")
    assert values.count() == 8
    do(page, "Backward")
    page.wait_for_function("seen.some(([back, _, gradients]) => back && gradients === 3)")
    page.wait_for_function("document.querySelectorAll('.gradient').length === 9")
    # A new number is there at once.
    do(page, "Step")
    press(page, "ArrowRight")
    page.get_by_role("slider").press("ArrowRight")
    assert page.locator("circle.dot").count() == 0
    assert values.count() == 8
    assert visited.errors == []


def test_a_link_shows_its_state_and_follows_the_reader(opened):
    visited, page = opened(
        NetworkGraph(**NEURON), address="#network?net=2-3-1&g=linear&x=1_2&t=-0.5&on=h2"
    )
    assert re.match(r"h2 = .*·1.00 .*·2.00 ", said(page)[0])
    assert "− (−0.50))²" in said(page)[1]
    page.evaluate("location.hash = '#network'")
    page.locator(".state", has_text=FORMULA).wait_for()
    for hostile in ("net=9-9&g=__proto__&w=1_2_1e9&x=NaN_1&on=<img>", "w=1_2&x=1&on=h2"):
        page.evaluate("text => (location.hash = `#network?t=0.7&${text}`)", hostile)
        page.locator(".state", has_text="(0.24 − 0.70)²").wait_for()
        assert said(page)[0] == FORMULA
        page.evaluate("location.hash = '#network?t=1e9'")
        page.locator(".state", has_text="(0.24 − 0.70)²").wait_for()
        page.evaluate("location.hash = '#network'")
        page.locator(".state", has_text=LOSS).wait_for()
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_url("**/page.html#network?w=0.55_-1.2_0.1")
    do(page, "Start again")
    page.wait_for_url("**/page.html#network")
    assert visited.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(opened, axe_findings, theme):
    _, page = opened(NetworkGraph((2, 3, 1)), theme=theme)
    do(page, "Backward")
    assert axe_findings(page, ".ibtools-lab") == []
