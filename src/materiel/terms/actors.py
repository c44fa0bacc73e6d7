"""Who supplies and who receives: states, bodies, armed groups and firms, and the people who speak for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from materiel.terms.vocabulary import load_vocabulary, members

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class State:
    """A state by its ISO 3166-1 alpha-3 code, or by its Correlates of War abbreviation if it no longer exists.

    Attributes:
        names: short name first, then the other names it goes by.
        demonyms: adjectives and words for its people ("South Korean", "South Koreans").
        capital: "" where it has none.
        seats: other places and bodies that stand for its government ("the Kremlin", "the Blue House").
    """

    code: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body, an armed group or a firm.

    Attributes:
        code: what it is coded as: NATO, EU, UN, G7, or its own name.
        kind: ``body``, ``group`` or ``firm``.
        state: the ISO code of a firm's state; "" for others.
    """

    code: str
    kind: str
    names: tuple[str, ...]
    state: str
    source: str


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """A person in an office of a state or a body, from a day until a day (ISO; "" where still in office).

    ``source`` names the public source of the term.
    """

    person: str
    aliases: tuple[str, ...]
    office: str
    actor: str
    since: str
    until: str
    source: str


@cache
def states() -> dict[str, State]:
    """Every state by its code."""
    return {
        row["code"]: State(
            row["code"],
            (row["name"], *members(row["other_names"])),
            members(row["demonyms"]),
            row["capital"],
            members(row["seats"]),
        )
        for row in load_vocabulary(DATA / "states.csv")
    }


@cache
def organisations() -> dict[str, Organisation]:
    """Every body, group and firm by its code."""
    return {
        row["code"]: Organisation(
            row["code"], row["kind"], (row["name"], *members(row["other_names"])), row["state"], row["source"]
        )
        for row in load_vocabulary(DATA / "organisations.csv")
    }


@cache
def office_holders() -> tuple[OfficeHolder, ...]:
    """Every office-holder, sorted by actor, office and day of taking office."""
    return tuple(
        OfficeHolder(
            row["person"],
            members(row["aliases"]),
            row["office"],
            row["actor"],
            row["since"],
            row["until"],
            row["source"],
        )
        for row in load_vocabulary(DATA / "office_holders.csv")
    )


@cache
def actor_name(code: str) -> str:
    """How an actor is called in a table or a sentence: the short name of a state or body, otherwise the code itself."""
    if state := states().get(code):
        return state.names[0]
    if organisation := organisations().get(code):
        return organisation.names[0]
    return code
