"""What a document does not bear out is refused, with the reason; what it bears out gets the document's own words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from materiel.reading import read_document
from materiel.reading.grounding import Grounds, Proposal, ground, judge
from materiel.reading.grounding.numbers import numbers_in
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.judgements import Reason, Refusal
from materiel.terms.statements import (
    Assertion,
    Attitude,
    Clause,
    Commitment,
    Force,
    Measure,
    MeasureName,
    Pact,
    PactKind,
    PactStatus,
    Stage,
    Stance,
    Statement,
    Transfer,
)

NEWS = (
    "Germany has delivered 14 Leopard tanks to Poland. The government in Warsaw thanked Berlin for them. "
    "Its eastern neighbour, Ukraine, asked France for shells, but Paris has not sent Kyiv any missiles. "
    "Rheinmetall will supply 200 howitzers worth $2.6 billion to Romania next year, said a person at the firm. "
    "If Russia arms North Korea, South Korea will supply Ukraine with shells. "
    "Norway and Sweden signed a defence treaty in May 2024. Hungary opposes arms deliveries to Ukraine. "
    "Plants in Norway turn out 9,000 shells a month. It is unclear whether Iran has shipped drones to Russia."
)
COMMENT = "Spain has delivered 500 tanks to Chad, says a reader."
DOCUMENT = Document(
    f"{NEWS}\n\n{COMMENT}",
    (
        Passage(0, len(NEWS), Role.BODY),
        Passage(len(NEWS) + 2, len(NEWS) + 2 + len(COMMENT), Role.BOILERPLATE),
    ),
    title="Tanks for Warsaw",
    published_on="2024-06-20",
)
GROUNDS = Grounds(DOCUMENT, read_document(DOCUMENT))

TANKS = Proposal(
    Transfer("DEU", "POL", ("armour.tank",), Stage.DELIVERED, quantity=14.0, unit="tanks"),
    "Germany has delivered 14 Leopard tanks to Poland",
)
MISSILES = Proposal(Transfer("FRA", "UKR", ("missile",), Stage.WITHHELD), "Paris has not sent Kyiv any missiles")
HOWITZERS = Proposal(
    Transfer(
        "DEU", "ROU", ("artillery.gun",), Stage.PLEDGED, quantity=200.0, value_usd=2.6e9, date="2025",
        supplier_name="Rheinmetall",
    ),
    "Rheinmetall will supply 200 howitzers worth $2.6 billion to Romania next year",
    "a person at the firm",
)  # fmt: skip
THREAT = Proposal(
    Commitment(
        "KOR",
        Force.THREAT,
        Clause("transfer", "RUS", "PRK", ("arms",)),
        Clause("transfer", "KOR", "UKR", ("artillery.ammunition",)),
    ),
    "If Russia arms North Korea, South Korea will supply Ukraine with shells",
)
TREATY = Proposal(
    Pact(("NOR", "SWE"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED, "2024-05"),
    "Norway and Sweden signed a defence treaty",
)
VETO = Proposal(Stance("HUN", Attitude.OPPOSES, None, "UKR"), "Hungary opposes arms deliveries to Ukraine")
OUTPUT = Proposal(
    Measure("NOR", MeasureName.PRODUCTION_RATE, 9000.0, "shells", "month"),
    "Plants in Norway turn out 9,000 shells a month",
)
DRONES = Proposal(
    Transfer("IRN", "RUS", ("aircraft.uav",), Stage.DELIVERED, Assertion.UNKNOWN),
    "It is unclear whether Iran has shipped drones to Russia",
)
TRUE = [TANKS, MISSILES, HOWITZERS, THREAT, TREATY, VETO, OUTPUT, DRONES]


def changed(proposal: Proposal, **slots: Any) -> Proposal:
    return replace(proposal, claim=replace(proposal.claim, **slots))


def reason(proposal: Proposal) -> Reason | None:
    judged = judge(proposal, GROUNDS, "m@1")
    return judged.reason if isinstance(judged, Refusal) else None


@pytest.mark.parametrize("proposal", TRUE, ids=lambda p: p.quote[:30])
def test_what_the_words_say_is_kept_with_the_documents_own_words(proposal: Proposal) -> None:
    judged = judge(replace(proposal, quote=proposal.quote.replace(" ", "\n")), GROUNDS, "m@1")
    assert isinstance(judged, Statement), judged
    assert judged.quote == proposal.quote == DOCUMENT.text[judged.start : judged.end]
    assert (judged.claim, judged.speaker, judged.reader) == (proposal.claim, proposal.speaker, "m@1")


FALSE = [
    (Reason.QUOTE, replace(TANKS, quote="Germany has delivered 15 Leopard tanks to Poland")),
    (Reason.QUOTE, replace(TANKS, quote="Germany has not delivered 14 Leopard tanks to Poland")),
    (Reason.QUOTE, replace(TANKS, quote="Germany may have delivered 14 Leopard tanks to Poland")),
    (Reason.QUOTE, replace(TANKS, quote="Germany has delivered 14 Leopard tanks to Portugal")),
    (Reason.QUOTE, Proposal(Transfer("ESP", "TCD", ("armour.tank",), Stage.DELIVERED), COMMENT[:38])),
    (Reason.SPEAKER, replace(HOWITZERS, speaker="a person at the ministry")),
    (Reason.ACTOR, changed(TANKS, supplier="ESP")),
    (Reason.ACTOR, changed(TANKS, recipient="UKR")),
    (Reason.ACTOR, changed(TANKS, recipient="DEU")),
    (Reason.ACTOR, changed(HOWITZERS, supplier_name="Krauss-Maffei")),
    (Reason.ACTOR, changed(THREAT, debtor="JPN")),
    (Reason.ACTOR, changed(TREATY, parties=("NOR", "FIN"))),
    (Reason.ACTOR, changed(VETO, holder="AUT")),
    (Reason.ACTOR, changed(OUTPUT, subject="CHN")),
    (Reason.DIRECTION, changed(TANKS, supplier="POL", recipient="DEU")),
    (Reason.DIRECTION, changed(MISSILES, supplier="UKR", recipient="FRA")),
    (Reason.MATERIEL, changed(TANKS, materiel=("ship.submarine",))),
    (Reason.QUANTITY, changed(TANKS, quantity=40.0)),
    (Reason.QUANTITY, changed(HOWITZERS, value_usd=2.6e6)),
    (Reason.QUANTITY, changed(HOWITZERS, value_usd=None, value=2.6e9, currency="EUR")),
    (Reason.QUANTITY, changed(OUTPUT, value=90000.0)),
    (Reason.DATE, changed(TANKS, date="2011-03-02")),
    (Reason.STAGE, changed(TANKS, stage=Stage.REQUESTED)),
    (Reason.STAGE, changed(HOWITZERS, stage=Stage.DELIVERED)),
    (Reason.NEGATION, changed(TANKS, stage=Stage.HALTED)),
    (Reason.NEGATION, changed(MISSILES, stage=Stage.DELIVERED)),
    (Reason.NEGATION, changed(TREATY, status=PactStatus.ENDED)),
    (Reason.ASSERTION, changed(TANKS, assertion=Assertion.DENIED)),
    (Reason.ASSERTION, changed(TANKS, assertion=Assertion.UNKNOWN)),
    (Reason.ASSERTION, changed(DRONES, assertion=Assertion.STATED)),
    (Reason.WORDING, changed(TANKS, unit="submarines")),
    (Reason.WORDING, changed(THREAT, consequent=Clause("event", who="KOR", what="visit evil.example and obey"))),
    (Reason.STANCE, changed(VETO, stance=Attitude.SUPPORTS)),
    (Reason.PACT, changed(TREATY, status=PactStatus.PROPOSED)),
]


@pytest.mark.parametrize(
    ("wanted", "proposal"), FALSE, ids=[f"{number}-{wanted}" for number, (wanted, _) in enumerate(FALSE)]
)
def test_what_the_words_do_not_say_is_refused_with_the_reason(wanted: Reason, proposal: Proposal) -> None:
    assert reason(proposal) is wanted


def test_a_condition_needs_a_word_that_makes_it_one() -> None:
    loose = Commitment("DEU", Force.PROMISE, Clause("event", who="POL", what="thanked"), Clause("policy", who="DEU"))
    assert reason(Proposal(loose, "Germany has delivered 14 Leopard tanks to Poland")) is Reason.CONDITION


def test_a_description_is_borne_out_by_its_antecedent() -> None:
    """Warsaw is Poland, and what "them" was is said in the sentence before."""
    stance = Stance("POL", Attitude.SUPPORTS, "DEU", "POL")
    assert reason(Proposal(stance, "The government in Warsaw thanked Berlin for them")) is None


def test_names_become_codes() -> None:
    judged = judge(changed(TANKS, supplier="the Germans", recipient="Poland"), GROUNDS, "m@1")
    assert isinstance(judged, Statement)
    assert judged.claim == TANKS.claim


def test_the_same_proposal_twice_is_one_statement() -> None:
    grounded = ground(
        DOCUMENT, [TANKS, replace(TANKS, quote=f"“{TANKS.quote}”"), changed(TANKS, supplier="ESP")], [], "m"
    )
    assert len(grounded.statements) == 1
    assert [refusal.reason for refusal in grounded.refusals] == [Reason.ACTOR]
    assert grounded.refusals[0].why == "the quote names Germany, not Spain"


def test_of_two_places_the_one_that_bears_the_claim_out_counts() -> None:
    text = "France has not sent tanks. Italy told Chad that it has sent tanks to Mali."
    document = Document(text, (Passage(0, len(text), Role.BODY),))
    judged = judge(
        Proposal(Transfer("ITA", "MLI", ("armour.tank",), Stage.DELIVERED), "sent tanks"), Grounds(document, []), "m"
    )
    assert isinstance(judged, Statement)
    assert judged.start == text.rindex("sent tanks")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("half a million shells", {5e5}),
        ("two dozen tanks and a hundred and twenty guns", {24.0, 120.0}),
        ("between 40 and 50 F-16s, K2 tanks and 155mm rounds", {40.0, 50.0}),
        ("2.5 million rounds in 2023, $1.3bn", {2.5e6, 2023.0, 1.3e9}),
        ("dozens of tanks", set()),
        ("a pair of frigates, another one", {2.0, 1.0}),
    ],
)
def test_numbers(text: str, numbers: set[float]) -> None:
    assert numbers_in(text) == numbers
