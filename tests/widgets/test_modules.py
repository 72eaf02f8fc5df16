"""The JavaScript of the widgets: one module each, small, and with nothing from elsewhere."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from ibtools.figures.theme import LAYER_COLOURS
from ibtools.widgets.module import bundle

WIDGETS = Path(__file__).parents[2] / "ibtools" / "widgets"
MODULES = sorted(WIDGETS.glob("*.js"))
MAX_BYTES = 60_000


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_module_needs_nothing_but_itself(module, node):
    source = bundle(module)
    asked = r"^\s*import\b|\bimport\(|innerHTML|https?://(?!www\.w3\.org/2000/svg)"
    assert not re.search(asked, source, re.MULTILINE)
    assert len(gzip.compress(source.encode())) < MAX_BYTES
    # Two files that declare the same name would not be one module.
    checked = subprocess.run(
        [node, "--check", "--input-type=module", "-"], input=source, text=True, capture_output=True
    )
    assert checked.returncode == 0, checked.stderr


def test_a_bundle_has_each_file_once_and_after_those_it_needs(tmp_path):
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "a.js").write_text("export const a = 1;\n")
    (tmp_path / "kit" / "b.js").write_text('import { a } from "./a.js";\nexport const b = a + 1;\n')
    (tmp_path / "c.js").write_text(
        'import { a } from "./kit/a.js";\nimport {\n  b,\n} from "./kit/b.js";\n'
        "export default a + b;\n"
    )
    text = "const a = 1;\n\nconst b = a + 1;\n\nexport default a + b;\n"
    assert bundle(tmp_path / "c.js") == text
    (tmp_path / "kit" / "a.js").write_text('import { b } from "./b.js";\n')
    with pytest.raises(ValueError, match=r"a\.js imports itself by way of b\.js"):
        bundle(tmp_path / "c.js")


def test_layers_have_the_colours_of_the_figures():
    charts = (WIDGETS / "kit" / "charts.js").read_text()
    listed = re.search(r"LAYER_COLOURS = \[(.*?)\]", charts, re.DOTALL)[1]
    assert tuple(re.findall(r"#\w{6}", listed)) == LAYER_COLOURS
