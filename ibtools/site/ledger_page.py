"""The ledger as a page: an overview, a filter, and an entry for each claim under its source."""

import posixpath
import re
from collections import Counter

from pybtex.database import BibliographyData
from pybtex.richtext import Text

from ibtools.site.boxes import inline
from ibtools.site.claims import VERDICTS, Claim

MISSING = "missing"
FENCES = re.compile(r"^\s*(:{3,}|`{3,})", re.MULTILINE)
LINKS = {"link_open": "href", "image": "src"}
TARGET = re.compile(r"(?<=\]\()[^)\s]+")
OUTSIDE = re.compile(r"[a-z]+:|#|/")

INTRODUCTION = """\
# Claim ledger

Every claim that the book tests, in the words of its page, and what came of it *here*: our setting
and number, the verdict, who disagrees, and the command that makes the numbers again. *Partly* is
said of claims that were found in part or under conditions, *not tested* where what we did comes
near the claim and does not decide it. The entries are generated from the boxes of the pages; they
are also a [data file](claim_ledger.json).
"""


def ledger_page(claims: list[Claim], bibliography: BibliographyData, *, folder: str) -> str:
    """Return the Markdown of the page; folder is where in the book it lies."""
    ordered = sorted(claims, key=lambda claim: _order(claim, bibliography))
    blocks = [INTRODUCTION, _filter(claims), _overview(ordered, bibliography)]
    source = None
    for claim in ordered:
        if claim.sources[:1] != source:
            source = claim.sources[:1]
            blocks.append(_heading(source, bibliography))
        blocks.append(_entry(claim, folder))
    return "\n".join(blocks)


# ---- sources ----


def _order(claim: Claim, bibliography: BibliographyData) -> tuple[str, str]:
    """Earlier papers first; within one, Python's sort keeps the order of the book."""
    if not claim.sources:
        return "", ""
    key = claim.sources[0]
    return bibliography.entries[key].fields["year"], key


def _plain(latex: str) -> str:
    return Text.from_latex(latex).render_as("text")


def _authors(key: str, bibliography: BibliographyData) -> str:
    entry = bibliography.entries[key]
    names = [_plain(" ".join(person.last_names)) for person in entry.persons["author"]]
    who = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
    return f"{who}, {entry.fields['year']}"


def _heading(source: list[str], bibliography: BibliographyData) -> str:
    if not source:
        return "## Without a source\n"
    (key,) = source
    title = _plain(bibliography.entries[key].fields["title"])
    return f"## {_authors(key, bibliography)}\n\n*{title}* {{cite}}`{key}`\n"


# ---- verdicts ----


def _kind(verdict: str) -> str:
    return f"verdict-{(verdict or MISSING).replace(' ', '-')}"


def _badge(verdict: str) -> str:
    return f"[{verdict or MISSING}]{{.verdict .{_kind(verdict)}}}"


def _filter(claims: list[Claim]) -> str:
    """Radio buttons; course.css hides what is not chosen, so that no script is needed."""
    counts = Counter(claim.verdict or MISSING for claim in claims)
    choices = [
        f'<label><input type="radio" name="verdict" id="show-{_kind(verdict)}">'
        f" {verdict} ({counts[verdict]})</label>"
        for verdict in (*VERDICTS, MISSING)
        if counts[verdict]
    ]
    everything = f'<label><input type="radio" name="verdict" checked> all ({len(claims)})</label>'
    lines = ["<legend>Show</legend>", everything, *choices]
    return "\n".join(['<fieldset class="ledger-filter">', *lines, "</fieldset>\n"])


def _overview(claims: list[Claim], bibliography: BibliographyData) -> str:
    rows = ["* - Claim\n  - Verdict"]
    for claim in claims:
        of = f", {_authors(claim.sources[0], bibliography)}" if claim.sources else ""
        rows.append(f"* - [{_title(claim)}](#ledger-{claim.name}){of}\n  - {_badge(claim.verdict)}")
    options = [":header-rows: 1", ":class: ledger-overview", ""]
    return "\n".join(["```{list-table}", *options, *rows, "```\n"])


# ---- entries ----


def _title(claim: Claim) -> str:
    return claim.title[:1].upper() + claim.title[1:]


def _entry(claim: Claim, folder: str) -> str:
    found = f", [replication](#{claim.replication})" if claim.replication else ""
    said = claim.verdict_text[len(claim.verdict) :]
    paragraphs = [
        f"**Claimed.** {claim.claim}",
        f"**Our setting and number.** {claim.setting or MISSING}",
        f"**Verdict: {claim.verdict}**{said}" if claim.verdict else f"**Verdict: {MISSING}**",
        f"**Who disagrees:** {claim.who_disagrees or MISSING}",
        f"**Records:** {_records(claim)}",
        f"**In the book:** *{claim.page_title}*, [claim](#claim-{claim.name}){found}",
    ]
    text = _relinked("\n\n".join(paragraphs), claim.page, folder)
    fence = ":" * (1 + max([3, *map(len, FENCES.findall(text))]))
    head = f"{fence}{{admonition}} {_title(claim)} {_badge(claim.verdict)}"
    options = f":class: ledger {_kind(claim.verdict)}\n:name: ledger-{claim.name}"
    return f"{head}\n{options}\n\n{text}\n{fence}\n"


def _records(claim: Claim) -> str:
    if not claim.records:
        return claim.records_text or MISSING
    commands = [f"- {name}: `{command or MISSING}`" for name, command in claim.records.items()]
    return "\n".join(["the command of each\n", *commands])


def _relinked(text: str, page: str, folder: str) -> str:
    """The same text with its links, relative to page, made relative to folder."""
    tokens = inline(text)
    targets = {str(token.attrs.get(LINKS.get(token.type, ""), "#")) for token in tokens}

    def moved(target: re.Match) -> str:
        if target[0] not in targets or OUTSIDE.match(target[0]):
            return target[0]
        return posixpath.relpath(posixpath.join(posixpath.dirname(page), target[0]), folder)

    return TARGET.sub(moved, text)
