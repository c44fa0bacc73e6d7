"""Answers about a scenario that is really run: the desk's function, its rows, its frames."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from materiel import desk
from materiel.errors import InputRefused
from materiel.outlook.answers.running import Rows
from materiel.outlook.scenario.loading import load_scenario
from materiel.outlook.weaving import weave

FILE = Path(__file__).parents[1] / "two-lines.yaml"
MEMBERS = 600


@cache
def plain() -> desk.Outlook:
    return desk.outlook(FILE, members=MEMBERS)


@cache
def rows() -> Rows:
    return Rows(weave(load_scenario(FILE), "as said"), 1)


def test_rows_as_drawn_are_the_members_themselves() -> None:
    ensemble = plain().ensembles[0]
    found = rows().running("short")(rows().drawn(MEMBERS), np.arange(MEMBERS))
    assert np.array_equal(found, ensemble.outcomes["short"])
    assert np.array_equal(rows().drawn(5, 10), rows().drawn(15)[10:])


def test_rows_are_the_same_in_any_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rows().running("short")(rows().drawn(100), np.arange(100))
    monkeypatch.setattr("materiel.outlook.answers.running._AT_ONCE", 7)
    assert np.array_equal(rows().running("short")(rows().drawn(100), np.arange(100)), whole)


def test_ranges_are_those_of_the_distributions_in_base_units() -> None:
    by_name = {one.name: (one.low, one.high) for one in rows().numbers}
    assert by_name["pace"] == (0.005, 0.04)
    assert by_name["fire"] == pytest.approx((20 * 12 * 7 / 365.25, 60 * 12 * 7 / 365.25))
    assert set(by_name) == {"pace", "line_holds", "fire", "inert"}


def test_a_number_that_a_policy_sets_is_no_longer_uncertain() -> None:
    never = Rows(weave(load_scenario(FILE), "never"), 1)
    assert "line_holds" not in {one.name for one in never.numbers}


def test_an_inert_number_drives_nothing() -> None:
    pytest.importorskip("SALib")
    found = desk.outlook(FILE, members=64, questions=desk.Questions(about="short", sensitivity=64)).sensitivity
    assert found is not None
    by_name = {one.name: one.total.value for one in found.drivers}
    assert by_name["inert"] == 0
    assert by_name["fire"] > 0.5


def test_policies_share_members_and_differ_where_they_should() -> None:
    said, never = plain().ensembles
    assert np.array_equal(said.outcomes["first gift"], never.outcomes["first gift"])
    assert np.array_equal(said.outcomes["triggered seoul"], never.outcomes["triggered seoul"])
    (comparison,) = plain().comparisons
    by_name = {(item.name, item.of): item.difference for item in comparison.items}
    assert by_name["kept seoul", ""].after == 0
    assert by_name["kept seoul", ""].change < -0.2
    assert by_name["short", "mean"].low > 0
    gain = by_name["short", "mean"].gain
    assert gain is not None
    assert gain > 2


def test_by_a_day_is_by_that_day() -> None:
    early = desk.outlook(FILE, members=MEMBERS, by="2024-12-31", policies=["as said"])
    fate = {fate.id: fate for fate in early.views[0].fates}["seoul"]
    triggered = fate.turn("triggered")
    assert triggered is not None
    # 31 December is the second day of the 27th week.
    assert triggered.by.count == int((early.ensembles[0].outcomes["triggered seoul"] <= 26).sum())
    assert triggered.by.share < triggered.wait.came.share
    assert fate.turn("nothing") is None


def test_the_story_is_that_of_the_member() -> None:
    found = desk.outlook(FILE, members=50, policies=["as said"], questions=desk.Questions(story=4))
    story, ensemble = found.story, found.ensembles[0]
    assert story is not None
    turns = {(told.about[0], told.what): told.week for told in story.told if told.what}
    for (identity, state), week in turns.items():
        assert ensemble.outcomes[f"{state} {identity}"][4] == week
    assert turns, "member 4 has something to tell"
    gift = next(told.week for told in story.told if told.about == ("gift",))
    assert ensemble.outcomes["first gift"][4] == gift
    assert story.numbers["fire"] == ensemble.table(["fire"], 4, 5)[0, 0]


def test_the_same_seed_gives_the_same_page_and_another_gives_another() -> None:
    asked = desk.Questions(discovery=True, needed=0.5, story=1)
    pages = [desk.outlook_page(desk.outlook(FILE, members=100, seed=seed, questions=asked)) for seed in (1, 1, 2)]
    assert pages[0] == pages[1]
    assert pages[0] != pages[2]


def test_frames() -> None:
    pytest.importorskip("pandas")
    frames = pytest.importorskip("materiel.outlook.answers.frames")
    chances = frames.chances_frame(plain())
    assert set(chances.policy) == {"as said", "never"}
    row = chances[(chances.policy == "never") & (chances.commitment == "seoul") & (chances.state == "kept")].iloc[0]
    assert (row.share, row.words, row.members) == (0, "almost no chance", MEMBERS)
    outcomes = frames.outcomes_frame(plain().ensembles[0])
    assert outcomes.shape[0] == MEMBERS
    assert outcomes["short"].tolist() == plain().ensembles[0].outcomes["short"].tolist()
    numbers = frames.numbers_frame(plain().ensembles[0])
    assert numbers["pace"].between(0.005, 0.04).all()


def test_a_dataset_of_series() -> None:
    pytest.importorskip("xarray")
    frames = pytest.importorskip("materiel.outlook.answers.frames")
    dataset = frames.series_dataset(plain())
    stock = dataset["stock UKR shell"]
    assert stock.dims == ("policy", "week", "member")
    assert np.array_equal(stock.sel(policy="never").values, plain().ensembles[1].series["stock UKR shell"])
    assert dataset.day.values[1] == "2024-07-08"


def test_a_notebook_shows_a_small_table() -> None:
    shown = plain()._repr_html_()
    assert shown.count("<tr>") == 1 + 2 * 2 * 5
    assert len(shown) < 6000
    assert "<script" not in shown


def test_a_scenario_made_in_python_is_checked_too() -> None:
    scenario = load_scenario(FILE)
    assert desk.outlook(scenario, members=20).members == 20
    broken = scenario.model_copy(update={"routes": (scenario.routes[0].model_copy(update={"supplier": "FRA"}),)})
    with pytest.raises(InputRefused):
        desk.outlook(broken, members=20)


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int | None]] = []
    desk.outlook(
        FILE,
        members=50,
        questions=desk.Questions(needed=0.5),
        progress=lambda what, done, in_all: told.append((what, done, in_all)),
    )
    assert ("Running as said", 50, 50) in told
    assert any(what == "What would have to be true" for what, _, _ in told)
