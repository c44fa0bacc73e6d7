"""The outlook: what ensembles of a scenario say, with all that they rest on. It says what follows, not what comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from materiel.outlook.answers.discovery import Discovery
from materiel.outlook.answers.needed import WhatNeeded
from materiel.outlook.answers.sensitivity import Sensitivity
from materiel.outlook.answers.story import Story
from materiel.outlook.answers.view import Comparison, View
from materiel.outlook.ensemble import Ensemble
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.shares import Shares
from materiel.terms.likelihood import likelihood_words


@dataclass(frozen=True)
class Outlook:
    """What ensembles of a scenario say.

    Attributes:
        digest: of the scenario's text.
        by: the day up to which chances of commitments are told.
        shares: where the scenario's numbers come from.
        ensembles: one for each policy, all of the same members on the same draws.
        views: of the ensembles, in their order.
        comparisons: of the first policy with each of the others.
        sensitivity, discovery, needed, story: under the first policy, where they were asked for.
    """

    scenario: Scenario
    digest: str
    seed: int
    members: int
    by: date
    shares: Shares
    ensembles: tuple[Ensemble, ...]
    views: tuple[View, ...]
    comparisons: tuple[Comparison, ...]
    sensitivity: Sensitivity | None = None
    discovery: Discovery | None = None
    needed: WhatNeeded | None = None
    story: Story | None = None

    def _repr_html_(self) -> str:
        """A small table for notebooks: each commitment, each state that it came into by the day."""
        rows = "".join(
            f"<tr><td>{escape(view.policy or 'as it stands')}</td><td>{escape(fate.id)}</td><td>{turn.state}</td>"
            f"<td>{turn.by.share:.1%}</td><td>{turn.by.low:.1%} to {turn.by.high:.1%}</td>"
            f"<td>{likelihood_words(turn.by.low, turn.by.high)}</td></tr>"
            for view in self.views
            for fate in view.fates
            for turn in fate.turns
        )
        heads = "".join(f"<th>{head}</th>" for head in ("policy", "commitment", "state", "share", "95 %", "in words"))
        return (
            f"<p><b>{escape(self.scenario.name)}</b>: {self.members:,} members, seed {self.seed}, "
            f"to {self.by.isoformat()}</p><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )
