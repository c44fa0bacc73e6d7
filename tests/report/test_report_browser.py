"""The page in a real browser: no overflow, no errors, nothing loaded; its filters and links work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Chromium, find_chromium
from sample_briefing import sample_briefing

from materiel.report import descent
from materiel.report.rendering import render_briefing

EXECUTABLE = find_chromium()
pytestmark = pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "briefing.html"
    path.write_text(render_briefing(sample_briefing()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    assert EXECUTABLE is not None
    with Chromium(EXECUTABLE, tmp_path_factory.mktemp("profile")) as chromium:
        yield chromium


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_page_fits_and_is_quiet(browser: Chromium, page: Path, width: int, scheme: str) -> None:
    browser.open(page, width, scheme)
    browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert browser.evaluate("document.documentElement.scrollWidth") == width
    assert browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (scheme == "dark")
    assert browser.faults() == []


def test_filter_narrows_the_register(browser: Chromium, page: Path) -> None:
    browser.open(page, 1280, "light")
    browser.evaluate(
        "document.querySelector('#filter').value = 'gearboxes';"
        "document.querySelector('.filters').dispatchEvent(new Event('input'))"
    )
    assert browser.evaluate("document.querySelectorAll('details.row:not([hidden])').length") == 1
    assert browser.evaluate("document.querySelector('.tally').textContent") == "1 of 30 entries"


def test_a_finding_opens_its_entry_even_when_filtered_away(browser: Chromium, page: Path) -> None:
    browser.open(page, 1280, "light")
    browser.evaluate(
        "document.querySelector('input[name=kind][value=measure]').click();"
        "location.hash = ''; document.querySelector('.findings a').click()"
    )
    browser.evaluate("new Promise((done) => setTimeout(done, 100))")
    waited = "document.querySelector('details.row:target').open && !document.querySelector('details.row:target').hidden"
    for _ in range(50):
        if browser.evaluate(waited):
            break
    assert browser.evaluate(waited) is True


def test_page_is_whole_without_scripts(browser: Chromium, page: Path) -> None:
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page, 390, "light")
        assert browser.faults() == []
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.evaluate("document.querySelector('.filters').hidden") is True
    assert browser.evaluate("document.querySelectorAll('details.row').length") == 30


def test_every_quote_is_printed(browser: Chromium, page: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    browser.open(page, 1280, "dark")
    target = page.with_suffix(".pdf")
    browser.pdf(target)
    printed = "".join("".join(sheet.extract_text() for sheet in pypdf.PdfReader(target).pages).split())
    quotes = [statement.quote for statement in sample_briefing().statements.values()]
    assert [quote for quote in quotes if quote.replace(" ", "") not in printed] == []


def test_families_are_legible_at_any_width(browser: Chromium, page: Path) -> None:
    shown = "Array.from(document.querySelectorAll('{}')).map((one) => one.getClientRects().length > 0)"
    browser.open(page, 1280, "light")
    assert browser.evaluate(shown.format(".descent > svg")) == [True, True]
    assert browser.evaluate(shown.format(".descent .tree")) == [False, False]
    # In user units: words of the left column end before the marks begin, labels before the figure does.
    ends = "Math.max(...Array.from(document.querySelectorAll('.descent {}'), (t) => t.getBBox().x + t.getBBox().width))"
    assert max(browser.evaluate(ends.format(name)) for name in (".outlet", ".headline")) < descent.UNDATED_X
    assert browser.evaluate(ends.format(".kin")) < descent.WIDTH
    browser.open(page, 390, "light")
    assert browser.evaluate(shown.format(".descent > svg")) == [False, False]
    assert browser.evaluate(shown.format(".descent .tree")) == [True, True]


def test_a_row_of_a_family_leads_to_the_list(browser: Chromium, page: Path) -> None:
    browser.open(page, 1280, "light")
    browser.evaluate("document.querySelector('.descent a.node').dispatchEvent(new MouseEvent('click'))")
    assert browser.evaluate("document.querySelector('.source:target').id") == browser.evaluate("location.hash.slice(1)")
