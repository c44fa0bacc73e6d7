"""Stocks, lines, routes, orders and needs, by hand."""

from __future__ import annotations

import pytest
from small_world import number, played, rounds, route, stock, sure, weekly, weeks_of, world


def test_a_route_sends_what_is_above_the_reserve_and_it_arrives_later() -> None:
    scenario = world(stocks=[stock("KOR", 50, 30), stock("UKR", 0)], routes=[route("sea", "KOR", "UKR", 8, delay=2)])
    assert weeks_of(scenario, "sent sea")[:4] == [8, 8, 4, 0]
    assert weeks_of(scenario, "arrived sea")[:5] == [0, 0, 8, 8, 4]
    assert weeks_of(scenario, "stock UKR shell")[-1] == 20


def test_only_a_route_that_may_draws_on_the_reserve_and_loss_is_on_the_way() -> None:
    routes = [
        route("spared", "KOR", "POL", 100),
        route("last", "KOR", "UKR", 100, draws_on_reserve=True, loss=number(0.25, "share")),
    ]
    scenario = world(stocks=[stock("KOR", 50, 30), stock("UKR", 0), stock("POL", 0)], routes=routes)
    ensemble = played(scenario)
    assert ensemble.outcomes["arrived spared"][0] == 20
    assert ensemble.outcomes["arrived last"][0] == 22.5
    assert ensemble.outcomes["ledger shell lost"][0] == 7.5
    assert ensemble.outcomes["depleted KOR shell"][0] == 0
    assert ensemble.outcomes["emptied UKR shell"][0] == 0


def test_a_backfill_is_no_more_than_what_it_fills() -> None:
    routes = [
        route("gift", "POL", "UKR", 6, when='not event("x")'),
        route("backfill", "KOR", "POL", 10, backfills="gift", delay=3),
    ]
    scenario = world(stocks=[stock("KOR", 100), stock("POL", 15), stock("UKR", 0)], routes=routes)
    gift, backfill = weeks_of(scenario, "sent gift"), weeks_of(scenario, "sent backfill")
    assert gift[:4] == [6, 6, 3, 6]
    assert backfill == gift


def test_a_line_grows_while_it_works_and_a_strike_sets_it_back() -> None:
    line = {"id": "works", "owner": "KOR", "materiel": "shell", "rate": weekly(2), "full_rate": weekly(10)}
    line |= {"ramp": number(4, "weeks"), "when": 'event("go", last 35 days)'}
    shocks = [
        {"id": "go", "title": "go", "on": "2024-07-10"},
        {
            "id": "raid",
            "title": "raid",
            "on": "2024-07-24",
            "effects": [{"line": "works", "progress_times": number(0.5, "none")}],
        },
    ]
    # It works from the week of "go" (1) for five weeks; the raid of week 3 halves what was reached.
    assert weeks_of(world(lines=[line], contingencies=shocks), "output works") == [0, 4, 6, 6, 8, 10, 0, 0, 0, 0]


def test_a_line_abroad_returns_a_share_in_a_war() -> None:
    line = {"id": "licensed", "owner": "POL", "materiel": "shell", "rate": weekly(10), "licensor": "KOR"}
    line["returns"] = {"when": 'event("war")', "share": number(0.4, "share"), "delay": 2}
    war = {"id": "war", "title": "war", "on": "2024-07-15"}
    probe = {"actor": "KOR", "name": "helped", "on": "transfer(POL -> KOR, artillery.ammunition)"}
    scenario = world(weeks=6, lines=[line], contingencies=[war], switches=[probe])
    assert weeks_of(scenario, "stock POL shell") == [10, 20, 26, 32, 38, 44]
    assert weeks_of(scenario, "stock KOR shell") == [100, 100, 100, 100, 104, 108]
    assert weeks_of(scenario, "state KOR helped") == [0, 0, 0, 0, 0, 1]


def order(name: str, buyer: str, quantity: float, **more: object) -> dict[str, object]:
    sides = {"id": name, "buyer": buyer, "supplier": "KOR", "materiel": "shell"}
    return {**sides, "quantity": rounds(quantity), **more}


def test_orders_are_served_by_priority_then_due_date_after_the_routes() -> None:
    orders = [
        order("late", "POL", 20, priority=2, due="2024-08-01"),
        order("early", "UKR", 12, priority=2, due="2024-07-20"),
        order("first", "POL", 10, priority=1, limit=weekly(4)),
    ]
    line = {"id": "works", "owner": "KOR", "materiel": "shell", "rate": weekly(10)}
    scenario = world(
        stocks=[stock("KOR", 0), stock("UKR", 0), stock("POL", 0)],
        lines=[line],
        orders=orders,
        routes=[route("gift", "KOR", "UKR", 2)],
    )
    assert weeks_of(scenario, "backlog first")[:4] == [6, 2, 0, 0]
    assert weeks_of(scenario, "backlog early")[:4] == [8, 4, 0, 0]
    assert weeks_of(scenario, "backlog late")[:6] == [20, 20, 18, 10, 2, 0]
    assert weeks_of(scenario, "delivered late")[:6] == [0, 0, 0, 2, 10, 18]


def test_an_order_is_placed_once_and_as_far_as_it_attracts() -> None:
    placed = order("later", "POL", 40, when='event("offer", last 7 days)', attraction=number(0.5, "share"))
    offers = [{"id": f"o{day}", "title": "offer", "on": f"2024-07-{day}"} for day in ("09", "23")]
    probe = {"actor": "POL", "name": "ordered", "on": "quantity(KOR -> POL, artillery.ammunition, ordered) >= 20_000"}
    scenario = world(stocks=[stock("KOR", 0), stock("POL", 0)], orders=[placed], contingencies=offers, switches=[probe])
    assert weeks_of(scenario, "backlog later")[:4] == [0, 20, 20, 20]
    assert weeks_of(scenario, "state POL ordered")[:4] == [0, 0, 1, 1]


def test_orders_that_stand_are_known_from_the_start_with_their_worth() -> None:
    price = number(2, "USD per round")
    standing = order("old", "POL", 3, placed="2024-01-10", unit_value=price)
    worth = "value(KOR -> POL, artillery.ammunition, ordered"
    probes = [
        {"actor": "POL", "name": "all", "on": f"{worth}) == 6000"},
        {"actor": "POL", "name": "recent", "on": f"{worth}, last 30 days) > 0"},
        {"actor": "POL", "name": "came", "on": "value(KOR -> POL, artillery.ammunition) == 6000"},
    ]
    scenario = world(orders=[standing], switches=probes, weeks=4)
    assert weeks_of(scenario, "state POL all") == [1, 1, 1, 1]
    assert weeks_of(scenario, "state POL recent") == [0, 0, 1, 1]
    assert weeks_of(scenario, "state POL came") == [0, 0, 1, 1]


def test_what_is_short_for_weeks_in_a_row_has_effects_once() -> None:
    unmet = {"share": number(0.1, "share"), "weeks": 3, "effects": [{"happens": 'event("hunger")'}]}
    need = {"actor": "UKR", "materiel": "shell", "per_week": weekly(5), "when_unmet": unmet}
    probe = {
        "actor": "UKR",
        "name": "hungry",
        "on": 'event("hunger", last 7 days)',
        "off": 'not event("hunger", last 7 days)',
    }
    scenario = world(stocks=[stock("UKR", 12)], needs=[need], switches=[probe])
    assert weeks_of(scenario, "unmet UKR shell")[:4] == [0, 0, 3, 5]
    assert weeks_of(scenario, "state UKR hungry") == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert played(scenario).outcomes["emptied UKR shell"][0] == 2


def test_a_stock_loses_a_share_in_an_event() -> None:
    fire = sure("fire", "fire", once=True, effects=[{"stock": ("KOR", "shell"), "lose_share": number(0.3, "share")}])
    ensemble = played(world(events=[fire]))
    assert ensemble.outcomes["final KOR shell"][0] == pytest.approx(70)
    assert ensemble.outcomes["ledger shell lost"][0] == pytest.approx(30)
