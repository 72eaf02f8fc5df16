"""The command that takes still pictures of the widgets of a built site.

A file of its own: the command starts a browser, which cannot be done beside the one of the tests.
"""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ibtools.bottleneck import IBCurve, encoder_solution
from ibtools.site import WIDGETS, stills, widget_script
from ibtools.site.mime import widget_html
from ibtools.widgets import BottleneckSlider
from ibtools.widgets.page_widget import MIME_TYPE

ASSETS = Path(__file__).parents[2] / "book" / "assets"


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Work in a folder with a built site: a page with two sliders, and a broken one."""
    html = tmp_path / stills.SITE
    (html / "widgets").mkdir(parents=True)
    (html / "widgets" / "bottleneck_slider.js").write_text(
        widget_script(WIDGETS / "bottleneck_slider.js")
    )
    for asset in ("course.js", "course.css"):
        shutil.copy(ASSETS / asset, html)
    p_xy = np.array([[0.4, 0.1], [0.1, 0.4]])
    solutions = [encoder_solution(p_xy, np.eye(2), beta=beta) for beta in (2.0, 5.0)]
    slider = BottleneckSlider(p_xy, IBCurve.from_solutions(p_xy, solutions))
    shown = widget_html(slider._repr_mimebundle_()[0][MIME_TYPE])
    broken = shown.replace('"curve":', '"lost":')
    for name, body in {"two": shown + shown, "none": "", "broken": broken}.items():
        (html / f"{name}.html").write_text(
            '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="course.css">'
            f'<main style="width: 700px">{body}</main><script src="course.js"></script>'
        )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.skipif(not stills.find_browser(), reason="no browser")
def test_pictures_are_taken_and_what_is_broken_or_gone_is_told(book, capsys):
    folder = book / stills.STILLS
    assert stills.main(["two-slider-2"]) == 0
    assert {file.name for file in folder.iterdir()} == {"two-slider-2.png"}
    (folder / "gone-lab.png").write_bytes(b"")

    assert stills.main([]) == 1
    said = capsys.readouterr()
    assert "broken-slider.png  failed: This could not be shown: " in said.err
    # The second time the same picture has the same bytes.
    lines = [(line.split()[0], line.split()[-1]) for line in said.out.splitlines()]
    assert lines == [
        ("two-slider-2.png", "changed"),
        ("two-slider.png", "changed"),
        ("two-slider-2.png", "unchanged"),
        ("gone-lab.png", "removed"),
    ]
    assert {file.name for file in folder.iterdir()} == {"two-slider.png", "two-slider-2.png"}
    with Image.open(folder / "two-slider.png") as picture:
        assert picture.width == 700
        assert len(picture.convert("RGB").getcolors()) > 20


def test_names_that_are_none_are_told(book, capsys):
    with pytest.raises(SystemExit, match="2"):
        stills.main(["none", "two"])
    assert "pages with widgets or their pictures, got none" in capsys.readouterr().err


def test_without_a_site_there_is_nothing_to_take(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="2"):
        stills.main([])
    assert "there is no site in _build/html" in capsys.readouterr().err


def test_pages_of_one_name_are_refused(tmp_path):
    for part in ("a", "b"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "page.html").write_text('<div class="ibtools-widget" data-address="x">')
    with pytest.raises(ValueError, match=r"names of their own, got .*page\.html and"):
        stills.widgets_of(tmp_path)
