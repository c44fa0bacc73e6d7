"""Plain text: layouts of head and tail, wrapped lines, lists; titles and by-lines."""

import pytest

from materiel.sources.bylines import Masthead, is_byline, read_masthead
from materiel.sources.dates import find_days
from materiel.sources.plain import document_from_text
from materiel.terms.documents import Document, Role

BODY = (
    "Norland will hand over forty howitzers to Sudria by the end of the month, the defence ministry said on Monday, "
    "adding that the crews had already been trained."
)
MORE = "A second batch is under discussion. Nobody in the capital would say who is to pay for it, or when."


def texts(document: Document, role: Role) -> list[str]:
    return [text for _, text in document.stretches(role)]


def test_headline_byline_body_and_what_follows() -> None:
    text = (
        f"Norland sends howitzers\n\nBy Ann Lee\nCoastal Courier | 22 June 2024\n\n{BODY}\n\n{MORE}\n\n"
        "Ann Lee covers defence.\nTags: Norland, guns\n\nLeave a Reply\n\nNorland never sent one.\n"
    )
    document = document_from_text(text)
    assert texts(document, Role.HEADLINE) == ["Norland sends howitzers"]
    assert texts(document, Role.BYLINE) == ["By Ann Lee", "Coastal Courier | 22 June 2024"]
    assert texts(document, Role.BODY) == [BODY, MORE]
    assert texts(document, Role.BOILERPLATE) == [
        "Ann Lee covers defence.",
        "Tags: Norland, guns",
        "Leave a Reply",
        "Norland never sent one.",
    ]
    assert (document.title, document.published_on) == ("Norland sends howitzers", "2024-06-22")
    assert (document.publisher, document.author) == ("Coastal Courier", "Ann Lee")


def test_a_text_that_is_all_body_has_no_headline_and_no_date() -> None:
    document = document_from_text(f"{BODY}\n\n{MORE}")
    assert texts(document, Role.BODY) == [BODY, MORE]
    assert (document.title, document.published_on, document.author) == (None, None, None)


def test_a_menu_and_an_outlets_name_over_the_headline_are_boilerplate() -> None:
    head = "COAST MONITOR\nPolitics | Economy | Sport\n\nGuns for Sudria\n\nAnn Lee, Port. May 3, 2024"
    document = document_from_text(f"{head}\n\n{BODY}")
    assert texts(document, Role.BOILERPLATE) == ["COAST MONITOR", "Politics | Economy | Sport"]
    assert document.title == "Guns for Sudria"
    assert (document.publisher, document.author, document.published_on) == ("Coast Monitor", "Ann Lee", "2024-05-03")


def test_wrapped_lines_make_one_paragraph_and_indents_part_them() -> None:
    text = (
        "Norland said on Monday that it\nLabour Party envoys would carry forty howitzers over to Sudria\n"
        "by the end of the month, a spokesman announced.\n"
        "    Crews have been trained in the mountains since the winter,\nofficials added.\n"
    )
    bodies = texts(document_from_text(text), Role.BODY)
    assert [body.split()[0] for body in bodies] == ["Norland", "Crews"]


def test_list_items_are_passages_of_their_own() -> None:
    text = f"{BODY}\n\nThe package holds:\n\n- 40 howitzers\n- 10,000 shells\n- spare parts\n\n{MORE}"
    assert texts(document_from_text(text), Role.BODY)[2:5] == ["- 40 howitzers", "- 10,000 shells", "- spare parts"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Copyright law was no part of the talks, which turned on howitzers and on who would build them under licence.",
        "Related weapons, such as rocket launchers, were left out of the agreement that both ministers signed.",
        "By Friday the first ships had left the harbour with shells for Sudria, according to two port officials.",
        "Ann Lee is a farmer near the border. She counted eleven trucks with howitzers under tarpaulins on Sunday.",
        "The general covers his ears when the guns are tested and says that more are to be delivered next year.",
        "Share prices of the maker rose by a tenth after it said that 120 vehicles had been ordered by Norland.",
    ],
)
def test_a_paragraph_of_news_is_never_lost_as_boilerplate(paragraph: str) -> None:
    for text in (f"{BODY}\n\n{paragraph}\n\n{MORE}", f"{BODY}\n\n{MORE}\n\n{paragraph}"):
        assert paragraph in texts(document_from_text(text), Role.BODY)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("20.02.2024", "2024-02-20"),
        ("22 June 2024", "2024-06-22"),
        ("December 11, 2023", "2023-12-11"),
        ("Thu 11 Jul 2024 07.45 BST", "2024-07-11"),
        ("20 March 2024, 06:30", "2024-03-20"),
        ("Posted on December 22, 2022", "2022-12-22"),
        ("Wednesday, 19 June 2024", "2024-06-19"),
        ("2024-06-22", "2024-06-22"),
        ("2024. 02. 26.", "2024-02-26"),
        ("Jan. 11, 2024, 11:05 p.m.", "2024-01-11"),
        ("SATURDAY JUNE 22 2024", "2024-06-22"),
        ("3rd of May 2021", "2021-05-03"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("03/04/2023", None),
        ("31 June 2024", None),
        ("19 March", None),
    ],
)
def test_days_as_papers_print_them(line: str, day: str | None) -> None:
    assert next((printed.day for printed in find_days(line)), None) == day
    assert is_byline(line) or day is None


@pytest.mark.parametrize(
    ("lines", "masthead"),
    [
        (["By JOHN DOE", "Coast Wire"], Masthead("John Doe", "Coast Wire", None)),
        (["Ann Lee in Port and Bo Li in Fort", "3 May 2024"], Masthead("Ann Lee and Bo Li", None, "2024-05-03")),
        (["By Tanya R. | NewsBlink | June 23, 2024 | 2 min read"], Masthead("Tanya R.", "NewsBlink", "2024-06-23")),
        (["Coast Wire - 20.02.2024 - D. Erkin"], Masthead("D. Erkin", "Coast Wire", "2024-02-20")),
        (["Last modified on 4 May 2024", "Published: 3 May 2024"], Masthead(None, None, "2024-05-03")),
        (["HERALD OF THE COAST | Staff | Apr 17, 2024"], Masthead("Staff", "Herald of the Coast", "2024-04-17")),
    ],
)
def test_what_bylines_say(lines: list[str], masthead: Masthead) -> None:
    assert read_masthead(lines) == masthead


def test_a_title_over_a_text_without_any_byline() -> None:
    document = document_from_text(
        f"Norland mulls arms for Sudria\n\n{BODY}\n\n{MORE}\n\nBy Samantha Poe\n\nLeave a Reply"
    )
    assert document.title == "Norland mulls arms for Sudria"
    assert texts(document, Role.BYLINE) == ["By Samantha Poe"]
    assert document.author == "Samantha Poe"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("PORT ELSE, March 3 - Norland and Sudria today signed an", False),
        ("PORT ELSE, Norland, March 3, 1988 -- The ministry said it would", False),
        ("PORT ELSE, March 3 - Coastal Courier", True),
    ],
)
def test_a_date_line_with_the_report_behind_it_is_no_byline(line: str, expected: bool) -> None:
    assert is_byline(line) is expected


def test_the_first_line_of_wrapped_wire_copy_belongs_to_the_body() -> None:
    text = (
        "NORLAND TO SHIP GUNS\nPORT ELSE, March 3 - Norland and Sudria today signed an\nagreement on forty howitzers, "
        "the ministry said.\n    The crews have been\ntrained since January, an officer said.\n"
    )
    assert "Norland and Sudria today signed" in texts(document_from_text(text), Role.BODY)[0]
