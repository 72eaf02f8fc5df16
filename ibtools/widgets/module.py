"""One ES module for each widget, out of the files that it imports.

The JavaScript of a widget is written as ES modules that import each other by name. What reaches a
page is one file: JupyterLab (through anywidget) takes a widget as one text, and browsers refuse to
import modules of a page that is opened from disk.
"""

import re
from pathlib import Path

IMPORT = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/[\w./-]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def bundle(module: Path) -> str:
    """Return the file and all that it imports as one ES module without imports.

    Files follow one another, each once and after those that it needs; they share one scope, so no
    two may declare the same name (a browser then refuses the module). Imports must have the form
    import { a, b } from "./file.js"; and exports stand before what they export.
    """
    parts: dict[Path, str] = {}
    _collect(module.resolve(), parts, ())
    return "\n".join(parts.values())


def _collect(file: Path, parts: dict[Path, str], above: tuple[Path, ...]) -> None:
    if file in above:
        raise ValueError(f"{file.name} imports itself by way of {above[-1].name}")
    if file in parts:
        return
    source = file.read_text(encoding="utf-8")
    for name in IMPORT.findall(source):
        _collect((file.parent / name).resolve(), parts, (*above, file))
    text = IMPORT.sub("", source)
    parts[file] = text if not above else EXPORT.sub("", text)
