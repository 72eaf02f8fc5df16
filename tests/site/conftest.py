"""A real browser on the built site, cut off from every other host."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from ibtools.site import WIDGETS, widget_script
from ibtools.site.mime import widget_html
from ibtools.widgets.page_widget import MIME_TYPE

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "book" / "assets"
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SITE = ROOT / "_build" / "html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# The theme's own, harmless: sphinx-thebe is loaded twice, and the first visit has no theme yet.
KNOWN_MESSAGES = ("Identifier 'THEBE_JS_URL' has already been declared", "nvalid theme mode")


@pytest.fixture(scope="session")
def site() -> Path:
    if not (SITE / "index.html").exists():
        jupyter_book = Path(sys.executable).with_name("jupyter-book")
        subprocess.run([jupyter_book, "build", ".", "-W", "--keep-going"], cwd=ROOT, check=True)
    return SITE


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


# One a module and not one a session: while playwright runs, no other test can start an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"no browser: set CHROMIUM or install one of {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visit:
    """A page of the site and all that went wrong on it."""

    def __init__(self, page: Page, address: str):
        self.page = page
        self.address = address
        self.outside: list[str] = []
        self.failed: list[str] = []
        self.errors: list[str] = []
        page.route("**/*", self._let_through)
        page.on("requestfailed", lambda request: self.failed.append(request.url))
        page.on("response", lambda r: self.failed.append(r.url) if r.status >= 400 else None)
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("console", lambda m: self._note(m.text) if m.type == "error" else None)

    def _let_through(self, route: Route) -> None:
        if route.request.url.startswith((self.address, "blob:", "data:")):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _note(self, message: str) -> None:
        if not any(known in message for known in KNOWN_MESSAGES):
            self.errors.append(message)

    def open(self, name: str) -> Page:
        self.page.goto(self.address + name)
        return self.page


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens an empty page: visit(width, theme, address of the site)."""
    contexts = []

    def start(width: int = 1400, theme: str = "light", address: str = address) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        return Visit(context.new_page(), address)

    yield start
    for context in contexts:
        context.close()


# What a screen reader would call the control that has the focus.
FOCUSED = """() => {
  const node = document.activeElement;
  const name = node.ariaLabel ?? node.labels?.[0]?.firstChild.textContent ?? node.textContent;
  return name.trim();
}"""


@pytest.fixture
def tab_stops() -> Callable[[Page], Iterator[str]]:
    """Return a function that presses Tab for each name asked of it, and names where it led."""

    def walk(page: Page) -> Iterator[str]:
        while True:
            page.keyboard.press("Tab")
            yield page.evaluate(FOCUSED)

    return walk


@pytest.fixture
def opened(visit, tmp_path) -> Callable[..., tuple[Visit, Page]]:
    """Return a function that shows a widget as a page of the site would, from a file.

    opened(widget, width, theme, address): address is what stands behind the # of the page.
    """

    def show(widget, width: int = 1400, theme: str = "light", address: str = ""):
        (tmp_path / "widgets").mkdir(exist_ok=True)
        for module in WIDGETS.glob("*.js"):
            (tmp_path / "widgets" / module.name).write_text(widget_script(module))
        for asset in ("course.js", "course.css"):
            shutil.copy(ASSETS / asset, tmp_path)
        shown = widget_html(widget._repr_mimebundle_()[0][MIME_TYPE])
        (tmp_path / "page.html").write_text(
            f'<!doctype html><html lang="en" data-theme="{theme}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>A widget</title>'
            f'<link rel="stylesheet" href="course.css"><main><h1>A widget</h1>{shown}</main>'
            '<script src="course.js"></script>'
        )
        visited = visit(width, theme, tmp_path.as_uri() + "/")
        page = visited.open(f"page.html{address}")
        page.locator(".ibtools-widget.is-live").wait_for()
        return visited, page

    return show


@pytest.fixture
def axe_findings() -> Callable[[Page, str], list[str]]:
    """Return a function that says what axe (WCAG 2.2 A and AA) finds within a selector."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def find(page: Page, within: str) -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "([where, tags]) => axe.run(where, {runOnly: tags, preload: false})", [within, tags]
        )
        return [
            f"{violation['id']}: {node['html']}: {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return find
