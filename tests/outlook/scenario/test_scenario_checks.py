"""Checks across the parts of a scenario: whatever names something names it, units fit, dates lie in the run."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_samples import PLAIN, changed, plain, refused

from materiel.outlook.refusals import PolicyRefused, Problem, ScenarioRefused
from materiel.outlook.scenario.checks import MAX_PROBLEMS, checked, problems_of
from materiel.outlook.scenario.elements import Policy, Route, Scenario
from materiel.outlook.scenario.loading import located
from materiel.outlook.scenario.numbers import Number
from materiel.outlook.scenario.policies import apply

SHELLS = "{value: 100, unit: thousand rounds, source: y}"
FIRST = "  - {owner: KOR, materiel: shell, opening: {value: 100, unit: thousand rounds, source: y}}\n"
STATE = "  - actor: KOR\n    name: threat\n"

ENDS = "    recipient: UKR\n    materiel: shell"
EFFECT = "      - {state: [KOR, threat], to"
EMPTY = "{value: 0, unit: rounds, source: y}"

MISTAKES = [
    # names of nothing
    (
        "supplier: KOR\n    recipient: UKR",
        "supplier: KORE\n    recipient: UKR",
        "'KORE' is no actor. Fits: KOR (South Korea)",
    ),
    ("debtor: KOR", "debtor: Seoul Inc", "'Seoul Inc' is no actor"),
    (
        "class: artillery.rocket",
        "class: artillery.rockets",
        "'artillery.rockets' is no class of materiel. Fits: artillery.rocket",
    ),
    (
        "  - actor: UKR\n    materiel: shell",
        "  - actor: UKR\n    materiel: shells",
        "'shells' is no materiel of this scenario. Fits: shell",
    ),
    ("limit: $cap", "limit: $cup", "routes.direct.limit: $cup is no named number. Fits: cap"),
    (
        "limit: $cap",
        "limit: $cap * stock(KOR, rocket)",
        "in stock(KOR, rocket): KOR has no stock of 'rocket'. Fits: shell",
    ),
    (
        "limit: $cap",
        "limit: $cap * sent(directly)",
        "in sent(directly): 'directly' is no route of this scenario. Fits: direct",
    ),
    ("limit: $cap", "limit: $cap * waiting(frames)", "'frames' is no order of this scenario. Fits: frame"),
    ("limit: $cap", "limit: $cap * output(work)", "'work' is no line of this scenario. Fits: works"),
    ("limit: $cap", "limit: $cap * fact(x)", "'x' is no unknown of this scenario. There is none in this scenario"),
    ("limit: $cap", "limit: $cap * kept(words)", "'words' is no commitment of this scenario. Fits: word"),
    ("limit: $cap", "limit: $cap * backlog(UKR, shell)", "UKR has no order to serve in this scenario"),
    ("limit: $cap", "limit: $cap * unmet(KOR, shell)", "KOR has no need in this scenario. Fits: UKR shell"),
    (
        "happened(summit)",
        "happened(summits)",
        "in happened(summits): 'summits' is no event of this scenario. Fits: summit",
    ),
    ("happened(summit)", "happend(summit)", "Formula refused at column 1: 'happend' is no function. Fits: happened"),
    ("state(KOR, threat) > $limit", "state(KOR, thread) > $limit", "KOR has no state 'thread'. Fits: threat"),
    (
        "state(KOR, threat) > $limit",
        "state(UKR, threat) > $limit",
        "UKR has no state in this scenario. Fits: KOR threat",
    ),
    ("state(KOR, threat) > $limit", "state(KOR, threat) > $limits", "$limits is no named number. Fits: limit"),
    (
        "state(KOR, threat) > $limit",
        "stock(UKR, airdefence) > $limit",
        "is of nothing in this scenario: UKR has stocks of artillery",
    ),
    ("state(KOR, threat) > $limit", "state(KOR, threat) >> 1", "Condition refused at column 21"),
    (
        "state(KOR, threat) > $limit",
        'event("summit")',
        'event("summit") never happens here: no event has that title. Fits: the summit',
    ),
    ("state(KOR, threat) > $limit", 'transfer(KOR -> UKR) after event("summit")', 'event("summit") never happens here'),
    ("state(KOR, threat) > $limit", "commitment(sword, kept)", "'sword' is no commitment of this scenario. Fits: word"),
    ("state: [KOR, threat]", "state: [KOR, lift]", "KOR has no state 'lift'. Fits: lifted"),
    (
        "state: [KOR, threat], to:",
        "state: [KOR, lifted], add:",
        "lifted is a switch, in force (1) or not (0), which only",
    ),
    (EFFECT, "      - happens: commitment(word, kept)\n" + EFFECT, "a commitment comes into a state by itself"),
    (EFFECT, "      - {withdraw: words}\n" + EFFECT, "'words' is no commitment"),
    (
        "    delay: 3\n",
        "    delay: 3\n    backfills: indirect\n",
        "'indirect' is no route of this scenario. Fits: direct",
    ),
    (
        "      cap: {value: 20",
        "      cup: {value: 20",
        "policies.more.sets.cup: 'cup' is no named number of this scenario. Fits: cap",
    ),
    # one of each, and names that can be written
    (FIRST, FIRST * 2, "stocks.KOR.shell: 'KOR.shell' stands under stocks already"),
    ("id: war\n", "id: summit\n", "contingencies.summit: 'summit' stands under events already"),
    ("title: a war", "title: The  Summit", "'summit' has the same title, and conditions know events by their titles"),
    (
        "actor: KOR, name: lifted",
        "actor: KOR, name: threat",
        "switches.KOR.threat: 'KOR.threat' stands under states already",
    ),
    ("id: frame", "id: frame order", "'frame order' is no id"),
    ("  limit: {value: 0.5", "  li-mit: {value: 0.5", "'li-mit' is no name. A name is made of letters, digits and _"),
    # from and to somewhere
    (ENDS, "    recipient: POL\n    materiel: shell", "routes.direct.recipient: POL has no stock of shell"),
    (ENDS, "    recipient: KOR\n    materiel: shell", "it leads from KOR to KOR"),
    (
        "    delay: 3\n",
        "    delay: 3\n    backfills: direct\n",
        "'direct' has to be listed before the route that backfills it",
    ),
    # effects and declarations
    (
        "{state: [KOR, threat], to: ",
        "{state: [KOR, threat], stock: [KOR, shell], to: ",
        "has exactly one of state, line, stock",
    ),
    (
        "{state: [KOR, threat], to: ",
        "{line: works, to: ",
        "an effect on line has exactly one of progress_times; here: to",
    ),
    (EFFECT, "      - {state: [KOR, threat]}\n" + EFFECT, "has exactly one of add, times, to; here: nothing"),
    (EFFECT, '      - happens: not event("x")\n' + EFFECT, "no 'or', no 'not'"),
    (EFFECT, "      - happens: transfer(KOR -> UKR, missile)\n" + EFFECT, "so that nothing is delivered by it"),
    (EFFECT, "      - happens: stance(*, warns)\n" + EFFECT, "the holder has to be a single one"),
    (EFFECT, '      - happens: event("y", last 3 days)\n' + EFFECT, "what is declared has no limits"),
    (
        "policies:",
        "so_far: ['measure(KOR, export-value) >= 3']\npolicies:",
        "so_far.1: what is declared is so much and no more: ==",
    ),
    ("policies:", "so_far: ['pact(KOR, USA)']\npolicies:", "so_far.1: the kind of the pact is missing"),
    ("policies:", "so_far: ['pact(KOR, USA, mutual-defence) since 2025']\npolicies:", "2025 is not before the start"),
    # dates and choices
    ("on: 2024-09-01", "on: 2025-09-01", "2025-09-01 is outside the run, 2024-07-01 to 2024-11-17"),
    ("on: 2024-09-01", "on: 2024-06-30", "2024-06-30 is outside the run"),
    ("    on: 2024-09-01\n", "", "a contingency has either on: a date, or when: a condition"),
    ("placed: 2024-08-01", "placed: 2026-08-01", "2026-08-01 is after the end of the run"),
    ("due: 2024-10-01", "due: 2024-07-01", "2024-07-01 is before it is placed, 2024-08-01"),
    ("    force: promise", "    by: 2024-01-01\n    force: promise", "2024-01-01 is before the run"),
    ("    force: promise", "    by: 2024-11-01\n    within: 30\n    force: promise", "not both"),
    ("lifted, on: 'event(\"the summit\")'}", "lifted}", "a switch that neither on nor off can turn"),
    # units and bounds
    (
        EMPTY,
        "{value: 0, unit: pieces, source: y}",
        "'pieces' is not what the materiel is counted in, 'thousand rounds'",
    ),
    (
        EMPTY,
        "{value: 0, unit: weeks, source: y}",
        "'weeks' is a time, and this is an amount of the materiel. Fits: thousand rounds",
    ),
    (
        EMPTY,
        "{value: -1, unit: rounds, source: y}",
        "an amount of the materiel cannot be less than 0, and here it may be -0.001",
    ),
    (EMPTY, "{normal: [3, 1], unit: rounds, source: y}", "cannot be less than 0, as normal may be"),
    (EMPTY, "{chance: 0.5, unit: rounds, source: y}", "a chance is 0 or 1, and has no unit 'rounds'"),
    ("class: artillery.rocket, unit: pieces", "class: artillery.rocket, unit: pieces per week", "materiel is counted"),
    (
        "class: artillery.rocket, unit: pieces",
        "class: artillery.rocket, unit: rounds",
        "materiel is counted in 'rounds', 'thousand rounds'",
    ),
    ("kept_with: {value: 90", "kept_with: {value: 190", "a share cannot be more than 1, and here it may be 1.9"),
    (
        "kept_with: {value: 90",
        "kept_with: {lognormal: [90, 2]",
        "a share cannot be more than 1; value, uniform and triangular",
    ),
    ("fades: {value: 10", "fades: {value: 0.5", "0.5 weeks is too short"),
    ("limit: $cap", "limit: $limit", "$limit: 'share' is a share, and this is an amount of the materiel per time"),
    (
        "cap: {value: 20, unit: thousand rounds per week",
        "cap: {value: 20, unit: weeks",
        "'weeks' is a time, and $cap is in 'thousand rounds per week'",
    ),
    (
        "sets:\n      cap: {value: 20",
        "sets:\n      cap: {value: -20",
        "routes.direct.limit: $cap: an amount of the materiel per time cannot be less than 0",
    ),
    ("gain: $limit", "gain: {value: 3, unit: rounds, source: x}", "'rounds' is an amount, and this is a plain number"),
    (
        "hazard: {value: 1, unit: per year",
        "hazard: {value: 1, unit: per years of",
        "the unit 'per years of' cannot be read",
    ),
    ("limit: $cap", "limit: '3'", "routes.direct.limit: a formula of nothing but numbers has neither unit nor reason"),
    (
        "limit: $cap",
        "limit: 2 * 3",
        "routes.direct.limit: a formula of nothing but numbers has neither unit nor reason",
    ),
    # like to like
    ("limit: $cap", "limit: $cap + $limit", "'round' and a plain number cannot be added (+)"),
    ("limit: $cap", "limit: min($cap, state(KOR, threat))", "'round' and a plain number cannot be compared (min)"),
    ("limit: $cap", "limit: if($limit, $cap, week)", "'round' and a plain number cannot stand for one another (if)"),
    ("limit: $cap", "limit: $cap * stock(UKR, shell)", "comes to 'round to the power of 2', and this is an amount"),
    ("limit: $cap", "limit: stock(KOR, shell) / $cap", "it comes to a plain number, and this is an amount of the"),
    ("hazard: {value: 1, unit: per year, assumption: x}", "hazard: $limit * total(direct)", "it comes to 'round'"),
    # before its time, and in circles
    (
        "opening: " + SHELLS,
        "opening: 'stock(UKR, shell)'",
        "it is taken before the first week, when there is no stock yet",
    ),
    ("opening: " + SHELLS, "opening: week * 2", "it is taken before the first week, when there is no week yet"),
    (
        "opening: " + SHELLS + "}",
        "opening: " + SHELLS + ", reserve: 'reserve(UKR, shell)'}\n"
        "  - {owner: POL, materiel: shell, opening: $limit, reserve: 'reserve(KOR, shell)'}",
        "$limit: 'share' is a share",
    ),
    ("opening: " + SHELLS, "reserve: 1 + reserve(KOR, shell), opening: " + SHELLS, "in { } and [ ]"),
    (
        "opening: " + SHELLS,
        "reserve: '1 + reserve(KOR, shell)', opening: " + SHELLS,
        "reserve(KOR, shell) asks for itself in a circle",
    ),
    (
        "title: Sent, formula: total(direct)",
        "title: Sent, bad: many, formula: total(direct)",
        "'many' is no comparison with a number",
    ),
]


@pytest.mark.parametrize(("old", "new", "words"), MISTAKES, ids=[words[:60] for _, _, words in MISTAKES])
def test_what_does_not_fit_is_told(old: str, new: str, words: str) -> None:
    problems = refused(changed(old, new))
    assert any(words.lower() in problem.lower() for problem in problems), problems
    assert all(problem.startswith("line ") for problem in problems)


@pytest.mark.parametrize(
    "formula",
    [
        "$cap * (1 - stock(UKR, shell) / (stock(UKR, shell) + stock(KOR, shell)))",
        "0.5 * $cap + 3 * week",
        "stock(UKR, shell) / 4",
        "max(0, stock(KOR, shell) - reserve(KOR, shell)) * (sent(direct) < output(works))",
        "if(state(KOR, lifted), $cap, 0)",
        "'0'",
    ],
)
def test_like_is_added_to_like(formula: str) -> None:
    assert refused(changed("limit: $cap", f"limit: {formula}")) == ()


def test_a_level_of_two_units_is_refused() -> None:
    text = changed("state(KOR, threat) > $limit", "stock(UKR, arms) > 3").replace(
        "  - {owner: UKR",
        "  - {owner: UKR, materiel: rocket, opening: {value: 0, unit: pieces, source: y}}\n  - {owner: UKR",
    )
    (problem,) = refused(text)
    assert "stock(UKR, arms) would add up 'pieces', 'thousand rounds'. Name a class" in problem


def test_an_effect_can_turn_a_switch() -> None:
    assert refused(changed("state: [KOR, threat], to:", "state: [KOR, lifted], to:")) == ()


def test_a_flood_of_problems_is_cut_off() -> None:
    many = "".join(f"  - {{owner: KOR, materiel: m{number}, opening: $x}}\n" for number in range(2000))
    assert len(refused(PLAIN.replace("stocks:\n", "stocks:\n" + many))) == MAX_PROBLEMS


def test_a_later_refusal_gets_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "plain.yaml"
    file.write_text(PLAIN, encoding="utf-8")
    later = ScenarioRefused("scenario", [Problem("routes.direct.when", "why"), Problem("a condition", "what")])
    assert located(later, file).lines == (
        f"{file}: scenario refused, 2 problems:",
        "  a condition: what.",
        "  line 34, routes.direct.when: why.",
    )


def test_actors_can_be_declared() -> None:
    text = changed("debtor: KOR", "debtor: XYZ").replace("numbers:\n", "actors:\n  XYZ: somebody\nnumbers:\n", 1)
    assert refused(text) == ()


def test_a_scenario_made_in_python_gets_the_same_checks() -> None:
    scenario = plain()
    assert checked(scenario) is scenario
    wrong = scenario.model_copy(update={"routes": (scenario.routes[0].model_copy(update={"limit": "$cup"}),)})
    with pytest.raises(ScenarioRefused, match=r"plain: scenario refused, 1 problem:\n  routes.direct.limit: \$cup is"):
        checked(wrong)


def test_parts_made_in_python() -> None:
    number = Number(value=1, unit="thousand rounds per week", assumption="x")
    route = Route(id="a", supplier="KOR", recipient="UKR", materiel="shell", delay=2, limit=number)
    assert route.delay == 2
    scenario = plain()
    assert problems_of(scenario.model_copy(update={"routes": (*scenario.routes, route)})) == ()


def test_a_policy_sets_numbers() -> None:
    scenario = plain()
    under = apply(scenario, "more")
    assert under.numbers["cap"].value == 20
    assert under.numbers["limit"] is scenario.numbers["limit"]
    assert apply(scenario, None) is scenario
    with pytest.raises(PolicyRefused, match=r"'mroe' is no policy of plain. Fits: more."):
        apply(scenario, "mroe")


def test_a_policy_made_in_python_is_checked() -> None:
    one = Number(value=1, unit="thousand rounds per month", assumption="x")
    assert apply(plain(), Policy(about="less", sets={"cap": one})).numbers["cap"] == one
    with pytest.raises(ScenarioRefused, match="'cup' is no named number"):
        apply(plain(), Policy(about="less", sets={"cup": one}))


def test_checks_hold_for_the_whole_language() -> None:
    """Every part of the language is in the plain scenario or in the bundled ones, so that every walk is walked."""
    fields = set(Scenario.model_fields)
    used = {name for name in fields if getattr(plain(), name)}
    assert fields - used == {"actors", "dossier", "so_far", "unknowns"}
