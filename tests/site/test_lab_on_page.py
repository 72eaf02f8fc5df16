"""The lab on a page with no kernel: the engine trains in the browser, the page shows and obeys."""

import json
import re
from dataclasses import replace
from itertools import islice, takewhile

import pytest
from playwright.sync_api import expect

from ibtools.datasets import DATASETS
from ibtools.networks import TrainingSettings
from ibtools.plane import record
from ibtools.widgets import InformationPlaneLab

SHORT = TrainingSettings(widths=(4, 3), epochs=60, n_networks=2)
LONG = TrainingSettings(widths=(4, 3), epochs=100_000, n_networks=2)


@pytest.fixture
def lab(opened):
    """Return a function that shows a lab on the ring: lab(settings, width, theme, address)."""

    def show(settings=SHORT, width=1400, theme="light", address="", **options):
        widget = InformationPlaneLab("ring", settings, **options)
        visited, page = opened(widget, width, theme, address)
        page.set_default_timeout(20_000)
        return visited, page

    return show


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def field(page, name):
    """The control with exactly this label: options of a select are part of its label's text."""
    return page.locator(f"label:has(> span:text-is('{name}')) :is(select, input)")


def means(page):
    points = page.locator("circle.mean").all()
    return [(point.get_attribute("cx"), point.get_attribute("cy")) for point in points]


def readings(page) -> dict[str, tuple[float, float]]:
    """I(X;T) and I(T;Y) of each layer, as the sentence below the controls says them."""
    said = page.locator(".state").text_content().split("The ghost:")[0]
    found = re.findall(r"(\S+): (\d+\.\d\d) and (\d+\.\d\d)", said)
    return {name: (float(x), float(y)) for name, x, y in found}


def wait_until_it_trains(page):
    """The sentence is slower: words that change all the time would never let a reader finish."""
    page.wait_for_function(
        "[...document.querySelectorAll('.ibtools-lab button')]"
        ".some((button) => button.textContent === 'Pause' && !button.disabled)"
    )


def wait_for_end(page, epoch=60):
    page.locator(".state", has_text=f"Finished at epoch {epoch}.").wait_for(timeout=30_000)


def train(page):
    button(page, "Train").click()
    wait_for_end(page)


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_a_reader_trains_in_the_page(lab, axe_findings, width, theme):
    visited, page = lab(width=width, theme=theme)
    expect(page.locator(".state")).to_have_text("Ready: press Train.")
    assert axe_findings(page, ".ibtools-lab") == []
    train(page)
    last = means(page)
    page.get_by_role("slider", name="Epoch").press("Home")
    expect(page.locator(".state")).to_contain_text("At epoch 0,")
    assert means(page) != last
    page.get_by_role("slider", name="Epoch").press("End")
    expect(page.locator(".state")).to_contain_text("At epoch 60,")
    assert means(page) == last
    assert page.locator("circle.point").count() == 2 * 3
    assert set(readings(page)) == {"T1", "T2", "Ŷ"}
    assert page.locator(".histogram svg").count() == 3
    for chart in page.locator(".curve svg").all():
        assert "at epoch 60" in chart.get_attribute("aria-label")
    assert "T1: " in page.locator(".plane svg").get_attribute("aria-label")
    assert axe_findings(page, ".ibtools-lab") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (visited.outside, visited.failed, visited.errors) == ([], [], [])


def test_another_ruler_measures_again_without_training(lab):
    _, page = lab()
    train(page)
    loss = page.locator(".curve svg").first.get_attribute("aria-label")
    fine = readings(page)
    button(page, "Keep as ghost").click()
    bins = page.get_by_role("slider", name="Bins")
    bins.press("Home")
    bins.press("ArrowRight")
    expect(page.locator(".about")).to_contain_text("2 equal bins on [−1, 1] — ")
    # Two bins of each of three units are eight cells at most.
    assert fine["T2"][0] > 3
    expect(page.locator(".state")).to_contain_text(
        re.compile(r"Finished.*T2: ([0-2]\.\d\d|3\.00) ")
    )
    expect(page.locator("circle.ghost")).to_have_count(3)
    expect(page.locator(".about")).to_contain_text("the ghost: 30 equal bins")
    expect(page.locator(".state")).to_contain_text(f"The ghost: T1: {fine['T1'][0]:.2f}")
    field(page, "How information is read").select_option("mixture")
    page.locator("line.band").first.wait_for(state="attached")
    assert page.locator(".curve svg").first.get_attribute("aria-label") == loss
    button(page, "Drop ghost").click()
    expect(page.locator("circle.ghost")).to_have_count(0)


def test_a_link_restores_the_state_and_its_ghost(lab):
    _, page = lab(address="#lab?activation=relu&epochs=40&epoch=20&ghost=activation:tanh,n_bins:9")
    wait_for_end(page, 40)
    page.wait_for_url("**#lab?*epoch=*&ghost=*")
    assert field(page, "Activation").input_value() == "relu"
    expect(page.locator("circle.ghost")).to_have_count(3)
    expect(page.locator(".about")).to_contain_text("the ghost: tanh, 9 equal bins")
    expect(page.locator(".state")).to_contain_text("At epoch 20")
    shown, address = page.locator(".state").text_content(), page.url.split("#")[1]
    assert {"activation=relu", "epochs=40", "epoch=20"} <= set(address.split("?")[1].split("&"))

    _, again = lab(address=f"#{address}")
    expect(again.locator(".state")).to_have_text(shown, timeout=20_000)
    assert means(again) == means(page)


def test_a_question_fills_the_form_and_a_link_to_it_trains(lab):
    _, page = lab(address="#lab?preset=one-bin-too-many&epochs=30&n_networks=1")
    page.locator("circle.ghost").first.wait_for()
    expect(field(page, "Question")).to_have_value("one-bin-too-many")
    field(page, "Question").select_option("5-percent")
    expect(field(page, "Train fraction")).to_have_value("0.05")


@pytest.mark.parametrize(
    "asked",
    [
        "preset=constructor",
        "preset=__proto__&epoch=1e9",
        "n_networks=1e9&widths=9999&learning_rate=-1&activation=<img src=x onerror=alert(1)>",
        "ghost=__proto__:1,toString:2,activation:<b>",
        "dataset=toString&seed=0.5&epoch=NaN&run=-1",
        "%",
        "widths=10-&n_bins=",
    ],
)
def test_a_hostile_address_does_nothing(lab, asked):
    visited, page = lab(settings=LONG, address="")
    page.evaluate("asked => (location.hash = `#lab?${asked}`)", asked)
    page.wait_for_timeout(200)
    assert field(page, "Hidden widths").input_value() == "4-3"
    assert field(page, "Networks").input_value() == "2"
    assert field(page, "Activation").input_value() == "tanh"
    assert page.locator(".ibtools-lab img").count() == 0
    assert visited.errors == []


def test_pause_resume_reset_and_rest_out_of_sight(lab):
    _, page = lab(settings=LONG)
    button(page, "Train").click()
    state = page.locator(".state")
    page.locator("circle.mean").first.wait_for()
    assert field(page, "Activation").is_disabled()
    # The plane follows while it trains, which at this length goes on until somebody stops it.
    page.wait_for_function(
        "before => JSON.stringify(Array.from(document.querySelectorAll('circle.mean'),"
        " (mean) => [mean.getAttribute('cx'), mean.getAttribute('cy')])) !== before",
        arg=json.dumps(means(page), separators=(",", ":")),
    )
    button(page, "Pause").click()
    expect(state).to_contain_text("Paused at epoch")
    button(page, "Resume").click()
    expect(state).to_contain_text("Training, epoch")
    # Whoever scrolls away does not want the fan to blow; whoever comes back finds it going on.
    page.evaluate("document.querySelector('.ibtools-widget').style.marginTop = '5000px'")
    expect(state).to_contain_text("Paused at epoch")
    page.evaluate("document.querySelector('.ibtools-widget').style.marginTop = '0'")
    expect(state).to_contain_text("Training, epoch")
    button(page, "Reset").click()
    expect(state).to_have_text("Ready: press Train.")
    expect(page.locator("circle.mean")).to_have_count(0)


def test_errors_are_said_in_words(lab):
    visited, page = lab()
    field(page, "Train fraction").fill("2")
    button(page, "Train").click()
    alarm = page.locator(".alarm")
    expect(alarm).to_have_text("train_fraction must lie between 0 and 1, got 2")
    field(page, "Train fraction").fill("0.8")
    field(page, "Learning rate").fill("1e30")
    field(page, "Activation").select_option("linear")
    button(page, "Train").click()
    expect(alarm).to_contain_text("the loss is not finite at epoch")
    field(page, "Learning rate").fill("0.001")
    train(page)
    expect(alarm).to_be_empty()
    assert visited.errors == []


def test_who_trains_after_a_link_sees_the_end(lab):
    _, page = lab(address="#lab?epochs=40&epoch=20")
    wait_for_end(page, 40)
    expect(page.locator(".state")).to_contain_text("At epoch 20,")
    button(page, "Train").click()
    expect(page.locator(".state")).to_contain_text("Finished at epoch 40. At epoch 40,")


def test_the_keyboard_is_enough(lab, tab_stops):
    _, page = lab()
    stops = islice(tab_stops(page), 40)
    seen = list(takewhile(lambda name: name != "Train", stops))
    # In the order in which an experiment is thought of.
    groups = ["Question", "Data set", "Activation", "Optimizer"]
    assert [name for name in seen if name in groups] == groups
    page.keyboard.press("Enter")
    wait_for_end(page)
    expect(button(page, "Train")).to_be_focused()
    page.get_by_role("slider", name="Epoch").focus()
    page.keyboard.press("Home")
    expect(page.locator(".state")).to_contain_text("At epoch 0,")
    button(page, "Play").focus()
    page.keyboard.press("Enter")
    expect(button(page, "Stop")).to_be_focused()
    # The browser of the tests asks for less motion: Play takes its time.
    expect(page.locator(".state")).to_contain_text("At epoch 60,", timeout=30_000)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_a_recorded_run_stands_beside_what_is_trained(lab):
    recorded = record(DATASETS["ring"](), SHORT, n_snapshots=10)
    _, page = lab(runs={"recorded": recorded})
    expect(page.locator(".state")).to_contain_text("Recorded run.")
    expect(page.locator("circle.mean")).to_have_count(3)
    button(page, "Keep as ghost").click()
    train(page)
    expect(page.locator("circle.ghost")).to_have_count(3)
    field(page, "Show").select_option(label="recorded")
    expect(page.locator(".state")).to_contain_text("Recorded run.")


def test_the_whole_screen(lab):
    _, page = lab()
    button(page, "Full screen").click()
    expect(button(page, "Leave full screen")).to_be_visible()
    assert page.evaluate("document.fullscreenElement.className").startswith("ibtools-lab")
    button(page, "Leave full screen").click()
    expect(button(page, "Full screen")).to_be_visible()


def test_a_link_tells_a_recorded_run_from_what_is_trained(lab):
    runs = {name: record(DATASETS["ring"](), SHORT, n_snapshots=5) for name in ("one", "two")}
    _, page = lab(runs=runs)
    state, shown = page.locator(".state"), field(page, "Show")
    expect(state).to_contain_text("Recorded run. At epoch 60,")
    page.get_by_role("slider", name="Epoch").press("Home")
    page.wait_for_url("**/page.html#lab?epoch=0")
    # What stands in the form says nothing about what is seen.
    page.get_by_text("Data, network, training").click()
    field(page, "Activation").select_option("relu")
    page.get_by_role("slider", name="Epoch").press("End")
    page.wait_for_url("**/page.html#lab")
    shown.select_option(label="two")
    page.wait_for_url("**/page.html#lab?run=1")
    shown.select_option(label="what you train")
    page.wait_for_url("**/page.html#lab?activation=relu&run=")
    expect(state).to_have_text("Ready: press Train.")

    _, page = lab(runs=runs, address="#lab?epoch=0")
    expect(page.locator(".state")).to_contain_text("Recorded run. At epoch 0,")
    page.evaluate("location.hash = '#lab?run=1&epoch=0'")
    expect(field(page, "Show")).to_have_value("1")
    page.evaluate("location.hash = '#lab?run=7'")
    expect(field(page, "Show")).to_have_value("0")
    expect(page.locator(".state")).to_contain_text("Recorded run. At epoch 60,")
    page.evaluate("location.hash = '#lab?activation=relu&run=&epoch='")
    expect(page.locator(".state")).to_have_text("Ready: press Train.")
    expect(field(page, "Activation")).to_have_value("relu")


def test_a_reader_who_does_other_things_meanwhile_gets_the_ghost_that_was_asked_for(lab):
    one_layer = replace(SHORT, widths=(4,))
    runs = {"one layer": record(DATASETS["ring"](), one_layer, n_snapshots=3)}
    _, page = lab(address="#lab?dataset=icosahedron_rule&epochs=3000&ghost=n_bins:9", runs=runs)
    wait_until_it_trains(page)
    field(page, "Show").select_option(label="one layer")
    page.locator("circle.ghost").first.wait_for(timeout=30_000)
    expect(page.locator("circle.ghost")).to_have_count(3)
    page.evaluate("location.hash = '#lab?dataset=icosahedron_rule&epochs=3001&ghost=n_bins:9'")
    wait_until_it_trains(page)
    bins = page.get_by_role("slider", name="Bins")
    bins.press("Home")
    bins.press("ArrowRight")
    wait_for_end(page, 3001)
    about = page.locator(".about")
    expect(about).to_contain_text("2 equal bins on [−1, 1] — ")
    expect(about).to_contain_text("the ghost: 9 equal bins")


def test_a_second_link_takes_the_place_of_the_first(lab):
    visited, page = lab(address="#lab?epochs=100000&ghost=activation:relu")
    page.locator("circle.mean").first.wait_for()
    page.evaluate("location.hash = '#lab?epochs=50&seed=3&ghost=activation:linear'")
    expect(page.locator(".about")).to_contain_text("the ghost: linear", timeout=20_000)
    wait_for_end(page, 50)
    expect(page.locator(".about")).to_contain_text("tanh")
    page.wait_for_url("**#lab?*seed=3*")
    assert page.url.endswith("ghost=activation:linear")
    assert visited.errors == []


def test_a_screen_that_is_not_given_is_told(lab):
    visited, page = lab()
    refuse = "Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no'))"
    page.evaluate(f"() => {{ {refuse} }}")
    button(page, "Full screen").click()
    expect(page.locator(".alarm")).to_contain_text("does not give this page the whole screen")
    assert visited.errors == []
