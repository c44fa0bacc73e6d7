"""The outlook's page in a real browser: no overflow, no errors, figures whose text fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Chromium, find_chromium
from sample_outlook import shown

from materiel.report.ladder import WIDTH
from materiel.report.outlook_page import render_outlook

EXECUTABLE = find_chromium()
pytestmark = pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium on this machine")
OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "outlook.html"
    path.write_text(render_outlook(shown()), encoding="utf-8")
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
    browser.evaluate(OPEN)
    assert browser.evaluate("document.documentElement.scrollWidth") == width
    assert browser.faults() == []


def test_text_of_the_ladder_stays_in_its_boxes(browser: Chromium, page: Path) -> None:
    browser.open(page, 1280, "light")
    ends = "Array.from(document.querySelectorAll('.chances text'), (t) => t.getBBox().x + t.getBBox().width)"
    assert max(browser.evaluate(ends)) < WIDTH
    assert browser.evaluate("getComputedStyle(document.querySelector('.chances .steps')).display") == "none"
    browser.open(page, 390, "light")
    assert browser.evaluate("getComputedStyle(document.querySelector('.chances > svg')).display") == "none"
    assert browser.evaluate("document.querySelector('.chances .steps').getClientRects().length") == 1


def test_ticks_of_a_fan_stay_in_the_figure(browser: Chromium, page: Path) -> None:
    browser.open(page, 1280, "light")
    browser.evaluate(OPEN)
    outside = (
        "Array.from(document.querySelectorAll('.fan svg')).filter((svg) => Array.from(svg.querySelectorAll('text'))"
        ".some((t) => t.getBBox().x < 0 || t.getBBox().x + t.getBBox().width > svg.viewBox.baseVal.width)).length"
    )
    assert browser.evaluate(outside) == 0
