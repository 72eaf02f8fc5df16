"""The claim ledger: every claim of the book, what came of it here, and what stands behind that.

    python -m ibtools.site.ledger

writes book/appendix/claim_ledger.md and claim_ledger.json from the boxes of the pages, and names
what the boxes lack.
"""

import json
import posixpath
import sys
from pathlib import Path
from typing import NamedTuple

from pybtex.database import parse_file

from ibtools.site.boxes import read_pages
from ibtools.site.claims import claims, problems
from ibtools.site.ledger_page import ledger_page

LEDGER = "book/appendix/claim_ledger"


class Ledger(NamedTuple):
    """The text of the two files, by ending, and what the boxes lack, in sentences."""

    files: dict[str, str]
    problems: list[str]


def ledger(root: Path) -> Ledger:
    """What the ledger of the book below root must be."""
    pages = read_pages(root, without=LEDGER)
    bibliography = parse_file(root / "book" / "references.bib", "bibtex")
    found = claims(pages, bibliography.entries, root)
    data = [claim._asdict() for claim in found]
    files = {
        ".md": ledger_page(found, bibliography, folder=posixpath.dirname(LEDGER)),
        ".json": json.dumps(data, ensure_ascii=False, indent=1) + "\n",
    }
    return Ledger(files, problems(pages, found))


def main(root: Path) -> int:
    made = ledger(root)
    for ending, text in made.files.items():
        path = root / f"{LEDGER}{ending}"
        path.write_text(text, encoding="utf-8", newline="\n")
    print("\n".join(made.problems) or "The ledger is complete.")
    return 1 if made.problems else 0


if __name__ == "__main__":
    sys.exit(main(Path()))
