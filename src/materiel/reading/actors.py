"""Actors as slots take them, and the states of the firms that the vocabulary knows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from materiel.terms.actors import organisations


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as a slot takes it; ``code`` None where the text leaves it open ("allies", "the West").

    ``name`` is a firm's name as written; None for states and bodies.
    """

    code: str | None
    name: str | None = None

    @property
    def is_open(self) -> bool:
        return self.code is None


OPEN = Actor(None)


def firm_state(name: str | None) -> str | None:
    """The state of a firm that the vocabulary knows by this name, with or without its legal form."""
    known, parts = _firm_states(), (name or "").split()
    for end in range(len(parts), max(len(parts) - 3, 0), -1):
        if (state := known.get(" ".join(parts[:end]))) is not None:
            return state
    return None


@cache
def _firm_states() -> dict[str, str]:
    return {
        name: firm.state
        for firm in organisations().values()
        if firm.kind == "firm" and firm.state
        for name in (firm.code, *firm.names)
    }
