"""The pieces of a call in a condition: names and items as the parser met them, taken one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from materiel.commitments.names import close_actors, close_words, find_actors
from materiel.commitments.tree import Names

Value = TypeVar("Value", bound=StrEnum)


class Misfit(Exception):
    """Something that does not fit, and where: an offset into the text, from 0."""

    def __init__(self, place: int, seen: str, why: str, fits: Sequence[str] = ()) -> None:
        self.place, self.seen, self.why, self.fits = place, seen, why, tuple(fits)
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Name:
    """One name as written. ``how``: bare, quoted, written (as the text has it) or anyone (``*``)."""

    how: str
    text: str
    place: int

    @property
    def shown(self) -> str:
        return repr(self.text if len(self.text) <= 40 else self.text[:37] + "...")


@dataclass(frozen=True, slots=True)
class Item:
    """One item between the brackets of a call. ``sort``: names, flow, last, at_least, via, unit."""

    sort: str
    names: tuple[Name, ...] = ()
    to: tuple[Name, ...] = ()
    days: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    place: int
    items: tuple[Item, ...]


class Items:
    """The items of a call, taken one after the other in the order that its form asks for."""

    def __init__(self, call: Call, form: str) -> None:
        self.call, self.form = call, form
        self.rest = list(call.items)

    def refuse(self, why: str, at: Name | None = None, fits: Sequence[str] = ()) -> Misfit:
        """A refusal of what stands at a name, or of the whole call."""
        place, seen = (at.place, at.text) if at else (self.call.place, self.call.name)
        return Misfit(place, seen, f"{why} The form is {self.form}.", fits)

    def names(self, what: str) -> tuple[Name, ...]:
        """The next item, which has to be a set of names."""
        if not self.rest or self.rest[0].sort != "names":
            raise self.refuse(f"{self.call.name}(...) lacks {what}.", self._next())
        return self.rest.pop(0).names

    def one(self, what: str) -> Name:
        names = self.names(what)
        if len(names) != 1 or names[0].how == "anyone":
            raise self.refuse(f"{what} has to be a single one.", names[0])
        return names[0]

    def flow(self) -> tuple[Names, Names]:
        if not self.rest or self.rest[0].sort != "flow":
            raise self.refuse(f"{self.call.name}(...) lacks its two sides, A -> B.", self._next())
        flow = self.rest.pop(0)
        return actors_of(flow.names), actors_of(flow.to)

    def one_of(self, values: type[Value]) -> Value | None:
        """The next item if it is one of these words."""
        if self.rest and self.rest[0].sort in {"names", "at_least"} and len(self.rest[0].names) == 1:
            name = self.rest[0].names[0]
            if name.how == "bare" and name.text in set(values):
                self.rest.pop(0)
                return values(name.text)
        return None

    def option(self, sort: str) -> Item | None:
        """The next item if it is of this sort."""
        return self.rest.pop(0) if self.rest and self.rest[0].sort == sort else None

    def end(self, fits: Sequence[str] = ()) -> None:
        if self.rest:
            at = self._next()
            close = close_words(at.text, fits) if at and fits else ()
            raise self.refuse(f"{at.shown if at else repr(self.rest[0].sort)} does not fit here.", at, close)

    def _next(self) -> Name | None:
        return self.rest[0].names[0] if self.rest and self.rest[0].names else None


def actors_of(names: tuple[Name, ...]) -> Names:
    """A set of actors by their codes; None for ``*``."""
    codes = []
    for name in names:
        if name.how == "anyone":
            if len(names) > 1:
                raise Misfit(name.place, "*", "'*' is whoever it is, and stands alone.")
            return None
        codes.append(name.text if name.how == "written" else _actor(name))
    return tuple(codes)


def _actor(name: Name) -> str:
    found = find_actors(name.text)
    if len(found) == 1:
        return found[0]
    if found:
        raise Misfit(name.place, name.text, f"{name.shown} is the name of several actors.", found)
    odd = sorted({f"U+{ord(char):04X}" for char in name.text if ord(char) > 127})
    alike = f" It has the characters {', '.join(odd[:5])}, which may only look like letters." if odd else ""
    why = f'{name.shown} is no actor that is known.{alike} A firm or group as a text names it is written named "...".'
    raise Misfit(name.place, name.text, why, close_actors(name.text))
