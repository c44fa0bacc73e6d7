"""Whose account a statement is: copies, rewrites that add, digests, credits to outside sources."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from register_samples import claim, document

from materiel.register import build_entries
from materiel.register.backing import OriginFinder, Trail
from materiel.terms.entries import Backing, Entry
from materiel.terms.lineage import Credit, Derivation, DerivationKind, Lineage, SharedPassage
from materiel.terms.statements import Claim, Measure, MeasureName, Statement

A, B, C, D = (document(name).id for name in "abcd")
DOCUMENTS = {document(name).id: document(name) for name in ("a", "b", "c", "d", "e", "f")}
TANKS = claim(materiel=("armour.tank",))


def say(
    identity: str, start: int = 0, end: int = 10, said: Claim | None = None, speaker: str | None = None
) -> Statement:
    quote = DOCUMENTS[identity].text[start:end]
    return Statement(identity, said or claim(), quote, start, end, "test@1", speaker)


def derives(
    later: str, source: str, *passages: tuple[int, int, int, int], score: float = 0.9, kind: str = "rewrite"
) -> Derivation:
    shared = tuple(SharedPassage(*passage, is_verbatim=False) for passage in passages)
    return Derivation(later, source, DerivationKind(kind), score, shared)


def trail(statement: Statement, lineage: Lineage, *others: Statement) -> Trail:
    return OriginFinder([statement, *others], lineage).find(statement)


def entry_of(statements: Sequence[Statement], lineage: Lineage) -> Entry:
    (entry,) = build_entries(statements, DOCUMENTS, lineage)
    return entry


def test_a_document_that_derives_from_none_is_the_origin() -> None:
    assert trail(say(A), Lineage({A: (A,)})) == Trail(A, None, A)
    assert trail(say(A), Lineage({})) == Trail(A, None, A)


def test_what_a_rewrite_adds_is_its_own_and_the_rest_is_carried() -> None:
    lineage = Lineage({A: (A,), B: (A,)}, (derives(B, A, (0, 40, 0, 40)),), own={B: ((40, 80),)})
    assert trail(say(B, 0, 10), lineage) == Trail(A, A, A)
    assert trail(say(B, 50, 60), lineage) == Trail(B, None, B)


@pytest.mark.parametrize(("start", "origin"), [(33, A), (36, B)])
def test_a_quote_on_a_seam_belongs_where_most_of_it_lies(start: int, origin: str) -> None:
    lineage = Lineage({A: (A,), B: (A,)}, (derives(B, A, (0, 40, 0, 40)),), own={B: ((40, 80),)})
    assert trail(say(B, start, start + 10), lineage).origin == origin


def test_a_copy_of_a_rewrite_has_what_the_rewrite_added_from_the_rewrite() -> None:
    lineage = Lineage(
        {A: (A,), B: (A,), C: (A,)},
        (derives(B, A, (0, 40, 0, 40)), derives(C, B, (0, 80, 0, 80), kind="copy")),
        own={B: ((40, 80),)},
    )
    assert trail(say(C, 0, 10), lineage) == Trail(A, B, A)
    assert trail(say(C, 50, 60), lineage) == Trail(B, B, B)


def test_a_digest_has_each_statement_from_the_source_whose_passages_cover_it() -> None:
    pairs = (derives(C, A, (0, 20, 50, 70), kind="digest"), derives(C, B, (20, 60, 0, 40), kind="digest"))
    lineage = Lineage({A: (A,), B: (B,), C: (A, B)}, pairs)
    assert trail(say(C, 0, 10), lineage).origin == A
    assert trail(say(C, 30, 40), lineage).origin == B
    assert trail(say(C, 70, 80), lineage).origin == A, "what no passage covers comes from the first"


def test_a_part_taken_over_leaves_the_document_an_origin_of_the_rest() -> None:
    pair = derives(B, A, (0, 20, 0, 20), kind="partial")
    lineage = Lineage({A: (A,), B: (B, A)}, (pair,))
    assert trail(say(B, 0, 10), lineage) == Trail(A, A, A)
    assert trail(say(B, 50, 60), lineage) == Trail(B, None, B)


def test_words_that_credit_an_outside_source_have_it_as_their_origin() -> None:
    lineage = Lineage({A: (A,)}, credits={A: (Credit(0, 20, "Radio Sloboda", False),)})
    assert trail(say(A, 5, 15), lineage) == Trail("outside:Radio Sloboda", None, A)
    assert trail(say(A, 20, 30), lineage) == Trail(A, None, A)


def test_the_nearer_of_two_credits_stands() -> None:
    lineage = Lineage({A: (A,)}, credits={A: (Credit(0, 12, "One", False), Credit(12, 40, "Two", False))})
    assert trail(say(A, 10, 20), lineage).origin == "outside:Two"


def test_a_credit_for_the_whole_spares_what_a_rewrite_adds() -> None:
    whole = Credit(0, 100, "Coast Agency", True)
    lineage = Lineage(
        {A: (A,), B: (A,)},
        (derives(B, A, (0, 40, 0, 40)),),
        outside={A: "Coast Agency"},
        credits={A: (whole,), B: (whole,)},
        own={B: ((40, 80),)},
    )
    assert trail(say(A), lineage) == Trail("outside:Coast Agency", None, A)
    assert trail(say(B), lineage) == Trail("outside:Coast Agency", A, A)
    assert trail(say(B, 50, 60), lineage) == Trail(B, None, B)


def test_what_is_credited_in_part_is_so_in_a_stretch_of_its_own_too() -> None:
    lineage = Lineage(
        {A: (A,), B: (A,)},
        (derives(B, A, (0, 40, 0, 40)),),
        credits={B: (Credit(50, 60, "Radio Sloboda", False),)},
        own={B: ((40, 80),)},
    )
    assert trail(say(B, 50, 60), lineage) == Trail("outside:Radio Sloboda", None, B)


def test_a_carried_statement_has_the_outside_source_of_its_source_even_if_the_credit_was_dropped() -> None:
    credit: dict[str, tuple[Credit, ...]] = {A: (Credit(60, 90, "Radio Sloboda", False),)}
    pair = derives(B, A, (0, 20, 60, 80), (20, 40, 0, 20))
    lineage = Lineage({A: (A,), B: (A,)}, (pair,), credits=credit)
    assert trail(say(B, 5, 15), lineage) == Trail("outside:Radio Sloboda", A, A)
    assert trail(say(B, 25, 35), lineage) == Trail(A, A, A)


def test_without_passages_the_same_claim_of_the_source_is_looked_for() -> None:
    credit: dict[str, tuple[Credit, ...]] = {A: (Credit(60, 90, "Radio Sloboda", False),)}
    lineage = Lineage({A: (A,), B: (A,)}, (derives(B, A),), credits=credit)
    assert trail(say(B, 5, 15), lineage, say(A, 65, 75)).origin == "outside:Radio Sloboda"
    assert trail(say(B, 5, 15), lineage, say(A, 65, 75, TANKS)).origin == A


def test_a_circle_ends() -> None:
    lineage = Lineage({A: (B,), B: (A,)}, (derives(A, B), derives(B, A)))
    assert trail(say(A), lineage).origin in (A, B)


def test_three_outlets_that_credit_one_broadcast_are_one_origin() -> None:
    credit = (Credit(0, 20, "Radio Sloboda", False),)
    lineage = Lineage({d: (d,) for d in (A, B, C)}, credits={A: credit, B: credit, C: credit})
    entry = entry_of([say(A), say(B), say(C)], lineage)
    assert entry.origins == ("outside:Radio Sloboda",)
    assert {backing.carried_from for backing in entry.backings} == {None}
    own_count = entry_of([say(A), say(B), say(C), say(D)], lineage)
    assert own_count.support == 2


def test_one_article_supports_one_line_with_its_own_account_and_another_with_a_credited_one() -> None:
    lineage = Lineage({A: (A,)}, credits={A: (Credit(0, 20, "Radio Sloboda", False),)})
    entries = build_entries([say(A), say(A, 30, 40, TANKS)], DOCUMENTS, lineage)
    assert {entry.claim.materiel: entry.origins for entry in entries} == {  # type: ignore[union-attr]
        ("artillery.ammunition",): ("outside:Radio Sloboda",),
        ("armour.tank",): (A,),
    }


def test_a_credit_to_an_outlet_that_is_here_leads_back_to_its_article() -> None:
    credit = (Credit(0, 20, "The outlet  B", False),)
    lineage = Lineage({d: (d,) for d in (A, B)}, credits={A: credit})
    entry = entry_of([say(A), say(B)], lineage)
    assert entry.origins == (B,)
    assert {backing.statement: backing for backing in entry.backings}[say(A).id] == Backing(say(A).id, B, B)
    alone = entry_of([say(A)], lineage)
    assert alone.origins == ("outside:The outlet  B",)


def test_an_outlet_that_credits_itself_is_the_origin() -> None:
    lineage = Lineage({A: (A,)}, credits={A: (Credit(0, 20, "Outlet a", False),)})
    assert entry_of([say(A)], lineage).backings == (Backing(say(A).id, A, None),)


def test_what_a_rewrite_adds_supports_and_what_it_carries_does_not() -> None:
    lineage = Lineage({A: (A,), B: (A,)}, (derives(B, A, (0, 40, 0, 40)),), own={B: ((40, 80),)})
    assert entry_of([say(A), say(B)], lineage).support == 1
    assert entry_of([say(A), say(B, 50, 60)], lineage).support == 2


def test_a_late_reprint_does_not_make_the_old_figure_the_latest() -> None:
    def stock(value: float) -> Measure:
        return Measure("KOR", MeasureName.STOCK, value, "shells")

    lineage = Lineage({A: (A,), B: (B,), C: (A,)}, (derives(C, A, (0, 40, 0, 40), kind="copy"),))
    entry = entry_of([say(A, said=stock(10)), say(B, said=stock(20)), say(C, said=stock(10))], lineage)
    assert entry.claim.value == 20  # type: ignore[union-attr]
    assert entry.origins == (B,)


def test_a_denial_that_is_reprinted_is_told_once() -> None:
    lineage = Lineage({A: (A,), B: (B,), C: (A,)}, (derives(C, A, (0, 40, 0, 40), kind="copy"),))
    denial = claim(assertion="denied")
    said = [say(A, said=denial, speaker="Moscow"), say(C, said=denial, speaker="Moscow"), say(B)]
    assert entry_of(said, lineage).conflicts == ("delivered: denied by Moscow (Outlet a, 2024-06-01)",)
