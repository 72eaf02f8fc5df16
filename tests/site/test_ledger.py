"""The claim ledger is what the boxes say, and every guard of it bites."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
import yaml
from nbformat import v4

from ibtools.records import write_record
from ibtools.site import boxes, notebooks
from ibtools.site.ledger import LEDGER, ledger, main

ROOT = Path(__file__).parents[2]


# ---- the book ----


@pytest.fixture(scope="module")
def of_the_book():
    return ledger(ROOT)


def test_every_claim_of_the_book_has_all_its_parts(of_the_book):
    assert not of_the_book.problems, "\n".join(of_the_book.problems)


@pytest.mark.parametrize("ending", [".md", ".json"])
def test_the_committed_ledger_is_what_the_boxes_say(of_the_book, ending):
    committed = (ROOT / f"{LEDGER}{ending}").read_text(encoding="utf-8")
    assert committed == of_the_book.files[ending], "run `make ledger`"


def test_boxes_are_read_with_the_extensions_of_the_site():
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert set(config["parse"]["myst_enable_extensions"]) == boxes.EXTENSIONS


# ---- in a browser ----


def test_every_link_of_the_ledger_leads_to_a_box(site, of_the_book):
    folder = (site / LEDGER).parent
    text = (site / f"{LEDGER}.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"#]*)#((?:claim|replication|ledger)-[^"]+)"', text)
    for page, name in links:
        target = folder / page if page else site / f"{LEDGER}.html"
        assert f'id="{name}"' in target.read_text(encoding="utf-8"), name
    names = {name for _, name in links}
    for claim in json.loads(of_the_book.files[".json"]):
        assert {f"claim-{claim['name']}", f"ledger-{claim['name']}"} <= names


@pytest.mark.parametrize("width", [1400, 390])
def test_a_verdict_can_be_chosen(visit, width):
    page = visit(width).open(f"{LEDGER}.html")
    whole = page.locator(".ledger:visible").count()
    assert whole == page.locator(".ledger").count() > 0
    counts = []
    for label in page.locator(".ledger-filter label").all()[1:]:
        label.click()
        counts.append(int(re.search(r"\((\d+)\)", label.inner_text())[1]))
        assert page.locator(".ledger:visible").count() == counts[-1]
        assert page.locator(".ledger-overview tbody tr:visible").count() == counts[-1]
        sources = page.locator("section:has(> .ledger):visible")
        assert sources.count() == page.locator("section:has(> .ledger:visible)").count()
    assert sum(counts) == whole


# ---- a small book ----

CLAIM = """\
:::{admonition} Claim: layers *forget* $H(T|X)$
:class: claim
:name: claim-two-phases
Deep layers lose what they knew. {cite}`tishby2015deep`
:::
"""
REPLICATION = """\
Before it, a line.

:::{admonition} Replication: they do
:class: replication
:name: replication-two-phases
Twenty networks: 3.2 ± 0.4 bits, see [the chapter](../chapter.ipynb#figure). **Verdict: not
replicated, in most** of them.
**Who disagrees:** {cite:t}`saxe2018information`, and **we** do. **Records:** `tanh`.
:::
"""
MORE = """\
````{note}
```{admonition} Claim: nested
:class: claim dropdown
:name: claim-nested
A theorem, $$a = b .$$ {cite}`shannon1948mathematical,tishby2015deep`
```
:::{admonition} Replication: nested
:name: replication-nested
:class: replication

A line.

- **Verdict:** replicated.
- **Who disagrees:** nobody that we know of.
- **Records:** none: computed on the page.
:::
````
"""
BIBLIOGRAPHY = "\n".join(
    f"@article{{{key}, author = {{{author}}}, title = {{On {{I(X)}}}}, year = {{{year}}}}}"
    for key, author, year in [
        ("tishby2015deep", "Tishby, Naftali and Zaslavsky, Noga", 2015),
        ("saxe2018information", "Saxe, A. and Bansal, Y. and Cox, D.", 2018),
        ("shannon1948mathematical", "Shannon, Claude", 1948),
    ]
)


def write_book(root, *sources):
    """A book of one notebook in book/part/, a welcome page, a bibliography and a record."""
    (root / "book" / "part").mkdir(parents=True)
    (root / "book" / "runs").mkdir()
    (root / "book" / "appendix").mkdir()
    chapters = ["book/part/small", LEDGER]
    toc = {"format": "jb-book", "root": "book/index", "chapters": [{"file": f} for f in chapters]}
    (root / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    (root / "book" / "index.md").write_text("# Welcome", encoding="utf-8")
    (root / "book" / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    cells = [v4.new_markdown_cell(source) for source in ("# Small", *sources)]
    notebook = notebooks.normalise(v4.new_notebook(cells=[*cells, v4.new_code_cell("'# No'")]))
    path = root / "book" / "part" / "small.ipynb"
    path.write_text(notebooks.dumps(notebook), encoding="utf-8")
    record = root / "book" / "runs" / "tanh"
    write_record(record, {"a": np.zeros(1)}, {}, command="python -m make tanh", seconds=1.0)
    return root


@pytest.fixture
def small(tmp_path):
    return write_book(tmp_path, CLAIM, REPLICATION, MORE)


def test_a_claim_is_read_with_all_its_parts(small):
    made = ledger(small)
    assert made.problems == []
    first, nested = json.loads(made.files[".json"])
    assert first == {
        "name": "two-phases",
        "title": "layers *forget* $H(T|X)$",
        "page": "book/part/small.ipynb",
        "page_title": "Small",
        "claim": "Deep layers lose what they knew. {cite}`tishby2015deep`",
        "sources": ["tishby2015deep"],
        "replication": "replication-two-phases",
        "setting": "Twenty networks: 3.2 ± 0.4 bits, see [the chapter](../chapter.ipynb#figure).",
        "verdict": "not replicated",
        "verdict_text": "not replicated, in most of them.",
        "who_disagrees": "{cite:t}`saxe2018information`, and **we** do.",
        "disagreeing": ["saxe2018information"],
        "records_text": "`tanh`.",
        "records": {"tanh": "python -m make tanh"},
    }
    assert nested["sources"] == ["shannon1948mathematical", "tishby2015deep"]
    assert (nested["verdict"], nested["records"], nested["disagreeing"]) == ("replicated", {}, [])


def test_the_page_has_an_entry_for_each_claim_under_its_source(small):
    page = ledger(small).files[".md"]
    headings = [line for line in page.splitlines() if line.startswith("#")]
    assert headings == ["# Claim ledger", "## Shannon, 1948", "## Tishby & Zaslavsky, 2015"]
    for part in (
        "* - [Layers *forget* $H(T|X)$](#ledger-two-phases), Tishby & Zaslavsky, 2015",
        "  - [not replicated]{.verdict .verdict-not-replicated}",
        ":class: ledger verdict-not-replicated\n:name: ledger-two-phases",
        "**Claimed.** Deep layers lose what they knew. {cite}`tishby2015deep`",
        "**Our setting and number.** Twenty networks: 3.2 ± 0.4 bits",
        "**Verdict: not replicated**, in most of them.",
        "- tanh: `python -m make tanh`",
        "*Small*, [claim](#claim-two-phases), [replication](#replication-two-phases)",
        "> all (2)</label>",
        "> not replicated (1)</label>",
        "*On I(X)* {cite}`tishby2015deep`",
    ):
        assert part in page


def test_links_of_a_box_lead_to_the_same_page_from_the_ledger(small):
    assert "[the chapter](../chapter.ipynb#figure)" in ledger(small).files[".md"]
    moved = small / "book" / "part" / "small.ipynb"
    moved.write_text(moved.read_text(encoding="utf-8").replace("../chapter", "chapter"))
    assert "[the chapter](../part/chapter.ipynb#figure)" in ledger(small).files[".md"]


def test_an_entry_is_fenced_longer_than_what_it_holds(tmp_path):
    inner = "Deep layers\n\n::::{note}\nlose\n::::\n\nwhat they knew. {cite}`tishby2015deep`"
    box = CLAIM.replace(":::", ":::::").replace(
        "Deep layers lose what they knew. {cite}`tishby2015deep`", inner
    )
    page = ledger(write_book(tmp_path, box, REPLICATION)).files[".md"]
    (entry,) = [token for token in boxes.tokens(page) if token.type == "colon_fence"]
    assert "**In the book:**" in entry.content


def test_the_command_writes_both_files_and_fails_on_a_gap(small, capsys):
    assert main(small) == 0
    for ending, text in ledger(small).files.items():
        assert (small / f"{LEDGER}{ending}").read_text(encoding="utf-8") == text
    assert "complete" in capsys.readouterr().out
    (small / "book" / "runs" / "tanh.json").unlink()
    assert main(small) == 1
    assert "tanh is not in book/runs" in capsys.readouterr().out


# ---- the guards ----

HERE = "book/part/small.ipynb: "
BOX = f"{HERE}replication-two-phases"


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        (":name: claim-two-phases\n", "", f"{HERE}the box 'Claim: layers"),
        (":name: claim-two", ":name: Two", "must be named claim-…, got 'Two-phases'"),
        ("`tishby2015deep`", "`nobody1900`", "claim-two-phases has no {cite} that is in"),
        (REPLICATION, "", f"{HERE}claim-two-phases has no replication-two-phases on its page"),
        (CLAIM, "", f"{BOX} has no claim-two-phases on its page"),
        (CLAIM, 2 * CLAIM, f"{HERE}claim-two-phases is the name of 2 boxes of the book"),
        (REPLICATION, 2 * REPLICATION, "replication-two-phases is the name of 2 boxes of the book"),
        (REPLICATION.splitlines()[5].partition("**")[0], "", f"{BOX} has no setting and number"),
        (
            "**Verdict: not\nreplicated, in most**",
            "Verdict:",
            f"{BOX} has no (or more than one) `**V",
        ),
        ("Twenty", "**Verdict: partly.** Twenty", f"{BOX} has no (or more than one) `**Verdict"),
        ("Verdict: not", "Verdict: hardly", f"{BOX}: the verdict must begin with replicated, part"),
        ("**Who disagrees:**", "Against:", f"{BOX} has no (or more than one) `**Who disagrees:**"),
        ("`saxe2018information`", "`sax`", f"{BOX}: who disagrees must be a {{cite}} of"),
        ("**Records:**", "Records:", f"{BOX} has no (or more than one) `**Records:**"),
        ("`tanh`", "tanh", f"{BOX}: records must be names in backticks, or begin with none"),
        ("`tanh`", "`tanh`, `relu`", f"{BOX}: relu is not in book/runs, no record, or has"),
    ],
)
def test_each_guard_names_page_and_box_and_what_is_wrong(tmp_path, right, wrong, sentence):
    text = CLAIM + REPLICATION
    assert right in text
    made = ledger(write_book(tmp_path, text.replace(right, wrong, 1)))
    assert any(sentence in problem for problem in made.problems), made.problems


def test_a_record_without_its_command_is_named(small):
    path = small / "book" / "runs" / "tanh.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    del facts["command"]
    path.write_text(json.dumps(facts), encoding="utf-8")
    (problem,) = ledger(small).problems
    assert "tanh is not in book/runs, no record, or has no command" in problem


def test_an_incomplete_claim_still_has_its_entry(tmp_path):
    page = ledger(write_book(tmp_path, CLAIM.replace("{cite}`tishby2015deep`", ""))).files[".md"]
    assert "## Without a source" in page
    assert "**Verdict: missing**" in page
    assert "**In the book:** *Small*, [claim](#claim-two-phases)\n" in page


def test_a_page_without_a_title_is_refused(small):
    (small / "book" / "index.md").write_text("no title", encoding="utf-8")
    with pytest.raises(ValueError, match=r"path must be that of a page with a title, got .*index"):
        ledger(small)
