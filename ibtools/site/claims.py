"""The claims of the book with what their replications say, and the sentences about what is missing.

A claim box `claim-x` and a replication box `replication-x` on the same page belong together.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path
from typing import NamedTuple

from ibtools.records import read_facts
from ibtools.site.boxes import (
    DISAGREE,
    RECORDS,
    SETTING,
    VERDICT,
    Box,
    Page,
    cited,
    coded,
    parts,
)

# What a verdict begins with; the sentence after it is free.
VERDICTS = ("replicated", "partly", "not replicated", "not tested")
CHOICE = f"{', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}"
NOBODY, NONE = "nobody", "none"


class Claim(NamedTuple):
    """A claim and its replication. Texts are Markdown, empty where the boxes say nothing."""

    name: str
    title: str
    page: str
    page_title: str
    claim: str
    sources: list[str]
    replication: str
    setting: str
    verdict: str
    verdict_text: str
    who_disagrees: str
    disagreeing: list[str]
    records_text: str
    records: dict[str, str]


def claims(pages: list[Page], known: Container[str], root: Path) -> list[Claim]:
    """The claims in the order of the book.

    known: the keys of the bibliography.  root: where book/runs is, whose records hold commands.
    """
    return [
        _claim(page, box, known, root)
        for page in pages
        for box in page.boxes
        if box.kind == "claim"
    ]


def _claim(page: Page, box: Box, known: Container[str], root: Path) -> Claim:
    name = _stem(box)
    replication = next(
        (other for other in page.boxes if other.kind == "replication" and _stem(other) == name),
        Box("replication", "", "", ""),
    )
    said = parts(replication.text)
    who_disagrees, records = said.get(DISAGREE, ""), said.get(RECORDS, "")
    # A line may end within the fixed words.
    verdict_text = re.sub(r"^not\s+", "not ", said.get(VERDICT, ""))
    return Claim(
        name=name,
        title=box.title.removeprefix("Claim:").strip(),
        page=page.path,
        page_title=page.title,
        claim=box.text,
        sources=[key for key in cited(box.text) if key in known],
        replication=replication.name,
        setting=said[SETTING],
        verdict=next((word for word in VERDICTS if re.match(rf"{word}\b", verdict_text)), ""),
        verdict_text=verdict_text,
        who_disagrees=who_disagrees,
        disagreeing=[key for key in cited(who_disagrees) if key in known],
        records_text=records,
        records={record: _command(record, root) for record in coded(records)},
    )


def _stem(box: Box) -> str:
    return box.name.removeprefix(f"{box.kind}-")


def _command(record: str, root: Path) -> str:
    """What makes a record again; nothing if there is no such record or it does not say."""
    try:
        return read_facts(root / "book" / "runs" / record).get("command", "")
    except (FileNotFoundError, ValueError):
        return ""


# ---- what is missing ----


def problems(pages: list[Page], found: list[Claim]) -> list[str]:
    """Return, in sentences that name page and box, what keeps the ledger from being complete."""
    return [*_misnamed(pages), *(sentence for claim in found for sentence in _gaps(claim))]


def _misnamed(pages: list[Page]) -> Iterator[str]:
    uses = Counter(box.name for page in pages for box in page.boxes)
    for page in pages:
        names = {box.name for box in page.boxes}
        for box in page.boxes:
            if not re.fullmatch(rf"{box.kind}-[a-z0-9-]+", box.name):
                yield (
                    f"{page.path}: the box {box.title!r} must be named {box.kind}-…, "
                    f"got {box.name!r}."
                )
            elif uses[box.name] > 1:
                yield f"{page.path}: {box.name} is the name of {uses[box.name]} boxes of the book."
            elif box.kind == "replication" and f"claim-{_stem(box)}" not in names:
                yield f"{page.path}: {box.name} has no claim-{_stem(box)} on its page."


def _gaps(claim: Claim) -> Iterator[str]:
    if not claim.sources:
        yield f"{claim.page}: claim-{claim.name} has no {{cite}} that is in references.bib."
    if not claim.replication:
        yield f"{claim.page}: claim-{claim.name} has no replication-{claim.name} on its page."
        return
    box = f"{claim.page}: {claim.replication}"
    if not claim.setting:
        yield f"{box} has no setting and number before its verdict."
    if not claim.verdict_text:
        yield f"{box} has no (or more than one) `**Verdict: …**`."
    elif not claim.verdict:
        yield f"{box}: the verdict must begin with {CHOICE}, got {claim.verdict_text[:40]!r}."
    if not claim.who_disagrees:
        yield f"{box} has no (or more than one) `**Who disagrees:** …`."
    elif not claim.disagreeing and not claim.who_disagrees.startswith(NOBODY):
        yield f"{box}: who disagrees must be a {{cite}} of references.bib, or begin with {NOBODY}."
    if not claim.records_text:
        yield f"{box} has no (or more than one) `**Records:** …`."
    elif not claim.records and not claim.records_text.startswith(NONE):
        yield f"{box}: records must be names in backticks, or begin with {NONE}."
    for record, command in claim.records.items():
        if not command:
            yield f"{box}: {record} is not in book/runs, no record, or has no command."
