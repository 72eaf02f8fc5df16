"""Links that set a widget up: the widget is on that page, and what the link asks for is known."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from ibtools.widgets.page_widget import MIME_TYPE
from ibtools.widgets.presets import PRESETS

BOOK = Path(__file__).parents[2] / "book"
LINK = re.compile(r'href="(?P<page>[^"#]*)#(?P<widget>[a-z]+(?:-\d+)?)\?(?P<query>[^"]*)"')


def links():
    for notebook in sorted(BOOK.rglob("*.ipynb")):
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            for link in LINK.finditer("".join(cell["source"])):
                yield pytest.param(notebook, *link.groups(), id=f"{notebook.stem}-{link[3]}")


def widgets_on(notebook: Path) -> list[str]:
    """How links call the widgets of a page: the second of a kind is name-2."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    data = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    names = [found[MIME_TYPE]["address"] for found in data if MIME_TYPE in found]
    counted = [(name, names[: i + 1].count(name)) for i, name in enumerate(names)]
    return [name if n == 1 else f"{name}-{n}" for name, n in counted]


@pytest.mark.parametrize(("notebook", "page", "widget", "query"), list(links()))
def test_a_link_finds_its_widget_and_its_question(notebook, page, widget, query):
    there = (notebook.parent / page).with_suffix(".ipynb") if page else notebook
    assert widget in widgets_on(there)
    asked = parse_qs(query.replace("&amp;", "&"), strict_parsing=True)
    assert set(asked.get("preset", [])) <= set(PRESETS)


def test_there_are_such_links():
    assert len(list(links())) >= 5
