"""What the rest of an article says of a place where a supply may be told: features for weighing it a second time.

Each site is first weighed by itself. Then each is looked at in its company: whom the supplies around it have as
supplier and recipient, whether another site tells the same goods, how much the article is about supply at all. "The
rest are to come by the end of next year" names nobody; the sentences before it do.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NOBODY = ""
"""Stands for a party that the text leaves open."""
_EDGES = (0.05, 0.15, 0.3, 0.5, 0.75)
"""Chances are told apart by these: a feature says between which two one lies."""
_FADING, _LASTING = 0.85, 0.3
"""How much a site counts for another: less with each sentence between them, but never nothing."""
_TELLS = 0.3
"""A site as likely as this is one that told a supply before."""

_ROLES, _DOES = ("suppliers", "recipients"), ("gives", "gets")

Chances = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Impression:
    """What a site looks like by itself.

    Attributes:
        place: the number of its sentence within the document.
        kind: what kind of word its anchor is.
        classes, quantity: its goods.
        chance: how likely there is a supply.
        suppliers, recipients: the chance of each actor to have the role, by code; :data:`NOBODY` where it stays open.
    """

    place: int
    kind: str
    classes: frozenset[str]
    quantity: float | None
    chance: float
    suppliers: dict[str, float]
    recipients: dict[str, float]

    @property
    def pair(self) -> tuple[str, str]:
        """The likeliest supplier and the likeliest recipient."""
        supplier, recipient = (max(role, key=role.__getitem__) for role in (self.suppliers, self.recipients))
        return supplier, recipient


class Company:
    """The sites of an article, each in view of the others.

    Args:
        impressions: what each looks like by itself, in the order of the text.
    """

    def __init__(self, impressions: Sequence[Impression]) -> None:
        self._all = impressions
        self._pairs = [each.pair for each in impressions]
        self._chance = [each.chance for each in impressions]
        self._place = [each.place for each in impressions]
        codes = sorted({code for each in impressions for code in (*each.suppliers, *each.recipients)})
        self._column = {code: number for number, code in enumerate(codes)}
        apart = np.abs(np.subtract.outer(self._place, self._place))
        weight = np.array(self._chance) * (_LASTING + _FADING**apart) * (apart > 0)
        whole = np.maximum(weight.sum(axis=1, keepdims=True), 1e-9)
        self._here = tuple(self._table([getattr(each, role) for each in impressions]) for role in _ROLES)
        self._elsewhere = tuple(weight @ role / whole for role in self._here)

    def _table(self, chances: Sequence[dict[str, float]]) -> Chances:
        table = np.zeros((len(chances), len(self._column)))
        for row, each in enumerate(chances):
            for code, chance in each.items():
                table[row, self._column[code]] = chance
        return table

    def party_features(self, number: int, parties: Sequence[tuple[str, frozenset[str]]]) -> Iterator[tuple[str, ...]]:
        """For each party of a site, what the other sites say of it in either role.

        Args:
            number: of the site.
            parties: for each where it was named ("sentence", "memory", ...) and its codes.

        Raises:
            KeyError: a code that no impression has.
        """
        gives, gets = (_bins(role[number]) for role in self._elsewhere)
        likeliest = [
            set(np.flatnonzero((role[number] >= role[number].max()) & (role[number] > 0)).tolist())
            for role in self._elsewhere
        ]
        around = list(self._around(number))
        for source, codes in parties:
            columns = [self._column[code] for code in codes or {NOBODY}]
            one, other = max(gives[column] for column in columns), max(gets[column] for column in columns)
            found = [f"gives.{source}={one}", f"gets.{source}={other}", f"gives.gets={one}{other}"]
            found += [
                f"{name}.most.{source}" for name, best in zip(_DOES, likeliest, strict=True) if best & set(columns)
            ]
            found += [f"{name}={max(bins[column] for column in columns)}" for name, bins in around]
            yield tuple(found)

    def _around(self, number: int) -> Iterator[tuple[str, list[int]]]:
        """The chances of each actor at the site that told a supply last, and at the others of the sentence."""
        before = next((other for other in range(number - 1, -1, -1) if self._chance[other] > _TELLS), None)
        beside = self._beside(number)
        for does, role in zip(_DOES, self._here, strict=True):
            if before is not None:
                yield f"before{min(self._place[number] - self._place[before], 2)}.{does}", _bins(role[before])
            if beside:
                yield f"beside.{does}", _bins(role[beside].max(axis=0))

    def _beside(self, number: int) -> list[int]:
        place = self._place[number]
        return [other for other in range(len(self._all)) if other != number and self._place[other] == place]

    def site_features(self, number: int) -> Iterator[str]:
        """What the other sites say for and against a supply at this one."""
        own, count = self._all[number], len(self._all)
        others = [other for other in range(count) if other != number]
        rest = [self._chance[other] for other in others]
        yield f"among.most={_bin(max(rest, default=0.0))}"
        yield f"among.mean={_bin(sum(rest) / max(len(rest), 1))}"
        yield f"among.sum={min(int(2 * math.log2(1 + sum(rest))), 10)}"
        beside = self._beside(number)
        better = sum(1 for other in beside if self._chance[other] > own.chance)
        yield f"among.beside={self._most(beside)}"
        yield from (f"among.beside.n={min(len(beside), 4)}", f"among.rank={min(better, 3)}")
        yield f"among.rank.kind={own.kind}.{min(better, 2)}"
        yield f"among.near={self._most([o for o in others if abs(self._place[o] - own.place) == 1])}"
        for side, there in (("before", others[:number]), ("after", others[number:])):
            alike = [other for other in there if self._all[other].classes == own.classes]
            counted = [other for other in alike if self._all[other].quantity == own.quantity]
            same = [other for other in counted if self._pairs[other] == self._pairs[number]]
            yield f"among.{side}.goods={self._most(alike)}"
            yield f"among.{side}.number={self._most(counted)}.{own.quantity is not None:d}"
            yield f"among.{side}.same={self._most(same)}.{own.quantity is not None:d}"
            pairs = [other for other in there if self._pairs[other] == self._pairs[number]]
            yield f"among.{side}.pair={self._most(pairs)}.{own.kind}"
        for role, code in zip(_ROLES, self._pairs[number], strict=True):
            yield f"among.{role}={_bin(getattr(own, role)[code])}.{code == NOBODY:d}"

    def _most(self, numbers: Sequence[int]) -> int:
        return _bin(max((self._chance[number] for number in numbers), default=0.0))


def _bin(chance: float) -> int:
    return bisect_right(_EDGES, chance)


def _bins(chances: Chances) -> list[int]:
    found: list[int] = np.searchsorted(_EDGES, chances, side="right").tolist()
    return found
