"""Actors, materiel and lists inside a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from materiel.terms.actors import actor_name
from materiel.terms.materiel import materiel_classes

# Names that take the article inside a sentence: "supplied to the United States".
_WITH_ARTICLE = frozenset(
    "ARE BHS CAF COD COM CZR DDR DOM EU GBR GMB MDV MHL NLD PHL SLB SUN UN USA YUG G7".split()  # noqa: SIM905
)


def joined(parts: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" {last} {parts[-1]}" if parts else ""


def opened(words: str) -> str:
    """Words at the head of a line: with a capital first letter."""
    return words[:1].upper() + words[1:]


def sentence(clause: str) -> str:
    """A clause with a capital first letter and one full stop."""
    clause = clause.strip()
    return opened(clause) + ("" if clause.endswith((".", "?", "!", ".”", "?”", "!”")) else ".")


def actor_words(code: str | None, unnamed: str, firm: str | None = None) -> str:
    """An actor inside a sentence: with its article, with the firm that the text names, or ``unnamed``."""
    if code is None:
        return firm or unnamed
    name = ("the " if code in _WITH_ARTICLE and not actor_name(code).lower().startswith("the ") else "") + actor_name(
        code
    )
    return f"{name} ({firm})" if firm and firm != actor_name(code) else name


def actor_label(code: str | None, firm: str | None = None) -> str:
    """An actor in a table or a figure."""
    if code is None:
        return firm or "not named"
    return f"{actor_name(code)} ({firm})" if firm and firm != actor_name(code) else actor_name(code)


def materiel_words(materiel: tuple[str, ...]) -> str:
    """The classes inside a sentence: "artillery ammunition and missiles"."""
    names = [_prose(materiel_classes()[name].label if name in materiel_classes() else name) for name in materiel]
    if any(" and " in name for name in names) and len(names) > 1:
        return "; ".join(names) if len(names) > 2 else " as well as ".join(names)
    return joined(names) or "materiel of no stated kind"


def _prose(label: str) -> str:
    """A table's label made fit for a sentence: what the table says in brackets or by "other" is put in words."""
    label = label.replace(".", " ").partition(" (")[0]
    if label.startswith("other "):
        label = label.removeprefix("other ") + " of other kinds"
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
