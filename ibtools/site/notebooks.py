"""Run the course's notebooks, bring them into the form that is committed, and guard that form.

    python -m ibtools.site.notebooks execute [notebook ...]
    python -m ibtools.site.notebooks check [notebook ...]

The site shows the stored outputs and nbval compares them with a new run, so what is stored must be
complete and must not depend on when or where it was made.
"""

import argparse
import asyncio
import base64
import copy
import hashlib
import json
import math
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode, v4

PLOTLY = "application/vnd.plotly.v1+json"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
VALID_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")

# Small networks are faster on one thread, and the last digits depend on the number of threads.
# Progress bars would make the stored outputs depend on the speed of the machine.
KERNEL_SETTINGS = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TQDM_DISABLE": "1",
}

# Line breaks inside JSON strings are escaped, so a real one is between the items of a list.
NUMBER_LIST = re.compile(r"\[((?:\n *(?:-?\d[\d.eE+-]*|null),?)+\n *)\]")


def find_notebooks(folder: Path) -> list[Path]:
    """Return the notebooks below a folder, without the copies that Jupyter keeps."""
    return sorted(p for p in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)


def read(path: Path) -> NotebookNode:
    # nbformat.read would give cells without an id a random one.
    return v4.reads(path.read_text(encoding="utf-8"))


def dumps(notebook: NotebookNode) -> str:
    text = v4.writes(notebook, ensure_ascii=False, indent=1).rstrip("\n") + "\n"
    # A number a line would make the files of figures three times as long.
    return NUMBER_LIST.sub(lambda numbers: "[" + " ".join(numbers[1].split()) + "]", text)


# ---- the form that is committed ----


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Return a copy without anything that a second run, or another machine, would change."""
    notebook = copy.deepcopy(notebook)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata.pop("widgets", None)
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    notebook.metadata.language_info = {"name": "python"}
    used = set()
    for index, cell in enumerate(notebook.cells):
        cell.metadata.pop("execution", None)
        cell.id = _stable_id(cell, index, used)
        used.add(cell.id)
        if cell.cell_type == "code":
            cell.outputs = _normal_outputs(cell.outputs)
    return notebook


def _stable_id(cell: NotebookNode, index: int, used: set[str]) -> str:
    present = cell.get("id", "")
    if VALID_ID.fullmatch(present) and present not in used:
        return present
    return hashlib.sha256(f"{index}\n{cell.source}".encode()).hexdigest()[:12]


def _normal_outputs(outputs: list[NotebookNode]) -> list[NotebookNode]:
    normal: list[NotebookNode] = []
    for output in outputs:
        previous = normal[-1] if normal else {}
        if output.output_type == "stream" and output.name == previous.get("name"):
            previous.text += output.text
            continue
        if "data" in output:
            output.data.pop(WIDGET_VIEW, None)
            if PLOTLY in output.data:
                output.data.pop("text/html", None)
                output.data[PLOTLY] = _rounded(output.data[PLOTLY])
            if not output.data:
                continue
        normal.append(output)
    return normal


def _rounded(value):
    """Round every number of a figure to what an eye can tell apart."""
    if isinstance(value, dict):
        if {"dtype", "bdata"} <= value.keys():
            return _rounded(_typed_array(value).tolist())
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.4g}") if math.isfinite(value) else None
    return value


def _typed_array(packed: dict) -> np.ndarray:
    """Unpack the base64 form in which plotly stores arrays."""
    dtype = np.dtype(packed["dtype"].removesuffix("c")).newbyteorder("<")
    array = np.frombuffer(base64.b64decode(packed["bdata"]), dtype=dtype)
    shape = [int(size) for size in str(packed.get("shape", array.size)).split(",")]
    return array.reshape(shape)


# ---- guards ----


def problems(
    notebook: NotebookNode, *, output_limit: int = 400_000, line_limit: int = 15
) -> list[str]:
    """Return, in sentences, what keeps a notebook from being committed.

    Parameters
    ----------
    output_limit
        The most bytes that the outputs of one cell may take as JSON.
    line_limit
        The most lines of a code cell.
    """
    found = []
    count = 0
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        count += 1
        first_line = cell.source.partition("\n")[0]
        for problem in _cell_problems(cell, count, output_limit, line_limit):
            found.append(f"Cell {number} ({first_line!r}) {problem}")
    if "widgets" in notebook.metadata:
        found.append("The notebook's metadata hold widget state.")
    if normalise(notebook) != notebook:
        found.append("The notebook is not in its committed form: run `make execute`.")
    return found


def _cell_problems(
    cell: NotebookNode, count: int, output_limit: int, line_limit: int
) -> Iterator[str]:
    if cell.execution_count is None:
        # nbval compares nothing in such a cell, and passes it.
        yield "is stripped: it has no execution count."
    elif cell.execution_count != count:
        yield f"ran out of order: its count is {cell.execution_count}, not {count}."
    if (lines := len(cell.source.splitlines())) > line_limit:
        yield f"has {lines} lines, more than {line_limit}."
    for output in cell.outputs:
        if output.output_type == "error":
            yield f"stores an error: {output.ename}: {output.evalue}"
        if output.get("name") == "stderr":
            yield "writes to stderr."
        if WIDGET_VIEW in output.get("data", {}):
            yield "stores a widget view, which shows nothing without a kernel."
    if (size := len(json.dumps(cell.outputs).encode())) > output_limit:
        yield f"stores {size} bytes of output, more than {output_limit}."


# ---- running ----


class Run(NamedTuple):
    notebook: NotebookNode
    seconds: float
    peak_megabytes: float


def execute(notebook: NotebookNode, folder: Path) -> Run:
    """Run a notebook in a new kernel that starts in `folder`; return it in its committed form."""
    return asyncio.run(_execute(copy.deepcopy(notebook), folder))


async def _execute(notebook: NotebookNode, folder: Path) -> Run:
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=120,
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
        # A kernel warns at each start that its messages to this machine are not encrypted.
        extra_arguments=["--log-level=ERROR"],
    )
    start = time.perf_counter()
    memory = [0]

    async def watch_memory(kernel: psutil.Process) -> None:
        with suppress(psutil.NoSuchProcess):  # the end of a kernel whose cell failed
            while True:
                memory.append(kernel.memory_info().rss)
                await asyncio.sleep(0.05)

    async with client.async_setup_kernel(env=os.environ | KERNEL_SETTINGS):
        kernel = psutil.Process(client.km.provisioner.pid)
        watcher = asyncio.create_task(watch_memory(kernel))
        for index, cell in enumerate(notebook.cells):
            await client.async_execute_cell(cell, index)
        watcher.cancel()
        # A short notebook may end between two looks of the watcher.
        memory.append(kernel.memory_info().rss)
    return Run(normalise(notebook), time.perf_counter() - start, max(memory) / 1e6)


def _execute_all(paths: list[Path]) -> bool:
    good = True
    for path in paths:
        try:
            run = execute(read(path), path.parent)
        except (CellControlSignal, DeadKernelError) as error:
            print(f"{path}  failed, left as it was\n{error}", file=sys.stderr)
            good = False
            continue
        changed = dumps(run.notebook) != path.read_text(encoding="utf-8")
        if changed:
            path.write_text(dumps(run.notebook), encoding="utf-8", newline="\n")
        print(
            f"{path}  {run.seconds:.1f} s  {run.peak_megabytes:.0f} MB  "
            f"{'changed' if changed else 'unchanged'}",
            flush=True,
        )
    return good


def _check_all(paths: list[Path]) -> bool:
    found = [f"{path}: {problem}" for path in paths for problem in problems(read(path))]
    print("\n".join(found) or f"{len(paths)} notebooks are in order.")
    return not found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ibtools.site.notebooks")
    parser.add_argument("action", choices=["execute", "check"])
    parser.add_argument("notebooks", nargs="*", type=Path, help="all of book/ if none is named")
    options = parser.parse_args(arguments)
    paths = options.notebooks or find_notebooks(Path("book"))
    good = _execute_all(paths) if options.action == "execute" else _check_all(paths)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
