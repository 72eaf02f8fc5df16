"""Hold the numbers that replication boxes quote against the outputs of their notebook."""

import re

from nbformat import NotebookNode

FENCE = re.compile(r"\s*(:{3,}|`{3,})(.*)")
CLASS = re.compile(r"\s*:class:(.*)")
# Neither versions (2.13.0) nor arXiv numbers and addresses (arXiv:1703.00810, 10.1000/1.2).
QUOTED = re.compile(r"(?<![\w.:/])\d+\.\d+(?:e[-+]?\d+)?(?![./]?\d)")
PRINTED = re.compile(r"\d+\.\d+(?:e[-+]?\d+)?")


def unbacked_numbers(notebook: NotebookNode) -> list[str]:
    """Return the decimal numbers of replication boxes that no code cell of the notebook prints.

    A replication box is an admonition of class `replication`. A box of class `claim` reports what
    others found: its numbers need no backing, even inside a replication box.
    """
    printed = {
        number
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        for number in PRINTED.findall(_text(output))
    }
    quoted = [
        number
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for number in QUOTED.findall(_replication_text(cell.source))
    ]
    return [number for number in quoted if number not in printed]


def _text(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return output.text if output.name == "stdout" else ""
    return output.get("data", {}).get("text/plain", "")


def _replication_text(source: str) -> str:
    """Return the lines that stand in a replication box and in no claim box."""
    kept = []
    boxes: list[tuple[str, set[str]]] = []
    for line in source.splitlines():
        if fence := FENCE.match(line):
            marks, title = fence.groups()
            if not title.strip() and boxes and marks.startswith(boxes[-1][0]):
                boxes.pop()
                continue
            boxes.append((marks, set()))
        elif boxes and (classes := CLASS.match(line)):
            boxes[-1][1].update(classes[1].split())
            continue
        around = set().union(*(classes for _, classes in boxes))
        if "replication" in around and "claim" not in around:
            kept.append(line)
    return "\n".join(kept)
