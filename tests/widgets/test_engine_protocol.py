"""The engine's workers hear at once, never fail in silence, and do not matter for the result."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import sync_playwright

from ibtools.networks import snapshot_epochs
from ibtools.widgets.module import bundle

SCENARIOS = Path(__file__).with_name("engine_scenarios.js")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# A browser's Worker out of Node's threads. Node reads a channel a thousand times before it looks at
# another one, where browsers take turns.
IN_NODE = f"""
import {{ Worker as Thread }} from "node:worker_threads";
import {{ SCENARIOS, maker }} from "{SCENARIOS.as_uri()}";
globalThis.Worker = class {{
  constructor(url) {{
    this.thread = new Thread(new URL(url));
    this.thread.on("message", (data) => this.onmessage({{ data }}));
    this.thread.on("error", ({{ message }}) => this.onerror({{ message, preventDefault() {{}} }}));
  }}
  postMessage(data) {{
    this.thread.postMessage(data);
  }}
  terminate() {{
    this.thread.terminate();
  }}
}};
const inThread = `
import {{ parentPort }} from "node:worker_threads";
import {{ serve }} from "{SCENARIOS.as_uri()}";
globalThis.MessageChannel = class {{
  port1 = {{}};
  port2 = {{ postMessage: () => setImmediate(() => this.port1.onmessage()) }};
}};
serve(parentPort);`;
const make = maker(`data:text/javascript,${{encodeURIComponent(inThread)}}`);
const found = await SCENARIOS[process.argv[1]](make);
process.stdout.write(JSON.stringify(found), () => process.exit());
"""
IN_WORKER = "\nif (typeof WorkerGlobalScope !== 'undefined') serve(self);"
PLAY = """
async ([source, name]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { SCENARIOS, maker } = await import(url);
  return JSON.stringify(await SCENARIOS[name](maker(url)));
}
"""


@pytest.fixture(scope="module", params=["node", "chromium"])
def play(request, node, tmp_path_factory):
    """Return a function that plays a scenario and returns what came out."""
    if request.param == "node":
        command = [node, "--no-warnings", "--input-type=module", "--eval", IN_NODE]

        def played(name):
            run = subprocess.run([*command, name], text=True, capture_output=True, timeout=60)
            assert run.returncode == 0, run.stderr
            return json.loads(run.stdout)

        yield played
        return
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"no browser: set CHROMIUM or install one of {', '.join(BROWSERS)}")
    empty = tmp_path_factory.mktemp("page") / "page.html"
    empty.write_text("<!doctype html><title>Empty</title>")
    source = bundle(SCENARIOS) + IN_WORKER
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(empty.as_uri())
        yield lambda name: json.loads(page.evaluate(PLAY, [source, name]))
        assert said == []
        browser.close()


def test_a_run_from_start_to_end(play):
    found = play("run")
    assert found["before"]["trains"] is True
    assert (found["before"]["status"], found["before"]["frames"]) == ("idle", [])
    frames = found["frames"]
    epochs = snapshot_epochs(60, 12)
    assert [frame["epoch"] for frame in frames] == epochs
    assert (found["status"], found["epoch"]) == ("finished", 60)
    # Frames are announced one by one, and the epoch never goes back.
    counts = [count for _, count, _ in found["seen"]]
    assert counts[0] == 0
    assert sorted(set(counts)) == list(range(len(epochs) + 1))
    reached = [epoch for _, _, epoch in found["seen"]]
    assert reached == sorted(reached)
    assert {status for status, _, _ in found["seen"]} == {"running", "finished"}
    assert found["settings"]["widths"] == [4, 3]
    assert found["settings"]["activation"] == "tanh"
    assert found["estimator"]["n_bins"] == 30
    last = frames[-1]
    assert last["layer_names"] == ["T1", "T2", "Ŷ"]
    assert np.shape(last["information_x"]) == np.shape(last["information_y"]) == (3, 3)
    assert np.shape(last["signal_to_noise"]) == (3,)
    assert np.shape(last["histograms"]) == (3, 30)
    np.testing.assert_allclose(np.sum(last["histograms"], axis=1), 1000, rtol=1e-12)
    assert "band_x" not in last
    assert last["train_loss"] < frames[0]["train_loss"]
    assert 0 < last["test_accuracy"] <= 1


def test_results_depend_on_seed_and_number_alone(play):
    found = play("workers")
    one, two, three = found["runs"]
    assert one == two == three
    alone = [frame["information_x"] for frame in found["third"]]
    among = [[[layer[2]] for layer in frame["information_x"]] for frame in one]
    assert alone == among
    networks = np.transpose([frame["information_x"] for frame in one], (2, 0, 1))
    assert not np.array_equal(networks[0], networks[1])
    assert found["otherSeed"] != one


def test_a_pause_is_heard_and_ends(play):
    found = play("pause")
    assert found["statuses"] == ["paused", "paused", "running"]
    assert found["first"] == found["second"]


def test_a_reset_forgets_everything(play):
    found = play("reset")
    assert (found["frames"], found["status"], found["epoch"]) == ([], "idle", 0)
    assert found["again"] == found["fresh"]


def test_another_ruler_measures_what_is_there(play):
    found = play("rulers")
    assert found["running"] == found["wanted"] != found["bounds"]
    # All at once: nothing is missing when the first frames by the new ruler are shown.
    before = max(count for n_bins, count in found["lengths"] if n_bins == 30)
    after = [count for n_bins, count in found["lengths"] if n_bins == 100]
    assert after[0] >= before
    assert found["after"] == {"frames": found["bounds"], "announced": 1}
    assert found["last"] == {"frames": found["wanted"], "announced": 1}
    assert found["status"] == "finished"
    frame = found["bounds"][-1]
    for axis in "xy":
        low, value, high = (
            np.array(values)
            for values in (
                frame[f"band_{axis}"]["low"],
                frame[f"information_{axis}"],
                frame[f"band_{axis}"]["high"],
            )
        )
        assert low.shape == value.shape == (3, 3)
        assert (low < value + 1e-12).all()
        assert (value < high + 1e-12).all()


def test_what_cannot_be_is_refused_in_words(play):
    found = play("refusals")
    errors = [one["error"] for one in found["said"]]
    assert errors == [
        "widths must be at most 64 on a page, got 1000",
        "n_networks must be at most 50 on a page, got 51",
        "noise must be 0 on a page, which trains no noisy networks, got 0.1",
        "epochs must be at most 100000 on a page, got 1000000000",
        "train_fraction=1e-9 of 4096 samples leaves 0 to train on and 4096 to test on; "
        "both need at least one",
        "settings must be those of TrainingSettings, got ['colour']",
        "estimator must be named one of binning, mixture, got 'ksg'",
        "n_bins must be a whole number of at least 1, got 0",
        "estimator must be named one of binning, mixture, got None",
        "estimator must be named one of binning, mixture, got None",
    ]
    assert [one["status"] for one in found["said"]] == ["error"] * 6 + ["finished"] * 4
    assert found["kept"] is True
    assert found["after"] == {"status": "finished", "error": ""}


def test_a_loss_that_leaves_the_numbers_is_told(play):
    found = play("divergence")
    assert found["found"]["status"] == "error"
    assert found["found"]["error"].startswith("the loss is not finite at epoch ")
    assert found["found"]["error"].endswith("learning_rate=1000000 is too large for these settings")
    epochs = [frame["epoch"] for frame in found["frames"]]
    assert epochs == snapshot_epochs(60, 12)[: len(epochs)]
    assert [frame["epoch"] for frame in found["again"]] == epochs
    assert found["again"] != found["frames"]
    assert found["still"] == found["found"]
    assert found["after"] == {"status": "finished", "error": ""}


def test_a_start_can_be_handed_over(play):
    given, drawn, other = play("start")
    assert given == drawn != other


def test_nobody_looks_any_more(play):
    found = play("release")
    assert found["released"]["status"] == "idle"
    assert found["released"]["frames"] >= 2
    assert found["refused"]["error"] == "the snapshots are gone: train again to measure them"
    assert found["after"] == {"status": "finished", "error": ""}


def test_a_worker_that_stops_is_told(play):
    for found in play("lost"):
        assert found["status"] == "error"
        assert found["error"].startswith("the worker stopped: ")
