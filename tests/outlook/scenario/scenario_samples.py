"""A small scenario that fits together, to be changed in one place, and the refusals that a change brings."""

from __future__ import annotations

from pathlib import Path

from materiel.outlook.refusals import ScenarioRefused
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.loading import scenario_from_text

ROOT = Path(__file__).parents[3]
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))

PLAIN = """\
name: plain
about: A scenario for tests.
start: 2024-07-01
weeks: 20
numbers:
  cap: {uniform: [4, 16], unit: thousand rounds per week, assumption: x}
  limit: {value: 0.5, unit: share, assumption: x}
materiel:
  shell: {class: artillery.ammunition, unit: thousand rounds}
  rocket: {class: artillery.rocket, unit: pieces}
stocks:
  - {owner: KOR, materiel: shell, opening: {value: 100, unit: thousand rounds, source: y}}
  - {owner: UKR, materiel: shell, opening: {value: 0, unit: rounds, source: y}}
lines:
  - id: works
    owner: KOR
    materiel: shell
    rate: {value: 1, unit: thousand rounds per week, assumption: x}
orders:
  - id: frame
    buyer: UKR
    supplier: KOR
    materiel: shell
    quantity: {value: 10, unit: thousand rounds, assumption: x}
    placed: 2024-08-01
    due: 2024-10-01
routes:
  - id: direct
    supplier: KOR
    recipient: UKR
    materiel: shell
    delay: 3
    limit: $cap
    when: state(KOR, threat) > $limit
needs:
  - actor: UKR
    materiel: shell
    per_week: {value: 5, unit: thousand rounds per week, assumption: x}
states:
  - actor: KOR
    name: threat
    base: {value: 0.2, unit: share, assumption: x}
    fades: {value: 10, unit: weeks, assumption: x}
    drives:
      - by: happened(summit)
        gain: $limit
switches:
  - {actor: KOR, name: lifted, on: 'event("the summit")'}
events:
  - id: summit
    title: the summit
    hazard: {value: 1, unit: per year, assumption: x}
commitments:
  - id: word
    title: a word
    debtor: KOR
    antecedent: event("the summit")
    consequent: quantity(KOR -> UKR, artillery.ammunition) >= 1000
    force: promise
    kept_with: {value: 90, unit: percent, assumption: x}
    delay: {value: 2, unit: weeks, assumption: x}
contingencies:
  - id: war
    title: a war
    on: 2024-09-01
    effects:
      - {state: [KOR, threat], to: {value: 1, unit: share, assumption: x}}
policies:
  more:
    about: more
    sets:
      cap: {value: 20, unit: thousand rounds per week, assumption: x}
outcomes:
  sent: {title: Sent, formula: total(direct), unit: thousand rounds}
"""


def plain() -> Scenario:
    return scenario_from_text(PLAIN, "plain.yaml")


def changed(old: str, new: str) -> str:
    """The plain scenario with one piece of its text changed; the piece stands there exactly once."""
    assert PLAIN.count(old) == 1, f"{old!r} stands there {PLAIN.count(old)} times"
    return PLAIN.replace(old, new)


def refused(text: str) -> tuple[str, ...]:
    """The problems of a text, each as it is shown; none if it is taken."""
    try:
        scenario_from_text(text, "f.yaml")
    except ScenarioRefused as refusal:
        return tuple(map(str, refusal.problems))
    return ()
