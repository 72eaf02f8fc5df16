"""The widgets where readers use them: JupyterLab, a kernel, and a browser."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
TOKEN = "lab-test"
LAB = """\
from ibtools.networks import TrainingSettings
from ibtools.widgets import InformationPlaneLab

settings = TrainingSettings(n_networks=3, epochs=2000)
labs = [*globals().get("labs", []), InformationPlaneLab(settings=settings)]
labs[-1]
"""
OTHER = "print('answer', [lab.status for lab in labs])"
SLIDER = """\
import numpy as np
from ibtools.bottleneck import IBCurve, encoder_solution
from ibtools.widgets import BottleneckSlider

p_xy = np.array([[0.45, 0.05], [0.05, 0.45]])
encoders = {1.2: np.ones((2, 1)), 9: np.eye(2)}
solutions = [encoder_solution(p_xy, encoders[beta], beta=beta) for beta in encoders]
slider = BottleneckSlider(p_xy, IBCurve.from_solutions(p_xy, solutions))
slider
"""
SHOWN = "print('answer', slider.solution.beta)"


def notebook(*sources: str) -> str:
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{i}",
            "metadata": {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for i, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(url: str, server: subprocess.Popen, log) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start: {log.read_text()}")


@pytest.fixture
def lab_url(tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "lab.ipynb").write_text(notebook(LAB, OTHER, SLIDER, SHOWN))
    port, log = free_port(), tmp_path / "server.log"
    # Nothing of the user's own Jupyter, and nothing that asks the network.
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "HOME")
    own = {name: str(tmp_path / name.lower()) for name in (*places, "JUPYTERLAB_SETTINGS_DIR")}
    quiet = tmp_path / "jupyterlab_settings_dir" / "@jupyterlab" / "apputils-extension"
    quiet.mkdir(parents=True)
    (quiet / "notification.jupyterlab-settings").write_text(
        json.dumps({"fetchNews": "false", "checkForUpdates": False})
    )
    options = [
        "--no-browser",
        "--allow-root",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={tmp_path / 'work'}",
        "--LabApp.extension_manager=readonly",
    ]
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env=os.environ | own,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_up(f"{address}/api/status?token={TOKEN}", server, log)
        yield f"{address}/lab/tree/lab.ipynb?token={TOKEN}"
    finally:
        # SIGTERM lets the server end its kernels too.
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def page():
    if CHROMIUM is None:
        if "CI" in os.environ:
            pytest.fail("no chromium on PATH, which CI must have")
        pytest.skip("no chromium on PATH")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1800})
        page.set_default_timeout(20_000)
        sync_api.expect.set_options(timeout=20_000)
        yield page
        browser.close()


def run_cell(page, index: int) -> None:
    page.locator(".jp-Notebook .jp-CodeCell").nth(index).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")


def epoch(page) -> int:
    return int(re.search(r"\d+", page.locator(".ibtools-lab .timeline span").text_content())[0])


def wait_for_epoch(page, least: int) -> None:
    page.wait_for_function(
        "least => Number(document.querySelector('.ibtools-lab .timeline span')"
        ".textContent.match(/\\d+/)[0]) >= least",
        arg=least,
    )


def other_cell_answers(page, expected: str, cell: int = 1) -> float:
    """Seconds until another cell has run once more, and printed what is expected."""
    prompt = page.locator(".jp-Notebook .jp-CodeCell").nth(cell).locator(".jp-InputPrompt")
    before = prompt.text_content()
    begin = time.monotonic()
    run_cell(page, cell)
    page.wait_for_function(
        "([prompt, before]) => /\\d/.test(prompt.textContent) && prompt.textContent !== before",
        arg=[prompt.element_handle(), before],
    )
    page.get_by_text(f"answer {expected}", exact=True).wait_for()
    return time.monotonic() - begin


def test_a_reader_trains_pauses_resets_errs_and_runs_the_cell_again(page, lab_url):
    page.goto(lab_url)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    run_cell(page, 0)
    state = page.locator(".ibtools-lab [role=status]")
    sync_api.expect(state).to_contain_text("Ready")

    def button(name):
        return page.locator(".ibtools-lab").get_by_role("button", name=name, exact=True)

    button("Start").click()
    points = page.locator(".ibtools-lab .plane .point")
    sync_api.expect(points).to_have_count(3 * 6)
    wait_for_epoch(page, 20)
    first = points.nth(12).get_attribute("cx")
    wait_for_epoch(page, 60)
    assert points.nth(12).get_attribute("cx") != first
    # The best of three: the machine may be busy with something else, the kernel may not.
    assert min(other_cell_answers(page, "['running']") for _ in range(3)) < 1

    button("Pause").click()
    sync_api.expect(state).to_contain_text("Paused at epoch")
    # The epoch it is in may still end.
    page.wait_for_timeout(300)
    paused = state.text_content()
    page.wait_for_timeout(700)
    assert state.text_content() == paused
    paused_at = epoch(page)
    assert 0 < paused_at < 2000
    slider = page.locator(".ibtools-lab").get_by_role("slider", name="Epoch")
    slider.press("Home")
    assert epoch(page) == 0
    slider.press("End")

    button("Resume").click()
    sync_api.expect(state).to_have_text("Training.")
    wait_for_epoch(page, paused_at + 1)

    button("Reset").click()
    sync_api.expect(state).to_contain_text("Ready")
    sync_api.expect(points).to_have_count(0)
    assert epoch(page) == 0

    fraction = page.get_by_label("Train fraction")
    fraction.fill("0")
    button("Start").click()
    alarm = page.locator(".ibtools-lab [role=alert]")
    sync_api.expect(alarm).to_contain_text("train_fraction must lie between 0 and 1, got 0")
    fraction.fill("0.8")
    button("Start").click()
    sync_api.expect(alarm).to_be_empty()
    wait_for_epoch(page, 20)

    run_cell(page, 0)
    sync_api.expect(state).to_contain_text("Ready")
    other_cell_answers(page, "['finished', 'idle']")


def test_the_kernel_knows_where_the_slider_stands(page, lab_url):
    page.goto(lab_url)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    run_cell(page, 2)
    words = page.locator(".bottleneck-slider [role=status]")
    sync_api.expect(words).to_contain_text("β = 9")
    page.get_by_role("slider", name="β").press("Home")
    sync_api.expect(words).to_contain_text("β = 1.2")
    other_cell_answers(page, "1.2", cell=3)
