"""Turn the outputs that myst-nb does not know into HTML that course.js brings to life."""

import json
from html import escape

from docutils import nodes

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


def widget_html(widget: dict) -> str:
    """Return a widget as HTML; its sentence stays where the module cannot run."""
    return (
        f'<div class="ibtools-widget" data-module="{escape(widget["module"])}"'
        f' data-address="{escape(widget["address"])}"'
        f' style="min-height: {int(widget["height"])}px">'
        f'<script type="application/json">{script_json(widget["state"])}</script>'
        f"{_summary(widget['summary'])}</div>"
    )


class CourseMimeRenderer:
    """Renders plotly figures and ibtools widgets, found by myst-nb through an entry point."""

    mime_priority_overrides = (("html", PLOTLY, 1), ("html", WIDGET, 1))

    @staticmethod
    def handle_mime(renderer, data, inline: bool) -> list[nodes.Element] | None:
        to_html = {PLOTLY: figure_html, WIDGET: widget_html}.get(data.mime_type)
        if to_html is None or inline:
            return None
        return [nodes.raw(text=to_html(data.content), format="html", classes=["output"])]
