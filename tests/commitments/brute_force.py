"""The evaluator again, written from docs/conditions.md with sets and loops, day by day and pair by pair.

It looks at every happening for every atom, at every single day that a happening may have had, and knows neither
index nor cache nor intervals. Only the nouns are shared with the real one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import permutations, product

from materiel.commitments.days import FIRST_DAY, LAST_DAY, span_of
from materiel.commitments.happenings import Event, Happening, Imagined, Turn
from materiel.commitments.tree import (
    And,
    CommitmentAtom,
    Compare,
    Condition,
    EventAtom,
    Grading,
    Last,
    LevelComparison,
    MeasureAtom,
    Named,
    Names,
    Not,
    Or,
    PactAtom,
    Relation,
    StanceAtom,
    Support,
    TimeLimit,
    Total,
    TotalKind,
    TransferAtom,
)
from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import Assertion, Measure, Pact, Stance, Transfer

HOLDS, FAILS, DISPUTED, SILENT, IMAGINED = "holds", "does not hold", "disputed", "not reported", "imagined only"
SURE, CONTESTED, PERHAPS, OUT = "sure", "contested", "perhaps", "out"

HORIZON = range(span_of("2024-05-20")[0], span_of("2024-07-15")[0])
"""Every date in the samples lies well inside, so a day before it stands for all days before, and one after likewise."""

STAGES = ["requested", "considered", "pledged", "ordered", "delivered"]
STATUSES = ["proposed", "signed", "ratified", "in-force"]
NOT_LETHAL = {
    "nonlethal",
    "parts",
    "technology",
    "personnel",
    "training",
    "intelligence",
    "supplies",
    "finance",
    "sensor",
}
KINDS: dict[str, set[str]] = {
    general: {
        each
        for each in materiel_classes()
        if each == general
        or each.startswith(general + ".")
        or (general == "arms" and each.split(".")[0] not in NOT_LETHAL)
        or (general == "ammunition" and each.endswith(".ammunition"))
    }
    for general in materiel_classes()
}
HOLDERS = {"containers"}


def days_of(happening: Happening) -> frozenset[int]:
    return days_between(*happening.span)


@cache
def days_between(first: int, last: int) -> frozenset[int]:
    return frozenset(range(max(first, HORIZON[0]), min(last, HORIZON[-1]) + 1)) or frozenset((HORIZON[-1],))


class Brute:
    def __init__(self, happenings: Iterable[Happening], as_of: str, known_by: str | None) -> None:
        self.as_of = span_of(as_of)[1]
        self.known_by = span_of(known_by)[1] if known_by else 10**8
        self.visible = [each for each in happenings if each.known <= self.known_by]
        self.denials = [each for each in self.visible if each.assertion == Assertion.DENIED]

    def answer(self, condition: Condition) -> str:
        match condition:
            case And(parts):
                given = {self.answer(part) for part in parts}
                return next(each for each in (FAILS, IMAGINED, DISPUTED, SILENT, HOLDS) if each in given)
            case Or(parts):
                given = {self.answer(part) for part in parts}
                return next(each for each in (HOLDS, IMAGINED, DISPUTED, SILENT, FAILS) if each in given)
            case Not(part):
                return {HOLDS: FAILS, FAILS: HOLDS}.get(self.answer(part), self.answer(part))
            case LevelComparison():
                return IMAGINED
            case MeasureAtom():
                return self.measure(condition)
            case Total():
                return self.total(condition)
            case _:
                return self.occurrence(condition)

    # What fits, and how surely.

    def fits(self, atom: object, deed: object) -> bool:
        match atom, deed:
            case ((TransferAtom() | Total()), Transfer()):
                via = atom.via if isinstance(atom, TransferAtom) else None
                return (
                    among(atom.suppliers, deed.supplier)
                    and among(atom.recipients, deed.recipient)
                    and (atom.classes is None or any(d in KINDS[c] for c in atom.classes for d in deed.materiel))
                    and reached(STAGES, atom.stage, deed.stage)
                    and among(via, deed.via)
                )
            case PactAtom(), Pact():
                return (
                    (atom.kind is None or atom.kind == deed.pact)
                    and reached(STATUSES, atom.status, deed.status)
                    and any(
                        all(among(wanted, party) for wanted, party in zip(atom.parties, chosen, strict=True))
                        for chosen in permutations(set(deed.parties), len(atom.parties))
                    )
                )
            case StanceAtom(), Stance():
                return (
                    atom.stance == deed.stance
                    and among(atom.holders, deed.holder)
                    and among(atom.suppliers, deed.supplier)
                    and among(atom.recipients, deed.recipient)
                )
            case EventAtom(), Event():
                return atom.what == deed.what
            case CommitmentAtom(), Turn():
                return (atom.commitment, atom.state) == (deed.commitment, deed.state)
            case MeasureAtom(), Measure():
                return (
                    among(atom.subjects, deed.subject)
                    and atom.name == deed.measure
                    and (atom.unit is None or atom.unit == deed.unit)
                )
        return False

    def window(self, atom: object) -> set[int]:
        days = {day for day in HORIZON if day <= self.as_of}
        for limit in atom.limits:  # type: ignore[attr-defined]
            if isinstance(limit, Last):
                days = {day for day in days if self.as_of - limit.days < day}
            if isinstance(limit, TimeLimit) and isinstance(limit.moment, str):
                first, last = span_of(limit.moment)
                days = {day for day in days if self.lies(day, limit, range(first, last + 1))}
        return days

    def lies(self, day: int, limit: TimeLimit, period: range) -> bool:
        match limit.relation:
            case Relation.BEFORE:
                return day < min(period)
            case Relation.AFTER:
                return day > max(period)
            case Relation.SINCE:
                return day >= min(period)
            case Relation.UNTIL:
                return day <= max(period)
            case _:
                return any(abs(day - each) <= (limit.days or 0) for each in period)

    def found(self, atom: object) -> list[tuple[Happening, str]]:
        window = self.window(atom)
        result = []
        for happening in self.visible:
            if happening.assertion != Assertion.STATED or not self.fits(atom, happening.deed):
                continue
            sort = self.in_time(happening, window)
            if sort == SURE and any(self.reaches(each, happening) for each in self.denials):
                sort = CONTESTED
            for limit in atom.limits:  # type: ignore[attr-defined]
                if isinstance(limit, Grading) and not isinstance(happening, Imagined):
                    grade = happening.grade
                    if not grade or grade[0] > limit.reliability or grade[1] > limit.credibility:
                        sort = OUT
                if isinstance(limit, TimeLimit) and not isinstance(limit.moment, str):
                    sort = worse(sort, self.against(happening, limit))
            if sort != OUT:
                result.append((happening, sort))
        return result

    def in_time(self, happening: Happening, window: set[int]) -> str:
        inside = {day in window for day in days_of(happening)}
        if inside == {True}:
            return SURE
        return PERHAPS if True in inside else OUT

    def against(self, happening: Happening, limit: TimeLimit) -> str:
        best = OUT
        for moment, sort in self.found(limit.moment):
            pairs = {
                self.lies(day, limit, range(other, other + 1))
                for day, other in product(days_of(happening), days_of(moment))
            }
            related = SURE if pairs == {True} else PERHAPS if True in pairs else OUT
            best = better(best, worse(sort, related))
        return best

    # Denials.

    def reaches(self, denial: Happening, stated: Happening) -> bool:
        if not self.denies(denial.deed, stated.deed):
            return False
        told = days_of(stated)
        if stated.span[0] == FIRST_DAY and stated.span[1] < LAST_DAY:
            told = frozenset({max(told)})
        return not isinstance(stated, Imagined) and bool(self.spoken_of(denial) & told)

    def spoken_of(self, denial: Happening) -> frozenset[int]:
        if denial.happened_on:
            return days_of(denial)
        return days_between(HORIZON[0], denial.span[1])

    def denies(self, denied: object, deed: object) -> bool:
        match denied, deed:
            case Transfer(), Transfer():
                return (
                    (denied.supplier, denied.recipient) == (deed.supplier, deed.recipient)
                    and denied.via in (None, deed.via)
                    and reached(STAGES, denied.stage, deed.stage)
                    and all(any(each in KINDS[c] for c in denied.materiel) for each in deed.materiel)
                )
            case Pact(), Pact():
                return (
                    set(denied.parties) == set(deed.parties)
                    and denied.pact == deed.pact
                    and reached(STATUSES, denied.status, deed.status)
                )
            case Event(), Event():
                return denied.what == deed.what
        return type(denied) is type(deed) and denied == deed

    def is_refused(self, atom: object) -> bool:
        """Whether every case is denied, or withheld."""
        window = self.window(atom)
        for case in cases(atom):
            covered = False
            for each in self.visible:
                deed = each.deed
                if each.assertion == Assertion.DENIED and window:
                    begin = max(each.span[0], HORIZON[0]) if each.happened_on else HORIZON[0]
                    spoken = set(range(begin, min(each.span[1], HORIZON[-1]) + 1))
                    covered |= self.denies(deed, case) and bool(spoken & window)
                if (
                    each.assertion == Assertion.STATED
                    and isinstance(deed, Transfer)
                    and deed.stage == "withheld"
                    and isinstance(case, Transfer)
                    and case.stage in {"pledged", "ordered", "delivered"}
                    and each.span[1] <= self.as_of
                    and each.span[1] >= self.first_day(atom)
                ):
                    covered |= (deed.supplier, deed.recipient) == (case.supplier, case.recipient) and all(
                        any(d in KINDS[c] for c in deed.materiel) for d in case.materiel
                    )
            if not covered:
                return False
        return bool(list(cases(atom)))

    def first_day(self, atom: object) -> int:
        days = set(HORIZON)
        for limit in atom.limits:  # type: ignore[attr-defined]
            if isinstance(limit, Last):
                days = {day for day in days if self.as_of - limit.days < day}
            if isinstance(limit, TimeLimit) and isinstance(limit.moment, str):
                first, last = span_of(limit.moment)
                if limit.relation not in {Relation.BEFORE, Relation.UNTIL}:
                    days = {day for day in days if self.lies(day, limit, range(first, last + 1)) or day > last}
        return min(days) if min(days) > HORIZON[0] else FIRST_DAY

    # The leaves.

    def occurrence(self, atom: object) -> str:
        found = self.found(atom)
        needed = max((limit.origins for limit in atom.limits if isinstance(limit, Support)), default=1)  # type: ignore[attr-defined]
        for allowed, answer in (({SURE}, HOLDS), ({SURE, CONTESTED}, DISPUTED)):
            for line in {happening.entry for happening, _ in found}:
                members = [happening for happening, sort in found if happening.entry == line and sort in allowed]
                told = {t.origin for each in members for t in each.tellings if t.known <= self.known_by}
                if members and (needed == 1 or len(told) >= needed or any(isinstance(m, Imagined) for m in members)):
                    return answer
        if found:
            return SILENT
        return FAILS if self.is_refused(atom) else SILENT

    def backed(self, atom: object, happening: Happening) -> bool:
        needed = max((limit.origins for limit in atom.limits if isinstance(limit, Support)), default=1)  # type: ignore[attr-defined]
        told = {t.origin for t in happening.tellings if t.known <= self.known_by}
        return needed == 1 or isinstance(happening, Imagined) or len(told) >= needed

    def measure(self, atom: MeasureAtom) -> str:
        found = [pair for pair in self.found(atom) if self.backed(atom, pair[0])]
        sure = [happening for happening, sort in found if sort != PERHAPS]
        latest = [
            (happening, sort)
            for happening, sort in found
            if not any(other.span[0] > happening.span[1] for other in sure)
        ]
        if not latest:
            return SILENT
        answers = {
            holds(atom.compare, deed.value, plain(atom.number))
            for deed in (h.deed for h, _ in latest)
            if isinstance(deed, Measure)
        }
        sorts = {sort for _, sort in latest}
        if PERHAPS in sorts and (not sure or len(answers) == 2):
            return SILENT
        if len(answers) == 2 or CONTESTED in sorts:
            return DISPUTED
        return HOLDS if answers == {True} else FAILS

    def total(self, atom: Total) -> str:
        sure: dict[str, float] = {}
        stated: dict[str, float] = {}
        for happening, sort in self.found(atom):
            if not self.backed(atom, happening):
                continue
            deed = happening.deed
            assert isinstance(deed, Transfer)
            amount = 1.0
            if atom.kind is TotalKind.QUANTITY:
                counts = deed.unit == atom.unit if atom.unit else deed.unit not in HOLDERS
                amount = (deed.quantity or 0.0) if counts else 0.0
            if atom.kind is TotalKind.VALUE:
                amount = deed.value_usd or 0.0
            if atom.kind is not TotalKind.COUNT and atom.classes is not None:
                whole = all(any(d in KINDS[c] for c in atom.classes) for d in deed.materiel)
                sort = sort if whole else PERHAPS
            line = happening.entry
            if sort == SURE:
                sure[line] = max(amount, sure.get(line, 0.0))
            if sort in {SURE, CONTESTED}:
                stated[line] = max(amount, stated.get(line, 0.0))
        answers = {self.bounded(atom, sum(sure.values())), self.bounded(atom, sum(stated.values()))}
        return answers.pop() if len(answers) == 1 else DISPUTED

    def bounded(self, atom: Total, low: float) -> str:
        """Of all sums from the one reported upwards: do all, some or none compare so?"""
        number = plain(atom.number)
        tried = {holds(atom.compare, low + more, number) for more in (0.0, 0.5, *range(1, 64), 10.0**9)}
        tried |= {holds(atom.compare, max(low, number), number)}
        return (HOLDS if tried == {True} else FAILS) if len(tried) == 1 else SILENT


def plain(number: float | Named) -> float:
    """On the record no number is named."""
    assert not isinstance(number, Named)
    return number


def among(names: Names, name: str | None) -> bool:
    return names is None or name in names


def reached(order: list[str], asked: str, given: str) -> bool:
    if asked in order and given in order:
        return order.index(given) >= order.index(asked)
    return asked == given


def holds(compare: Compare, one: float, other: float) -> bool:
    return {
        ">=": one >= other,
        ">": one > other,
        "<=": one <= other,
        "<": one < other,
        "==": one == other,
        "!=": one != other,
    }[compare]


ORDER = [OUT, PERHAPS, CONTESTED, SURE]


def worse(one: str, other: str) -> str:
    return min(one, other, key=ORDER.index)


def better(one: str, other: str) -> str:
    return max(one, other, key=ORDER.index)


def cases(atom: object) -> Iterable[object]:
    match atom:
        case TransferAtom() if atom.suppliers and atom.recipients and atom.classes:
            for s, r, c in product(atom.suppliers, atom.recipients, atom.classes):
                for via in atom.via or (None,):
                    yield Transfer(s, r, (c,), atom.stage, via=via)
        case PactAtom() if atom.kind and all(atom.parties):
            for parties in product(*(party or () for party in atom.parties)):
                yield Pact(parties, atom.kind, atom.status)
        case StanceAtom() if atom.holders and atom.suppliers and atom.recipients:
            for h, s, r in product(atom.holders, atom.suppliers, atom.recipients):
                yield Stance(h, atom.stance, s, r)
        case EventAtom():
            yield Event(atom.what)
        case CommitmentAtom():
            yield Turn(atom.commitment, atom.state)


assert HORIZON[-1] < LAST_DAY
