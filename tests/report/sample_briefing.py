"""A briefing made by hand: the contest over Korea in 2024 and some Polish orders, in invented words and outlets."""

from __future__ import annotations

import json
from pathlib import Path

from materiel.commitments import HappeningIndex, commitments_from, record_entries
from materiel.commitments.tree import TransferAtom
from materiel.desk.briefing import shown_of
from materiel.desk.decided import apply_decisions, value_of
from materiel.desk.watching import Watched
from materiel.register.backing import OriginFinder
from materiel.report import Briefing, SourceDocument
from materiel.report.standings import BoardShown
from materiel.terms.decisions import Decision
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.entries import Backing, Entry, Grade, Step
from materiel.terms.lineage import Credit, Derivation, DerivationKind, Lineage
from materiel.terms.statements import (
    Assertion,
    Attitude,
    Claim,
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

ARTICLES: dict[str, dict[str, str | None]] = json.loads(
    Path(__file__).with_name("sample_articles.json").read_text(encoding="utf-8")
)
FILES = {key: f"articles/{number:02}-{key}.txt" for number, key in enumerate(ARTICLES, start=1)}
DOCUMENTS: dict[str, Document] = {}
for _key, _article in ARTICLES.items():
    _text = _article["text"] or ""
    DOCUMENTS[_key] = Document(
        _text,
        (Passage(0, len(_text), Role.BODY),),
        **{name: value for name, value in _article.items() if name != "text"},
    )
_DERIVED = {"digest": ("courier", DerivationKind.REWRITE, 0.81), "copy": ("warsaw", DerivationKind.COPY, 0.99)}
_TOLD = "A fragment found in Kharkiv belongs, investigators told Radio Sloboda, to a North Korean ballistic missile."
_TOLD_AT = DOCUMENTS["harbour"].text.index(_TOLD)
LINEAGE = Lineage(
    {DOCUMENTS[key].id: (DOCUMENTS[_DERIVED[key][0] if key in _DERIVED else key].id,) for key in DOCUMENTS},
    tuple(
        sorted(
            (
                Derivation(DOCUMENTS[key].id, DOCUMENTS[of].id, kind, score)
                for key, (of, kind, score) in _DERIVED.items()
            ),
            key=lambda derivation: derivation.document,
        )
    ),
    credits={DOCUMENTS["harbour"].id: (Credit(_TOLD_AT, _TOLD_AT + len(_TOLD), "Radio Sloboda", False),)},
)


def backing(statement: Statement) -> Backing:
    """Whose account a statement of these articles is."""
    trail = OriginFinder([], LINEAGE).find(statement)
    return Backing(statement.id, trail.origin, trail.carried_from)


def say(key: str, claim: Claim, quote: str, speaker: str | None = None) -> Statement:
    """A statement of the article ``key``, its quote found in the text."""
    start = DOCUMENTS[key].text.index(quote)
    return Statement(DOCUMENTS[key].id, claim, quote, start, start + len(quote), "rules/sample@1", speaker)


def step(stage: str, assertion: Assertion, happened_on: str | None, *statements: Statement) -> Step:
    known = min((day for s in statements if (day := _day(s))), default=None)
    origins = tuple(sorted({backing(s).origin for s in statements}))
    return Step(stage, assertion.value, happened_on, known, tuple(s.id for s in statements), origins)


def _day(statement: Statement) -> str | None:
    return next(d.published_on for d in DOCUMENTS.values() if d.id == statement.document)


def entry(
    number: int,
    claim: Claim,
    steps: list[Step],
    statements: list[Statement],
    grade: tuple[str, str, str] = ("C", "3", "one origin; the outlet has no record here"),
    conflicts: tuple[str, ...] = (),
    is_disputed: bool = False,
) -> Entry:
    prefix = {"transfer": "tr", "commitment": "cm", "pact": "pa", "stance": "sn", "measure": "me"}[claim.kind]
    own = claim.assertion if isinstance(claim, Transfer) else Assertion.STATED
    origins = sorted({origin for one in steps if one.assertion == own for origin in one.origins})
    reliability, credibility, reason = grade
    return Entry(
        f"{prefix}-{number:06x}",
        claim,
        tuple(steps),
        tuple(statements),
        tuple(backing(statement) for statement in statements),
        tuple(origins),
        is_disputed,
        conflicts,
        Grade(reliability, credibility, (reason,)),
    )


def supply(supplier: str | None, recipient: str | None, stage: Stage, *materiel: str, **slots: object) -> Transfer:
    return Transfer(supplier, recipient, materiel, stage, **slots)  # type: ignore[arg-type]


def simple(number: int, claim: Claim, key: str, quote: str, speaker: str | None = None, on: str | None = None) -> Entry:
    """An entry of one statement."""
    said = say(key, claim, quote, speaker)
    match claim:
        case Transfer():
            stage, assertion = claim.stage.value, claim.assertion
        case Pact():
            stage, assertion = claim.status.value, Assertion.STATED
        case Commitment():
            stage, assertion = claim.force.value, Assertion.STATED
        case Stance():
            stage, assertion = claim.stance.value, Assertion.STATED
        case Measure():
            stage, assertion = claim.measure.value, Assertion.STATED
    return entry(number, claim, [step(stage, assertion, on, said)], [said])


def _shells() -> Entry:
    claim = supply("PRK", "RUS", Stage.DELIVERED, "artillery.ammunition", quantity=12000, unit="containers")
    first = say("courier", claim, "The North has sent Russia trainloads of shells since last autumn")
    second = say("wire", claim, "Pyongyang has shipped artillery rounds to the Russian army")
    denial = say(
        "wire",
        supply("PRK", "RUS", Stage.DELIVERED, "artillery.ammunition", assertion=Assertion.DENIED),
        "The Kremlin’s spokesman called talk of North Korean ammunition baseless",
        "The Kremlin’s spokesman",
    )
    third = say("harbour", claim, "Our satellite tally counts 12,000 containers moved from Rajin to Russian depots")
    steps = [
        step("delivered", Assertion.STATED, "2023", first),
        step("delivered", Assertion.STATED, None, second),
        step("delivered", Assertion.DENIED, None, denial),
        step("delivered", Assertion.STATED, "2024-05", third),
    ]
    return entry(
        1,
        claim,
        steps,
        [first, second, denial, third],
        ("B", "2", "three independent origins agree; one denial by a party to the supply"),
        ("The Kremlin’s spokesman denies it in Meridian Wire, 24 June 2024.",),
        True,
    )


def _korean_aid() -> list[Entry]:
    given = supply("KOR", "UKR", Stage.DELIVERED, "nonlethal.protective", "nonlethal.demining")
    kept = supply("KOR", "UKR", Stage.WITHHELD, "arms")
    given_courier = say("courier", given, "helmets and mine-clearing gear for Ukraine")
    given_digest = say("digest", given, "having so far given only helmets and gear against mines")
    kept_courier = say("courier", kept, "has turned down every plea from Kyiv for weapons")
    kept_review = say("november", kept, "For now none is sent")
    study = supply("KOR", "UKR", Stage.CONSIDERED, "arms")
    study_courier = say("courier", study, "arming Ukraine was under study", "His office")
    study_digest = say("digest", study, "South Korea is pondering weapons for Ukraine")
    study_review = say("november", study, "Seoul did not rule out weapons", "The President")
    return [
        entry(
            2,
            given,
            [step("delivered", Assertion.STATED, None, given_courier, given_digest)],
            [given_courier, given_digest],
        ),
        entry(
            3,
            kept,
            [
                step("withheld", Assertion.STATED, None, kept_courier),
                step("withheld", Assertion.STATED, None, kept_review),
            ],
            [kept_courier, kept_review],
            ("B", "2", "two independent origins agree"),
        ),
        entry(
            4,
            study,
            [
                step("considered", Assertion.STATED, "2024-06-20", study_courier, study_digest),
                step("considered", Assertion.STATED, "2024-11-07", study_review),
            ],
            [study_courier, study_digest, study_review],
            ("B", "2", "two independent origins agree"),
        ),
    ]


def _commitments() -> list[Entry]:
    precision = Clause("transfer", "RUS", "PRK", ("precision",))
    seoul = Commitment(
        "KOR", Force.THREAT, precision, Clause("policy", who="KOR", what="drop its restrictions on arms")
    )
    quoted = say(
        "courier",
        seoul,
        "Should Moscow hand the North precision arms, nothing would hold us back any more",
        "security adviser Chang Ho-jin",
    )
    retold = say(
        "digest",
        seoul,
        "nothing would hold Seoul back if Moscow handed the North precision arms",
        "Adviser Chang Ho-jin",
    )
    moscow = Commitment(
        "RUS",
        Force.THREAT,
        Clause("transfer", "KOR", "UKR", ("arms",)),
        Clause("policy", who="RUS", what="take decisions that would hardly please Seoul"),
    )
    november = Commitment(
        "KOR",
        Force.POLICY,
        Clause("event", who=None, what="the North’s soldiers join the fighting"),
        Clause("transfer", "KOR", "UKR", ("airdefence",)),
    )
    lending = Commitment(
        "POL",
        Force.PROMISE,
        Clause("policy", who="KOR", what="raises its lending limit"),
        Clause("transfer", "KOR", "POL", ("armour.tank",)),
    )
    return [
        entry(10, seoul, [step("threat", Assertion.STATED, "2024-06-20", quoted, retold)], [quoted, retold]),
        simple(
            11, moscow, "wire", "Moscow would then take decisions that would hardly please Seoul", "President Putin"
        ),
        simple(
            12,
            november,
            "november",
            "would begin with defensive ones if the North’s soldiers joined the fighting",
            "The President",
            "2024-11-07",
        ),
        simple(
            13, lending, "warsaw", "If Seoul raises its lending limit, Warsaw will sign for them", "the deputy minister"
        ),
    ]


def _troops() -> Entry:
    claim = supply("PRK", "RUS", Stage.DELIVERED, "personnel", quantity=1500, unit="soldiers")
    agency = say("troops", claim, "1,500 soldiers from the North had landed in Vladivostok", "The spy agency in Seoul")
    rome = say("allies", claim, "evidence of Northern troops in Russia", "its defence secretary")
    denial = say(
        "troops",
        supply("PRK", "RUS", Stage.DELIVERED, "personnel", assertion=Assertion.DENIED),
        "Pyongyang’s envoy at the United Nations dismissed it as groundless rumour",
        "Pyongyang’s envoy at the United Nations",
    )
    steps = [
        step("delivered", Assertion.STATED, "2024-10", agency),
        step("delivered", Assertion.DENIED, None, denial),
        step("delivered", Assertion.STATED, None, rome),
    ]
    return entry(
        5,
        claim,
        steps,
        [agency, denial, rome],
        ("B", "2", "two independent origins agree; the supplier denies it"),
        ("Pyongyang’s envoy denies it in Hanbit Courier, 18 October 2024.",),
        True,
    )


def _launchers() -> list[Entry]:
    bought = supply("KOR", "POL", Stage.ORDERED, "artillery.rocket", quantity=72, unit="launchers", value_usd=1.6e9)
    tanks = supply("KOR", "POL", Stage.DELIVERED, "armour.tank", supplier_name="Hyundai Rotem")
    more = supply("KOR", "POL", Stage.CONSIDERED, "armour.tank", quantity=180, unit="tanks")
    entries = []
    for number, claim, quote in (
        (6, bought, "Poland has bought 72 more Chunmoo launchers for 1.6 billion dollars"),
        (7, tanks, "Hyundai Rotem handed over the last of this year’s K2 tanks at Gdynia"),
        (8, more, "Talks on a further 180 tanks go on"),
    ):
        both = [say("warsaw", claim, quote), say("copy", claim, quote)]
        entries.append(entry(number, claim, [step(claim.stage.value, Assertion.STATED, None, *both)], both))
    return entries


def _others() -> list[Entry]:
    unknown = supply("RUS", "PRK", Stage.PLEDGED, "arms", assertion=Assertion.UNKNOWN)
    maybe = supply("RUS", "PRK", Stage.DELIVERED, "airdefence", assertion=Assertion.UNKNOWN)
    supposed = supply("RUS", "PRK", Stage.DELIVERED, "precision", assertion=Assertion.HYPOTHETICAL)
    treaty = Pact(
        ("PRK", "RUS"),
        PactKind.MUTUAL_DEFENCE,
        PactStatus.SIGNED,
        "2024-06-19",
        "if either is pushed into a state of war by an armed invasion",
    )
    loan = supply("KOR", "USA", Stage.DELIVERED, "artillery.ammunition", quantity=500000, unit="shells")
    refill = [
        say("courier", loan, "Korean shells were refilling American depots", "Two analysts"),
        say("capitol", loan, "Washington has borrowed half a million shells from Seoul", "two officials"),
    ]
    return [
        entry(
            9,
            loan,
            [
                step("delivered", Assertion.STATED, None, refill[0]),
                step("delivered", Assertion.STATED, None, refill[1]),
            ],
            refill,
            ("B", "2", "two independent origins agree"),
        ),
        simple(14, unknown, "courier", "Whether Vladimir Putin also promised Kim Jong Un weapons is not known"),
        simple(15, maybe, "troops", "Moscow may have given air-defence missiles", "the agency’s director"),
        simple(16, supposed, "courier", "Should Moscow hand the North precision arms", "security adviser Chang Ho-jin"),
        simple(
            17,
            treaty,
            "courier",
            "the two leaders put their names to a treaty of mutual help “if either is pushed into a state of war by an "
            "armed invasion”",
            on="2024-06-19",
        ),
        simple(
            18,
            supply("USA", "UKR", Stage.DELIVERED, "artillery.ammunition"),
            "capitol",
            "155-mm rounds go on to Ukraine",
        ),
        simple(
            19,
            supply("PRK", "RUS", Stage.DELIVERED, "missile.ballistic"),
            "harbour",
            "a North Korean ballistic missile",
            "investigators",
        ),
        simple(
            20,
            supply("KOR", "UKR", Stage.REQUESTED, "airdefence"),
            "november",
            "Kyiv has asked for air-defence batteries",
        ),
        simple(
            21,
            supply("KOR", "SAU", Stage.ORDERED, "airdefence", quantity=10, unit="batteries", value_usd=3.2e9),
            "gulf",
            "Saudi Arabia has ordered ten batteries of the Cheongung II for 3.2 billion dollars",
        ),
        simple(
            22,
            supply("KOR", "ARE", Stage.ORDERED, "airdefence"),
            "gulf",
            "Abu Dhabi took the same system in 2022",
            on="2022",
        ),
        simple(
            23,
            supply("KOR", "AUS", Stage.ORDERED, "armour.vehicle"),
            "gulf",
            "Canberra chose the Redback in 2023",
            on="2023",
        ),
        simple(
            24,
            supply("DEU", "POL", Stage.HALTED, "parts"),
            "undated",
            "Berlin stopped a shipment of gearboxes for them",
        ),
        simple(
            25, supply(None, "KOR", Stage.CONSIDERED, "parts", via="POL"), "undated", "spare parts for Korean tanks"
        ),
        simple(
            26,
            Stance("NATO", Attitude.SUPPORTS, "KOR", "UKR"),
            "allies",
            "he would welcome a Korean decision to arm Ukraine",
            "NATO’s Secretary General",
        ),
        simple(
            27,
            Stance("RUS", Attitude.WARNS, "KOR", "UKR"),
            "wire",
            "would be a grave error",
            "President Putin",
            "2024-06-20",
        ),
        simple(
            28,
            Measure("KOR", MeasureName.EXPORT_VALUE, 14e9, "USD", "2023"),
            "november",
            "Exports of arms reached 14 billion dollars in 2023",
        ),
        simple(
            29,
            Pact(("KOR", "POL"), PactKind.CO_PRODUCTION, PactStatus.PROPOSED),
            "warsaw",
            "Both sides want most of them built in Poznań",
        ),
        simple(
            30, Measure("USA", MeasureName.STOCK, 500000, "shells"), "capitol", "half a million shells", "two officials"
        ),
    ]


def sample_entries() -> tuple[Entry, ...]:
    return (_shells(), *_korean_aid(), *_commitments(), _troops(), *_launchers(), *_others())


def sample_board() -> BoardShown:
    """The board of these entries, with one commitment of an analyst's, so that there is a ladder."""
    entries = {entry.id: entry for entry in sample_entries()}
    documents = {document.id: document for document in DOCUMENTS.values()}
    published = {identity: document.published_on for identity, document in documents.items()}
    read = commitments_from(entries.values(), published)
    seoul = next(each for each in read if each.debtor == "KOR" and isinstance(each.antecedent, TransferAtom))
    then = {"then": "transfer(KOR -> UKR, arms, delivered)"}
    own = {
        "debtor": "RUS",
        "when": then["then"],
        "then": "transfer(RUS -> PRK, technology, delivered)",
        "by": None,
        "within": None,
        "force": "threat",
        "sources": [seoul.id],
        "day": "2024-06-20",
    }
    history = (
        Decision("de-1", "correction", seoul.id, value_of(then), "that is the line", "K. Analyst", "2024-12-01"),
        Decision("de-2", "commitment", "ac-00000001", value_of(own), "said in Hanoi", "K. Analyst", "2024-12-01"),
    )
    decided = apply_decisions(read, history, entries)
    index = HappeningIndex(record_entries(entries.values(), published))
    return shown_of(Watched(decided, index, entries, documents, history))


def sample_briefing() -> Briefing:
    documents = tuple(SourceDocument(DOCUMENTS[key], FILES[key]) for key in ARTICLES)
    return Briefing("The Korean supply contest, 2024", sample_entries(), documents, LINEAGE, sample_board())
