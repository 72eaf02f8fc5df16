"""Turn the outputs that myst-nb does not know into HTML that course.js brings to life."""

import json
import posixpath
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.images import get_image_size

from ibtools.site.stills import STILLS, numbered, still_name

LOGGER = logging.getLogger(__name__)

PLOTLY = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.ibtools.widget.v1+json"
PLOTLY_DEFAULT_HEIGHT = 450


def script_json(value) -> str:
    """Return JSON that is safe inside a script element: nothing in it can end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _summary(text: str) -> str:
    return f'<p class="ibtools-summary">{escape(text)}</p>' if text else ""


def figure_html(figure: dict) -> str:
    """Return a plotly figure as HTML; its sentence is what is there until the picture is."""
    layout = figure.get("layout", {})
    summary = (layout.get("meta") or {}).get("summary", "")
    height = layout.get("height") or PLOTLY_DEFAULT_HEIGHT
    shown = {key: figure[key] for key in ("data", "layout", "frames") if key in figure}
    return (
        f'<figure class="ibtools-figure" style="min-height: {height}px">'
        f'<div class="ibtools-plot" role="img" aria-label="{escape(summary or "Figure")}"></div>'
        f'<script type="application/json">{script_json(shown)}</script>'
        f"{_summary(summary)}</figure>"
    )


def widget_html(widget: dict, still: str = "") -> str:
    """Return a widget as HTML; its sentence stays where the module cannot run.

    still: a picture, as still_html has it, for readers without JavaScript.
    """
    return (
        f'<div class="ibtools-widget" data-module="{escape(widget["module"])}"'
        f' data-address="{escape(widget["address"])}"'
        f' style="min-height: {int(widget["height"])}px">'
        f'<script type="application/json">{script_json(widget["state"])}</script>'
        f"{_summary(widget['summary'])}{still}</div>"
    )


def still_html(env, widget: dict) -> str:
    """Return the still picture of a page's next widget: no browser with JavaScript loads it.

    env: the Sphinx environment, which knows the page. It reads the page again when the picture
    changes. Warns where there is none.
    """
    counts = env.temp_data.setdefault("ibtools_widgets", {})
    name = still_name(env.docname, numbered(widget["address"], counts))
    file = Path(env.srcdir) / STILLS / name
    env.note_dependency(str(file))
    if not file.exists():
        LOGGER.warning(
            "the widget has no picture %s: run `make stills`", name, location=env.docname
        )
        return ""
    width, height = get_image_size(str(file))
    source = posixpath.relpath(f"_static/{STILLS.name}/{name}", posixpath.dirname(env.docname))
    return (
        f'<noscript><img src="{escape(source)}" alt="{escape(widget["summary"])}"'
        f' width="{width}" height="{height}" style="max-width: 100%; height: auto"></noscript>'
    )


class CourseMimeRenderer:
    """Renders plotly figures and ibtools widgets, found by myst-nb through an entry point."""

    mime_priority_overrides = (("html", PLOTLY, 1), ("html", WIDGET, 1))

    @staticmethod
    def handle_mime(renderer, data, inline: bool) -> list[nodes.Element] | None:
        if inline:
            return None
        if data.mime_type == PLOTLY:
            text = figure_html(data.content)
        elif data.mime_type == WIDGET:
            # None where a notebook is rendered by itself, outside a site.
            env = renderer.renderer.sphinx_env
            text = widget_html(data.content, still_html(env, data.content) if env else "")
        else:
            return None
        return [nodes.raw(text=text, format="html", classes=["output"])]
