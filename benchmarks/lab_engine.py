"""What does the experiment of the lab cost in a reader's browser, in ratio to PyTorch?

One network 12-10-7-5-4-3-2 of Shwartz-Ziv & Tishby's experiment: tanh, Adam, batches of 512, 80 %
of the 12-bit rule, to epoch 1000, all layers measured by 30 bins at about 40 epochs. Trained by the
lab's own module in Chromium and in Node, in either precision, and by ibtools with PyTorch, one
thread; every side on the same one core, in the same run. Then the same snapshots by other rulers,
and an ensemble on all cores.
"""

import json
import os
import platform
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import playwright
import torch
from playwright.sync_api import Page, sync_playwright

from ibtools.datasets import icosahedron_rule
from ibtools.networks import TrainingSettings, snapshot_epochs, training
from ibtools.plane import measure
from ibtools.widgets.module import bundle

LAB = Path(__file__).parents[1] / "ibtools" / "widgets" / "information_plane_lab.js"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
RULE = icosahedron_rule()
SETTINGS = TrainingSettings(epochs=1000, n_networks=1)
N_SNAPSHOTS, REPEATS, ENSEMBLE = 40, 5, 20
RULERS = {
    "100 bins": {"name": "binning", "n_bins": 100},
    "equal-mass bins": {"name": "binning", "bins": "equal-mass"},
    "bounds of a mixture": {"name": "mixture"},
}

# A run: seconds to the first frame, to the last, and of every ruler; the page's longest task.
SCRIPT = """
const until = (engine, condition) => new Promise((resolve) => {
  const stop = engine.subscribe(() => condition(engine) && (stop(), resolve()));
});
const seconds = async (work) => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};
export async function bench(url, settings, rulers, nSnapshots) {
  const engine = workerEngine({ url, settings, nSnapshots });
  let longest = 0;
  const tasks = globalThis.document && new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  tasks?.observe({ type: "longtask" });
  const found = { rulers: {} };
  const begun = performance.now();
  engine.start();
  await until(engine, ({ frames }) => frames.length);
  found.first = (performance.now() - begun) / 1000;
  await until(engine, ({ status }) => ["finished", "error"].includes(status));
  found.last = (performance.now() - begun) / 1000;
  if (engine.error) throw new Error(engine.error);
  for (const [name, ruler] of Object.entries(rulers)) {
    const before = engine.frames;
    found.rulers[name] = await seconds(async () => {
      engine.measure(ruler);
      await until(engine, ({ frames }) => frames !== before);
    });
  }
  engine.release();
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { ...found, longest };
}
"""
IN_NODE = """
import { Worker as Thread } from "node:worker_threads";
globalThis.Worker = class {
  constructor(url) {
    this.thread = new Thread(new URL(url), { execArgv: [] });
    this.thread.on("message", (data) => this.onmessage({ data }));
    this.thread.on("error", (error) => { throw error; });
  }
  postMessage(data) { this.thread.postMessage(data); }
  terminate() { this.thread.terminate(); }
};
const [url, asked] = process.argv.slice(1);
const { bench } = await import(url);
process.stdout.write(JSON.stringify(await bench(url, ...JSON.parse(asked))), () => process.exit());
"""
IN_THREAD = """
import { isMainThread, parentPort } from "node:worker_threads";
if (!isMainThread) serve(parentPort);
"""
IN_PAGE = """
async ([source, asked]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { bench } = await import(url);
  return bench(url, ...asked);
}
"""


def asked(settings: TrainingSettings) -> list:
    return [settings.as_dict(), RULERS, N_SNAPSHOTS]


def in_node(module: Path, settings: TrainingSettings) -> dict:
    node = next((Path(playwright.__file__).parent / "driver").glob("node*"))
    command = [node, "--no-warnings", "--input-type=module", "--eval", IN_NODE, module.as_uri()]
    run = subprocess.run([*command, json.dumps(asked(settings))], check=True, capture_output=True)
    return json.loads(run.stdout)


def in_chromium(page: Page, source: str, settings: TrainingSettings) -> dict:
    return page.evaluate(IN_PAGE, [source, asked(settings)])


def in_torch(settings: TrainingSettings) -> dict:
    start = time.perf_counter()
    for snapshot in training(RULE, settings, snapshot_epochs(settings.epochs, N_SNAPSHOTS)):
        measure(snapshot, RULE.x, RULE.y)
    return {"last": time.perf_counter() - start}


def median(runs: list[dict], key: str) -> float:
    return statistics.median(run[key] for run in runs)


def compare(sides: dict) -> None:
    """Interleaved, so that what else the machine does meets all sides alike."""
    runs = {name: [] for name in sides}
    for _ in range(REPEATS):
        for name, run in sides.items():
            runs[name].append(run())
    for name, found in runs.items():
        times = sorted(run["last"] for run in found)
        ratio = statistics.median(
            run["last"] / other["last"] for run, other in zip(found, runs["PyTorch"], strict=True)
        )
        print(
            f"{name}: epoch {SETTINGS.epochs} after {statistics.median(times):.2f} s "
            f"({times[0]:.2f} to {times[-1]:.2f}), {ratio:.2f} times PyTorch's time"
        )
        if "rulers" not in found[0]:
            continue
        rulers = (
            f"{ruler} {statistics.median(run['rulers'][ruler] for run in found):.2f} s"
            for ruler in RULERS
        )
        print(f"  first frame after {median(found, 'first'):.2f} s; anew by {', '.join(rulers)}")
        if longest := max(run["longest"] for run in found):
            print(f"  longest task of the page {longest:.0f} ms")


def main() -> None:
    torch.set_num_threads(1)
    cores = os.sched_getaffinity(0)
    print(f"machine: {platform.platform()}, {os.cpu_count()} cores, {REPEATS} repeats, medians")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as browsers:
        source = bundle(LAB) + SCRIPT
        module, empty = Path(folder, "module.mjs"), Path(folder, "page.html")
        module.write_text(IN_THREAD + source)
        empty.write_text("<!doctype html><title>Empty</title>")

        def opened() -> Page:
            browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(empty.as_uri())
            print(f"Chromium {browser.version}")
            return page

        os.sched_setaffinity(0, {min(cores)})
        page = opened()
        single, double = (
            TrainingSettings(**SETTINGS.as_dict() | {"precision": p})
            for p in ("float32", "float64")
        )
        print("one network, one core")
        compare(
            {
                "PyTorch": lambda: in_torch(single),
                "Chromium, float32": lambda: in_chromium(page, source, single),
                "Chromium, float64": lambda: in_chromium(page, source, double),
                "Node, float32": lambda: in_node(module, single),
                "Node, float64": lambda: in_node(module, double),
            }
        )
        page.context.browser.close()
        os.sched_setaffinity(0, cores)
        page = opened()
        ensemble = TrainingSettings(**SETTINGS.as_dict() | {"n_networks": ENSEMBLE})
        found, plain = in_chromium(page, source, ensemble), in_torch(ensemble)
        print(
            f"{ENSEMBLE} networks: Chromium on {len(cores)} cores {found['last']:.1f} s, PyTorch "
            f"as one batch on one thread {plain['last']:.1f} s; first frame after "
            f"{found['first']:.2f} s, longest task of the page {found['longest']:.0f} ms"
        )
        page.context.browser.close()


if __name__ == "__main__":
    main()
