"""The tree of materiel classes, and the designations that belong to them.

Classes are those of the annotation guide: dotted names, the part before the dot is the parent. ``arms`` stands for
lethal materiel that is not specified further.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from materiel.errors import VocabularyRefused
from materiel.terms.vocabulary import load_vocabulary, members

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class MaterielClass:
    """A class of the tree with the words that name it and its place in two public classifications.

    Attributes:
        terms: words and phrases in the singular, lower case.
        sipri: the SIPRI Arms Transfers Database category, or "".
        unroca: the UN Register of Conventional Arms category in Roman numerals, or "".
    """

    name: str
    label: str
    terms: tuple[str, ...]
    sipri: str
    unroca: str


@dataclass(frozen=True, slots=True)
class Designation:
    """A type of materiel by its name: Leopard 2, HIMARS, Shahed-136. ``maker`` is the state that developed it."""

    name: str
    aliases: tuple[str, ...]
    materiel: str
    maker: str
    sipri: str
    unroca: str


@cache
def materiel_classes() -> dict[str, MaterielClass]:
    """Every class by its name, in the order of the guide."""
    return {
        row["class"]: MaterielClass(row["class"], row["label"], members(row["terms"]), row["sipri"], row["unroca"])
        for row in load_vocabulary(DATA / "classes.csv")
    }


@cache
def designations() -> tuple[Designation, ...]:
    """Every designation, sorted as in the file.

    Raises:
        VocabularyRefused: a designation is given a class that the tree does not have.
    """
    for row in load_vocabulary(DATA / "designations.csv"):
        if row["class"] not in materiel_classes():
            raise VocabularyRefused(
                f"designations.csv: {row['designation']} has the class {row['class']!r}, which is none of those in "
                "classes.csv. Give it one of them, or add the class there."
            )
    return tuple(
        Designation(
            row["designation"], members(row["aliases"]), row["class"], row["maker"], row["sipri"], row["unroca"]
        )
        for row in load_vocabulary(DATA / "designations.csv")
    )


def is_kind_of(materiel: str, ancestor: str) -> bool:
    """Whether a class is another or lies under it in the tree: ``armour.tank`` is a kind of ``armour``."""
    return materiel == ancestor or materiel.startswith(ancestor + ".")
