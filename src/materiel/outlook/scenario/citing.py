"""Which entries of a register a scenario names as its evidence, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.leaves import numbers_of


def cited(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Each place that names evidence, with each entry that it names, in the order of the scenario."""
    for place, _, number in numbers_of(scenario):
        yield from ((place, entry) for entry in number.evidence)
    for pledge in scenario.commitments:
        yield from ((f"commitments.{pledge.id}", entry) for entry in pledge.evidence)


def unfounded(scenario: Scenario, entries: Collection[str]) -> tuple[str, ...]:
    """A sentence for each entry that a scenario names and that a dossier does not have, so that nobody can look it up.

    Entries are named after what was read, so they change with the articles and with the reader.
    """
    places: dict[str, list[str]] = {}
    for place, entry in cited(scenario):
        if entry not in entries:
            places.setdefault(entry, []).append(place)
    return tuple(
        f"The dossier has no entry {entry}, which the scenario names as evidence of {', '.join(found)}."
        for entry, found in places.items()
    )
