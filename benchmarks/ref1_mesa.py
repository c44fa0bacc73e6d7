"""The reference scenario as agents of Mesa: actors, lines and routes; one model is one member, one step one week."""

from __future__ import annotations

import math

import mesa
from ref1_rivals import BASE, FLOORS, GAIN, ROUTES, TAU, WEEKS, member_luck


class Actor(mesa.Agent):  # type: ignore[misc]
    def __init__(self, model: Ref1, place: int, stocks: list[float]) -> None:
        super().__init__(model)
        self.place, self.stocks, self.threat = place, stocks, BASE[place]

    def spare(self, materiel: int) -> float:
        return max(0.0, self.stocks[materiel] - FLOORS[self.place][materiel])

    def feel(self) -> None:
        drive = self.model.drives[self.place]
        self.threat += (BASE[self.place] + GAIN[self.place] * drive - self.threat) / TAU[self.place]


class Line(mesa.Agent):  # type: ignore[misc]
    def __init__(
        self, model: Ref1, owner: Actor, materiel: int, rates: tuple[float, float], ramp: float, waits: bool
    ) -> None:
        super().__init__(model)
        self.owner, self.materiel, self.rates, self.ramp, self.waits = owner, materiel, rates, ramp, waits
        self.progress = 0.0

    def produce(self) -> None:
        if not self.waits or self.model.expanding:
            self.progress = min(1.0, self.progress + 1.0 / self.ramp)
            low, high = self.rates
            self.owner.stocks[self.materiel] += low + (high - low) * self.progress


class Route(mesa.Agent):  # type: ignore[misc]
    def __init__(self, model: Ref1, place: int) -> None:
        super().__init__(model)
        supplier, recipient, self.materiel, delay = ROUTES[place]
        self.place, self.supplier, self.recipient = place, model.actors[supplier], model.actors[recipient]
        self.underway = [0.0] * delay
        self.arrived = self.sent = 0.0

    def arrive(self) -> None:
        self.arrived = self.underway[self.model.week % len(self.underway)]
        self.recipient.stocks[self.materiel] += self.arrived

    def dispatch(self) -> None:
        self.sent = min(self.model.limit(self.place), self.supplier.spare(self.materiel))
        self.supplier.stocks[self.materiel] -= self.sent
        self.underway[self.model.week % len(self.underway)] = self.sent


class Ref1(mesa.Model):  # type: ignore[misc]
    def __init__(self, seed: int, member: int) -> None:
        super().__init__(seed=0)
        values, self.luck = member_luck(seed, member)
        su0, sk0, self.d0, self.cap0, self.cap1, self.cap2, self.th0, self.th1, *lams, ramp1 = values
        self.lam0, self.lam1, self.lam3 = lams
        openings = (
            [su0, 500.0, 900.0],
            [sk0, 200.0, 300.0],
            [300.0, 40.0, 200.0],
            [4000.0, 400.0, 500.0],
            [5000.0, 0.0, 50.0],
        )
        self.actors = [Actor(self, place, stocks) for place, stocks in enumerate(openings)]
        self.lines = [
            Line(self, self.actors[actor], materiel, rates, ramp, waits)
            for actor, materiel, rates, ramp, waits in (
                (0, 0, (9.0, 20.0), 78.0, False),
                (1, 0, (4.0, 12.0), ramp1, True),
                (3, 0, (45.0, 60.0), 52.0, False),
                (0, 2, (8.0, 16.0), 60.0, False),
            )
        ]
        self.routes = [Route(self, place) for place in range(len(ROUTES))]
        self.week = self.events = self.restricted = 0
        self.pieces = self.blocked = self.unmet = self.received = 0.0
        self.deal = self.lifted = self.expanding = self.restricting = False
        self.first, self.margin = WEEKS, 1e30
        self.drives: tuple[float, ...] = ()

    def limit(self, place: int) -> float:
        match place:
            case 0:
                return 0.0 if self.blocked > 0.0 else self.cap0 * 0.5 if self.restricting else self.cap0
            case 1:
                return min(self.cap1, self.routes[0].sent)
            case 2:
                return self.cap2 if self.lifted else 0.0
            case 3:
                return 0.0 if self.blocked > 0.0 else 15.0
            case 4:
                return 40.0
            case _:
                return 4.0 if self.deal else 0.0

    def step(self) -> None:
        self.happen()
        self.decide()
        agents = self.agents_by_type
        agents[Line].do("produce")
        agents[Route].do("arrive")
        self.pieces += self.routes[5].arrived
        both = self.routes[0].arrived + self.routes[2].arrived
        self.received += both
        agents[Route].do("dispatch")
        self.use(both)
        agents[Actor].do("feel")
        if self.blocked > 0.0:
            self.blocked -= 1.0
        self.margin = min(self.margin, self.actors[0].stocks[0] - 800.0)
        self.week += 1

    def happen(self) -> None:
        _, korea, ukraine, russia, north = self.actors
        near = min(1.0, self.pieces / self.th0)
        rates = (
            0.0 if self.deal else self.lam0 * (1.0 + 2.0 * russia.threat),
            self.lam1 * (1.0 + ukraine.threat) if self.blocked == 0.0 else 0.0,
            0.015 * (1.0 + self.lifted),
            self.lam3 * (1.0 + 2.0 * near) * (1.0 + north.threat),
        )
        struck = [u < 1.0 - math.exp(-rate) for u, rate in zip(self.luck[self.week], rates, strict=True)]
        self.events += sum(struck)
        self.deal = self.deal or struck[0]
        if struck[1]:
            self.blocked = 4.0
        if struck[2]:
            self.lines[2].progress *= 0.5
        if struck[3]:
            korea.threat = min(1.0, korea.threat + 0.15)

    def decide(self) -> None:
        if not self.lifted and self.pieces >= self.th0:
            self.lifted, self.first = True, self.week
        self.expanding = self.expanding or self.actors[1].threat >= self.th1
        spare = self.actors[0].stocks[0] - 800.0
        self.restricting = spare <= 250.0 if self.restricting else spare < 100.0
        self.restricted += self.restricting

    def use(self, both: float) -> None:
        america, _, ukraine, russia, _ = self.actors
        grown = 1.0 + 0.4 * russia.stocks[0] / (russia.stocks[0] + 4000.0)
        need = self.d0 * grown
        used = min(ukraine.stocks[0], need)
        ukraine.stocks[0] -= used
        short = need - used
        self.unmet += short
        ukraine.stocks[2] -= min(ukraine.stocks[2], 12.0 * grown)
        self.drives = (
            max(0.0, 1.0 - america.stocks[0] / 1600.0),
            min(1.0, self.pieces / self.th0),
            short / need,
            min(1.0, both / self.d0),
            float(self.lifted),
        )


def run_mesa(seed: int, member: int) -> list[float]:
    model = Ref1(seed, member)
    for _ in range(WEEKS):
        model.step()
    actors = model.actors
    return [
        model.unmet,
        actors[2].stocks[0],
        float(model.first),
        model.received,
        actors[1].threat,
        float(model.events),
        model.margin,
        float(model.restricted),
    ]
