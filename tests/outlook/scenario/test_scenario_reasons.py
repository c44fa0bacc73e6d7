"""Where numbers come from, and blanks: what is counted, and what is asked before a scenario runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_samples import PLAIN, SCENARIOS, changed, plain

from materiel.outlook.refusals import BlanksRefused, ScenarioRefused
from materiel.outlook.scenario.blanks import blanks, load_complete
from materiel.outlook.scenario.loading import load_scenario, scenario_from_text
from materiel.outlook.scenario.shares import Basis, shares


def bases(text: str) -> dict[str, list[Basis]]:
    found: dict[str, list[Basis]] = {}
    for number in shares(scenario_from_text(text, "f")).numbers:
        found.setdefault(number.place, []).append(number.basis)
    return found


def test_each_number_is_counted_once_by_what_it_rests_on() -> None:
    counted = shares(plain())
    shown = {(number.place, number.shown, str(number.basis), number.why) for number in counted.numbers}
    assert ("numbers.cap", "uniform 4 to 16 thousand rounds per week", "assumption", "x") in shown
    assert ("stocks.KOR.shell.opening", "100 thousand rounds", "source", "y") in shown
    assert ("routes.direct.delay", "3 weeks", "none", "") in shown
    assert ("commitments.word.consequent", "1_000", "none", "") in shown
    assert not any(place.startswith(("policies", "outcomes")) for place, *_ in shown)
    assert sum(counted.count(basis) for basis in Basis) == len(counted.numbers)
    assert counted.share(Basis.NONE) == counted.count(Basis.NONE) / len(counted.numbers)
    assert counted.lines == (
        "2 of 16 numbers (12 %) rest on a public source.",
        "11 of 16 numbers (69 %) are assumptions.",
        "3 of 16 numbers (19 %) are given without a reason.",
    )


def test_an_assumption_beside_evidence_is_an_assumption() -> None:
    assert bases(changed("source: y}}\n  - {owner: UKR", "evidence: tr-1, source: y}}\n  - {owner: UKR"))[
        "stocks.KOR.shell.opening"
    ] == [Basis.SOURCE]
    assert bases(changed("source: y}}\n  - {owner: UKR", "evidence: tr-1}}\n  - {owner: UKR"))[
        "stocks.KOR.shell.opening"
    ] == [Basis.EVIDENCE]
    assert bases(changed("assumption: x}\n  limit", "assumption: x, evidence: [tr-1, tr-2]}\n  limit"))[
        "numbers.cap"
    ] == [Basis.ASSUMPTION]


def test_numbers_inside_formulas_need_a_reason_too() -> None:
    assert bases(changed("limit: $cap", "limit: 0.5 * $cap + min(1, -1, 0) * 3"))["routes.direct.limit"] == [
        Basis.NONE,
        Basis.NONE,
    ]
    assert "routes.direct.limit" not in bases(changed("limit: $cap", "limit: $cap * (1 - state(KOR, lifted))"))


def test_thresholds_in_conditions_need_a_reason_but_those_of_switches() -> None:
    assert bases(changed("state(KOR, threat) > $limit", "state(KOR, threat) > 0.7"))["routes.direct.when"] == [
        Basis.NONE
    ]
    assert "routes.direct.when" not in bases(changed("state(KOR, threat) > $limit", "state(KOR, lifted) > 0.5"))
    told = bases(changed("    force: promise", "    evidence: [co-1]\n    force: promise"))
    assert told["commitments.word.consequent"] == [Basis.EVIDENCE]


def test_a_delay_with_a_reason_is_counted_by_it() -> None:
    assert bases(changed("delay: 3", "delay: {value: 3, unit: weeks, source: y}"))["routes.direct.delay"] == [
        Basis.SOURCE
    ]


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_in_bundled_scenarios_every_number_has_a_reason(file: Path) -> None:
    without = [number for number in shares(load_scenario(file)).numbers if number.basis in {Basis.NONE, Basis.BLANK}]
    assert without == []


def test_a_scenario_without_blanks_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "plain.yaml"
    file.write_text(PLAIN, encoding="utf-8")
    assert load_complete(file) == plain()
    assert blanks(plain()) == ()


def test_blanks_are_listed_with_their_lines(tmp_path: Path) -> None:
    text = changed("{value: 0, unit: rounds, source: y}", '{blank: "What has Kyiv?", unit: rounds}')
    text = text.replace("delay: 3", 'delay: {blank: "How long by sea?", unit: weeks}')
    file = tmp_path / "draft.yaml"
    file.write_text(text, encoding="utf-8")
    assert len(blanks(load_scenario(file))) == 2
    with pytest.raises(BlanksRefused) as caught:
        load_complete(file)
    assert str(caught.value) == (
        f"{file}: it cannot be run yet: 2 numbers are blank. Give each a value or a distribution, and say where it "
        "comes from (evidence, source or assumption):\n"
        "  line 13, stocks.UKR.shell.opening: What has Kyiv? (in rounds).\n"
        "  line 32, routes.direct.delay: How long by sea? (in weeks)."
    )
    assert isinstance(caught.value, ScenarioRefused)
