"""How a reader came to what it says of a sentence, in words that a person can check."""

from __future__ import annotations

from dataclasses import dataclass

from materiel.terms.statements import Statement


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a party of a supply was found.

    Attributes:
        role: ``supplier`` or ``recipient``.
        actors: codes or names; empty where the party stays open.
        words: the words of the sentence that stand for them; None where it has none.
        how: in a few words, such as ``named here`` or ``named 2 sentences before``.
    """

    role: str
    actors: tuple[str, ...]
    words: str | None
    how: str


@dataclass(frozen=True, slots=True)
class Look:
    """A word of supply or of materiel that was looked at.

    Attributes:
        words: the word, and the word of supply that it hangs on.
        rules: the rules that fired on it.
        chance: how likely it tells a supply; None where it was not followed up.
        stage, assertion, parties: what was chosen; empty where it was not followed up.
        known: what the weights know beforehand of the ``supplier``, the ``recipient`` and both ``together``, above 0
            where it speaks for them; empty where it was not followed up.
        reasons: what spoke loudest for (above 0) and against (below 0) a supply, as (feature, weight).
        missing: why nothing was stated; None where something was.
    """

    words: tuple[str, ...]
    rules: tuple[str, ...]
    chance: float
    stage: str | None
    assertion: str | None
    parties: tuple[Resolution, ...]
    known: tuple[tuple[str, float], ...]
    reasons: tuple[tuple[str, float], ...]
    missing: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence, what was stated of it, and what was looked at.

    Attributes:
        sentence: as the document writes it, line breaks as spaces.
        statements: those whose quote begins in it.
        looks: in the order of the words.
    """

    sentence: str
    statements: tuple[Statement, ...]
    looks: tuple[Look, ...]
