"""What of the happenings is what an atom asks for, who denies it, and how sure that is.

1. A stated happening *fits* an atom if every slot does: actors in the sets, one of its classes covered, its stage at
   least as far (withheld, halted and ended stand for themselves). An actor that is left open fits ``*`` alone.
2. A denial *reaches* a stated happening if it denies as much or more (same actors, all classes covered, a stage no
   further) and the happening may lie in the time that it speaks of: up to the day of the denial, or the date that it
   names. What a denial reaches is contested, from the day when the denial became known.
3. A denial *covers* an atom if every case of the atom would be denied. So does a stated refusal (withheld) for the stages
   from pledged to delivered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import product

from materiel.commitments.cells import Asking, HappeningIndex
from materiel.commitments.days import FIRST_DAY, Span
from materiel.commitments.happenings import NEVER_KNOWN, Deed, Event, Happening, Turn
from materiel.commitments.materiel_tree import all_covered, any_covers
from materiel.commitments.tree import (
    CommitmentAtom,
    EventAtom,
    MeasureAtom,
    Names,
    PactAtom,
    StanceAtom,
    Total,
    TransferAtom,
)
from materiel.terms.statements import Assertion, Measure, MeasureName, Pact, PactStatus, Stage, Stance, Transfer

STAGE_RANK = {
    stage: rank
    for rank, stage in enumerate((Stage.REQUESTED, Stage.CONSIDERED, Stage.PLEDGED, Stage.ORDERED, Stage.DELIVERED))
}
STATUS_RANK = {
    status: rank
    for rank, status in enumerate((PactStatus.PROPOSED, PactStatus.SIGNED, PactStatus.RATIFIED, PactStatus.IN_FORCE))
}
_RANKS: dict[str, int] = {each.value: rank for ranks in (STAGE_RANK, STATUS_RANK) for each, rank in ranks.items()}
_REFUSABLE = frozenset((Stage.PLEDGED, Stage.ORDERED, Stage.DELIVERED))


UNCONTESTED = NEVER_KNOWN + 1
"""Later than any day by which a denial can be known."""


@dataclass(frozen=True, slots=True)
class Match:
    """A stated happening that fits, and the day from which a denial that reaches it is known."""

    happening: Happening
    contested_from: int = UNCONTESTED


@dataclass(frozen=True, slots=True)
class Matches:
    """What an atom finds, whatever its limits.

    Attributes:
        stated: what fits, by the day by which it had surely happened, then the day when it may first have, then id.
        lasts: the first of these days of each, to search in.
        against: denials, and refusals, that may cover the atom; by known day, then id.
        unknown: what is said to be not known, and would fit.
    """

    stated: tuple[Match, ...]
    lasts: tuple[int, ...]
    against: tuple[Happening, ...]
    unknown: tuple[Happening, ...]


def find_matches(asking: Asking, index: HappeningIndex) -> Matches:
    """What an atom finds in an index; its limits play no part."""
    bare = replace(asking, limits=()) if asking.limits else asking
    found = index.cache.get(bare)
    if not isinstance(found, Matches):
        found = _search(bare, index)
        index.keep(bare, found)
    return found


def _search(asking: Asking, index: HappeningIndex) -> Matches:
    fits = _fitting(asking)
    stated: list[Happening] = []
    denied: list[Happening] = []
    refusals: list[Happening] = []
    unknown: list[Happening] = []
    can_be_refused = isinstance(asking, TransferAtom) and asking.stage in _REFUSABLE
    for cell in index.cells_for(asking):
        stated.extend(happening for happening in cell.stated if fits(happening.deed))
        denied.extend(cell.denied)
        unknown.extend(happening for happening in cell.unknown if fits(happening.deed))
        if can_be_refused:
            refusals.extend(each for each in cell.stated if _is_refusal(each.deed))
    stated.sort(key=_order)
    matches = tuple(Match(each, _contested_from(each, denied) if denied else UNCONTESTED) for each in stated)
    against = sorted((*denied, *refusals), key=lambda each: (each.known, each.id))
    return Matches(
        matches,
        tuple(each.span[1] for each in stated),
        tuple(against),
        tuple(sorted(unknown, key=lambda each: each.id)),
    )


def _order(happening: Happening) -> tuple[int, int, str]:
    return happening.span[1], happening.span[0], happening.id


def _fitting(asking: Asking) -> Callable[[Deed], bool]:
    """Whether a deed is what an atom asks for, made ready to be asked often."""
    match asking:
        case TransferAtom() | Total():
            return _fitting_transfer(asking)
        case PactAtom():
            return lambda deed: isinstance(deed, Pact) and _pact_fits(asking, deed)
        case StanceAtom():
            return lambda deed: (
                isinstance(deed, Stance)
                and deed.stance is asking.stance
                and _among(asking.holders, deed.holder)
                and _among(asking.suppliers, deed.supplier)
                and _among(asking.recipients, deed.recipient)
            )
        case EventAtom():
            return lambda deed: isinstance(deed, Event)
        case CommitmentAtom():
            return lambda deed: isinstance(deed, Turn) and deed.state is asking.state
        case MeasureAtom():
            unit = wanted_unit(asking)
            return lambda deed: (
                isinstance(deed, Measure)
                and deed.measure is asking.name
                and _among(asking.subjects, deed.subject)
                and (unit is None or (deed.unit or "").casefold() == unit)
            )


def _fitting_transfer(asking: TransferAtom | Total) -> Callable[[Deed], bool]:
    suppliers = None if asking.suppliers is None else frozenset(asking.suppliers)
    recipients = None if asking.recipients is None else frozenset(asking.recipients)
    via = asking.via if isinstance(asking, TransferAtom) else None
    classes = asking.classes
    rank = STAGE_RANK.get(asking.stage)
    stages = {asking.stage} if rank is None else {stage for stage, other in STAGE_RANK.items() if other >= rank}

    def fits(deed: Deed) -> bool:
        return (
            isinstance(deed, Transfer)
            and deed.stage in stages
            and (classes is None or any_covers(classes, deed.materiel))
            and (suppliers is None or deed.supplier in suppliers)
            and (recipients is None or deed.recipient in recipients)
            and (via is None or deed.via in via)
        )

    return fits


def _among(names: Names, name: str | None) -> bool:
    return names is None or name in names


def _pact_fits(asking: PactAtom, deed: Pact) -> bool:
    if asking.kind is not None and deed.pact is not asking.kind:
        return False
    rank, reached = STATUS_RANK.get(asking.status), STATUS_RANK.get(deed.status)
    if deed.status is not asking.status and (rank is None or reached is None or reached < rank):
        return False
    return _parties_fit(asking.parties, frozenset(deed.parties))


def _parties_fit(wanted: tuple[Names, ...], parties: frozenset[str]) -> bool:
    """Whether each set wanted has a party of its own. The sets that name actors come first, so ``*`` takes what is left."""
    if len(wanted) > len(parties):
        return False
    if not wanted:
        return True
    candidates = parties if wanted[0] is None else parties & set(wanted[0])
    return any(_parties_fit(wanted[1:], parties - {party}) for party in candidates)


def wanted_unit(asking: MeasureAtom) -> str | None:
    """The unit that a figure has to be in; money is in US dollars where none is named."""
    if asking.unit is not None:
        return asking.unit.casefold()
    return "usd" if asking.name is MeasureName.EXPORT_VALUE else None


def period_of(denial: Happening) -> Span:
    """The time that a denial speaks of: the date that it names, else all time up to the day of the denial."""
    return denial.span if denial.happened_on else (FIRST_DAY, denial.span[1])


def reaches(denial: Happening, stated: Happening) -> bool:
    """Whether a denial denies what is stated elsewhere."""
    begin, end = period_of(denial)
    return stated.span[0] <= end and stated.span[1] >= begin and _denies(denial.deed, stated.deed)


def _denies(denied: Deed, deed: Deed) -> bool:
    match denied, deed:
        case Transfer(), Transfer():
            return (
                denied.supplier == deed.supplier
                and denied.recipient == deed.recipient
                and (denied.via is None or denied.via == deed.via)
                and _no_further(denied.stage, deed.stage)
                and all_covered(denied.materiel, deed.materiel)
            )
        case Pact(), Pact():
            same = set(denied.parties) == set(deed.parties) and denied.pact is deed.pact
            return same and _no_further(denied.status, deed.status)
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


def _no_further(denied: Stage | PactStatus, stated: Stage | PactStatus) -> bool:
    """Whether what is denied comes no later than what is stated: who denies a pledge denies a delivery."""
    if denied.value in _RANKS and stated.value in _RANKS:
        return _RANKS[denied.value] <= _RANKS[stated.value]
    return denied is stated


def _contested_from(stated: Happening, denied: Iterable[Happening]) -> int:
    return min((denial.known for denial in denied if reaches(denial, stated)), default=UNCONTESTED)


def _is_refusal(deed: Deed) -> bool:
    return isinstance(deed, Transfer) and deed.stage is Stage.WITHHELD


def covering(asking: Asking, against: list[Happening]) -> tuple[Happening, ...]:
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


def _cases(asking: Asking) -> Iterable[Deed] | None:
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
            and case.stage in _REFUSABLE
            and (deed.supplier, deed.recipient) == (case.supplier, case.recipient)
            and all_covered(deed.materiel, case.materiel)
        )
    return _denies(deed, case)
