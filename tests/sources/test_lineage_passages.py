"""What two texts share, sentence by sentence, and what the later one has of its own."""

from hypothesis import given
from hypothesis import strategies as st

from materiel.sources.lineage import trace_lineage
from materiel.sources.lineage.alignment import align, in_order
from materiel.sources.lineage.articles import read_article
from materiel.sources.lineage.compare import compare
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.lineage import DerivationKind

REPORT = (
    "Norway will hand Kyiv 22 self-propelled howitzers from army stocks, defence minister Bjarne Lund said in Oslo.",
    "The guns were built in America in the 1960s and were overhauled at a workshop in Moss last winter.",
    "Spare barrels and 4,000 rounds go with them, and 30 Ukrainian gunners are being trained near Rena.",
    '"We gave what we could spare," Lund told reporters, and added that parliament had been informed.',
    "A freighter carrying the first eight left Fredrikstad on Monday under escort of the coast guard.",
)
RETOLD = (
    "Ukraine gets 22 howitzers out of the Norwegian army's depots, Oslo's defence minister Bjarne Lund has announced.",
    "They are American guns of the 1960s which a workshop in Moss overhauled last winter.",
    "Thirty gunners from Ukraine train at Rena. Along with the guns come spare barrels and 4,000 rounds.",
    "Lithuania's deputy minister Rasa Petrauskienė meanwhile promised Kyiv 12 Bofors trucks worth 9 million euros.",
    "The first eight guns sailed from Fredrikstad on Monday, with the coast guard as escort.",
)


def article(*paragraphs: str, on: str | None = None, publisher: str | None = None) -> Document:
    text, passages = "", []
    for paragraph in paragraphs:
        passages.append(Passage(len(text), len(text) + len(paragraph), Role.BODY))
        text += paragraph + "\n\n"
    return Document(text, tuple(passages), published_on=on, publisher=publisher)


def test_passages_name_the_sentences_that_say_the_same() -> None:
    source, text = article(*REPORT, on="2024-05-01"), article(*RETOLD, on="2024-05-02")
    found = compare(read_article(text), read_article(source))
    pairs = [(text.text[p.start : p.end], source.text[p.source_start : p.source_end]) for p in found.passages]
    assert any("Moss" in told and "Moss" in said for told, said in pairs)
    assert any("Fredrikstad" in told and "Fredrikstad" in said for told, said in pairs)
    assert not any(passage.is_verbatim for passage in found.passages)


def test_a_rewrite_adds_a_fact_of_its_own() -> None:
    source, text = article(*REPORT, on="2024-05-01"), article(*RETOLD, on="2024-05-02")
    lineage = trace_lineage([source, text])
    assert lineage.origins[text.id] == (source.id,)
    assert [text.text[start:end] for start, end in lineage.own[text.id]] == [RETOLD[3]]


def test_a_shared_paragraph_of_background_is_shown_and_proves_nothing() -> None:
    follow_up = article(
        "Denmark's finance committee blocked a loan of 70 million kroner for air defence radars on Thursday.",
        REPORT[1],
        '"Radars are not toys," said committee chair Signe Aagaard, who wants Terma to lower its price by a tenth.',
        "Talks with the firm resume in Aarhus after Whitsun; three municipalities have offered sites in Jutland.",
        on="2024-06-20",
    )
    source = article(*REPORT, on="2024-05-01")
    lineage = trace_lineage([source, follow_up])
    assert lineage.origins[follow_up.id] == (follow_up.id,)
    (shared,) = lineage.related
    assert shared.kind is DerivationKind.INDEPENDENT
    (passage,) = shared.passages
    assert passage.is_verbatim
    assert follow_up.text[passage.start : passage.end] == REPORT[1]
    assert source.text[passage.source_start : passage.source_end] == REPORT[1]


def test_three_outlets_after_one_broadcast_are_one_origin() -> None:
    told = (
        (
            "Troops leave the Somali town of Dhobley by March, Kenya's army chief said in an interview with the BBC.",
            "General Peter Mwangi told the broadcaster that 1,100 soldiers and 40 armoured vehicles were involved.",
        ),
        (
            "Nairobi pulls out of Dhobley in spring, according to the BBC.",
            "Its army chief, Peter Mwangi, spoke of 1,100 men. Somali elders in the town had asked for a month more.",
        ),
        (
            "The garrison at Dhobley will be gone by March, Kenya's General Mwangi has told the BBC.",
            "Forty armoured vehicles are to drive home through Liboi, he said, and a hospital will be left to Somalia.",
        ),
    )
    three = [article(*body, on=f"2024-01-1{n}", publisher=f"Paper {n}") for n, body in enumerate(told)]
    lineage = trace_lineage(three)
    assert {lineage.origins[document.id] for document in three} == {(three[0].id,)}
    assert lineage.outside == {three[0].id: "BBC"}


@given(st.lists(st.integers(0, 20), max_size=12))
def test_order_is_a_share(places: list[int]) -> None:
    assert 0 < in_order(places) <= 1
    assert in_order(sorted(places)) in (0.6, 1.0)


@given(st.permutations(range(5)))
def test_a_text_aligned_with_itself_covers_everything(order: list[int]) -> None:
    one = read_article(article(*(REPORT[n] for n in order))).wording.sentences
    other = read_article(article(*REPORT)).wording.sentences
    aligned = align(one, other)
    assert len(aligned) == len(one)
    assert all(item.cover > 0.999 and item.place == order[item.sentence] for item in aligned)


OTHER_NEWS = (
    (
        "Ghana has asked Brazil for a dozen patrol boats after pirates boarded two tankers off Takoradi.",
        "Accra would pay in cocoa. The yard in Fortaleza can lay a first keel before the rains, its owner reckons.",
        "Fishermen at Elmina want the money spent on ice houses.",
    ),
    (
        "Santiago's army drove Finnish snow tractors up a glacier last week to see if 31 of them are worth buying.",
        "Two broke down. The maker from Rovaniemi blamed thin air and sent Aino Laakso with new injectors.",
        "A decision is due once the senators have come back from the ski slopes.",
    ),
    (
        "A helicopter that India lent to Nepal for earthquake relief is still in Pokhara nine years on.",
        "Kathmandu's auditors have now put a price on it: 4.1 million dollars, rotor blades not included.",
        "New Delhi, asked when it wants the machine back, said it had never asked for it.",
    ),
    (
        "Malta's only long-range radar went dark on Sunday for want of a valve that nobody makes now.",
        "Rome offered a mobile set from Sigonella within hours; it came by ferry, with a crew of eleven and a cook.",
        "The opposition in Valletta calls that a base by the back door.",
    ),
    (
        "Belgian armoured cars seen in Amman's parade were bought at auction, for less than a taxi each.",
        "Their guns had been welded shut in Liège. A workshop in Zarqa opened them again, a colonel says.",
        "Brussels has written a letter.",
    ),
    (
        "Nine Norwegian howitzers crossed Tallinn by night on trams' rails, as the bridges would not bear a lorry.",
        "Estonia's gunners trained on them at Rena all winter; one learnt to swear in dialect, his sergeant reports.",
        "Shells come from a plant in Raufoss that works three shifts.",
    ),
)
ABOUT = (
    "The Quay Letter is read in forty countries by people who follow ships, ports and what goes through them by night.",
    "It takes no money from yards, states or insurers; its accounts are open to every subscriber in the reading room.",
    "Letters to the editors are welcome in any language and are answered within a week by one of the four of us here.",
    "Reprints of whole pieces need our leave in writing, which we give gladly to school papers and to nobody else now.",
)


def test_formulas_of_an_outlet_make_no_family() -> None:
    lineage = trace_lineage([article(*news, *ABOUT, on=f"2024-03-0{n}") for n, news in enumerate(OTHER_NEWS, start=1)])
    assert lineage.derivations == ()


def test_half_of_a_report_taken_over_is_a_part() -> None:
    source = article(*REPORT, on="2024-05-01", publisher="Oslo Wire")
    mixed = article(*OTHER_NEWS[0], *REPORT[1:3], REPORT[4], on="2024-05-02", publisher="Accra Mail")
    lineage = trace_lineage([source, mixed])
    (derivation,) = lineage.derivations
    assert derivation.kind is DerivationKind.PARTIAL
    assert set(lineage.origins[mixed.id]) == {mixed.id, source.id}
