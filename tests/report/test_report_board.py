"""The board's section of the briefing, and the ladder as a figure."""

from __future__ import annotations

import dataclasses
import re

from lxml import html
from sample_briefing import sample_board, sample_briefing

from materiel.report.ladder import MOST_FIGURES, MOST_STEPS, WIDTH, Figures, draw_cycles, draw_ladders
from materiel.report.rendering import render_briefing
from materiel.report.standings import Card, Ladder, Link

_PARTS = ("*[local-name()='svg']", "ol")
"""The drawing, and the list for narrow screens."""


def section() -> html.HtmlElement:
    (found,) = html.document_fromstring(render_briefing(sample_briefing())).xpath("//section[@id='commitments']")
    return found


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_each_commitment_has_a_card_with_its_state_its_sides_and_what_is_missing() -> None:
    board = sample_board()
    cards = {card.get("id").removeprefix("on-"): text(card) for card in section().xpath(".//article")}
    assert list(cards) == [card.id for card in board.cards]
    for card in board.cards:
        shown = cards[card.id]
        assert card.state.value.capitalize() in shown
        assert card.condition in shown
        assert card.deed in shown
        assert all(missing in shown for missing in card.missing)
        assert all(decision.reason in shown for decision in card.decisions)
        assert shown.endswith(card.grade)


def test_each_ladder_is_a_figure_whose_boxes_lead_to_their_cards() -> None:
    found = section()
    figures = found.xpath(".//figure[@class='ladder']")
    ladders = [ladder for ladder in sample_board().ladders if len(ladder.rungs) > 1]
    assert sorted(ladder.event for ladder in ladders) == sorted(
        figure.xpath(".//ol/li")[0].text_content().strip().removeprefix("If ") for figure in figures
    )
    anchors = {card.get("id") for card in found.xpath(".//article")}
    for figure in figures:
        drawn, listed = ([a.get("href") for a in figure.xpath(f".//{part}//*[local-name()='a']")] for part in _PARTS)
        assert drawn == listed
        assert {link.removeprefix("#") for link in drawn} <= anchors


def test_a_ladder_stands_in_order_and_its_boxes_do_not_overlap() -> None:
    board = sample_board()
    one, two, three, four = (card.id for card in board.cards[:4])
    ladder = Ladder("an event", "event", ((one,), (two, three), (four,)))
    links = (Link(one, two, True), Link(one, three, True), Link(three, four, True), Link(two, four, False))
    (figure,) = draw_ladders((ladder, Ladder("a part of it", "event", ((two,), (four,)))), links, board.cards).drawn
    assert [step.card.id if step.card else None for step in figure.steps] == [None, one, two, three, four]
    assert [step.rung for step in figure.steps] == [0, 1, 2, 2, 3]
    for above, below in zip(figure.steps, figure.steps[1:], strict=False):
        assert above.y + above.height < below.y
    for step in figure.steps:
        assert step.x + step.width < WIDTH
        assert all(step.y < y < step.y + step.height for y, _ in step.lines)
    assert figure.steps[-1].y + figure.steps[-1].height < figure.height


def test_a_ladder_of_one_rung_is_no_ladder() -> None:
    board = sample_board()
    assert draw_ladders((Ladder("an event", "event", ((board.cards[0].id,),)),), (), board.cards) == Figures()


def test_what_is_not_drawn_is_counted() -> None:
    """Of a ladder the rungs nearest to its event are drawn, and of many ladders the longest."""
    board = sample_board()
    card = board.cards[0]
    names = [f"c{number:02}" for number in range(MOST_STEPS + 9)]
    cards = [with_id(card, name) for name in names]
    links = tuple(Link(names[0], name, True) for name in names[1:])
    (figure,) = draw_ladders((Ladder("an event", "event", ((names[0],), tuple(names[1:]))),), links, cards).drawn
    assert [step.card.id for step in figure.steps if step.card] == names[:MOST_STEPS]
    assert figure.more == 9
    pairs = zip(names[::2], names[1::2], strict=False)
    ladders = [Ladder(f"event {one}", "event", ((one,), (two,))) for one, two in pairs]
    many = draw_ladders(ladders, (), cards)
    assert (len(many.drawn), many.more) == (MOST_FIGURES, len(ladders) - MOST_FIGURES)


def test_the_page_says_in_words_what_is_not_drawn() -> None:
    briefing = sample_briefing()
    board = sample_board()
    card = board.cards[0]
    names = [f"c{number:02}" for number in range(20)]
    ladders = (Ladder("an event", "event", ((names[0],), tuple(names[1:]))),)
    links = tuple(Link(names[0], name, True) for name in names[1:])
    cycles = tuple((one, two) for one, two in zip(names[::2], names[1::2], strict=True))
    shown = dataclasses.replace(
        board, cards=tuple(with_id(card, name) for name in names), ladders=ladders, links=links, cycles=cycles
    )
    page = html.document_fromstring(render_briefing(dataclasses.replace(briefing, board=shown)))
    (found,) = page.xpath("//section[@id='commitments']")
    assert "and four more commitments" in text(found)
    assert "Six more cycles are not drawn." in text(found)


def test_a_cycle_is_a_figure_that_leads_back_to_its_first() -> None:
    board = sample_board()
    ids = [card.id for card in board.cards[:3]]
    (figure,) = draw_cycles([ids], board.cards).drawn
    assert [step.card.id for step in figure.steps if step.card] == ids
    assert [bool(step.path) for step in figure.steps] == [False, True, True]
    for above, below in zip(figure.steps, figure.steps[1:], strict=False):
        assert above.y + above.height < below.y
    first, last = figure.steps[0], figure.steps[-1]
    way, _ = figure.back
    begin, turn, end = re.fullmatch(r"M\d+ (\d+) H(\d+) V(\d+) H\d+", way).groups()  # type: ignore[union-attr]
    assert last.y < int(begin) < last.y + last.height
    assert first.y < int(end) < first.y + first.height
    assert first.x + first.width < int(turn) < WIDTH
    (alone,) = draw_cycles([ids[:1]], board.cards).drawn
    assert len(alone.steps) == 1
    assert alone.back[0]


def test_the_page_draws_a_cycle() -> None:
    briefing, board = sample_briefing(), sample_board()
    ids = tuple(card.id for card in board.cards[:2])
    shown = dataclasses.replace(board, cycles=(ids,))
    page = html.document_fromstring(render_briefing(dataclasses.replace(briefing, board=shown)))
    figure = page.xpath("//section[@id='commitments']/figure")[-1]
    drawn, listed = ([a.get("href") for a in figure.xpath(f".//{part}//*[local-name()='a']")] for part in _PARTS)
    assert drawn == listed == [f"#on-{each}" for each in ids]
    assert "Who escalates into whom" in text(page.xpath("//section[@id='commitments']")[0])


def with_id(card: Card, identity: str) -> Card:
    """The same card of another commitment."""
    commitment = dataclasses.replace(card.standing.commitment, id=identity)
    return dataclasses.replace(card, standing=dataclasses.replace(card.standing, commitment=commitment))


def test_without_a_board_the_commitments_stand_as_they_were_read() -> None:
    page = render_briefing(dataclasses.replace(sample_briefing(), board=None))
    assert "Commitments and what triggers them" in page
