"""The outlook as a page and as a section: whole, offline, no word too many, figures that say what the numbers say."""

from __future__ import annotations

import re

import pytest
from lxml import html
from sample_briefing import sample_briefing
from sample_outlook import sample, shown

from materiel.outlook.answers.chances import Chance
from materiel.report.outlook_ladder import BAR, draw_chance_ladders
from materiel.report.outlook_names import Names, amount_words, rounded
from materiel.report.outlook_page import render_outlook
from materiel.report.outlook_rows import interval_words, percent, range_words, signed
from materiel.report.outlook_told import tell_outlook
from materiel.report.rendering import render_briefing

SOOTHSAYING = re.compile(r"\b(predict\w*|forecast\w*|will|going to|expect\w*)\b", re.IGNORECASE)
LIKELIHOOD = re.compile(r"\b(?:un)?likely\b|\bchance\b|\bcertain\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def page() -> str:
    return render_outlook(shown())


@pytest.fixture(scope="module")
def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def test_the_page_is_the_same_every_time(page: str) -> None:
    assert render_outlook(shown()) == page


def test_nothing_is_loaded_and_nothing_runs(tree: html.HtmlElement, page: str) -> None:
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //embed | //form | //base")
    assert not tree.xpath("//@src | //@srcset | //@style")
    assert "url(" not in page
    assert "@import" not in page
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_every_anchor_is_there_once_and_every_link_leads_to_one(tree: html.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in tree.xpath("//@href")}
    assert targets <= set(ids)
    assert {"outlook", "outlook-policies", "outlook-fans", "outlook-drivers", "outlook-story"} <= set(ids)


def test_no_sentence_says_what_comes(tree: html.HtmlElement) -> None:
    for style in tree.xpath("//style"):
        style.drop_tree()
    assert SOOTHSAYING.findall(tree.text_content()) == []


def test_likelihood_and_confidence_never_meet_in_a_sentence(tree: html.HtmlElement) -> None:
    for text in tree.xpath("//*[not(self::style)]/text()"):
        for sentence in re.split(r"(?<=[.:;]) ", text):
            assert not ("confiden" in sentence.lower() and LIKELIHOOD.search(sentence))


def test_failed_members_are_told(tree: html.HtmlElement) -> None:
    (note,) = tree.xpath("//p[contains(@class, 'failed')]")
    words = " ".join(note.text_content().split())
    assert words.startswith("Under every policy: 5 members of 2,000 failed; in every share they count as members")
    assert "is not a finite number (5)" in words


def test_shares_stand_with_interval_and_word(tree: html.HtmlElement) -> None:
    chance = {fate.id: fate for fate in shown().outlook.views[0].fates}["seoul"].turns[0].by
    (block,) = tree.xpath("//div[@id='chance-seoul']")
    cell = " ".join(" ".join(block.xpath(".//tbody/tr[1]/td[1]//text()")).split())
    assert cell == f"{percent(chance.share)} ({interval_words(chance)}) likely"


def test_a_step_of_the_ladder_has_bars_as_long_as_its_shares() -> None:
    given = shown()
    names = Names(given.outlook.scenario)
    (figure,) = draw_chance_ladders(given.outlook, names, given.ladders, given.links)
    step = {step.commitment: step for step in figure.steps}["seoul"]
    turns = {turn.state: turn.by.share for turn in given.outlook.views[0].fates[0].turns}
    bar = step.bars[0]
    assert (bar.triggered, bar.kept, bar.broken) == pytest.approx(
        (BAR * turns["triggered"], BAR * turns["kept"], BAR * turns["broken"])
    )
    assert [one.policy for one in step.bars] == ["as said", "never"]
    below = {step.commitment: step for step in figure.steps}["moscow"]
    assert below.rung == 2
    assert below.y > step.y + step.height
    assert max(one.y + 15 for one in step.bars) < step.y + step.height


def test_fans_end_where_the_quantiles_end(tree: html.HtmlElement) -> None:
    (figure,) = tree.xpath("//figure[@class='fan'][.//h4[starts-with(., 'Ukraine: stock of shell')]]")
    fan = next(fan for fan in shown().outlook.views[0].fans if fan.name == "stock UKR shell")
    label = figure.xpath("./svg/@aria-label")[0]
    assert " / ".join(rounded(float(fan.values[level, -1])) for level in (0, 2, 4)) in label
    assert len(figure.xpath("./svg/path[contains(@class, 'other-1')]")) == 1
    assert not tree.xpath("//h4[starts-with(., 'Russia: stock of precision')]"), (
        "a series that never moves is no figure"
    )


def test_what_the_box_and_the_needed_say(tree: html.HtmlElement) -> None:
    told = tell_outlook(sample(failed=5))
    assert told.box.startswith("Where fire is at least ")
    assert "thousand rounds per week, it happened in" in told.box
    assert told.needed[0].words.startswith("at ")
    assert ("at no value in its range", ("inert",)) in told.nowhere
    text = " ".join(tree.text_content().split())
    assert told.box in text
    assert told.needed[0].words.replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_where_the_numbers_come_from_is_said_twice(tree: html.HtmlElement) -> None:
    for line in sample(failed=5).shares.lines:
        assert tree.text_content().count(line) == 2, "at the head and at the end"


def test_in_a_briefing_it_is_a_section() -> None:
    briefing = sample_briefing()
    tree = html.document_fromstring(render_briefing(briefing, shown()))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert tree.xpath("//section[@id='outlook']/h2")[0].text_content() == "The outlook: Two lines"
    assert tree.xpath("//nav/a[@href='#outlook']")
    targets = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
    assert targets <= set(ids)


def test_a_briefing_without_one_says_nothing_of_it() -> None:
    assert "utlook" not in render_briefing(sample_briefing())


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.31, "31 %"),
        (0.004, "0.4 %"),
        (0.9996, "99.96 %"),
        (0.999999, "over 99.999 %"),
        (0.997, "99.7 %"),
        (0.0001, "0.01 %"),
    ],
)
def test_percent_never_says_all_or_none_of_what_is_not(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(29.6, 33.4, "30 to 33"), (0, 0.19, "0 to 0.2"), (-1.24, 0.21, "−1.2 to 0.2"), (99.7, 100, "99.7 to 100")],
)
def test_ranges(low: float, high: float, words: str) -> None:
    assert range_words(low, high) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234.5, "1,230"),
        (45.23, "45.2"),
        (0.03712, "0.0371"),
        (0, "0"),
        (-2.5, "-2.5"),
        (float("nan"), "–"),
        (100, "100"),
    ],
)
def test_digits_that_count(value: float, words: str) -> None:
    assert rounded(value) == words


def test_amounts_and_changes() -> None:
    assert amount_words(0.25, "share") == "25 %"
    assert amount_words(12, "weeks") == "12 weeks"
    assert amount_words(3, "none") == "3"
    assert (signed(-2.5), signed(0), signed(1234)) == ("−2.5", "0", "+1,230")
    assert interval_words(Chance(0, 2000)) == "0 to 0.2 %"


def test_titles_are_those_of_the_scenario() -> None:
    names = Names(shown().outlook.scenario)
    assert names.title("short") == "Shells that Ukraine needed and did not have"
    assert names.title("stock UKR shell") == "Ukraine: stock of shell"
    assert names.title("broken seoul") == "If Russia gives North Korea precision weapons, Seoul lifts its ban: broken"
    assert names.title("arrived kor-ukr") == "Arrived: shell, South Korea → Ukraine"
    assert names.title("first gift") == "Moscow gives missiles"
    assert names.event("promised/Weapons are seen") == "Weapons are seen"
    assert (names.unit("arrived kor-ukr"), names.unit("state KOR threat")) == ("thousand rounds", "share")
    assert names.told("pace", 0.0123) == "0.0123 per week"
    assert names.why("fire") == "evidence: me-1"
