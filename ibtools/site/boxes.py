"""The claim and replication boxes of the book, read as MyST reads them.

A box is an admonition of class `claim` or `replication`. In a replication box three phrases in bold
begin a part each, `**Verdict: …**`, `**Who disagrees:**` and `**Records:**`; what stands before the
first of them is the setting and the number.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from docutils.parsers.rst.directives.admonitions import Admonition
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.directives import parse_directive_text
from myst_parser.parsers.mdit import create_md_parser
from sphinx_external_toc.parsing import parse_toc_yaml

from ibtools.site.notebooks import read

# Those of _config.yml.
EXTENSIONS = {"amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath", "substitution"}
KINDS = ("claim", "replication")
SETTING = "Setting"
VERDICT, DISAGREE, RECORDS = LABELS = ("Verdict", "Who disagrees", "Records")


class Box(NamedTuple):
    """One box: its kind, its name (the anchor on its page), its title and its Markdown."""

    kind: str
    name: str
    title: str
    text: str


class Page(NamedTuple):
    """One page of the book: its path below the root, its title and its boxes in order."""

    path: str
    title: str
    boxes: list[Box]


# ---- Markdown ----


def tokens(text: str) -> list[Token]:
    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML).parse(text)


def inline(text: str) -> list[Token]:
    """What stands in the lines of a text, lists and tables included, fences not."""
    return [child for block in tokens(text) for child in block.children or []]


def cited(text: str) -> list[str]:
    """The keys of the {cite} roles of a text, each once, in order."""
    roles = [t for t in inline(text) if t.type == "myst_role" and t.meta["name"].startswith("cite")]
    return list(dict.fromkeys(key.strip() for role in roles for key in role.content.split(",")))


def coded(text: str) -> list[str]:
    """What a text sets as code, in order."""
    return [token.content for token in inline(text) if token.type == "code_inline"]


# ---- boxes ----


def boxes(text: str) -> Iterator[Box]:
    """Yield the boxes of a Markdown text, also those within other directives."""
    for token in tokens(text):
        if token.type not in ("fence", "colon_fence") or not token.info.startswith("{"):
            continue
        directive, _, title = token.info.partition("}")
        if directive == "{admonition":
            parsed = parse_directive_text(Admonition, title.strip(), token.content)
            name = parsed.options.get("name", "")
            for kind in set(KINDS).intersection(parsed.options.get("class", [])):
                yield Box(kind, name, title.strip(), "\n".join(parsed.body).strip())
        yield from boxes(token.content)


def parts(text: str) -> dict[str, str]:
    """The parts of a replication box: the setting, and what follows each label, without its bold.

    A label that stands there twice, or not at the beginning of something bold, begins no part.
    """
    line = inline(text)
    bold = [after.content for before, after in pairwise(line) if before.type == "strong_open"]
    starts = {
        text.index(f"**{label}:"): label
        for label in LABELS
        if [phrase.startswith(f"{label}:") for phrase in bold].count(True) == 1
        and text.count(f"**{label}:") == 1
    }
    ends = [*sorted(starts), len(text)]
    found = {SETTING: text[: ends[0]].strip()}
    for start, end in pairwise(ends):
        part = text[start:end].removeprefix(f"**{starts[start]}:")
        found[starts[start]] = part.replace("**", "", 1).strip()
    return found


# ---- pages ----


def _markdown(path: Path) -> list[str]:
    if path.suffix == ".md":
        return [path.read_text(encoding="utf-8")]
    return [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]


def _title(texts: list[str], path: Path) -> str:
    for before, after in pairwise(token for text in texts for token in tokens(text)):
        if before.type == "heading_open" and before.tag == "h1":
            return after.content
    raise ValueError(f"path must be that of a page with a title, got {path}")


def read_pages(root: Path, *, without: str) -> list[Page]:
    """The pages of the book but one, in the order of the table of contents, root/_toc.yml."""
    pages = []
    for name in parse_toc_yaml(root / "_toc.yml"):
        if name == without:
            continue
        notebook = root / f"{name}.ipynb"
        path = notebook if notebook.exists() else root / f"{name}.md"
        texts = _markdown(path)
        found = [box for text in texts for box in boxes(text)]
        pages.append(Page(path.relative_to(root).as_posix(), _title(texts, path), found))
    return pages
