"""The notebooks of the book keep their contract, and every guard of it bites."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml
from nbformat import v4

from ibtools.site import notebooks
from ibtools.site.quoted_numbers import unbacked_numbers

ROOT = Path(__file__).parents[2]
NOTEBOOKS = notebooks.find_notebooks(ROOT / "book")


# ---- the book ----


def listed_files(entry):
    """Yield the files that a table of contents names, at any depth."""
    if isinstance(entry, list):
        for item in entry:
            yield from listed_files(item)
    elif isinstance(entry, dict):
        for key, value in entry.items():
            if key in ("file", "root"):
                yield value
            else:
                yield from listed_files(value)


def test_the_table_of_contents_lists_every_notebook():
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    listed = {ROOT / f"{file.removesuffix('.ipynb')}.ipynb" for file in listed_files(contents)}
    assert NOTEBOOKS, "the book has no notebooks"
    assert {path for path in listed if path.exists()} == set(NOTEBOOKS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_is_in_order(path):
    assert notebooks.problems(notebooks.read(path)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_replication_boxes_quote_what_the_notebook_prints(path):
    assert unbacked_numbers(notebooks.read(path)) == []


# ---- the guards ----


def code(source="print(1)", *outputs, count=1):
    return v4.new_code_cell(source, execution_count=count, outputs=list(outputs))


def committed(*cells):
    return notebooks.normalise(v4.new_notebook(cells=list(cells)))


def stream(text, name="stdout"):
    return v4.new_output("stream", name=name, text=text)


def display(**data):
    return v4.new_output(
        "display_data", {key.replace("__", "/"): value for key, value in data.items()}
    )


def test_a_good_notebook_has_no_problems():
    notebook = committed(v4.new_markdown_cell("# A"), code(), code("2", stream("2\n"), count=2))
    assert notebooks.problems(notebook) == []


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (code(count=None), "Cell 1 ('print(1)') is stripped"),
        (code(count=2), "Cell 1 ('print(1)') ran out of order: its count is 2, not 1"),
        (code("1/0\n2", v4.new_output("error", ename="E", evalue="v")), "Cell 1 ('1/0') stores an"),
        (code("x", stream("careful", name="stderr")), "writes to stderr"),
        (code("x", display(text__plain="a" * 400_001)), "bytes of output, more than 400000"),
        (code("\n".join("x" * 16)), "has 16 lines, more than 15"),
    ],
    ids=["stripped", "out of order", "error", "stderr", "oversized", "long"],
)
def test_each_guard_names_the_cell_and_what_is_wrong(cell, sentence):
    (problem,) = notebooks.problems(committed(cell))
    assert sentence in problem


def test_widget_state_is_refused():
    notebook = committed(code())
    notebook.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    assert any("widget state" in problem for problem in notebooks.problems(notebook))


def test_a_widget_view_is_refused():
    notebook = committed(code())
    view = v4.new_output("display_data", {notebooks.WIDGET_VIEW: {"model_id": "1"}})
    notebook.cells[0].outputs = [view]
    assert any("widget view" in problem for problem in notebooks.problems(notebook))


def test_another_form_than_the_committed_one_is_refused():
    notebook = committed(code())
    notebook.metadata.language_info["version"] = "3.11.7"
    (problem,) = notebooks.problems(notebook)
    assert "make execute" in problem


def test_check_prints_problems_and_fails(tmp_path, capsys):
    path = tmp_path / "stripped.ipynb"
    path.write_text(notebooks.dumps(committed(code(count=None))), encoding="utf-8")
    assert notebooks.main(["check", str(path)]) == 1
    assert "stripped" in capsys.readouterr().out


# ---- numbers ----

BOX = """\
::::{{admonition}} Replication
:class: replication
Compression of {number} bits, with torch 2.13.0, see arXiv:1703.00810.
:::{{admonition}} Claim
:class: claim
The paper found 9.75 bits.
:::
::::
Outside, 7.5 is free.
"""


def test_a_replication_box_may_quote_what_is_printed():
    notebook = committed(v4.new_markdown_cell(BOX.format(number="3.25")), code("x", stream("3.25")))
    assert unbacked_numbers(notebook) == []


@pytest.mark.parametrize("printed", ["3.26", "13.25", "3.251"])
def test_a_replication_box_may_not_quote_another_number(printed):
    notebook = committed(
        v4.new_markdown_cell(BOX.format(number="3.25")), code("x", stream(printed))
    )
    assert unbacked_numbers(notebook) == ["3.25"]


# ---- the committed form ----


def test_normalising_twice_changes_nothing():
    once = committed(v4.new_markdown_cell("text"), code("x", stream("a"), stream("b")))
    assert notebooks.normalise(once) == once


def test_ids_are_kept_where_valid_and_stable_where_not():
    notebook = v4.new_notebook(cells=[code("a"), code("b"), code("b"), code("c")])
    for cell, name in zip(notebook.cells, ["kept", "kept", "not valid!", "also-kept"], strict=True):
        cell.id = name
    first, second = ([cell.id for cell in notebooks.normalise(notebook).cells] for _ in range(2))
    assert (first[0], first[3]) == ("kept", "also-kept")
    assert len(set(first)) == 4
    assert first == second


def test_what_depends_on_the_machine_goes():
    notebook = v4.new_notebook(cells=[code("x", stream("a"), stream("b"), stream("c", "stderr"))])
    notebook.metadata.widgets = {}
    notebook.metadata.language_info = {"name": "python", "version": "3.11.7"}
    notebook.cells[0].metadata.execution = {"iopub.status.busy": "2026-11-23"}
    normal = notebooks.normalise(notebook)
    assert normal.metadata.keys() == {"kernelspec", "language_info"}
    assert normal.metadata.language_info == {"name": "python"}
    assert normal.cells[0].metadata == {}
    assert [output.text for output in normal.cells[0].outputs] == ["ab", "c"]
    assert notebook.metadata.language_info["version"] == "3.11.7"


def test_figures_are_rounded_and_unpacked():
    from plotly import graph_objects as go

    values = np.array([[1 / 3, np.nan], [12345.678, 2e-9 / 3]])
    figure = go.Figure(go.Heatmap(z=values, x=np.arange(2))).to_plotly_json()
    output = v4.new_output("display_data", {notebooks.PLOTLY: figure, "text/html": "<div>"})
    (output,) = committed(code("figure", output)).cells[0].outputs
    assert output.data.keys() == {notebooks.PLOTLY}
    (trace,) = output.data[notebooks.PLOTLY]["data"]
    assert trace["z"] == [[0.3333, None], [12350.0, 6.667e-10]]
    assert trace["x"] == [0, 1]


def test_an_output_that_was_only_a_widget_goes():
    view = v4.new_output("display_data", {notebooks.WIDGET_VIEW: {"model_id": "1"}})
    assert committed(code("x", view)).cells[0].outputs == []


# ---- real kernels ----


def nbval(path):
    """Return the exit status of strict nbval on one notebook."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["--nbval", "--nbval-current-env", path.name]
    return subprocess.run(command, cwd=path.parent, capture_output=True).returncode


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """A small notebook that `execute` ran, beside the file that it reads."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "data.txt").write_text("0.25")
    path = folder / "chapter.ipynb"
    source = "x = float(open('data.txt').read())\nprint(x)"
    cells = [code(source, count=None), code("_ = bytearray(10**8); 2 * x", count=7)]
    path.write_text(notebooks.dumps(v4.new_notebook(cells=cells)), encoding="utf-8")
    assert notebooks.main(["execute", str(path)]) == 0
    return path


def test_execute_makes_a_notebook_that_passes(executed):
    notebook = notebooks.read(executed)
    assert notebooks.problems(notebook) == []
    assert notebook.cells[0].outputs[0].text == "0.25\n"
    assert nbval(executed) == 0


def test_execute_twice_leaves_the_file_alone(executed, capsys):
    before = executed.stat().st_mtime_ns
    assert notebooks.main(["execute", str(executed)]) == 0
    assert executed.stat().st_mtime_ns == before
    path, _seconds, _s, megabytes, _mb, verdict = capsys.readouterr().out.split()
    assert (path, verdict) == (str(executed), "unchanged")
    assert float(megabytes) > 100


def test_execute_leaves_a_failing_notebook_alone(tmp_path, capsys):
    path = tmp_path / "failing.ipynb"
    before = notebooks.dumps(v4.new_notebook(cells=[code("1 / 0")]))
    path.write_text(before, encoding="utf-8")
    assert notebooks.main(["execute", str(path)]) == 1
    assert path.read_text(encoding="utf-8") == before
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_nbval_refuses_a_wrong_number(executed):
    notebook = notebooks.read(executed)
    notebook.cells[0].outputs[0].text = "0.26\n"
    wrong = executed.with_name("wrong.ipynb")
    wrong.write_text(notebooks.dumps(notebook), encoding="utf-8")
    assert nbval(wrong) == 1


def test_a_stripped_notebook_passes_nbval_but_not_our_guard(executed):
    notebook = notebooks.read(executed)
    for cell in notebook.cells:
        cell.execution_count, cell.outputs = None, []
    stripped = executed.with_name("stripped.ipynb")
    stripped.write_text(notebooks.dumps(notebook), encoding="utf-8")
    assert nbval(stripped) == 0
    assert all("is stripped" in problem for problem in notebooks.problems(notebook))
    assert len(notebooks.problems(notebook)) == 2
