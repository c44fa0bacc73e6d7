"""Denials: what they deny, which happenings they reach, and whether they leave any case of an atom open.

1. A denial *reaches* a stated happening if it denies as much or more (same actors, all classes covered, a stage no
   further) and the happening may lie in the time that it speaks of. What a denial reaches is contested, from the day
   when the denial became known.
2. A denial speaks of the date that it names; without one, of all time up to the day on which it was made. A report
   without a date is news of the day on which it was published: nobody can have denied before what was told only then.
   Where no document says when it was published, it may be of any day.

   ========================  ================================  =========
   the report                the denial                        contested
   ========================  ================================  =========
   dated, or of a month      undated, made since (or in it)    yes
   dated                     undated, made before that date    no
   undated                   undated, of that day or later     yes
   undated                   undated, made before it was told  no
   dated, or of a month      names a time that may meet it     yes
   undated                   names a time, and it was told in  yes
   undated                   names a time, told before/after   no
   undated, day not known    any                               yes
   imagined                  any                               no
   ========================  ================================  =========

   What is imagined is an assumption; nobody who spoke of the world as it was spoke against it.
3. A denial *covers* an atom if every case of the atom would be denied. So does a stated refusal (withheld) for the
   stages from pledged to delivered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from materiel.commitments.days import FIRST_DAY, LAST_DAY, Span
from materiel.commitments.happenings import (
    NEVER_KNOWN,
    Deed,
    Event,
    Happening,
    Turn,
    comes_as_far,
    rank_of,
)
from materiel.commitments.materiel_tree import all_covered
from materiel.commitments.tree import (
    CommitmentAtom,
    EventAtom,
    MeasureAtom,
    Occurrence,
    PactAtom,
    StanceAtom,
    Total,
    TransferAtom,
)
from materiel.terms.statements import Assertion, Measure, Pact, Stage, Stance, Transfer

REFUSABLE = frozenset((Stage.PLEDGED, Stage.ORDERED, Stage.DELIVERED))
"""The stages that a refusal is evidence against."""
UNCONTESTED = NEVER_KNOWN + 1
"""Later than any day by which a denial can be known."""


def period_of(denial: Happening) -> Span:
    """The time that a denial speaks of: the date that it names, else all time up to the day of the denial."""
    return denial.span if denial.happened_on else (FIRST_DAY, denial.span[1])


def reaches(denial: Happening, stated: Happening) -> bool:
    """Whether a denial denies what is stated elsewhere."""
    begin, end = period_of(denial)
    first, last = told_of(stated)
    return (
        first <= end
        and last >= begin
        and not stated.is_imagined
        and _denies(denial.deed, stated.deed, denial.rank, stated.rank)
    )


def told_of(stated: Happening) -> Span:
    """The time that a report speaks of: its date; without one the day on which it was published, if that is known."""
    first, last = stated.span
    return (last, last) if first == FIRST_DAY and last < LAST_DAY else stated.span


def _denies(denied: Deed, deed: Deed, rank: int, stated_rank: int) -> bool:
    """Whether the one denies all of the other: who denies a pledge denies a delivery."""
    if not comes_as_far(stated_rank, rank):
        return False
    match denied, deed:
        case Transfer(), Transfer():
            return (
                denied.supplier == deed.supplier
                and denied.recipient == deed.recipient
                and (denied.via is None or denied.via == deed.via)
                and all_covered(denied.materiel, deed.materiel)
            )
        case Pact(), Pact():
            return set(denied.parties) == set(deed.parties) and denied.pact is deed.pact
        case Measure(), Measure():
            return (denied.subject, denied.measure, denied.value, denied.unit) == (
                deed.subject,
                deed.measure,
                deed.value,
                deed.unit,
            )
        case Event(), Event():
            return True
        case _:
            return denied == deed


def is_refusal(deed: Deed) -> bool:
    return isinstance(deed, Transfer) and deed.stage is Stage.WITHHELD


def covering(asking: Occurrence | MeasureAtom | Total, against: Sequence[Happening]) -> tuple[Happening, ...]:
    """Denials and refusals that between them cover every case of an atom; none where some case is left."""
    cases = _cases(asking)
    if cases is None or not against:
        return ()
    used: dict[str, Happening] = {}
    for case in cases:
        cover = next((each for each in against if _covers_case(each, case)), None)
        if cover is None:
            return ()
        used[cover.id] = cover
    return tuple(used.values())


def _cases(asking: Occurrence | MeasureAtom | Total) -> Iterable[Deed] | None:
    """The single deeds that an atom stands for; None where nobody could name them all."""
    match asking:
        case TransferAtom():
            if asking.suppliers is None or asking.recipients is None or asking.classes is None:
                return None
            vias: tuple[str | None, ...] = (None,) if asking.via is None else asking.via
            return (
                Transfer(supplier, recipient, (materiel,), asking.stage, via=via)
                for supplier, recipient, materiel, via in product(
                    asking.suppliers, asking.recipients, asking.classes, vias
                )
            )
        case PactAtom():
            if asking.kind is None or any(party is None for party in asking.parties):
                return None
            kind = asking.kind
            sets = [party for party in asking.parties if party is not None]
            return (Pact(parties, kind, asking.status) for parties in product(*sets))
        case StanceAtom():
            if asking.holders is None or asking.suppliers is None or asking.recipients is None:
                return None
            return (
                Stance(holder, asking.stance, supplier, recipient)
                for holder, supplier, recipient in product(asking.holders, asking.suppliers, asking.recipients)
            )
        case EventAtom():
            return (Event(asking.what),)
        case CommitmentAtom():
            return (Turn(asking.commitment, asking.state),)
        case _:
            return None


def _covers_case(against: Happening, case: Deed) -> bool:
    deed = against.deed
    if against.assertion is Assertion.STATED:
        return (
            isinstance(deed, Transfer)
            and isinstance(case, Transfer)
            and case.stage in REFUSABLE
            and (deed.supplier, deed.recipient) == (case.supplier, case.recipient)
            and all_covered(deed.materiel, case.materiel)
        )
    return _denies(deed, case, against.rank, rank_of(case))
