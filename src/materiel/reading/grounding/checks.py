"""Whether the slots of a claim are borne out by its quote and that quote's antecedents, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from materiel.reading.calendar import find_dates
from materiel.reading.grounding.grounds import Support, stems_of
from materiel.reading.grounding.numbers import is_among, numbers_in, sums_in
from materiel.reading.grounding.parties import reversed_by, unborne_actor
from materiel.reading.grounding.tellings import unborne_assertion, unborne_stage
from materiel.reading.lexicons import words
from materiel.terms.judgements import Reason
from materiel.terms.materiel import is_kind_of
from materiel.terms.statements import Attitude, Claim, Clause, Commitment, Measure, Pact, PactStatus, Stance, Transfer

Fault = tuple[Reason, str]
_ANY_ARMS = frozenset({"arms", "precision", "ammunition"})
_YEARS_BACK = 2
"""How far from the year of publication a relative date leads at most."""
_HARDWARE = ("armour", "artillery", "aircraft", "ship", "missile", "airdefence", "smallarms", "mine", "bomb", "nuclear")
_SENTENCES_BACK = 3
"""How far "as many" may point back for its number."""
_OPPOSITE = {Attitude.SUPPORTS: ("opposes", "warns"), Attitude.OPPOSES: ("supports",), Attitude.WARNS: ("supports",)}
_PACT_CUES = {
    PactStatus.PROPOSED: "pact-proposed",
    PactStatus.SIGNED: "pact-signed",
    PactStatus.ENDED: "pact-ended",
}


def faults(claim: Claim, support: Support) -> Iterator[Fault]:
    """All that the words do not bear out, the weightiest first."""
    match claim:
        case Transfer():
            yield from _transfer(claim, support)
        case Commitment():
            yield from _commitment(claim, support)
        case Pact():
            yield from _pact(claim, support)
        case Stance():
            yield from _stance(claim, support)
        case Measure():
            yield from _measure(claim, support)


def _transfer(claim: Transfer, support: Support) -> Iterator[Fault]:
    if claim.supplier is not None and claim.supplier == claim.recipient:
        yield Reason.ACTOR, f"{claim.supplier} cannot supply itself"
    parties = (claim.supplier, claim.recipient, claim.via)
    yield from _actor(claim.supplier, support, parties, claim.supplier_name)
    yield from _actor(claim.recipient, support, parties, claim.recipient_name)
    yield from _actor(claim.via, support, parties)
    if why := reversed_by(claim, support):
        yield Reason.DIRECTION, why
    yield from _materiel(claim.materiel, support)
    if claim.quantity is not None and (why := _uncounted(claim.quantity, support)):
        yield Reason.QUANTITY, why
    yield from _wording(claim.unit, support)
    for amount, currency in ((claim.value_usd, "USD"), (claim.value, claim.currency)):
        if amount is not None and not _is_paid(amount, currency, support.quote):
            yield Reason.QUANTITY, f"the quote does not name {amount:,.15g} {currency or ''}".rstrip()
    yield from _date(claim.date, support)
    if fault := unborne_stage(claim, support):
        yield fault
    if why := unborne_assertion(claim, support):
        yield Reason.ASSERTION, why


def _commitment(claim: Commitment, support: Support) -> Iterator[Fault]:
    clauses = (claim.antecedent, claim.consequent)
    parties = (claim.debtor, *(each for clause in clauses for each in _parties(clause)))
    for actor in dict.fromkeys(parties):
        yield from _actor(actor, support, parties)
    for clause in clauses:
        yield from _materiel(clause.materiel, support)
    for clause in clauses:
        yield from _wording(clause.what, support)
    if not support.lemmas & (words("conditional-mark") | words("cue-condition")):
        yield Reason.CONDITION, "nothing in the words makes one thing depend on another"


def _parties(clause: Clause) -> tuple[str | None, ...]:
    return clause.supplier, clause.recipient, clause.who


def _pact(claim: Pact, support: Support) -> Iterator[Fault]:
    for party in claim.parties:
        yield from _actor(party, support, claim.parties)
    if len(claim.parties) < 2:
        yield Reason.PACT, "an agreement has two parties or more"
    if claim.trigger is not None and not support.grounds.places(claim.trigger):
        yield Reason.PACT, "its trigger is not in the text"
    yield from _date(claim.date, support)
    said = {status for status, sense in _PACT_CUES.items() if _has_stem(support, words(sense))}
    if claim.status is PactStatus.ENDED and PactStatus.ENDED not in said:
        yield Reason.NEGATION, "nothing in the words says that it has ended"
    elif claim.status in _PACT_CUES and said and claim.status not in said:
        yield Reason.PACT, f"the words say {min(said).value}, not {claim.status.value}"


def _has_stem(support: Support, stems: frozenset[str]) -> bool:
    return any(lemma.startswith(tuple(stems)) for lemma in support.lemmas)


def _stance(claim: Stance, support: Support) -> Iterator[Fault]:
    parties = (claim.holder, claim.supplier, claim.recipient)
    for actor in dict.fromkeys(parties):
        yield from _actor(actor, support, parties)
    said = {
        attitude
        for attitude in ("supports", "opposes", "warns")
        if any(support.lemmas & words(f"{attitude}-{pos}") for pos in ("verb", "noun", "adjective"))
    }
    is_reversed = any(sentence.is_negated for sentence in support.sentences)
    if not is_reversed and claim.stance.value not in said and said & set(_OPPOSITE[claim.stance]):
        yield Reason.STANCE, f"the words say {min(said)}, not {claim.stance.value}"


def _measure(claim: Measure, support: Support) -> Iterator[Fault]:
    # A figure's words may name those with whom it is traded: only an actor whom nothing names is refused.
    in_quote = (code for mention in support.mentions for code in mention.codes)
    yield from _actor(claim.subject, support, (claim.subject, *in_quote))
    sums = frozenset(amount for amount, _ in sums_in(support.quote))
    if not is_among(abs(claim.value), numbers_in(support.quote) | sums):
        yield Reason.QUANTITY, f"the quote does not name {claim.value:,.15g}"
    is_money = claim.unit is not None and len(claim.unit) == 3 and claim.unit.isupper()
    if is_money and sums and not _is_paid(claim.value, claim.unit, support.quote):
        yield Reason.QUANTITY, f"the quote does not name {claim.value:,.15g} {claim.unit}"


def _actor(
    actor: str | None, support: Support, parties: tuple[str | None, ...], firm: str | None = None
) -> Iterator[Fault]:
    if why := unborne_actor(actor, support, parties, firm):
        yield Reason.ACTOR, why


def _wording(told: str | None, support: Support) -> Iterator[Fault]:
    """What a model may tell in its own words must be half made of the document's: else it says something of its own."""
    stems = stems_of(told or "")
    if len(stems & support.grounds.stems) < len(stems) / 2:
        yield Reason.WORDING, f"the article does not speak of {told!r}"


def _materiel(classes: tuple[str, ...], support: Support) -> Iterator[Fault]:
    """Hardware must be that of some good in the sentences of the quote; of one before them where they name none.

    Words for money, training, parts and know-how are too many for a list: those classes are not held against it.
    """
    named = {good.materiel for sentence in support.sentences for good in sentence.goods}
    if not named:
        before = support.grounds.evidence.before(support.place)
        named = {good.materiel for sentence in before for good in sentence.goods}
    for materiel in classes:
        if materiel.startswith(_HARDWARE) and named and not any(_are_related(materiel, each) for each in named):
            yield Reason.MATERIEL, f"the words name {', '.join(sorted(named))}, not {materiel}"


def _are_related(one: str, other: str) -> bool:
    return other in _ANY_ARMS or is_kind_of(one, other) or is_kind_of(other, one)


def _uncounted(quantity: float, support: Support) -> str:
    """Why the number is not the quote's; where the quote counts nothing ("as many"), not one just before it."""
    numbers = numbers_in(support.quote)
    if is_among(quantity, numbers):
        return ""
    text, evidence = support.grounds.document.text, support.grounds.evidence
    if not {number for number in numbers if not _is_year(number)}:
        near = [*support.sentences, *list(evidence.before(support.place))[:_SENTENCES_BACK]]
        if any(is_among(quantity, numbers_in(text[sentence.start : sentence.end])) for sentence in near):
            return ""
    return f"the quote does not name {quantity:,.15g}"


def _is_year(number: float) -> bool:
    return number in range(1900, 2100)


def _is_paid(amount: float, currency: str | None, quote: str) -> bool:
    return any(is_among(amount, frozenset({named})) and currency in {None, code} for named, code in sums_in(quote))


def _date(date: str | None, support: Support) -> Iterator[Fault]:
    """A date must be one that the document names, or lie where "last autumn" or "on Tuesday" could lead."""
    if date is None:
        return
    document = support.grounds.document
    known = [when.date for when in find_dates(document.text, document.published_on)]
    if any(date.startswith(each) or each.startswith(date) for each in known):
        return
    published = document.published_on
    year, day = date[:4], date[8:].lstrip("0")
    is_near = published is not None and abs(int(published[:4]) - int(year)) <= _YEARS_BACK
    written = set(re.findall(r"\d+", document.text))
    if year not in written and not is_near:
        yield Reason.DATE, f"the text names no {year}"
    elif day and day not in written and not (published and date[:7] == published[:7]):
        yield Reason.DATE, f"the text names no {date}"
