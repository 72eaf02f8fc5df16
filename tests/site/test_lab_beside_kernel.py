"""The lab's page beside a kernel: what it asks for, and when it asks no more.

The kernel is played: the page gets a model whose other end the test holds.
"""

import pytest
from playwright.sync_api import expect

from ibtools.networks import TrainingSettings
from ibtools.widgets import InformationPlaneLab
from ibtools.widgets.module import bundle
from ibtools.widgets.plane_view import MODULE

MOUNT = """
async ([source, state]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const module = (await import(url)).default;
  const listeners = new Map();
  window.orders = [];
  window.told = (changes) => {
    Object.assign(state, changes);
    for (const name of Object.keys(changes))
      for (const listener of listeners.get(`change:${name}`) ?? []) listener();
  };
  const model = {
    get: (name) => state[name],
    set(name, value) {
      if (name === "command") orders.push(value.action);
      told({ [name]: value });
    },
    on: (event, listener) => listeners.set(event, [...listeners.get(event) ?? [], listener]),
    off() {},
    save_changes() {},
  };
  module.initialize({ model });
  window.open = () => (window.shut = module.render({ model, el: document.body }));
  open();
}
"""
FRAME = {
    "layer_names": ["T1", "Ŷ"],
    "information_x": [[5.0], [1.0]],
    "information_y": [[0.5], [0.4]],
    "train_loss": 0.5,
    "test_loss": 0.6,
    "train_accuracy": 0.8,
    "test_accuracy": 0.7,
    "signal_to_noise": [1.0, None],
    "histograms": [[500, 500], [1000, 0]],
}


@pytest.fixture
def beside(visit, tmp_path):
    """A lab on an otherwise empty page, and all that went wrong there."""
    lab = InformationPlaneLab("ring", TrainingSettings(widths=(4,), n_networks=1, epochs=9))
    traits = ("live", "trains", "runs", "limit", "settings", "estimator", "datasets", "presets")
    names = (*traits, "n_snapshots", "status", "error", "epoch", "latest", "history")
    (tmp_path / "page.html").write_text("<!doctype html><title>Lab</title><body></body>")
    visited = visit(address=tmp_path.as_uri() + "/")
    page = visited.open("page.html")
    page.evaluate(MOUNT, [bundle(MODULE), {name: getattr(lab, name) for name in names}])
    yield page
    assert visited.errors == []


def tell(page, **changes):
    page.evaluate("changes => told(changes)", changes)


def orders(page) -> list[str]:
    return page.evaluate("orders")


def train(page):
    page.get_by_role("button", name="Train").click()


def ask(page, question):
    page.locator("label:has(> span:text-is('Question')) select").select_option(question)


def finish(page):
    tell(page, status="running")
    tell(page, latest=FRAME | {"epoch": 9})
    tell(page, status="finished")


def test_a_plan_trains_the_ghost_first_also_after_an_error(beside):
    tell(beside, error="something else", status="error")
    expect(beside.locator(".alarm")).to_have_text("something else")
    ask(beside, "saxe-relu")
    train(beside)
    tell(beside, error="")
    finish(beside)
    expect(beside.locator("circle.ghost")).to_have_count(2)
    assert orders(beside) == ["start", "start"]
    finish(beside)
    assert orders(beside) == ["start", "start"]


def test_a_plan_that_is_refused_goes_no_further(beside):
    for _ in range(2):
        ask(beside, "saxe-relu")
        train(beside)
        tell(beside, error="out of the question", status="error")
    assert orders(beside) == ["start", "start"]
    expect(beside.locator("circle.ghost")).to_have_count(0)


def test_nobody_who_has_left_goes_on_with_a_plan(beside):
    ask(beside, "saxe-relu")
    train(beside)
    tell(beside, status="running")
    tell(beside, latest=FRAME | {"epoch": 0})
    beside.evaluate("shut()")
    tell(beside, status="finished")
    beside.wait_for_timeout(200)
    assert orders(beside) == ["start", "stop"]
    # Whoever comes back finds what was measured.
    beside.evaluate("() => { open(); }")
    expect(beside.locator("circle.mean")).to_have_count(2)
    tell(beside, latest=FRAME | {"epoch": 1})
    expect(beside.locator(".state")).to_contain_text("At epoch 1,")


def test_a_ruler_is_asked_for_before_the_first_measurement_and_not_after_leaving(beside):
    bins = beside.get_by_role("slider", name="Bins")
    bins.press("ArrowRight")
    beside.wait_for_timeout(300)
    assert orders(beside) == []
    train(beside)
    tell(beside, status="running")
    bins.press("ArrowRight")
    beside.wait_for_function("orders.includes('measure')")
    assert orders(beside) == ["start", "measure"]
    bins.press("ArrowRight")
    beside.evaluate("shut()")
    beside.wait_for_timeout(300)
    assert orders(beside) == ["start", "measure", "stop"]
