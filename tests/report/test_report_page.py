"""The page as a whole: the same bytes, every line anchored and quoted, nothing loaded, nothing injected."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from sample_briefing import DOCUMENTS, LINEAGE, sample_briefing, say, simple, supply

from materiel.errors import InputRefused
from materiel.report import Briefing, SourceDocument
from materiel.report.rendering import render_briefing
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.entries import Backing
from materiel.terms.lineage import Lineage
from materiel.terms.statements import Claim, Pact, PactKind, PactStatus, Stage, Statement

GOLDEN = Path(__file__).parent / "golden" / "briefing.html"
LOADING = ("src", "srcset", "poster", "data", "background", "action", "formaction")


@pytest.fixture(scope="module")
def page() -> str:
    return render_briefing(sample_briefing())


@pytest.fixture(scope="module")
def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def test_page_is_the_golden_one(page: str) -> None:
    # To renew it after a wanted change: write render_briefing(sample_briefing()) to the file, and read the difference.
    assert page == GOLDEN.read_text(encoding="utf-8")


def test_page_does_not_depend_on_the_order_of_its_parts(page: str) -> None:
    briefing = sample_briefing()
    turned = dataclasses.replace(briefing, entries=briefing.entries[::-1], documents=briefing.documents[::-1])
    assert render_briefing(turned) == page


def test_every_entry_and_document_is_anchored_once(tree: html.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    briefing = sample_briefing()
    assert {entry.id for entry in briefing.entries} <= set(ids)
    assert {source.document.id for source in briefing.documents} <= set(ids)


def test_every_link_into_the_page_has_a_target(tree: html.HtmlElement) -> None:
    targets = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
    assert targets
    assert targets <= set(tree.xpath("//@id"))


def test_every_quote_is_there_in_full_with_its_publisher(tree: html.HtmlElement) -> None:
    briefing = sample_briefing()
    for entry in briefing.entries:
        (row,) = tree.xpath("//details[@id=$id]", id=entry.id)
        assert [q.text_content() for q in row.xpath(".//q")] == [s.quote for s in entry.statements]
        for statement in entry.statements:
            assert briefing.publisher(statement.document) in row.text_content()


def test_nothing_is_loaded_from_elsewhere(tree: html.HtmlElement, page: str) -> None:
    for name in LOADING:
        assert not tree.xpath(f"//@{name}")
    assert not tree.xpath("//link | //img | //iframe | //object | //embed | //base | //form[@action]")
    assert "url(" not in page
    assert "@import" not in page
    for link in tree.xpath("//a[not(starts-with(@href, '#'))]"):
        assert link.get("href").startswith("https://")
        assert "noopener" in link.get("rel")


def test_counts_of_the_masthead(tree: html.HtmlElement) -> None:
    strong = [element.text_content() for element in tree.xpath("//p[@class='standfirst']//strong")]
    assert strong == ["12 documents", "10 independent origins", "44 statements", "30 entries"]
    assert tree.xpath("string(//p[@class='standfirst']/time/@datetime)") == "2024-11-07"


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def _hostile() -> Briefing:
    text = f"Before. {HOSTILE} after"
    document = Document(
        text, (Passage(0, len(text), Role.BODY),), HOSTILE, "2024-01-01", HOSTILE, HOSTILE, "javascript:alert(3)"
    )
    claim = supply(
        HOSTILE, "UKR", Stage.DELIVERED, HOSTILE, unit=HOSTILE, quantity=3, supplier_name=HOSTILE, date=HOSTILE
    )
    pact = Pact((HOSTILE, "RUS"), PactKind.OTHER, PactStatus.SIGNED, None, HOSTILE)
    entries = []
    claims: tuple[Claim, ...] = (claim, pact)
    changed: dict[str, Any]
    for number, one in enumerate(claims, start=1):
        base = simple(number, one, "wire", "grave error")
        said = Statement(document.id, one, HOSTILE, 8, 8 + len(HOSTILE), HOSTILE, HOSTILE)
        steps = tuple(dataclasses.replace(s, statements=(said.id,), origins=(document.id,)) for s in base.history)
        origin = f"outside:{HOSTILE}"
        changed = {"statements": (said,), "backings": (Backing(said.id, origin),), "origins": (origin,)}
        entries.append(dataclasses.replace(base, history=steps, conflicts=(HOSTILE,), **changed))
    lineage = Lineage({document.id: (document.id,)})
    return Briefing(HOSTILE, tuple(entries), (SourceDocument(document, HOSTILE),), lineage)


def test_articles_cannot_inject_anything() -> None:
    hostile = render_briefing(_hostile())
    tree = html.document_fromstring(hostile)
    assert len(tree.xpath("//script")) == 1
    assert "alert" not in tree.xpath("string(//script)")
    assert not tree.xpath("//img | //@onerror | //*[starts-with(@href, 'javascript:')]")
    assert HOSTILE in tree.xpath("string(//svg[@class='network']/a/title)")
    assert [q.text_content() for q in tree.xpath("//q")] == [HOSTILE, HOSTILE]
    assert tree.xpath("string(//title)") == HOSTILE
    # Nowhere in the source does a bracket of the hostile text survive, not in attributes nor in SVG either.
    assert "<script>alert" not in hostile
    assert "<img" not in hostile


def test_policy_admits_only_the_own_script(page: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert "default-src 'none'" in policy.replace("&#39;", "'")
    assert "unsafe-inline" not in policy
    assert not re.search(r'\sstyle="|\son\w+="', page)


def test_a_quote_that_is_not_in_its_document_is_refused() -> None:
    briefing = sample_briefing()
    entry = briefing.entries[0]
    false = dataclasses.replace(entry.statements[0], quote="words that nobody wrote")
    with pytest.raises(InputRefused, match="words that nobody wrote"):
        dataclasses.replace(briefing, entries=(dataclasses.replace(entry, statements=(false,)),))


def test_a_statement_of_an_unknown_document_is_refused() -> None:
    briefing = sample_briefing()
    fewer = tuple(source for source in briefing.documents if source.document != DOCUMENTS["capitol"])
    with pytest.raises(InputRefused, match=DOCUMENTS["capitol"].id):
        dataclasses.replace(briefing, documents=fewer)


def test_an_entry_that_is_carried_from_an_unknown_document_is_refused() -> None:
    briefing = sample_briefing()
    entry = briefing.entries[0]
    stray = dataclasses.replace(entry.backings[0], carried_from="doc-000000000000")
    changed = dataclasses.replace(entry, backings=(stray, *entry.backings[1:]))
    with pytest.raises(InputRefused, match="goes back to doc-000000000000"):
        dataclasses.replace(briefing, entries=(changed,))


def test_each_quote_says_whose_account_it_is(tree: html.HtmlElement) -> None:
    def footers(entry: str) -> list[str]:
        return [" ".join(f.text_content().split()) for f in tree.xpath("//details[@id=$id]//footer", id=entry)]

    own, carried = footers("tr-000007")
    assert "; its own account" in own
    assert "; carried along from Vistula Business" in carried
    (credited,) = footers("tr-000013")
    assert "; credited to Radio Sloboda" in credited
    row = " ".join(tree.xpath("string(//details[@id='tr-000013'])").split())
    assert "1 independent origin: Radio Sloboda, as credited by Harbour & Rail Monitor." in row


def test_a_document_without_origin_is_refused() -> None:
    origins = {k: v for k, v in LINEAGE.origins.items() if k != DOCUMENTS["gulf"].id}
    with pytest.raises(InputRefused, match="no origin in the lineage"):
        dataclasses.replace(sample_briefing(), lineage=Lineage(origins, LINEAGE.derivations))


def test_an_empty_briefing_says_so() -> None:
    text = html.document_fromstring(render_briefing(Briefing("Nothing", (), (), Lineage({}, ())))).text_content()
    assert "None of the articles read is dated" in text
    assert "The documents report no supply, pact or commitment." in text


def test_sample_quotes_are_found_where_they_say() -> None:
    said = say("wire", supply("PRK", "RUS", Stage.DELIVERED, "arms"), "a grave error")
    assert DOCUMENTS["wire"].text[said.start : said.end] == "a grave error"
