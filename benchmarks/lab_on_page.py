"""Is the lab alive on the page of a reader, with nothing but a browser?

On the built site, in headless Chromium: how long after the click on Train the points move; how long
one network of the 12-bit rule takes to epoch 1000 (batches of 512, all layers measured at 40
snapshots); the longest task on the page's main thread meanwhile; and what happens to memory while
the lab trains again and again (MINUTES=10 for ten minutes, 1 if nothing is said).
"""

import functools
import http.server
import os
import platform
import shutil
import statistics
import threading
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

SITE = Path("_build/html")
CHAPTER = "book/information_bottleneck/opening_the_black_box.html"
REPEATS = 3
MINUTES = float(os.environ.get("MINUTES", "1"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

WATCH_TASKS = """() => {
    window.longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.duration)))
        .observe({type: "longtask"});
}"""
UNTIL_POINTS_MOVE = """() => new Promise((resolve) => {
    // A recorded run may be shown until then.
    const trains = () =>
        /Training|Finished/.test(document.querySelector(".ibtools-lab .state").textContent);
    const places = () => (trains() ? [...document.querySelectorAll(".ibtools-lab circle.mean")]
        .map((point) => point.getAttribute("cx")).join() : "");
    const begin = performance.now();
    let first = "";
    const look = () => {
        first ||= places();
        if (first && places() && places() !== first) resolve(performance.now() - begin);
        else requestAnimationFrame(look);
    };
    [...document.querySelectorAll(".ibtools-lab button")]
        .find((button) => button.textContent === "Train").click();
    look();
})"""
ENDED = "/Finished/.test(document.querySelector('.ibtools-lab .state').textContent)"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def open_lab(page: Page, address: str, asked: str) -> None:
    page.goto(f"{address}#lab?{asked}")
    page.locator(".ibtools-lab button", has_text="Train").wait_for()
    page.evaluate(WATCH_TASKS)
    # What the page itself still does after it has come is not the lab's.
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.evaluate("longTasks.length = 0")


def training(browser, address: str, asked: str) -> tuple[float, float, float]:
    """Seconds until the points move and until the end, and the longest task in milliseconds."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    open_lab(page, address, asked)
    begin = time.perf_counter()
    moved = page.evaluate(UNTIL_POINTS_MOVE) / 1000
    page.wait_for_function(ENDED, timeout=300_000)
    seconds = time.perf_counter() - begin
    longest = page.evaluate("Math.max(0, ...longTasks)")
    page.close()
    return moved, seconds, longest


def memory_of(session) -> float:
    """Megabytes of JavaScript on the page, once what nobody needs is gone."""
    session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"] / 2**20


def memory_over_time(browser, address: str) -> list[float]:
    """Megabytes at the end of each of the first trainings and of the last."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    open_lab(page, address, "epochs=200&n_networks=2")
    session = page.context.new_cdp_session(page)
    found, end = [], time.monotonic() + 60 * MINUTES
    while time.monotonic() < end or len(found) < 3:
        page.locator(".ibtools-lab button", has_text="Train").click()
        page.wait_for_function(f"!{ENDED}")
        page.wait_for_function(ENDED, timeout=300_000)
        found.append(memory_of(session))
    page.close()
    return found


def main() -> None:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
    if not (SITE / CHAPTER).exists():
        raise SystemExit("there is no built site: make book")
    handler = functools.partial(_Quiet, directory=SITE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/{CHAPTER}"
    print(f"{platform.machine()}, {os.cpu_count()} cores")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, asked in {
            "one network to epoch 1000": "n_networks=1&epochs=1000",
            "twenty networks to epoch 200": "n_networks=20&epochs=200",
        }.items():
            runs = [training(browser, address, asked) for _ in range(REPEATS)]
            moved, seconds, longest = (sorted(column) for column in zip(*runs, strict=True))
            print(
                f"{name}: points move after {statistics.median(moved):.2f} s"
                f" (most {moved[-1]:.2f}), done after {statistics.median(seconds):.1f} s"
                f" (most {seconds[-1]:.1f}),"
                f" longest task on the page {longest[-1]:.0f} ms"
            )
        memory = memory_over_time(browser, address)
        print(
            f"{len(memory)} trainings in {MINUTES:g} min: memory {memory[1]:.1f} MB after the"
            f" second, {max(memory[1:]):.1f} at most, {memory[-1]:.1f} after the last"
        )
        browser.close()


if __name__ == "__main__":
    main()
