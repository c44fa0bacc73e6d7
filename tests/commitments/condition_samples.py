"""Random conditions and histories over a small world, so that they meet often. June 2024; days are few on purpose."""

from __future__ import annotations

from random import Random

from materiel.commitments.days import span_of
from materiel.commitments.happenings import Deed, Event, Happening, Telling, Turn, imagine, record
from materiel.commitments.tree import (
    And,
    CommitmentAtom,
    Compare,
    Condition,
    EventAtom,
    Grading,
    Last,
    Leaf,
    Level,
    LevelComparison,
    LevelKind,
    Limit,
    MeasureAtom,
    Names,
    Not,
    Occurrence,
    Or,
    PactAtom,
    Relation,
    StanceAtom,
    State,
    Support,
    TimeLimit,
    Total,
    TotalKind,
    TransferAtom,
)
from materiel.terms.statements import (
    Assertion,
    Attitude,
    Measure,
    MeasureName,
    Pact,
    PactKind,
    PactStatus,
    Stage,
    Stance,
    Transfer,
)

ACTORS = ("PRK", "RUS")
CLASSES = ("arms", "missile", "missile.cruise", "ammunition", "artillery.ammunition", "finance")
ASKED = ("arms", "arms", *CLASSES)
STAGES = (Stage.PLEDGED, Stage.ORDERED, Stage.DELIVERED, Stage.DELIVERED, Stage.DELIVERED, Stage.WITHHELD, Stage.HALTED)
DATES = ("2024-06-05", "2024-06-05", "2024-06-08", "2024-06-08", "2024-06-12", "2024-06-15", "2024-06", "2024")
KNOWN = (None, "2024-06-06", "2024-06-09", "2024-06-09", "2024-06-13", "2024-06-16")
ACCOUNTS = (Assertion.STATED,) * 6 + (Assertion.DENIED, Assertion.UNKNOWN)
MOMENTS = ("2024-06-06", "2024-06-08", "2024-06-10", "2024-06-12")
EVENTS = ("war", "war", "summit")
IDS = ("c1", "c1", "c2")
# What is common in the samples, so that conditions and histories meet; the rest comes up too.
STATES = (State.TRIGGERED,) * 6 + tuple(State)
STATUSES = (PactStatus.SIGNED,) * 4 + tuple(PactStatus)
STANCES = (Attitude.SUPPORTS,) * 3 + tuple(Attitude)


def any_names(random: Random, names: tuple[str, ...], many: float = 0.4) -> Names:
    if random.random() < 0.4:
        return None
    return tuple(random.sample(names, 2)) if random.random() < many else (random.choice(names),)


def any_limits(random: Random, depth: int = 1) -> tuple[Limit, ...]:
    limits: list[Limit] = []
    while random.random() < 0.12:
        match random.randrange(6):
            case 0:
                limits.append(Last(random.randint(1, 12)))
            case 1:
                limits.append(Support(random.randint(1, 3)))
            case 2:
                limits.append(Grading(random.choice("ABF"), random.choice("236")))
            case 3 | 4:
                relation = random.choice(list(Relation))
                days = random.randint(1, 5) if relation is Relation.WITHIN else None
                limits.append(TimeLimit(relation, random.choice(MOMENTS), days))
            case _:
                relation = random.choice(list(Relation))
                days = random.randint(1, 5) if relation is Relation.WITHIN else None
                if depth:
                    limits.append(TimeLimit(relation, any_occurrence(random, depth - 1), days))
    return tuple(limits)


def any_occurrence(random: Random, depth: int = 1) -> Occurrence:
    limits = any_limits(random, depth)
    match random.choice("tttttpsec"):
        case "t":
            via = ("KOR",) if random.random() < 0.05 else None
            stage = random.choice((Stage.PLEDGED, *STAGES))
            return TransferAtom(
                any_names(random, ACTORS), any_names(random, ACTORS), any_names(random, ASKED), stage, via, limits
            )
        case "p":
            parties = tuple(any_names(random, ACTORS) for _ in range(random.randint(1, 2)))
            kind = random.choice([None, PactKind.MUTUAL_DEFENCE, PactKind.COOPERATION])
            return PactAtom(parties, kind, random.choice(STATUSES), limits)
        case "s":
            holders, attitude = any_names(random, ACTORS), random.choice(STANCES)
            return StanceAtom(holders, attitude, any_names(random, ACTORS), any_names(random, ACTORS), limits)
        case "e":
            return EventAtom(random.choice(EVENTS), limits)
        case _:
            return CommitmentAtom(random.choice(IDS), random.choice(STATES), limits)


def any_leaf(random: Random) -> Leaf:
    match random.randrange(10):
        case 0:
            number = float(random.randint(0, 30))
            compare = random.choice(list(Compare))
            unit = random.choice([None, "shells", "containers"])
            return MeasureAtom(any_names(random, ACTORS), MeasureName.STOCK, unit, compare, number, any_limits(random))
        case 1:
            kind = random.choice(list(TotalKind))
            unit = random.choice([None, "shells"]) if kind is TotalKind.QUANTITY else None
            number = float(random.choice([0, 1, 2, 10, 20, 30]))
            flow = any_names(random, ACTORS), any_names(random, ACTORS), any_names(random, ASKED)
            stage, compare = random.choice(STAGES), random.choice(list(Compare))
            return Total(kind, *flow, stage, unit, compare, number, any_limits(random))
        case 2 if random.random() < 0.2:
            return LevelComparison(Level(LevelKind.STATE, "KOR", "threat"), random.choice(list(Compare)), 0.5)
        case _:
            return any_occurrence(random)


def any_condition(random: Random, depth: int = 2) -> Condition:
    if depth == 0 or random.random() < 0.4:
        return any_leaf(random)
    match random.randrange(3):
        case 0:
            return And(tuple(any_condition(random, depth - 1) for _ in range(2)))
        case 1:
            return Or(tuple(any_condition(random, depth - 1) for _ in range(2)))
        case _:
            return Not(any_condition(random, depth - 1))


def any_deed(random: Random) -> Deed:
    match random.choice("ttttttppsmmeecc"):
        case "t":
            classes = tuple(random.sample(CLASSES, 2 if random.random() < 0.2 else 1))
            quantity = random.choice([None, 10.0, 20.0])
            unit = random.choice([None, "shells", "containers"])
            supplier = random.choice((*ACTORS, None)) if random.random() < 0.3 else "RUS"
            recipient = random.choice(ACTORS) if random.random() < 0.3 else "PRK"
            value = random.choice([None, 1.0, 20.0])
            via = "KOR" if random.random() < 0.1 else None
            return Transfer(
                supplier,
                recipient,
                classes,
                random.choice(STAGES),
                via=via,
                quantity=quantity,
                unit=unit,
                value_usd=value,
            )
        case "p":
            parties = tuple(random.sample(ACTORS, 2))
            kind = random.choice([PactKind.MUTUAL_DEFENCE, PactKind.COOPERATION])
            return Pact(parties, kind, random.choice(STATUSES))
        case "s":
            sides = random.choice((*ACTORS, None)), random.choice((*ACTORS, None))
            return Stance(random.choice(ACTORS), random.choice(STANCES), *sides)
        case "m":
            unit = random.choice([None, "shells", "containers"])
            return Measure(random.choice(ACTORS), MeasureName.STOCK, float(random.randint(0, 30)), unit)
        case "e":
            return Event(random.choice(EVENTS))
        case _:
            return Turn(random.choice(IDS), random.choice(STATES))


def any_happening(random: Random, number: int, denied: Deed | None = None) -> Happening:
    """A happening; a denial of a deed where one is given."""
    deed = denied or any_deed(random)
    happened_on = random.choice((*DATES, None))
    if denied is None and random.random() < 0.1:
        return imagine(f"i{number}", deed, happened_on)
    known_on = random.choice(KNOWN)
    known = span_of(known_on)[0] if known_on else 10**6
    origins = random.sample("abcd", random.randint(1, 3))
    return record(
        f"h{number}",
        f"e{random.randint(0, 3)}",
        deed,
        happened_on=random.choice((happened_on, None)) if denied else happened_on,
        known_on=known_on,
        assertion=Assertion.DENIED if denied else random.choice(ACCOUNTS),
        tellings=tuple(Telling(origin, known + random.randint(0, 4)) for origin in sorted(origins)),
        grade=random.choice(["A2", "B3", "F6", "F2"]),
    )


def any_history(random: Random, most: int = 40) -> list[Happening]:
    """Happenings of which some deny what others say."""
    history: list[Happening] = []
    for number in range(random.randint(*random.choice(((0, 4), (most // 2, most), (most // 2, most))))):
        denied = random.choice(history).deed if history and random.random() < 0.2 else None
        history.append(any_happening(random, number, denied))
    return history
