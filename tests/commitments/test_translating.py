"""What was read as commitments: clauses in the language or in words, pacts as commitments of each party."""

from __future__ import annotations

import pytest

from materiel.commitments import Act, Commitment, Words, commitments_from, parse, print_condition, translate_clause
from materiel.terms.statements import Assertion, Clause, Force, Pact, PactKind, PactStatus
from materiel.terms.statements import Commitment as Read
from record_samples import Told, entry_of, published_of

CLAUSES: list[tuple[str, Clause, str | None, str]] = [
    (
        "both parties",
        Clause("transfer", "RUS", "PRK", ("precision",)),
        None,
        "transfer(RUS -> PRK, precision, delivered)",
    ),
    (
        "several classes",
        Clause("transfer", "RUS", "PRK", ("arms", "parts")),
        None,
        "transfer(RUS -> PRK, {arms, parts}, delivered)",
    ),
    ("no class", Clause("transfer", "RUS", "PRK"), None, "transfer(RUS -> PRK, *, delivered)"),
    ("the debtor supplies", Clause("transfer", None, "UKR", ("arms",)), "KOR", "transfer(KOR -> UKR, arms, delivered)"),
    (
        "the supplier is open",
        Clause("transfer", None, "PRK", ("precision",)),
        None,
        "precision weapons supplied to North Korea",
    ),
    (
        "the recipient is open",
        Clause("transfer", "RUS", None, ("precision",)),
        None,
        "Russia supplies precision weapons",
    ),
    (
        "a class that is none",
        Clause("transfer", "RUS", "PRK", ("magic",)),
        None,
        "Russia supplies magic to North Korea",
    ),
    ("an event", Clause("event", who="PRK", what="the North\nattacks"), None, "North Korea: the North attacks"),
    ("an event of nobody", Clause("event", what="war breaks out"), None, "war breaks out"),
    ("the debtor's policy", Clause("policy", what="lifts its ban"), "KOR", "South Korea: lifts its ban"),
    ("nothing is said", Clause("event"), None, "what the quote says"),
]


@pytest.mark.parametrize(("clause", "debtor", "expected"), [each[1:] for each in CLAUSES], ids=[c[0] for c in CLAUSES])
def test_a_clause_is_translated_or_kept_in_words(clause: Clause, debtor: str | None, expected: str) -> None:
    side = translate_clause(clause, debtor)
    if isinstance(side, Words):
        assert side.text == expected
        assert print_condition(side.condition) == f'event("{expected}")'
    else:
        assert print_condition(side) == print_condition(parse(expected))


def translated(claim: Read | Pact, *told: Told) -> tuple[Commitment, ...]:
    return commitments_from([entry_of("en-1", claim, *told)], published_of({"en-1": list(told)}))


READ = Read("KOR", Force.POLICY, Clause("transfer", "RUS", "PRK", ("precision",)), Clause("event", what="helps Kyiv"))


def test_what_is_said_again_repeats_hardens_or_softens() -> None:
    (found,) = translated(
        READ,
        Told("2024-06-23", "policy"),
        Told("2024-06-25", "policy"),
        Told("2024-07-01", "threat"),
        Told("2024-08-01", "policy"),
        Told("2024-06-23", "policy"),
        Told(None, "promise"),
    )
    assert (found.id, found.debtor, found.grade, found.sources) == ("en-1", "KOR", "B3", ("en-1",))
    assert [(each.act, each.known_on) for each in found.sayings] == [
        (Act.MADE, "2024-06-23"),
        (Act.REPEATED, "2024-06-25"),
        (Act.HARDENED, "2024-07-01"),
        (Act.SOFTENED, "2024-08-01"),
        (Act.HARDENED, None),
    ]


def test_without_a_debtor_it_is_no_commitment_of_anybody() -> None:
    assert translated(Read(None, READ.force, READ.antecedent, READ.consequent), Told("2024-06-23", "policy")) == ()


DEFENCE = Pact(("RUS", "PRK"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED, trigger="if one of them is invaded")


def test_a_pacts_trigger_binds_each_party() -> None:
    korea, russia = translated(DEFENCE, Told("2024-06-20", "signed", happened_on="2024-06-19", claim=DEFENCE))
    assert [(each.id, each.debtor, each.creditor, each.force) for each in (korea, russia)] == [
        ("en-1-PRK", "PRK", "RUS", Force.PROMISE),
        ("en-1-RUS", "RUS", "PRK", Force.PROMISE),
    ]
    assert korea.antecedent == parse('event("armed attack on Russia")')
    assert russia.antecedent == parse('event("armed attack on North Korea")')
    assert korea.consequent == parse("transfer(PRK -> RUS, {arms, intelligence, personnel, training}, delivered)")
    (made,) = korea.sayings
    assert (made.act, made.said_on, made.known_on) == (Act.MADE, "2024-06-19", "2024-06-20")


def test_a_pact_of_three_waits_for_an_attack_on_either_other() -> None:
    three = Pact(
        ("USA", "KOR", "JPN"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED, trigger="in case of an armed attack"
    )
    japan = translated(three, Told("2024-06-20", "signed", claim=three))[0]
    assert japan.antecedent == parse(
        'event("armed attack on South Korea") or event("armed attack on the United States")'
    )
    assert japan.creditor is None


@pytest.mark.parametrize(
    ("pact", "in_words"),
    [
        (
            Pact(("RUS", "PRK"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED, trigger="in a defensive situation"),
            "in a defensive situation",
        ),
        (
            Pact(("RUS", "PRK"), PactKind.COOPERATION, PactStatus.SIGNED, trigger="if war breaks out"),
            "if war breaks out",
        ),
    ],
)
def test_any_other_trigger_stays_in_words(pact: Pact, in_words: str) -> None:
    assert {each.antecedent for each in translated(pact, Told("2024-06-20", "signed", claim=pact))} == {Words(in_words)}


def test_a_pact_binds_once_it_is_signed_and_its_trigger_known_and_until_it_ends() -> None:
    bare = Pact(("RUS", "PRK"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED)
    korea, _ = translated(
        DEFENCE,
        Told("2024-06-18", "proposed", claim=bare),
        Told("2024-06-19", "signed", claim=bare),
        Told("2024-06-21", "signed", claim=DEFENCE),
        Told("2025-01-01", "ended", claim=bare),
    )
    assert [(each.act, each.said_on, each.known_on) for each in korea.sayings] == [
        (Act.MADE, "2024-06-19", "2024-06-21"),
        (Act.RELEASED, "2025-01-01", "2025-01-01"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        [Told("2024-06-18", "proposed", claim=DEFENCE)],
        [Told("2024-06-18", "signed", Assertion.DENIED, claim=DEFENCE)],
    ],
)
def test_what_does_not_bind_commits_nobody(told: list[Told]) -> None:
    assert translated(DEFENCE, *told) == ()


def test_a_pact_with_oneself_commits_nobody() -> None:
    alone = Pact(("RUS", "RUS"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED, trigger="if invaded")
    assert translated(alone, Told("2024-06-20", "signed", claim=alone)) == ()
