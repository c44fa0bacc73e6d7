"""Who derives from whom: the laws that hold whatever the texts are."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.sources.lineage import trace_lineage
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.lineage import DerivationKind, Lineage

REPORT = (
    "The government in Ankara has agreed to sell 36 Bayraktar drones to Albania, the defence minister said in Tirana.",
    "The contract, worth 120 million euros, was signed on Tuesday after eleven months of talks on spare parts.",
    "Deliveries begin in October. Six aircraft will be flown by crews trained since spring at a field near Istanbul.",
    "Opposition lawmakers complained that parliament had not seen the annex on maintenance, which runs to forty pages.",
)
EDITED = (
    "Ankara's government has agreed to sell 36 Bayraktar drones to Albania, the defence minister said in Tirana.",
    "The contract, which is worth 120 million euros, was signed after eleven months of talks on spare parts.",
    "Deliveries begin in October. Six aircraft will be flown by crews trained since spring.",
)
RETOLD = (
    "Albania is buying drones from Turkey: Tirana's defence minister says 36 Bayraktars are on the way.",
    "Eleven months of talks went before the signing, much of it on spare parts. 120 million euros is what it costs.",
    "From October on they will be delivered. For six aircraft, crews have already been trained near Istanbul.",
    "In parliament the opposition has complained about an annex on maintenance of forty pages that nobody showed it.",
)
FOLLOW_UP = (
    "Greek officials have asked the Albanian ambassador in Athens to explain himself to a committee.",
    REPORT[2],
    '"We bought them for forest fires," the ambassador, Kreshnik Dervishi, told Kathimerini, smiling.',
    "Nobody in Thessaloniki believed him. A retired admiral, Stavros Lykouris, counted 14 airfields in reach.",
)
UNRELATED = (
    "The harvest of olives on Crete fell by a third, farmers in Heraklion reported, because rain failed in March.",
    "Prices at the mills rose to nine euros a litre, and merchants from Italy and Spain are bidding for what is left.",
)


def article(*paragraphs: str, on: str | None = None, publisher: str | None = None, foot: str = "") -> Document:
    text, passages = "", []
    for paragraph in paragraphs:
        passages.append(Passage(len(text), len(text) + len(paragraph), Role.BODY))
        text += paragraph + "\n\n"
    if foot:
        passages.append(Passage(len(text), len(text) + len(foot), Role.BOILERPLATE))
    return Document(text + foot, tuple(passages), published_on=on, publisher=publisher)


def sources(lineage: Lineage, document: Document) -> list[str]:
    return [d.source for d in lineage.derivations if d.document == document.id]


FAMILY = (
    article(*REPORT, on="2024-05-01", publisher="Adria Wire"),
    article(*EDITED, on="2024-05-02", publisher="Tirana Mail"),
    article(*RETOLD, on="2024-05-03", publisher="Balkan Buzz"),
    article(*FOLLOW_UP, on="2024-06-10", publisher="Adria Wire"),
    article(*UNRELATED, on="2024-05-02", publisher="Aegean Post"),
    article(*REPORT, on="2024-05-02", publisher="Morning Star of Durres"),
)


@given(st.permutations(FAMILY))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_documents_changes_nothing(documents: list[Document]) -> None:
    assert trace_lineage(documents) == trace_lineage(FAMILY)


@given(st.permutations([article(*d, publisher=p) for d, p in ((REPORT, "A"), (EDITED, "B"), (RETOLD, "C"))]))
@settings(max_examples=10, deadline=None)
def test_nor_does_it_without_dates(documents: list[Document]) -> None:
    lineage = trace_lineage(documents)
    assert lineage == trace_lineage(sorted(documents, key=lambda d: d.id))
    assert len(set(lineage.origins.values())) == 1


def test_every_document_has_an_origin_that_is_its_own_origin() -> None:
    lineage = trace_lineage(FAMILY)
    assert set(lineage.origins) == {document.id for document in FAMILY}
    assert all(lineage.origins[origin] == (origin,) for origins in lineage.origins.values() for origin in origins)
    assert all(0 <= derivation.score <= 1 for derivation in lineage.derivations)


def test_nothing_has_no_lineage() -> None:
    assert trace_lineage([]) == Lineage({}, ())


def test_identical_texts_are_copies_of_the_earliest() -> None:
    documents = [article(*REPORT, on=f"2024-05-0{day}", publisher=f"Outlet {day}") for day in (3, 1, 2)]
    lineage = trace_lineage(documents)
    assert set(lineage.origins.values()) == {(documents[1].id,)}
    assert {(d.source, d.kind, d.score) for d in lineage.derivations} == {(documents[1].id, DerivationKind.COPY, 1.0)}


def test_a_document_given_twice_is_one() -> None:
    lineage = trace_lineage([FAMILY[0], FAMILY[0]])
    assert lineage == Lineage({FAMILY[0].id: (FAMILY[0].id,)}, ())


def test_a_light_edit_and_a_retelling_rest_on_the_report() -> None:
    report, edited, retold = FAMILY[:3]
    lineage = trace_lineage([report, edited, retold, FAMILY[4]])
    kinds = {d.document: d.kind for d in lineage.derivations}
    assert kinds[edited.id] is DerivationKind.LIGHT_EDIT
    assert kinds[retold.id] in (DerivationKind.REWRITE, DerivationKind.TRANSLATION)
    assert len(kinds) == 2
    assert lineage.origins[edited.id] == lineage.origins[retold.id] == (report.id,)


def test_a_follow_up_that_carries_one_paragraph_is_independent() -> None:
    report, follow_up = FAMILY[0], FAMILY[3]
    assert sources(trace_lineage([report, follow_up]), follow_up) == []


def test_unrelated_texts_are_independent() -> None:
    assert trace_lineage([FAMILY[0], FAMILY[4]]).derivations == ()


def test_boilerplate_of_one_outlet_counts_for_nothing() -> None:
    foot = " ".join(f"Adria Wire is number {n} of the houses that the agency keeps in the region." for n in range(30))
    one = article(*REPORT, on="2024-05-01", publisher="Adria Wire", foot=foot)
    other = article(*UNRELATED, on="2024-05-02", publisher="Adria Wire", foot=foot)
    assert trace_lineage([one, other]).derivations == ()


def test_a_digest_rests_on_each_of_its_sources() -> None:
    report, unrelated = FAMILY[0], FAMILY[4]
    digest = article(
        "DRONES. Ankara sells 36 Bayraktar drones to Albania for 120 million euros after eleven months of talks "
        "on spare parts. Deliveries begin in October; six crews have been trained near Istanbul.",
        "OLIVES. The harvest on Crete fell by a third because rain failed in March, farmers in Heraklion report. Mills "
        "ask nine euros a litre; merchants from Italy and Spain are bidding.",
        on="2024-05-06",
        publisher="The Weekly Round-up",
    )
    lineage = trace_lineage([digest, unrelated, report])
    assert sorted(sources(lineage, digest)) == sorted([report.id, unrelated.id])
    assert {d.kind for d in lineage.derivations} == {DerivationKind.DIGEST}
    best = max(lineage.derivations, key=lambda d: d.score)
    assert lineage.origin_of(digest.id) == best.source


def test_the_date_decides_the_direction_against_the_length() -> None:
    short = article(*EDITED, on="2024-05-01")
    long = article(*REPORT, on="2024-05-02")
    assert sources(trace_lineage([short, long]), long) == [short.id]


def test_without_dates_the_fuller_text_is_the_source() -> None:
    full, cut = article(*REPORT), article(*EDITED)
    assert sources(trace_lineage([full, cut]), cut) == [full.id]


def test_without_dates_a_credit_decides() -> None:
    first = article(*EDITED, publisher="Tirana Mail")
    crediting = article(*REPORT, "The sale was first reported by the Tirana Mail.", publisher="Balkan Buzz")
    assert sources(trace_lineage([first, crediting]), crediting) == [first.id]


def test_a_story_reprinted_by_many_is_one_origin() -> None:
    prints = [
        article(
            *REPORT, f"Our newspaper number {n} costs {n + 3} lek.", on=f"2024-05-{n + 1:02}", publisher=f"Paper {n}"
        )
        for n in range(20)
    ]
    lineage = trace_lineage([*prints, FAMILY[4]])
    assert {lineage.origin_of(p.id) for p in prints} == {prints[0].id}


def test_invisible_and_compatibility_characters_hide_nothing() -> None:
    disguised = article(
        *(p.replace("e", "e\u200b").replace("fi", "ﬁ") for p in REPORT), on="2024-05-02", publisher="Mirror"
    )
    lineage = trace_lineage([FAMILY[0], disguised])
    assert [(d.document, d.source) for d in lineage.derivations] == [(disguised.id, FAMILY[0].id)]


def test_documents_of_a_sentence_a_word_or_nothing_are_taken() -> None:
    short = [
        article("Turkey sold drones."),
        article("Drones!"),
        article(""),
        Document("", ()),
        article("Albania waits."),
    ]
    lineage = trace_lineage([*short, FAMILY[0]])
    assert set(lineage.origins) == {d.id for d in [*short, FAMILY[0]]}
    assert lineage.derivations == ()


def test_five_megabytes_are_read_in_seconds() -> None:
    words = " ".join(f"word{n % 9973} and {n}" for n in range(330_000))
    huge = article(*REPORT, words, on="2024-05-02")
    assert len(huge.text) > 5_000_000
    started = time.process_time()
    lineage = trace_lineage([huge, *FAMILY])
    assert time.process_time() - started < 40
    assert huge.id in lineage.origins


def test_ten_thousand_identical_documents_are_one_origin_soon() -> None:
    documents = [article(*REPORT[:2], on="2024-05-01", publisher=f"Paper {n}") for n in range(10_000)]
    started = time.process_time()
    lineage = trace_lineage(documents)
    assert time.process_time() - started < 60
    assert len(set(lineage.origins.values())) == 1
    assert len(lineage.derivations) == 9_999


def test_having_no_names_at_all_is_no_sign_of_derivation() -> None:
    one = article("the harvest of olives fell by a third because rain failed and the prices at the mills rose again.")
    other = article("prices of bread rose because the rain failed, and bakers say that the harvest of wheat was poor.")
    assert trace_lineage([one, other]).derivations == ()
