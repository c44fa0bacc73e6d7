"""An analyst's judgement of a publisher: how far it can be relied on, by whom, when and why."""

from __future__ import annotations

from dataclasses import dataclass

LETTERS: dict[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""The letters of the Admiralty code and what they mean."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How reliable a publisher is, as an analyst has judged it.

    Attributes:
        publisher: an outlet, or a source that outlets credit.
        letter: A to F.
        decided_on: ISO day.
    """

    publisher: str
    letter: str
    reason: str
    decided_by: str
    decided_on: str


def publisher_key(name: str) -> str:
    """What names of one publisher have in common: neither capitals nor spaces nor a leading "the" tell them apart."""
    return " ".join(name.casefold().split()).removeprefix("the ")
