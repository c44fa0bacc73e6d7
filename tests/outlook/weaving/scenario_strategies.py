"""Random scenarios and random conditions over a small world, so that they meet often. A year's quarter from July 2024.

Both are drawn from a ``random.Random``, so that a failure comes again from its number; :func:`scenarios` makes a
hypothesis strategy of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from materiel.commitments import print_condition
from materiel.commitments.happenings import Deed, Event
from materiel.commitments.tree import (
    And,
    CommitmentAtom,
    Compare,
    Condition,
    EventAtom,
    Figure,
    Grading,
    Last,
    Leaf,
    Level,
    LevelComparison,
    LevelKind,
    Limit,
    MeasureAtom,
    Named,
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
from materiel.outlook.scenario.elements import Scenario
from materiel.terms.statements import (
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

START = date(2024, 7, 1)
ACTORS = ("KOR", "UKR", "RUS")
MATERIEL = {
    "shell": {"class": "artillery.ammunition", "unit": "thousand rounds"},
    "tank": {"class": "armour.tank", "unit": "pieces"},
}
ITEMS = {"shell": (1000.0, "rounds"), "tank": (1.0, "pieces")}
CLASSES = ("artillery.ammunition", "armour.tank", "armour", "ammunition", "arms", "finance")
EVENTS = {"war": "the war", "summit": "a summit", "raid": "a raid on the plant"}
SIGNAL = "a satellite picture"
SHOCKS = {"vote": "the vote", "quake": "a quake"}
DECLARED = "a promise in public"
TITLES = (*EVENTS.values(), *SHOCKS.values(), SIGNAL, DECLARED, "nothing that ever happens")
PLEDGES = ("c1", "c2")

DECLARATIONS: tuple[tuple[str, Deed], ...] = (
    (f'event("{DECLARED}")', Event(DECLARED)),
    ("pact(KOR, UKR, arms-deal, signed)", Pact(("KOR", "UKR"), PactKind.ARMS_DEAL, PactStatus.SIGNED)),
    ("pact(RUS, KOR, mutual-defence, in-force)", Pact(("RUS", "KOR"), PactKind.MUTUAL_DEFENCE, PactStatus.IN_FORCE)),
    ("pact(RUS, KOR, mutual-defence, ended)", Pact(("RUS", "KOR"), PactKind.MUTUAL_DEFENCE, PactStatus.ENDED)),
    ("stance(UKR, supports, KOR -> UKR)", Stance("UKR", Attitude.SUPPORTS, "KOR", "UKR")),
    ("stance(RUS, warns, KOR -> *)", Stance("RUS", Attitude.WARNS, "KOR", None)),
    ("measure(KOR, stock, in tanks) == 40", Measure("KOR", MeasureName.STOCK, 40.0, "tanks")),
    ("measure(KOR, stock, in tanks) == 60", Measure("KOR", MeasureName.STOCK, 60.0, "tanks")),
    ("measure(RUS, losses) == 25", Measure("RUS", MeasureName.LOSSES, 25.0)),
    ("transfer(KOR -> UKR, armour.tank, pledged)", Transfer("KOR", "UKR", ("armour.tank",), Stage.PLEDGED)),
    ("transfer(KOR -> UKR, armour.tank, withheld)", Transfer("KOR", "UKR", ("armour.tank",), Stage.WITHHELD)),
)
"""What effects may declare, and what may stand at the start."""
PASTS: tuple[tuple[str, Deed], ...] = (
    *DECLARATIONS,
    (
        "quantity(RUS -> KOR, artillery.ammunition, in rounds) == 3000",
        Transfer("RUS", "KOR", ("artillery.ammunition",), Stage.DELIVERED, quantity=3000.0, unit="rounds"),
    ),
    ("transfer(UKR -> RUS, armour.tank)", Transfer("UKR", "RUS", ("armour.tank",), Stage.DELIVERED)),
    (
        "value(KOR -> UKR, armour.tank, ordered) == 500",
        Transfer("KOR", "UKR", ("armour.tank",), Stage.ORDERED, value_usd=500.0, value=500.0, currency="USD"),
    ),
)


def number(value: float, unit: str) -> dict[str, Any]:
    return {"value": float(value), "unit": unit, "assumption": "drawn at random"}


ALWAYS = number(1000, "per week")


def any_number(random: Random, low: int, high: int, unit: str) -> dict[str, Any]:
    """A whole number, or now and then a distribution."""
    if random.random() < 0.75:
        return number(random.randint(low, high), unit)
    spreads: list[dict[str, Any]] = [
        {"uniform": [float(low), float(high + 1)]},
        {"triangular": [float(low), (low + high) / 2, float(high + 1)]},
        {"lognormal": [float(max(low, 1)), 1.5]},
    ]
    return {**random.choice(spreads), "unit": unit, "assumption": "drawn at random"}


def unit_of(materiel: str) -> str:
    return MATERIEL[materiel]["unit"]


def any_scenario(random: Random, conditions: int = 0) -> tuple[Scenario, tuple[Condition, ...]]:
    """A scenario, and conditions that switches named ``probe0``, ``probe1`` ... of UKR follow.

    Every fourth is also that of an event of the same name, which happens in each week in which it may.
    """
    given: dict[str, Any] = {
        "name": "random",
        "about": "Drawn at random, for tests.",
        "start": START,
        "weeks": random.randint(6, 16),
        "numbers": {
            "few": any_number(random, 1, 20, "pieces"),
            "share": number(random.choice([0.25, 0.5, 0.75]), "share"),
            "plain": number(random.randint(0, 8), "none"),
        },
        "materiel": MATERIEL,
    }
    given["stocks"] = [_stock(random, owner, materiel) for owner in ACTORS for materiel in MATERIEL]
    given["lines"] = [_line(random, place) for place in range(random.randint(0, 3))]
    given["routes"] = _routes(random)
    given["orders"] = [_order(random, place) for place in range(random.randint(0, 3))]
    needs = [(actor, materiel) for actor in ("UKR", "RUS") for materiel in MATERIEL if random.random() < 0.4]
    given["needs"] = [_need(random, *need) for need in needs]
    given["states"] = [_state(random)]
    given["switches"] = [_switch(random)]
    given["events"] = [_event(random, name) for name in EVENTS]
    given["contingencies"] = [_shock(random, name) for name in SHOCKS]
    given["unknowns"] = [_unknown(random)]
    given["commitments"] = [_pledge(random, name) for name in PLEDGES]
    given["so_far"] = [_past(random) for _ in range(random.randint(0, 4))]
    asked = tuple(any_condition(random) for _ in range(conditions))
    for place, condition in enumerate(asked):
        text = print_condition(condition)
        given["switches"].append({"actor": "UKR", "name": f"probe{place}", "on": text, "off": f"not ({text})"})
        if place % 4 == 0:
            given["events"].append({"id": f"probe{place}", "title": f"probe {place}", "hazard": ALWAYS, "when": text})
    given["outcomes"] = {
        "short": {"title": "Weeks and what came", "formula": "week * total(route0)", "unit": "weeks"},
    }
    return Scenario.model_validate(given), asked


def _stock(random: Random, owner: str, materiel: str) -> dict[str, Any]:
    stock: dict[str, Any] = {"owner": owner, "materiel": materiel}
    stock["opening"] = any_number(random, 0, 60, unit_of(materiel))
    if random.random() < 0.6:
        formula = f"0.5 * stock({owner}, {materiel})"
        stock["reserve"] = formula if random.random() < 0.2 else any_number(random, 0, 30, unit_of(materiel))
    return stock


def _line(random: Random, place: int) -> dict[str, Any]:
    materiel = random.choice(tuple(MATERIEL))
    per_week = f"{unit_of(materiel)} per week"
    line: dict[str, Any] = {"id": f"line{place}", "owner": random.choice(ACTORS), "materiel": materiel}
    line["rate"] = any_number(random, 0, 6, per_week)
    if random.random() < 0.6:
        line["full_rate"] = any_number(random, 2, 12, per_week)
        if random.random() < 0.8:
            line["ramp"] = any_number(random, 1, 8, "weeks")
    if random.random() < 0.4:
        line["when"] = print_condition(any_condition(random, 1))
    if random.random() < 0.4:
        line["licensor"] = next(actor for actor in ACTORS if actor != line["owner"])
        when = print_condition(any_condition(random, 1))
        line["returns"] = {"when": when, "share": number(0.5, "share"), "delay": random.randint(1, 3)}
    return line


def _sides(random: Random) -> dict[str, Any]:
    supplier, recipient = random.sample(ACTORS, 2) if random.random() < 0.5 else ("KOR", "UKR")
    return {"supplier": supplier, "recipient": recipient}


def _routes(random: Random) -> list[dict[str, Any]]:
    routes: list[dict[str, Any]] = []
    for place in range(random.randint(1, 4)):
        materiel = random.choice(tuple(MATERIEL))
        route: dict[str, Any] = {"id": f"route{place}", **_sides(random), "materiel": materiel}
        route["delay"] = random.randint(1, 4)
        route["limit"] = any_number(random, 1, 10, f"{unit_of(materiel)} per week")
        if random.random() < 0.2:
            route["limit"] = "3 * state(KOR, threat) + happened(war)"
        if random.random() < 0.5:
            route["when"] = print_condition(any_condition(random, 1))
        if place and random.random() < 0.3 and routes[0]["materiel"] == materiel:
            route["backfills"] = "route0"
        route["draws_on_reserve"] = random.random() < 0.3
        if random.random() < 0.3:
            route["loss"] = number(random.choice([0.1, 0.25, 1.0]), "share")
        if random.random() < 0.3:
            route["via"] = "RUS"
        routes.append(route)
    return routes


def _order(random: Random, place: int) -> dict[str, Any]:
    materiel = random.choice(tuple(MATERIEL))
    sides = _sides(random)
    order: dict[str, Any] = {"id": f"order{place}", "buyer": sides["recipient"], "supplier": sides["supplier"]}
    order |= {"materiel": materiel, "quantity": any_number(random, 1, 40, unit_of(materiel))}
    match random.randrange(4):
        case 0:
            order["placed"] = START + timedelta(days=random.randint(-40, 40))
        case 1:
            order["when"] = print_condition(any_condition(random, 1))
        case _:
            pass
    if random.random() < 0.5:
        order["due"] = START + timedelta(days=random.randint(45, 120))
    order["delay"] = random.randint(1, 3)
    order["priority"] = random.randint(1, 2)
    if random.random() < 0.5:
        order["limit"] = any_number(random, 1, 5, f"{unit_of(materiel)} per week")
    if random.random() < 0.3:
        order["attraction"] = number(0.5, "share")
    if random.random() < 0.6:
        order["unit_value"] = number(random.randint(1, 9), f"USD per {'round' if materiel == 'shell' else 'piece'}")
    return order


def _need(random: Random, actor: str, materiel: str) -> dict[str, Any]:
    need: dict[str, Any] = {"actor": actor, "materiel": materiel}
    need["per_week"] = any_number(random, 0, 8, f"{unit_of(materiel)} per week")
    if random.random() < 0.5:
        weeks = random.randint(1, 3)
        need["when_unmet"] = {"share": number(0.1, "share"), "weeks": weeks, "effects": _effects(random)}
    return need


def _state(random: Random) -> dict[str, Any]:
    drives: list[dict[str, Any]] = []
    for formula in ("happened(war)", "min(1, count(summit) / 3)", "stock(UKR, shell) / 50", "belief(bomb)"):
        if random.random() < 0.4:
            drive: dict[str, Any] = {"by": formula, "gain": number(0.5, "none")}
            if random.random() < 0.3:
                drive["when"] = print_condition(any_condition(random, 1))
            drives.append(drive)
    return {
        "actor": "KOR",
        "name": "threat",
        "base": number(0.25, "share"),
        "opening": number(random.choice([0.0, 0.5, 1.0]), "share"),
        "fades": any_number(random, 2, 6, "weeks"),
        "drives": drives,
    }


def _switch(random: Random) -> dict[str, Any]:
    switch: dict[str, Any] = {"actor": "KOR", "name": "lifted", "on": print_condition(any_condition(random, 1))}
    if random.random() < 0.5:
        switch["off"] = print_condition(any_condition(random, 1))
    return switch


def _effects(random: Random) -> list[dict[str, Any]]:
    effects: list[dict[str, Any]] = []
    while random.random() < 0.55:
        match random.randrange(5):
            case 0:
                how = random.choice(["add", "times", "to"])
                effects.append({"state": ("KOR", "threat"), how: number(random.choice([0.25, 0.5, 1.0]), "none")})
            case 1:
                stock = random.choice(ACTORS), random.choice(tuple(MATERIEL))
                effects.append({"stock": stock, "lose_share": number(random.choice([0.1, 0.5, 1.0]), "share")})
            case 2 if random.random() < 0.3:
                effects.append({"withdraw": random.choice(PLEDGES)})
            case _:
                effects.append({"happens": random.choice(DECLARATIONS)[0]})
    return effects


def _event(random: Random, name: str) -> dict[str, Any]:
    event: dict[str, Any] = {"id": name, "title": EVENTS[name], "hazard": number(random.choice([0.1, 0.3]), "per week")}
    if random.random() < 0.3:
        event["hazard"] = "0.05 + 0.3 * state(KOR, threat)"
    if random.random() < 0.3:
        event["when"] = print_condition(any_condition(random, 1))
    event["once"] = random.random() < 0.4
    event["effects"] = _effects(random)
    return event


def _shock(random: Random, name: str) -> dict[str, Any]:
    shock: dict[str, Any] = {"id": name, "title": SHOCKS[name], "effects": _effects(random)}
    if random.random() < 0.5:
        shock["on"] = START + timedelta(days=random.randint(0, 41))
    else:
        shock["when"] = print_condition(any_condition(random, 1))
    if random.random() < 0.5:
        shock["chance"] = number(0.6, "share")
    return shock


def _unknown(random: Random) -> dict[str, Any]:
    signal = {"title": SIGNAL, "if_true": number(0.3, "per week"), "if_false": number(0.1, "per week")}
    return {
        "id": "bomb",
        "title": "whether there is a bomb",
        "prior": number(random.choice([0.2, 0.5]), "share"),
        "signals": [signal],
    }


def _pledge(random: Random, name: str) -> dict[str, Any]:
    pledge: dict[str, Any] = {
        "id": name,
        "title": f"the word {name}",
        "debtor": "KOR",
        "consequent": print_condition(any_condition(random, 1)),
        "force": random.choice(["threat", "promise", "policy"]),
        "kept_with": number(random.choice([0.5, 1.0]), "share"),
        "delay": number(random.randint(0, 3), "weeks"),
        "deeds": _effects(random),
    }
    if random.random() < 0.8:
        pledge["antecedent"] = print_condition(any_condition(random, 1))
    match random.randrange(3):
        case 0:
            pledge["by"] = START + timedelta(days=random.randint(7, 80))
        case 1:
            pledge["within"] = random.randint(1, 40)
        case _:
            pass
    return pledge


def _past(random: Random) -> str:
    text = random.choice(PASTS)[0]
    if random.random() < 0.5:
        text += f" since {START - timedelta(days=random.randint(1, 30))}"
    return text


# Conditions.


def any_names(random: Random, names: tuple[str, ...]) -> Names:
    if random.random() < 0.35:
        return None
    return tuple(random.sample(names, 2)) if random.random() < 0.3 else (random.choice(names),)


def any_day(random: Random) -> str:
    day = START + timedelta(days=random.randint(-20, 70))
    return day.isoformat() if random.random() < 0.85 else day.isoformat()[:7]


def any_limits(random: Random, depth: int, likely: float = 0.25) -> tuple[Limit, ...]:
    limits: list[Limit] = []
    while random.random() < likely:
        match random.randrange(9):
            case 0 | 1 | 2:
                limits.append(Last(random.randint(1, 40)))
            case 3:
                limits.append(Support(2) if random.random() < 0.5 else Grading("B", "2"))
            case 4 | 5:
                relation = random.choice(list(Relation))
                limits.append(TimeLimit(relation, any_day(random), _days(random, relation)))
            case _ if depth:
                relation = random.choice(list(Relation))
                moment = any_occurrence(random, depth - 1)
                limits.append(TimeLimit(relation, moment, _days(random, relation)))
            case _:
                pass
    return tuple(limits)


def _days(random: Random, relation: Relation) -> int | None:
    return random.randint(1, 25) if relation is Relation.WITHIN else None


STAGES = (*(Stage.DELIVERED,) * 4, *(Stage.ORDERED,) * 3, Stage.PLEDGED, Stage.CONSIDERED, Stage.WITHHELD, Stage.HALTED)


def any_occurrence(random: Random, depth: int = 2) -> Occurrence:
    limits = any_limits(random, depth)
    match random.choice("ttttpseeeec"):
        case "t":
            via = any_names(random, ACTORS) if random.random() < 0.15 else None
            flow = any_names(random, ACTORS), any_names(random, ACTORS), any_names(random, CLASSES)
            return TransferAtom(*flow, random.choice(STAGES), via, limits)
        case "p":
            parties = tuple(any_names(random, ACTORS) for _ in range(random.randint(1, 2)))
            kind = random.choice([None, PactKind.MUTUAL_DEFENCE, PactKind.ARMS_DEAL])
            return PactAtom(parties, kind, random.choice(list(PactStatus)), limits)
        case "s":
            sides = any_names(random, ACTORS), any_names(random, ACTORS)
            return StanceAtom(any_names(random, ACTORS), random.choice(list(Attitude)), *sides, limits)
        case "e":
            return EventAtom(random.choice(TITLES), limits)
        case _:
            states = [state for state in State if state is not State.STANDING]
            return CommitmentAtom(random.choice(PLEDGES), random.choice(states), limits)


def any_leaf(random: Random) -> Leaf:
    compare = random.choice(list(Compare))
    match random.randrange(10):
        case 0:
            name = random.choice([MeasureName.STOCK, MeasureName.LOSSES])
            unit = random.choice([None, "tanks"])
            figure = _figure(random, (25, 40, 50, 60))
            return MeasureAtom(any_names(random, ACTORS), name, unit, compare, figure, any_limits(random, 2))
        case 1 | 2 | 3:
            kind = random.choice(list(TotalKind))
            unit = random.choice([None, None, "rounds", "pieces"]) if kind is TotalKind.QUANTITY else None
            figure = _figure(random, (0, 1, 2, 3, 6) if kind is TotalKind.COUNT else (0, 5, 10, 20, 3000, 9000, 20000))
            flow = any_names(random, ACTORS), any_names(random, ACTORS), any_names(random, CLASSES)
            return Total(kind, *flow, random.choice(STAGES[:8]), unit, compare, figure, any_limits(random, 2))
        case 4:
            return _level_comparison(random, compare)
        case _:
            return any_occurrence(random)


def _figure(random: Random, values: tuple[float, ...]) -> Figure:
    return Named(random.choice(["few", "plain"])) if random.random() < 0.15 else float(random.choice(values))


def _level_comparison(random: Random, compare: Compare) -> LevelComparison:
    if random.random() < 0.4:
        name = random.choice(["threat", "lifted"])
        right: Figure = Named("share") if random.random() < 0.3 else random.choice([0.25, 0.5, 1.0])
        return LevelComparison(Level(LevelKind.STATE, "KOR", name), compare, right)
    actor, what = random.choice(ACTORS), random.choice(["artillery.ammunition", "armour.tank", "armour"])
    left = Level(LevelKind.STOCK, actor, what)
    if random.random() < 0.5:
        return LevelComparison(left, compare, Level(LevelKind.RESERVE, actor, what))
    return LevelComparison(left, compare, _figure(random, (0, 10, 20, 30)))


def any_condition(random: Random, depth: int = 2) -> Condition:
    if depth == 0 or random.random() < 0.5:
        return any_leaf(random)
    match random.randrange(3):
        case 0:
            return And(tuple(any_condition(random, depth - 1) for _ in range(2)))
        case 1:
            return Or(tuple(any_condition(random, depth - 1) for _ in range(2)))
        case _:
            return Not(any_condition(random, depth - 1))


def scenarios() -> st.SearchStrategy[Scenario]:
    """Scenarios of every construct."""
    return st.integers(0, 2**32).map(lambda seed: any_scenario(Random(seed))[0])
