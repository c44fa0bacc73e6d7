"""Heads of articles as outlets of several kinds print them: which line is the title, and what the others say."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from materiel.sources.plain import document_from_text
from materiel.terms.documents import Role

BODY = (
    "Norland will hand over forty howitzers to Sudria by the end of the month, the defence ministry said on Monday, "
    "adding that the crews had already been trained."
)
MORE = "A second batch is under discussion. Nobody in the capital would say who is to pay for it, or when."


@dataclass(frozen=True)
class Layout:
    """A head over BODY and MORE, a foot under them, and what they print."""

    head: str
    title: str
    published_on: str | None = None
    publisher: str | None = None
    author: str | None = None
    foot: str = ""
    dateline: str = ""


LAYOUTS = {
    "wire, day and agency in the dateline": Layout(
        "UPDATE 2-Norland to send forty howitzers to Sudria\nBy Ann Lee and Bo Li",
        "UPDATE 2-Norland to send forty howitzers to Sudria",
        "2023-03-04",
        "Coast Wire",
        "Ann Lee and Bo Li",
        dateline="PORT, March 4, 2023 (Coast Wire) - ",
    ),
    "wire, no by-line, a credit at the end": Layout(
        "Norland to send forty howitzers to Sudria",
        "Norland to send forty howitzers to Sudria",
        None,
        "Coast Wire",
        "Ann Lee and Bo Li",
        dateline="PORT, March 4 (Coast Wire) - ",
        foot="(Reporting by Ann Lee and Bo Li; editing by Cy Moe)",
    ),
    "newsletter with a motto and an issue": Layout(
        "Steel & Salt -- a letter on guns and ships\nIssue 31 · 4 March 2023\n\nForty barrels go south\n"
        "======================\nAnn Lee",
        "Forty barrels go south",
        "2023-03-04",
        "Steel & Salt",
        "Ann Lee",
        foot="You are receiving this because you signed up. Unsubscribe",
    ),
    "newsletter, name and number alone": Layout(
        "Barrel Roll\nVol. 3, No. 12, 4 March 2023\n\nForty barrels go south to Sudria\n\nBy Ann Lee",
        "Forty barrels go south to Sudria",
        "2023-03-04",
        "Barrel Roll",
        "Ann Lee",
    ),
    "blog": Layout(
        "Salt and Rust\nA blog about ships that nobody wants\n\nHome | About | Archive\n\nForty barrels go south\n"
        "Posted by Ann Lee on March 4, 2023 at 9:12 pm",
        "Forty barrels go south",
        "2023-03-04",
        "Salt and Rust",
        "Ann Lee",
    ),
    "magazine with a section and a standfirst": Layout(
        "MERIDIAN QUARTERLY\nEssays & Reportage\n\nThe barrels that went south\n"
        "How a small state armed its neighbour\n\nWords: Ann Lee\nPhotographs: Bo Li\n\n4 March 2023",
        "The barrels that went south",
        "2023-03-04",
        "Meridian Quarterly",
        "Ann Lee",
    ),
    "magazine, section first": Layout(
        "Opinion\n\nWhy Norland should keep its howitzers\n\nCommentary by Ann Lee\nThe Harbour Review, 4 March 2023",
        "Why Norland should keep its howitzers",
        "2023-03-04",
        "The Harbour Review",
        "Ann Lee",
    ),
    "press release": Layout(
        "FOR IMMEDIATE RELEASE\nMinistry of Defence, 4 March 2023\n\nNorland hands howitzers to Sudria",
        "Norland hands howitzers to Sudria",
        "2023-03-04",
        "Ministry of Defence",
    ),
    "press release, body over it": Layout(
        "MINISTRY OF FOREIGN AFFAIRS OF NORLAND\nPRESS RELEASE\nRef: 2023/114\n\nStatement on howitzers for Sudria\n\n"
        "Port, 4 March 2023",
        "Statement on howitzers for Sudria",
        "2023-03-04",
        "Ministry of Foreign Affairs of Norland",
        foot="Contact: press office, +00 11 22 33",
    ),
    "broadcaster": Layout(
        "RADIO NORLAND\nTranscript\n\nHowitzers leave for Sudria tonight\n\n"
        "Presenter: Ann Lee\nBroadcast on 4 March 2023, 19:30",
        "Howitzers leave for Sudria tonight",
        "2023-03-04",
        "Radio Norland",
        "Ann Lee",
    ),
    "aggregator": Layout(
        "NewsHarvest\nWorld\n\nHowitzers leave for Sudria tonight\nAnn Lee, Coast Wire · 4 March 2023 · 3 min read",
        "Howitzers leave for Sudria tonight",
        "2023-03-04",
        "NewsHarvest",
        "Ann Lee",
        foot="Source: Coast Wire",
    ),
    "a page's title with its outlet": Layout(
        "Howitzers leave for Sudria tonight | Coast Courier\n\nAnn Lee\n4 March 2023",
        "Howitzers leave for Sudria tonight",
        "2023-03-04",
        "Coast Courier",
        "Ann Lee",
    ),
    "paper with a copyright line": Layout(
        "Howitzers leave for Sudria tonight\n\nAnn Lee in Port\nSat 4 Mar 2023 07.45 GMT",
        "Howitzers leave for Sudria tonight",
        "2023-03-04",
        "The Coast Courier",
        "Ann Lee",
        foot="© 2023 The Coast Courier Ltd. All rights reserved.",
    ),
    "outlet in capitals before the day, by-line below": Layout(
        "Howitzers leave for Sudria tonight\n\nHILL COUNTRY DESK, Mar. 4, 2023 / World\nby Ann Lee",
        "Howitzers leave for Sudria tonight",
        "2023-03-04",
        "Hill Country Desk",
        "Ann Lee",
    ),
    "syndicated, credit after the name": Layout(
        "The Harbour Sentinel\nPolitics  |  Saturday 4 March 2023\n\nHowitzers leave for Sudria tonight\n\n"
        "Ann Lee, Coast Wire, Port",
        "Howitzers leave for Sudria tonight",
        "2023-03-04",
        "The Harbour Sentinel",
        "Ann Lee",
        foot="Coast Wire",
    ),
    "press database, labelled": Layout(
        "Howitzers leave for Sudria tonight\nCoast Courier\nMarch 4, 2023 Saturday\n\n"
        "Copyright 2023 Coast Media Ltd. All Rights Reserved.\n\n"
        "Section: NEWS; Pg. 4\nLength: 412 words\nByline: Ann Lee\n\nBody",
        "Howitzers leave for Sudria tonight",
        "2023-03-04",
        "Coast Courier",
        "Ann Lee",
    ),
    "press database, one fact a line": Layout(
        "Howitzers leave for Sudria tonight\nBy Ann Lee\n412 words\n4 March 2023\n02:11\nCoast Courier\nCCOUR\n"
        "English\n(c) 2023 Coast Media Ltd",
        "Howitzers leave for Sudria tonight",
        "2023-03-04",
        "Coast Courier",
        "Ann Lee",
    ),
    "an analyst's own labels": Layout(
        "Title: Howitzers leave for Sudria tonight\nSource: Coast Courier\nAuthor: Ann Lee\nDate: 4 March 2023",
        "Howitzers leave for Sudria tonight",
        "2023-03-04",
        "Coast Courier",
        "Ann Lee",
    ),
    "a headline in capitals": Layout(
        "NORLAND TO SEND FORTY HOWITZERS TO SUDRIA\n\nAnn Lee\n4 March 2023",
        "NORLAND TO SEND FORTY HOWITZERS TO SUDRIA",
        "2023-03-04",
        None,
        "Ann Lee",
    ),
    "a headline with a standfirst and no outlet": Layout(
        "Norland Sends Guns\n4 March 2023\n\nCrews are trained already, says ministry",
        "Norland Sends Guns",
        "2023-03-04",
    ),
    "no year anywhere": Layout(
        "Howitzers leave for Sudria tonight\n\nBy Ann Lee\nPORT, March 4",
        "Howitzers leave for Sudria tonight",
        None,
        None,
        "Ann Lee",
    ),
    "a place and a month, no day": Layout(
        "Howitzers leave for Sudria tonight\n\nAnn Lee\nSeoul, March 2023",
        "Howitzers leave for Sudria tonight",
        None,
        None,
        "Ann Lee",
    ),
    "a topic over the headline": Layout(
        "Sudria war\n\nNorland weighs sending its howitzers\n\nBy Ann Lee\nPort correspondent\n4 March 2023",
        "Norland weighs sending its howitzers",
        "2023-03-04",
        None,
        "Ann Lee",
    ),
    "an official body in a headline": Layout(
        "Defence Ministry Orders Forty Howitzers\n\nCrews trained already, officials say\n\nBy Ann Lee\nMarch 4, 2023",
        "Defence Ministry Orders Forty Howitzers",
        "2023-03-04",
        None,
        "Ann Lee",
    ),
    "an alliance's release": Layout(
        "Northern Treaty Organization\nPress Release (2023) 044\n4 March 2023\n\nAllies agree on shells for Sudria",
        "Allies agree on shells for Sudria",
        "2023-03-04",
        "Northern Treaty Organization",
    ),
    "Markdown": Layout(
        "# Howitzers leave tonight\n\n*By Ann Lee, 4 March 2023*",
        "Howitzers leave tonight",
        "2023-03-04",
        None,
        "Ann Lee",
    ),
    "an agency's name and a date that can be read two ways": Layout(
        "AFP\n03/04/2023 - 14:22\n\nHowitzers leave for Sudria tonight",
        "Howitzers leave for Sudria tonight",
        None,
        "AFP",
    ),
    "a dash in the first sentence is no dateline": Layout(
        "Howitzers leave for Sudria tonight\n\nBy Ann Lee",
        "Howitzers leave for Sudria tonight",
        author="Ann Lee",
        dateline="NATO said on 4 March 2023 - a Saturday - what all had known: ",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_what_a_head_and_a_foot_say(layout: Layout) -> None:
    text = f"{layout.head}\n\n{layout.dateline}{BODY}\n\n{MORE}\n\n{layout.foot}".rstrip() + "\n"
    document = document_from_text(text)
    assert document.title == layout.title
    assert document.published_on == layout.published_on
    assert document.publisher == layout.publisher
    assert document.author == layout.author


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_the_paragraphs_are_body_and_the_foot_is_not(layout: Layout) -> None:
    text = f"{layout.head}\n\n{layout.dateline}{BODY}\n\n{MORE}\n\n{layout.foot}".rstrip() + "\n"
    document = document_from_text(text)
    body = [paragraph for _, paragraph in document.stretches(Role.BODY)]
    assert body[-2:] == [layout.dateline + BODY, MORE]
