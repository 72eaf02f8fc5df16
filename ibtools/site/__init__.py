"""What a Sphinx site needs to show the course's figures, widgets and formulas by itself.

Nothing is fetched from another host, and pages also work when they are opened as files.
"""

import json
import shutil
import zlib
from importlib import import_module
from pathlib import Path

import plotly
from sphinx.application import Sphinx

from ibtools.widgets.module import bundle

WIDGETS = Path(__file__).parents[1] / "widgets"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
# What tex-chtml.js asks for while it runs; the other 22 of MathJax's 24 MB are never used.
MATHJAX_PARTS = ("tex-chtml.js", "input/tex/extensions", "output/chtml/fonts/woff-v2")


def _mathjax() -> Path:
    # A name with hyphens, which an import statement cannot spell.
    return Path(import_module("sphinx-mathjax-offline").__path__[0]) / "static" / "mathjax"


def widget_script(module: Path) -> str:
    """Return a widget's ES module as a classic script that hands on its source.

    Browsers refuse to import modules from file://, so the page imports it from a blob.
    """
    source = json.dumps(bundle(module))
    return f"(window.ibtoolsWidgets ??= {{}})[{json.dumps(module.stem)}] = {source};\n"


def _copy(source: Path, target: Path) -> None:
    files = [source] if source.is_file() else [p for p in source.rglob("*") if p.is_file()]
    for file in files:
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())


def add_assets(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    _copy(PLOTLY, static / PLOTLY.name)
    for part in MATHJAX_PARTS:
        _copy(_mathjax() / part, static / "mathjax" / part)
    shutil.rmtree(static / "widgets", ignore_errors=True)
    (static / "widgets").mkdir()
    for module in WIDGETS.glob("*.js"):
        script = static / "widgets" / module.name
        script.write_text(widget_script(module), encoding="utf-8")


def setup(app: Sphinx) -> dict:
    app.connect("build-finished", add_assets)
    # Pages that another version of the renderer has read are read again.
    version = zlib.crc32(Path(__file__).with_name("mime.py").read_bytes())
    return {"env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
